"""brand: a file of what a brand stands for; begun, and looked over."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from mawj.cli.shown import say_line
from mawj.flow.brand_check import brand_checked, new_brand_file
from mawj.flow.sentences import LANGUAGES, say

_FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
_LANGUAGE = click.option(
    "--lang",
    "--language",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    help="Language of the words.",
)


@click.group()
def brand() -> None:
    """A brand's values, red lines, competitors and claims in a plain file."""


@brand.command()
@_FILE
@_LANGUAGE
def new(file: Path, language: str) -> None:
    """Write FILE, with notes on what can stand in it."""
    new_brand_file(file, language)
    say_line(say(language, "brand", "begun", file=str(file)))


@brand.command()
@_FILE
@_LANGUAGE
def check(file: Path, language: str) -> None:
    """Read FILE and tell where the brand's own claims and facts contradict each other."""
    for line in brand_checked(file, language, as_of=datetime.now(UTC)):
        say_line(line)
