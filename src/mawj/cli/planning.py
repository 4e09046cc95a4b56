"""plan: whom to choose for a brief, for how much, and what to expect."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.pages import page_options, write_page
from mawj.cli.plan_shown import show_listed, show_plan
from mawj.cli.progress import behind_a_bar
from mawj.cli.shown import say_line
from mawj.flow.brief_file import brief_file, new_brief_file
from mawj.flow.plan_known import known_deliverables, known_occasions, known_sectors
from mawj.flow.planning import PlanAsked
from mawj.flow.planning import plan as plan_for
from mawj.flow.sentences import LANGUAGES, say
from mawj.flow.settings import settings_in_force
from mawj.flow.vet_kept import kept_vetting
from mawj.reports.paper import on_paper
from mawj.reports.plan_html import plan_html

if TYPE_CHECKING:
    from mawj.flow.planned import Plan
    from mawj.plan.asking.brief import Brief

_LANGUAGE = click.option(
    "--lang", "--language", "language", type=click.Choice(LANGUAGES), default="en",
    help="Language of the words.",
)  # fmt: skip


class PlanCommands(click.Group):
    """`mawj plan BRIEF` plans; a word that is a command of its own is that command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read a first word that is no command as the brief."""
        is_help = not args or args[0] in ctx.help_option_names
        if not is_help and args[0] not in self.commands:
            args = ["for", *args]
        return super().parse_args(ctx, args)


@click.group(cls=PlanCommands, subcommand_metavar="BRIEF [OPTIONS] | COMMAND [ARGS]...")
def plan() -> None:
    """Whom to choose for a BRIEF, for how much, and what to expect.

    BRIEF is a plain file; `mawj plan new FILE` begins one.
    """


@plan.command("for")
@click.argument("brief", type=click.Path(path_type=Path, dir_okay=False))
@page_options("Write a page that can be sent.")
@click.option("--keep", "is_kept", is_flag=True, help="Keep the vetting and the forecasts.")
@click.option(
    "--again", "vetting_id", default="", help="Use a kept vetting; quick to plan anew."
)
@door_options  # fmt: skip
def plan_one(door: Door, brief: Path, **told: Any) -> None:
    """Plan by BRIEF: find, vet, forecast, price and choose, with reasons."""
    wanted = brief_file(brief)
    again = {name: told[name] for name in ("is_kept", "vetting_id")}
    answer = planned(door, wanted, **again)
    page = plan_html(answer, door.language) if told["html_file"] or told["pdf_file"] else ""
    if told["html_file"]:
        write_page(told["html_file"], page.encode())
    if told["pdf_file"]:
        write_page(told["pdf_file"], on_paper(page, door.language))
    if not page or door.form != "table":
        show_plan(answer, door)


@plan.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_LANGUAGE
def new(file: Path, language: str) -> None:
    """Write FILE, a brief to begin with, with notes on what can stand in it."""
    new_brief_file(file, language)
    say_line(say(language, "plan", "begun", file=str(file)))


@plan.command()
@_LANGUAGE
def sectors(language: str) -> None:
    """The trades that a brief can name, and where rules hold."""
    show_listed(known_sectors(language), language)


@plan.command()
@_LANGUAGE
def deliverables(language: str) -> None:
    """What can be agreed with a creator, by platform, and how a brand may stand in it."""
    show_listed(known_deliverables(language), language)


@plan.command()
@click.option(
    "--from",
    "starts_on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="First day; default: today.",
)
@click.option(
    "--until",
    "ends_on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Last day; default: a year on.",
)
@click.option("--country", "countries", multiple=True, help="Two letters; may be repeated.")
@_LANGUAGE  # fmt: skip
def occasions(
    starts_on: datetime | None, ends_on: datetime | None, countries: tuple[str, ...],
    language: str,
) -> None:  # fmt: skip
    """The days that matter to a campaign, in three calendars."""
    first = starts_on.date() if starts_on else datetime.now(UTC).date()
    last = ends_on.date() if ends_on else date(first.year + 1, first.month, min(first.day, 28))
    show_listed(known_occasions(first, last, countries, language), language)


def planned(door: Door, brief: Brief, *, is_kept: bool = False, vetting_id: str = "") -> Plan:
    """The plan, made behind a progress bar."""
    lake, settings = door.lake(), settings_in_force(door.settings_file)
    vetted = kept_vetting(lake, vetting_id)[0] if vetting_id else None
    asked = PlanAsked(brief, settings, datetime.now(UTC), is_kept, vetted)
    return behind_a_bar(lambda done: plan_for(lake, replace(asked, done=done)))
