"""first-hour: thirty handles or links pasted, and everything that can be said at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.progress import behind_a_bar
from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow.first_fetch import absent_of, connected_by, fetched
from mawj.flow.first_hour import first_hour as ask_first_hour
from mawj.flow.running import RunAsked, run
from mawj.flow.sentences import isolated, name_of, number, percent, say
from mawj.flow.settings import settings_in_force
from mawj.flow.source_access import asking_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.flow.first_fetch import Absent
    from mawj.flow.first_hour import FirstHour, Line
    from mawj.lake.lake import Lake

NAMES = ("said", "account", "state", "influence", "coverage")


@click.command("first-hour")
@click.argument("file", type=click.File(encoding="utf-8-sig"), default="-")
@click.option(
    "--fetch",
    "is_fetching",
    is_flag=True,
    help="Fetch those that are not loaded from connected sources, and compute, first.",
)
@door_options
def first_hour(door: Door, file: Any, *, is_fetching: bool) -> None:
    """Handles or links in FILE (- or nothing: typed), a line each, of any platforms.

    Who is loaded already, what can bring the others, what can be told, a first shortlist.
    """
    pasted, lake = file.read(), door.lake(must_exist=not is_fetching)
    absent = absent_of(lake, pasted, connected_by(os.environ))
    if is_fetching:
        _fetch(door, lake, absent)
    answer = ask_first_hour(lake, pasted)
    if door.form == "json":
        show_json(answer)
        return
    language = door.cells
    headings = [
        Heading(name, say(language, "first_hour", name), name in NAMES[3:]) for name in NAMES
    ]
    rows = [_row(one, language) for one in answer.lines]
    if door.form == "csv":
        show("csv", headings, rows, language=language)
        return
    say_line(say(language, "first_hour", "title"), style="bold")
    if not rows:
        say_line(say(language, "first_hour", "nothing"))
        return
    states = ("known", "several", "absent", "unclear")
    counts = {one: number(answer.counts.get(one, 0), language, 0) for one in states}
    say_line(say(language, "first_hour", "counts", **counts))
    show("table", headings, rows, language=language)
    if answer.n_left_out:
        n = number(answer.n_left_out, language, 0)
        say_line(say(language, "first_hour", "left_out", n=n), style="dim")
    if not is_fetching:
        _show_fetchable(absent, language)
    _show_to_have(answer, language)
    _show_told(answer, language)
    _show_shortlist(answer, language)


def _fetch(door: Door, lake: Lake, absent: Sequence[Absent]) -> None:
    """Fetch what connected sources bring, say what came, and compute; on the standard error."""
    language = door.language
    for one in absent:
        if not one.subjects:
            words = {
                "platform": isolated(one.platform),
                "n": number(len(one.said), language, 0),
            }
            click.echo(say(language, "first_hour", "no_source", **words), err=True)
    done = fetched(lake, absent, lambda name: asking_of(lake, name))
    for each in done:
        words = {
            name: number(getattr(each, f"n_{name}"), language)
            for name in ("finished", "due", "items", "requests")
        }
        click.echo(say(language, "first_hour", "came", source=each.source, **words), err=True)
        for subject, fault in each.faults.items():
            click.echo(f"  {subject}: {fault}", err=True)
    if any(each.n_items for each in done) or lake.current_run() is None:
        asked = RunAsked(settings_in_force(door.settings_file))
        behind_a_bar(lambda step: run(lake, asked, done=step))


def _show_fetchable(absent: Sequence[Absent], language: str) -> None:
    for one in absent:
        if one.subjects:
            n = number(len(one.subjects), language, 0)
            say_line(say(language, "first_hour", "fetchable", source=one.source, n=n))


def _row(one: Line, language: str) -> dict[str, str]:
    return {
        "said": isolated(one.said), "account": isolated(one.account_id or one.platform or "–"),
        "state": say(language, "first_hour", one.state,
                     candidates=isolated(", ".join(one.candidates))),
        "influence": number(one.influence, language),
        "coverage": percent(one.coverage, language, 0),
    }  # fmt: skip


def _show_to_have(answer: FirstHour, language: str) -> None:
    if not answer.to_have:
        return
    say_line(say(language, "first_hour", "to_have"), style="bold")
    for platform, n, ways in answer.to_have:
        words = {"platform": isolated(platform), "n": number(n, language, 0)}
        say_line("  " + say(language, "first_hour", "platform_line", **words))
        for way in ways:
            say_line("    · " + say(language, "first_hour", way))


def _show_told(answer: FirstHour, language: str) -> None:
    if not answer.told:
        say_line(say(language, "first_hour", "nobody"))
        return
    say_line(say(language, "first_hour", "told"), style="bold")
    for finding, n, of in answer.told:
        words = {"n": number(n, language, 0), "of": number(of, language, 0)}
        name = name_of(finding, language)
        say_line("  " + say(language, "first_hour", "told_line", finding=name, **words))
    if answer.lacking:
        say_line(say(language, "first_hour", "lacking"), style="bold")
    for table, points in answer.lacking:
        words = {"meaning": say(language, "loads", table), "points": number(points, language)}
        say_line("  " + say(language, "first_hour", "lacking_line", **words))


def _show_shortlist(answer: FirstHour, language: str) -> None:
    if answer.shortlist is None or not answer.shortlist.found:
        return
    say_line(say(language, "first_hour", "shortlist"), style="bold")
    ranked = {one.account_id for one in answer.lines if one.is_ranked}
    for place, one in enumerate(answer.shortlist.found, 1):
        reasons = ", ".join(name_of(finding, language) for finding, _ in one.reasons[:3])
        line = f"  {number(place, language, 0)}. {isolated(one.account_id)} "
        line += f"{number(one.influence, language)} · {reasons}"
        if one.account_id not in ranked:
            line += f" · {say(language, 'first_hour', 'not_ranked')}"
        say_line(line)
