"""train: models that the user fits on rows of their own; one file a subcommand.

A subcommand's module is imported when it is called, so that help answers at once and the
heavy packages of the `ml` extra load only when something is fitted.
"""

from __future__ import annotations

from importlib import import_module

import click

SUBCOMMANDS: dict[str, str] = {
    "followers": "training_followers",
    "text": "training_text",
}
"""Each subcommand and the file of `mawj.cli` that it stands in; the function has its name."""


class Subcommands(click.Group):
    """The subcommands by name, imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The names in order."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The subcommand called `cmd_name`, or None."""
        if cmd_name not in SUBCOMMANDS:
            return None
        found: click.Command = getattr(
            import_module(f"mawj.cli.{SUBCOMMANDS[cmd_name]}"), cmd_name
        )
        return found


@click.group(cls=Subcommands)
def train() -> None:
    """Fit a model on your own labelled rows, saved with what it was fitted on."""
