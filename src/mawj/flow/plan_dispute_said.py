"""What a plan says of celebrities against small accounts, and what that depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.flow.plan_words import rounded, span
from mawj.flow.sentences import isolated, percent, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.flow.planned import Compared, Plan


def dispute(plan: Plan, language: str) -> list[str]:
    """One sentence for each two ways, and one for what the answer depends on."""
    known = [one for one in plan.compared if one.p_more is not None]
    pairs = [one for one in known if not one.check]
    checks = [one for one in known if one.check]
    lines = [_verdict(one, language) for one in pairs]
    pure = next((one for one in pairs if checks and _ways(one) == _ways(checks[0])), None)
    return lines if pure is None else [*lines, *_depends(pure, checks, language)]


def _ways(one: Compared) -> tuple[str, str]:
    return one.one, one.other


def _winner(one: Compared) -> tuple[str, str, float]:
    """Which of the two brings more, which less, and with what chance."""
    p = one.p_more or 0.0
    return (one.one, one.other, p) if p >= 0.5 else (one.other, one.one, 1.0 - p)


def _verdict(one: Compared, language: str) -> str:
    winner, loser, p = _winner(one)
    ends = (one.more_low or 0.0, one.more_high or 0.0)
    sign = 1.0 if winner == one.one else -1.0
    low, high = sorted(sign * end for end in ends)
    return say(
        language, "plan_dispute", one.verdict, winner=_called(winner, language),
        loser=_called(loser, language), p=_chance(p, language),
        more=isolated(rounded(sign * (one.more or 0.0), language)),
        between=span(low, high, language),
    )  # fmt: skip


def _depends(pure: Compared, checks: Sequence[Compared], language: str) -> list[str]:
    """The checks whose winner or verdict is another; all of them where none is."""
    usual = (_winner(pure)[0], pure.verdict)
    other = [one for one in checks if (_winner(one)[0], one.verdict) != usual]
    word = "depends" if other else "holds"
    comma = "; " if language == "en" else "؛ "
    told = comma.join(_check(one, language) for one in (other or checks))
    return [say(language, "plan_dispute", word, checks=told)]


def _check(one: Compared, language: str) -> str:
    winner, _, p = _winner(one)
    return say(
        language, "plan_dispute", "check", changed=say(language, "plan_dispute", one.check),
        winner=_called(winner, language), p=_chance(p, language),
    )  # fmt: skip


def _called(way: str, language: str) -> str:
    return say(language, "plan", f"scenario_{way}")


def _chance(p: float, language: str) -> str:
    """A chance, never told as certain: outcomes are drawn, and only so many."""
    return isolated(percent(min(p, 0.99), language, 0))
