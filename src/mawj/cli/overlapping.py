"""overlap: whose audiences are the same people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow.overlapping import overlapping
from mawj.flow.sentences import compact, isolated, number, percent, say
from mawj.flow.settings import settings_in_force

if TYPE_CHECKING:
    from mawj.flow.overlapping import Overlapping

KINDS = ("follows", "engages", "comments")
MOST_PAIRS_SHOWN = 40


@click.command()
@click.argument("accounts", nargs=-1, required=True)
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="follows",
    help="Who counts as audience: followers, those who engage, or commenters.",
)
@door_options
def overlap(door: Door, accounts: tuple[str, ...], kind: str) -> None:
    """Whose audiences are the same people? Pairs of ACCOUNTS, and what each adds."""
    settings = settings_in_force(door.settings_file)
    answer = overlapping(door.lake(), accounts, kind=kind, settings=settings)
    if door.form == "json":
        show_json(answer)
    elif door.form == "csv":
        _show_csv(answer)
    else:
        _show_together(answer, door.language)
        _show_each(answer, door.language)
        _show_pairs(answer, door.language)


def _show_csv(answer: Overlapping) -> None:
    show("csv", [Heading(name, name) for name in answer.pairs[0]], answer.pairs, language="en")


def _show_together(answer: Overlapping, language: str) -> None:
    """How many different people they have, and of what part of the audiences this speaks."""
    say_line(say(language, "overlap", f"title_{answer.kind}"), style="bold")
    all_of = answer.together
    if all_of["n_unique"] is None:
        say_line(say(language, "overlap", f"none_{answer.kind}"))
        return
    counted = {
        "n": _between(all_of, "n_unique", language),
        "sum": isolated(number(all_of["n_loaded"], language, 0)),
        "twice": isolated(percent(1 - all_of["unique_share"], language)),
    }
    say_line(say(language, "overlap", "together", **counted))
    if all_of["basis"] == "sketch":
        level = isolated(percent(answer.level, language, 0))
        say_line(say(language, "overlap", "sketch", level=level))
    if all_of["loaded_share"] is not None and all_of["loaded_share"] < 1:
        share = isolated(percent(all_of["loaded_share"], language, 2))
        say_line(say(language, "overlap", "loaded_only", share=share))
    elif answer.kind == "follows" and all_of["loaded_share"] is None:
        say_line(say(language, "overlap", "loaded_unknown"))


def _show_each(answer: Overlapping, language: str) -> None:
    keys = ("account", "n_loaded", "loaded_share", "n_unique", "unique_share")
    headings = [Heading(k, say(language, "overlap", k), k != "account") for k in keys]
    rows = [
        {
            "account": row["account_id"],
            "n_loaded": number(row["n_loaded"], language, 0),
            "loaded_share": percent(row["loaded_share"], language, 2),
            "n_unique": _between(row, "n_unique", language),
            "unique_share": percent(row["unique_share"], language),
        }
        for row in answer.each
    ]
    show("table", headings, rows, language=language)


def _show_pairs(answer: Overlapping, language: str) -> None:
    keys = ("left", "right", "n_shared", "shared_share_l", "shared_share_r", "lift")
    numbers = set(keys[2:])
    headings = [Heading(k, say(language, "overlap", k), k in numbers) for k in keys]
    rows = [_pair_row(pair, language) for pair in answer.pairs[:MOST_PAIRS_SHOWN]]
    say_line()
    show("table", headings, rows, language=language)
    left_off = len(answer.pairs) - len(rows)
    if left_off > 0:
        say_line(say(language, "overlap", "more_pairs", n=number(left_off, language, 0)))
    if any(pair["n_shared_all_low"] is not None for pair in answer.pairs):
        say_line(say(language, "overlap", "whole_in_csv"), style="dim")


def _pair_row(pair: dict[str, Any], language: str) -> dict[str, str]:
    return {
        "left": pair["account_id_l"],
        "right": pair["account_id_r"],
        "n_shared": _between(pair, "n_shared", language),
        "shared_share_l": percent(pair["shared_share_l"], language),
        "shared_share_r": percent(pair["shared_share_r"], language),
        "lift": f"{number(pair['lift'], language)}×" if pair["lift"] is not None else "–",
    }


def _between(row: dict[str, Any], name: str, language: str) -> str:
    """A count, with its interval where it is an estimate."""
    middle, low, high = (row[f"{name}{end}"] for end in ("", "_low", "_high"))
    if middle is None or low == high:
        return isolated(number(middle, language, 0))
    ends = " – ".join(compact(end, language) for end in (low, high))
    return isolated(f"{compact(middle, language)} ({ends})")
