"""first-hour: thirty handles or links pasted, and everything that can be said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow.first_hour import first_hour as ask_first_hour
from mawj.flow.sentences import isolated, name_of, number, percent, say

if TYPE_CHECKING:
    from mawj.flow.first_hour import FirstHour, Line

NAMES = ("said", "account", "state", "influence", "coverage")


@click.command("first-hour")
@click.argument("file", type=click.File(encoding="utf-8-sig"), default="-")
@door_options
def first_hour(door: Door, file: Any) -> None:
    """Handles or links in FILE (- or nothing: typed), a line each, of any platforms.

    Who is loaded already, what can bring the others, what can be told, a first shortlist.
    """
    answer = ask_first_hour(door.lake(), file.read())
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
    _show_to_have(answer, language)
    _show_told(answer, language)
    _show_shortlist(answer, language)


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
