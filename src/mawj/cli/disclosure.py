"""disclosure: whether a post says that it is advertising, as its country asks."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.shown import say_line, show_json
from mawj.flow.disclosing import Draft, judged, published, rules
from mawj.tables.errors import NotFound


@click.group()
def disclosure() -> None:
    """Check a post or a draft against the disclosure rules of a country."""


@disclosure.command()
@click.argument("said", metavar="FILE|-|POST")
@click.option("--country", help="Whose rules (SA, AE, US…); default: that of the account.")
@click.option("--platform", help="Where it is published (instagram, x, tiktok…).")
@click.option("--language", "written", help="Language of the text; default: as written.")
@click.option(
    "--label/--no-label", "has_label", default=None, help="The platform's label is set."
)
@click.option(
    "--permit",
    "permits",
    multiple=True,
    metavar="ID=NUMBER",
    help="A permit that is held, such as mawthooq=12345.",
)
@door_options
def check(
    door: Door, said: str, country: str | None, permits: tuple[str, ...], **told: Any
) -> None:
    """What is missing in a text (FILE, or - for standard input) or a loaded POST.

    Says which rule applies, what is missing, and the exact text to add. Ends with 1 when
    something that the rule asks for is missing.
    """
    numbers = dict(permit.partition("=")[::2] for permit in permits)
    draft = Draft("", told["platform"], told["written"], told["has_label"], numbers)
    place = country
    if said == "-":
        draft = replace(draft, text=sys.stdin.read().rstrip("\n"))
    elif Path(said).is_file():
        text = Path(said).read_text(encoding="utf-8").rstrip("\n")
        draft = replace(draft, text=text)
    else:
        draft, home = published(door.lake(), said, draft)
        place = country or home
    if place is None:
        raise NotFound("the country is not known; say it with --country")
    answer = judged(draft, place)
    if door.form == "json":
        show_json(answer)
    else:
        for line in answer.lines(door.language):
            say_line(line)
    if not answer.is_complete:
        raise SystemExit(1)


@disclosure.command("rules")
@door_options
def rules_(door: Door) -> None:
    """The countries whose rules are known, with their date."""
    for country, rule in rules().items():
        say_line(f"{country}  {rule.name[door.language]}  {rule.checked_on}  {rule.known}")
