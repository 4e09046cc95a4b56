"""train followers: a model of fake followers, fitted on rows that the user labelled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mawj.cli.door import Door, door_options
from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow.follower_training import train_followers
from mawj.flow.settings import settings_in_force
from mawj.vet.follower_model import FollowerFitLimits

if TYPE_CHECKING:
    from mawj.flow.follower_training import TrainedFollowers


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    default=None,
    help="TOML: the heading of each field, and which labels mean fake and genuine.",
)
@door_options  # fmt: skip
def followers(door: Door, file: Path, mapping: Path | None) -> None:
    """Fit a model of fake followers on the labelled accounts of FILE, one a row.

    FILE tells of each account what any platform shows (followers, following, posts, handle,
    name, bio, picture…) and whether it is fake. The model stays in the lake (models/), and
    `mawj vet` asks it from then on, beside its other detectors. The figures are those on rows
    that it did not see.
    """
    limits = settings_in_force(door.settings_file)["FollowerFitLimits"]
    assert isinstance(limits, FollowerFitLimits)
    done = train_followers(
        door.lake(must_exist=False), file, mapping, limits=limits, at=datetime.now(UTC)
    )
    if door.form == "json":
        show_json({"path": str(done.path), "card": dict(done.model.card)})
        return
    _show(door, done)


def _show(door: Door, done: TrainedFollowers) -> None:
    card = done.model.card
    figures = {"rows": card["rows"], "fake": card["fake"], **card["figures"]}
    cells = {
        name: f"{value:.3f}" if isinstance(value, float) else str(value)
        for name, value in figures.items()
    }
    headings = [Heading(name, name.replace("_", " "), is_number=True) for name in cells]
    show(door.form, headings, [cells], language=door.cells)
    if door.form == "table":
        for reason in card["reasons"]:
            say_line(f"  {reason['weight']:+.2f}  {reason['sign']}: {reason['why']}")
        say_line(str(done.path))
