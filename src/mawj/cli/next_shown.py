"""Who passes a message on next, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow.sentences import isolated, number, percent, say

if TYPE_CHECKING:
    from mawj.cli.door import Door
    from mawj.flow.next_passing import NextPassing

MOST_REASONS, MOST_KNOWN = 2, 3
COLUMNS = ("account_id", "chance", "n_passed", "n_passed_own", "n_followed")


def show_next(door: Door, answer: NextPassing, top: int) -> None:
    """The most likely first, with the reasons and how sure it is."""
    if door.form == "json":
        show_json(answer)
        return
    if door.form == "csv":
        headings = [Heading(name, name) for name in (*COLUMNS, "reasons")]
        rows = [row | {"reasons": _ways(row)} for row in answer.candidates]
        show("csv", headings, rows, language="en")
        return
    language = door.language
    told = {"post": isolated(answer.post_id), "n": _whole(answer.n_so_far, language)}
    say_line(say(language, "next", "title", **told), style="bold")
    if not answer.candidates:
        few = _whole(answer.n_past, language)
        say_line(say(language, "next", "too_few", n=few))
    else:
        _show_candidates(answer, language, top)
    _show_known(answer, language)


def _show_candidates(answer: NextPassing, language: str, top: int) -> None:
    n = {name: _whole(getattr(answer, name), language) for name in ("n_past", "n_own")}
    say_line(say(language, "next", "learnt", **n))
    measured = {
        name: isolated(percent(answer.measured[name], language, digits))
        for name, digits in (("hits_10", 1), ("hits_100", 1), ("known", 0))
    }
    mean = isolated(number(answer.measured["map_100"], language, 3))
    say_line(say(language, "next", "measured", map_100=mean, **measured))
    say_line()
    keys = ("account", "chance", "why", "n_passed", "n_followed")
    wide = ("account", "why")
    headings = [
        Heading(k, say(language, "next", f"column_{k}"), k not in wide, k in wide) for k in keys
    ]
    shown = answer.candidates[:top]
    show("table", headings, [_row(one, language) for one in shown], language=language)
    left_off = len(answer.candidates) - len(shown)
    if left_off:
        say_line(say(language, "passes", "more", n=_whole(left_off, language)))


def _row(row: dict[str, Any], language: str) -> dict[str, str]:
    comma = "; " if language == "en" else "؛ "
    return {
        "account": row["account_id"],
        "chance": isolated(percent(row["chance"], language)),
        "why": comma.join(
            say(language, "next", f"way_{one['way']}")
            + f" ({isolated(percent(one['share'], language, 0))})"
            for one in row["reasons"][:MOST_REASONS]
        ),
        "n_passed": isolated(
            f"{number(row['n_passed'], language, 0)} / "
            f"{number(row['n_passed_own'], language, 0)}"
        ),
        "n_followed": _whole(row["n_followed"], language),
    }


def _show_known(answer: NextPassing, language: str) -> None:
    if not answer.known_passers:
        return
    comma = ", " if language == "en" else "، "
    named = comma.join(
        f"{isolated(one['account_id'])} ({isolated(percent(one['chance'], language, 0))})"
        for one in answer.known_passers[:MOST_KNOWN]
    )
    first = isolated(percent(answer.measured["first"], language, 0))
    n = _whole(len(answer.known_passers), language)
    say_line()
    say_line(say(language, "next", "known", n=n, named=named, first=first))


def _ways(row: dict[str, Any]) -> str:
    return " ".join(f"{one['way']}:{one['share']:.2f}" for one in row["reasons"])


def _whole(value: float, language: str) -> str:
    return isolated(number(value, language, 0))
