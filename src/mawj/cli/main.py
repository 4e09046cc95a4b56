"""`mawj`: the door to everything, and the one place where errors become exit codes.

A command's module is imported when it is called, so that help answers at once.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from mawj import __version__
from mawj.tables.errors import MawjError

COMMANDS = {
    "load": "loading", "import": "loading", "world": "loading",
    "connect": "sources", "sync": "sources", "sources": "sources",
    "run": "running", "demo": "running", "report": "running", "settings": "running",
    "flow": "running",
    "first-hour": "first_hour",
    "find": "asking", "why": "asking", "vet": "vetting", "brand": "branding",
    "label": "labelling", "train": "training", "disclosure": "disclosure",
    "compare": "answering", "tiers": "answering", "topics": "answering",
    "coverage": "answering", "changes": "answering",
    "price": "pricing", "emv": "pricing",
    "forecast": "forecasting", "forecasts": "forecasting", "results": "forecasting",
    "backtest": "forecasting",
    "plan": "planning",
    "overlap": "overlapping", "passes": "passing", "cascade": "passing",
    "serve": "serving", "backup": "serving", "restore": "serving", "doctor": "serving",
    "renew-key": "serving",
    "mcp": "serving",
    "lake": "keeping", "compact": "keeping", "export": "keeping", "erase": "keeping",
}  # fmt: skip
"""Each command and the file it stands in; the order is that of the help page."""


class Commands(click.Group):
    """The commands by name, imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command called `cmd_name`, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"mawj.cli.{COMMANDS[cmd_name]}")
        name = {"import": "import_"}.get(cmd_name, cmd_name.replace("-", "_"))
        found: click.Command = getattr(module, name)
        return found


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="mawj")
def mawj() -> None:
    """Mawj: who moves an audience on a subject, and why we say so."""


def main() -> None:
    """Run the command; a MawjError becomes one clear line and its exit code."""
    # Two cores spin against each other otherwise (measured: eight times slower when busy).
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    try:
        mawj.main(standalone_mode=False)
    except MawjError as error:
        click.echo(f"mawj: {error}", err=True)
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        click.echo("mawj: stopped; nothing half-done is visible", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
