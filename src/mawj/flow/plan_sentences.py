"""Why somebody is in a plan or not, which wishes stand in each other's way: in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.flow import plan_words
from mawj.flow.plan_wishes import wish_of
from mawj.flow.plan_words import money
from mawj.flow.sentences import isolated, number, percent, say, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mawj.flow.planned import Alternative, Conflict, LeftOut, Pick, Plan
    from mawj.flow.planned_offers import Expected
    from mawj.plan.asking.brief import Brief, Wish

_LIMITS = {"budget", "picks", "creator", "group", "group_share", "must"}


def called(account_id: str, plan: Plan) -> str:
    """An account's display name where the plan knows it, else its id."""
    for pick in plan.picks:
        if pick.offer.account_id == account_id:
            return isolated(pick.offer.called)
    for one in plan.left_out:
        if one.account_id == account_id and one.name:
            return isolated(one.name)
    return isolated(account_id)


def listed(names: Iterable[str], language: str) -> str:
    """Names one after the other."""
    return (", " if language == "en" else "، ").join(names)


def why_in(pick: Pick, plan: Plan, language: str) -> str:
    """Why a pick is in."""
    other = _other(pick.other, plan, language) if pick.why == "needed" else ""
    said = [say(language, "plan", f"why_{pick.why}", other=other)]
    if pick.why != "needed" and pick.other and pick.overlap_share:
        said.append(say(language, "plan", "overlaps_most", other=called(pick.other, plan)))
    return "; ".join(said) if language == "en" else "؛ ".join(said)


def based_on(one: Expected, language: str) -> str:
    """What a forecast rests on."""
    if one.basis == "own":
        return say(language, "plan", "n_own", n=number(one.n_own, language, 0))
    return say(language, "plan", "by_rate" if one.basis == "rate" else "n_peers")


def declined(pick: Pick, plan: Plan, language: str) -> str:
    """What happens if a pick declines; empty where it was not looked at."""
    found = pick.decline
    if found is None:
        return ""
    if found.lost_share is None:
        return say(language, "plan", "declines_none")
    lost = isolated(percent(found.lost_share, language, 0))
    if not found.replaced_by:
        return say(language, "plan", "declines_alone", lost=lost)
    others = listed((called(one, plan) for one in found.replaced_by), language)
    return say(language, "plan", "declines", lost=lost, others=others)


def why_out(one: LeftOut, plan: Plan, language: str) -> str:
    """Why somebody is not in."""
    observed = isolated(number(one.observed, language, 0))
    other = _other(one.other, plan, language)
    return say(language, "plan", f"out_{one.why}", other=other, observed=observed)


def wish_said(wish: Wish, value: str, language: str) -> str:
    """A wish for diversity: what it is of, without its limits."""
    of = say(language, "plan_diversity", wish.by)
    return f"{of}: {isolated(value_name(wish.by, value, language))}" if value else of


def value_name(by: str, value: str, language: str) -> str:
    """A value of a wish by its name."""
    named = {
        "country": lambda: plan_words.countries([value], language),
        "language": lambda: plan_words.languages([value], language),
        "platform": lambda: plan_words.platform_name(value, language),
        "tier": lambda: say(language, "tier_names", value),
        "kind": lambda: say(language, "kinds", value),
    }
    return named[by]() if by in named else value


def wish_lines(brief: Brief, language: str) -> list[str]:
    """The brief's wishes for whom to choose, one a line."""
    least, most = (number(n, language, 0) for n in (brief.least_creators, brief.most_creators))
    lines = [say(language, "plan", "creators_between", least=least, most=most)]
    if brief.least_credibility is not None:
        bar = number(brief.least_credibility, language, 0)
        lines.append(say(language, "plan", "bar", value=bar))
    for tier in (brief.tiers, "tier_names"), (brief.kinds, "kinds"):
        if tier[0]:
            lines.append(listed((say(language, tier[1], one) for one in tier[0]), language))
    for wish in brief.diversity:
        lines.append(f"{wish_said(wish, wish.value, language)}: {_limits(wish, language)}")
    for name in brief.must_have:
        lines.append(say(language, "plan", "wish_must", name=isolated(name)))
    return lines


def subject_said(plan: Plan, language: str) -> str:
    """The subject as it was understood."""
    return _topic(plan.subjects[0], plan, language) if plan.subjects else "–"


def widened(plan: Plan, language: str) -> str:
    """How far the subject had to be widened; empty where it was not."""
    if len(plan.subjects) < 2:
        return ""
    first, last = (_topic(one, plan, language) for one in (plan.subjects[0], plan.subjects[-1]))
    return say(language, "plan", "widened", first=isolated(first), last=isolated(last))


def alternative_said(one: Alternative, plan: Plan, language: str) -> str:
    """Another portfolio in a line; those who are new in it bear a star."""
    names = [called(i, plan) + ("*" if i in one.new_ids else "") for i in one.account_ids]
    return say(
        language, "plan", "alternative",
        share=isolated(percent(one.of_best_share, language, 0)),
        spent=money(one.spent_minor, plan.brief.currency, language),
        accounts=listed(names, language),
    )  # fmt: skip


def conflict_core(plan: Plan, language: str) -> list[str]:
    """The wishes that exclude each other, one a line."""
    return [
        f"{_wish(one, plan, language)}: {_side(one, one.wished, plan, language)}"
        if one.wished is not None and one.side
        else _wish(one, plan, language)
        for one in plan.conflicts
        if one.way == 0
    ]


def conflict_ways(plan: Plan, language: str) -> list[str]:
    """Each way out, one a line."""
    ways = sorted({one.way for one in plan.conflicts if one.way > 0})
    return [
        _way([one for one in plan.conflicts if one.way == way], plan, language) for way in ways
    ]


def _way(wishes: list[Conflict], plan: Plan, language: str) -> str:
    parts = []
    for one in wishes:
        wish = _wish(one, plan, language)
        if one.nearest is None:
            parts.append(say(language, "plan", "way_dropped", wish=wish))
            continue
        nearest = _side(one, one.nearest, plan, language)
        wished = _side(one, one.wished, plan, language)
        parts.append(
            say(language, "plan", "way_changes", wish=wish, nearest=nearest, wished=wished)
        )
    comma = "; " if language == "en" else "؛ "
    first = wishes[0]
    if first.n_creators is not None:
        n = number(first.n_creators, language, 0)
        parts.append(say(language, "plan", "way_creators", n=n))
    if first.spent_minor is not None:
        spent = money(first.spent_minor, plan.brief.currency, language)
        parts.append(say(language, "plan", "way_costs", spent=spent))
    return comma.join(parts)


def _wish(one: Conflict, plan: Plan, language: str) -> str:
    """What a wish is called."""
    if one.wish in ("group", "group_share"):
        found = wish_of(plan.brief, one.name)
        name = wish_said(*found, language) if found else one.name
        return say(language, "plan", f"wish_{one.wish}", name=name)
    if one.wish == "must":
        return say(language, "plan", "wish_must", name=called(one.name, plan))
    if f"wish_{one.wish}" in words(language)["plan"]:
        return say(language, "plan", f"wish_{one.wish}")
    return say(language, "plan", "wish_field", name=say(language, "plan_fields", one.wish))


def _side(one: Conflict, value: float | None, plan: Plan, language: str) -> str:
    said = money(value, plan.brief.currency, language) if one.is_money else isolated(
        number(value, language, 0)
    )  # fmt: skip
    side = "least" if one.side.startswith("least") else "most"
    return say(language, "plan", f"side_{side}", value=said)


def _limits(wish: Wish, language: str) -> str:
    said = []
    if wish.at_least is not None:
        value = number(wish.at_least, language, 0)
        said.append(say(language, "plan", "side_least", value=value))
    if wish.at_most is not None:
        value = number(wish.at_most, language, 0)
        said.append(say(language, "plan", "side_most", value=value))
    if wish.most_share is not None:
        share = percent(wish.most_share, language, 0)
        said.append(say(language, "plan", "side_most", value=share))
    return listed(said, language)


def _other(other: str | None, plan: Plan, language: str) -> str:
    """Another account, or the limit that is the reason."""
    if not other:
        return ""
    key, _, name = other.partition(" ") if " " in other else other.partition(":")
    if key in ("group", "group_share") or "=" in other:
        found = wish_of(plan.brief, name or other) or wish_of(plan.brief, other)
        return wish_said(*found, language) if found else isolated(other)
    if other in _LIMITS:
        return say(language, "plan", f"wish_{other}", name="")
    return called(other, plan)


def _topic(topic: str, plan: Plan, language: str) -> str:
    return plan.topic_names.get(topic, {}).get(language, topic)
