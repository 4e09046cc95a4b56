"""passes: who passes on whose messages, and how far these come in two steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.next_shown import show_next
from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow.cascading import cascading
from mawj.flow.next_passing import next_passing
from mawj.flow.passing import passing
from mawj.flow.sentences import compact, isolated, number, percent, say
from mawj.flow.settings import settings_in_force

if TYPE_CHECKING:
    from mawj.flow.passing import Passing


@click.command()
@click.argument("accounts", nargs=-1, required=True)
@click.option("--posts", "n_posts", type=click.IntRange(1, 1000), default=1,
              help="Messages of each account that are planned.")  # fmt: skip
@click.option("--top", type=click.IntRange(1, 10_000), default=20, help="Passers shown.")
@door_options
def passes(door: Door, accounts: tuple[str, ...], n_posts: int, top: int) -> None:
    """Who passes on the messages of ACCOUNTS, how surely, and before how many others?"""
    settings = settings_in_force(door.settings_file)
    answer = passing(door.lake(), accounts, n_posts=n_posts, settings=settings)
    if door.form == "json":
        show_json(answer)
    elif door.form == "csv":
        names = [*(answer.passers[0] if answer.passers else ("account_id", "passer_id"))]
        show("csv", [Heading(n, n) for n in names], answer.passers, language="en")
    else:
        _show_reach(answer, door.language)
        _show_passers(answer, door.language, top)


@click.command()
@click.argument("post_id")
@click.option("--next", "is_next", is_flag=True,
              help="Who is likely to pass it on next, and why.")  # fmt: skip
@click.option("--top", type=click.IntRange(1, 10_000), default=20,
              help="Accounts shown with --next.")  # fmt: skip
@door_options
def cascade(door: Door, post_id: str, is_next: bool, top: int) -> None:
    """How the message POST_ID travels, and how large its cascade becomes."""
    settings = settings_in_force(door.settings_file)
    if is_next:
        show_next(door, next_passing(door.lake(), post_id, settings=settings), top)
        return
    answer = cascading(door.lake(), post_id, settings=settings)
    if door.form == "json":
        show_json(answer)
        return
    names = ("account_id", "at", "parent_id", "parent_by", "n_candidates", "depth")
    if door.form == "csv":
        show("csv", [Heading(n, n) for n in names], answer.nodes, language="en")
        return
    language = door.language
    told = {
        "post": isolated(answer.post_id),
        "n": _whole(answer.n_so_far, language),
        "age": isolated(number(answer.age_hours, language)),
    }
    say_line(say(language, "passes", "so_far", **told), style="bold")
    if answer.size is None:
        say_line(say(language, "passes", "no_forecast", n=_whole(answer.n_past, language)))
        return
    ends = {name: _whole(getattr(answer, name), language) for name in ("size", "low", "high")}
    level = isolated(percent(answer.level, language, 0))
    of = say(language, "passes", f"of_{answer.of}")
    n = _whole(answer.n_past, language)
    say_line(say(language, "passes", "becomes", **ends, level=level, n=n, of=of))


def _show_reach(answer: Passing, language: str) -> None:
    """What each account offers, and where its messages come in one step and in two."""
    comma = ", " if language == "en" else "، "
    named = comma.join(isolated(one) for one in answer.accounts)
    say_line(say(language, "passes", "title", accounts=named), style="bold")
    for source in answer.sources:
        told = {
            "posts": _whole(source["n_posts"], language),
            "audience": _whole(source["n_audience"], language),
            "passers": _whole(source["n_passers"], language),
            "chance": isolated(percent(source["silent_share"], language, 2)),
            "account": isolated(source["account_id"]),
        }
        say_line(say(language, "passes", "source", **told))
    reach = answer.reach
    counts = {
        name: _whole(reach[column], language)
        for name, column in (
            ("n_posts", "n_posts"), ("direct", "direct"), ("second", "second"),
            ("low", "second_low"), ("high", "second_high"), ("mean", "second_mean"),
        )
    }  # fmt: skip
    passers = isolated(number(reach["n_passers"], language))
    say_line(say(language, "passes", "reach", passers=passers, **counts))
    _show_limits(answer, language)


def _show_limits(answer: Passing, language: str) -> None:
    """What the figures do not hold: whom they leave out, and how sure the chains are."""
    reach, seen = answer.reach, answer.cascades
    if reach["second_stated"] is not None:
        stated = isolated(compact(reach["second_stated"], language))
        say_line(say(language, "passes", "stated", stated=stated))
    if reach["passes_loaded_share"] is not None and reach["passes_loaded_share"] < 1:
        share = isolated(percent(reach["passes_loaded_share"], language))
        say_line(say(language, "passes", "loaded_share", share=share))
    if not reach["with_silent"]:
        say_line(say(language, "passes", "not_silent"))
    if not seen["n_accounts"]:
        say_line(say(language, "passes", "no_cascades"))
        return
    told = {
        name: isolated(percent(seen[f"{name}_share"], language, 0))
        for name in ("told", "graph", "root", "ambiguous")
    }
    for name, column in (("n", "n_cascades"), ("accounts_n", "n_accounts"), ("deepest",) * 2):
        told[name] = _whole(seen[column], language)
    say_line(say(language, "passes", "cascades", **told))


def _show_passers(answer: Passing, language: str, top: int) -> None:
    if not answer.passers:
        say_line(say(language, "passes", "nobody"))
        return
    keys = ("account", "n_passed", "chance", "delay", "followers")
    headings = [
        Heading(k, say(language, "passes", k), k != "account", k == "account") for k in keys
    ]
    say_line()
    shown = answer.passers[:top]
    show(
        "table",
        headings,
        [_passer(row, language, len(answer.accounts) > 1) for row in shown],
        language=language,
    )
    left_off = len(answer.passers) - len(shown)
    if left_off > 0:
        say_line(say(language, "passes", "more", n=_whole(left_off, language)))


def _passer(row: dict[str, Any], language: str, is_of_several: bool) -> dict[str, str]:
    n = " / ".join(number(row[name], language, 0) for name in ("n_passed", "n_posts"))
    low, high = (percent(row[f"passing_share_{end}"], language) for end in ("low", "high"))
    chance = f"{percent(row['passing_share'], language)} ({low} – {high})"
    delay = "–"
    if row["delay_hours"] is not None:
        delay = say(language, "passes", "hours", n=number(row["delay_hours"], language))
    source = say(language, "passes", "of") + " " + row["account_id"]
    return {
        "account": f"{row['passer_id']}\n  {source}" if is_of_several else row["passer_id"],
        "n_passed": isolated(n),
        "chance": isolated(chance),
        "delay": delay,
        "followers": compact(row["followers"], language),
    }


def _whole(value: float | None, language: str) -> str:
    return isolated(number(value, language, 0))
