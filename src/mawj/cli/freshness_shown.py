"""How old what is known is, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.cli.shown import say_line
from mawj.flow.sentences import isolated, number, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.flow.freshness_seen import Seen, StaleCount


def show_seen(seen: Sequence[Seen], language: str) -> None:
    """What is stale of one account; nothing where all is fresh."""
    stale = [one for one in seen if one.is_stale]
    for one in stale:
        say_line(seen_text(one, language), style="dim")
    if stale:
        say_line(say(language, "freshness", "note"), style="dim")


def seen_text(one: Seen, language: str) -> str:
    """One kind with its day, and that it is stale where it is."""
    return say(
        language, "freshness", "stale" if one.is_stale else "seen",
        kind=say(language, "freshness", one.kind), day=isolated(f"{one.seen_at:%Y-%m-%d}"),
        ttl=number(one.ttl_days, language, 0), age=number(one.age_days, language, 0),
    )  # fmt: skip


def show_stale(counts: Sequence[StaleCount], language: str) -> None:
    """How many accounts have stale values, by kind; nothing where none has."""
    stale = [one for one in counts if one.n_stale]
    if not stale:
        return
    say_line(say(language, "freshness", "title"), style="bold")
    for one in stale:
        words = {
            "kind": say(language, "freshness", one.kind),
            "n_stale": number(one.n_stale, language, 0),
            "n": number(one.n_accounts, language, 0),
        }
        say_line("  " + say(language, "freshness", "stale_count", **words))
    say_line("  " + say(language, "freshness", "note"), style="dim")
