"""A brief's wishes and a shortlist's offers, as choosing a portfolio asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.plan.choosing.asked import GroupLimit, PortfolioAsked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from mawj.flow.planned_offers import Offer
    from mawj.plan.asking.brief import Brief, Wish
    from mawj.plan.choosing.asked import PortfolioSettings

LEAST_KNOWN = 0.5
"""Part of the offers whose measure must be known for it to be what is chosen by; ours."""

_YES = "yes"
_TEXTS = ("account_id", "deliverable", "person_id", "currency", "platform", "tier", "kind",
          "community", "country", "language")  # fmt: skip
_NUMBERS = ("value", "value_low", "value_high", "level", "reach")
_OBJECTIVES = {
    "reach": ("reach", "unique", "views", "engagements"),
    "content": ("engagements", "views", "reach"),
    "trust": ("engagements", "reach", "unique", "views"),
}
_OF_GOAL = {
    "conversation": ("engagements", "views", "reach"),
    "sales_online": ("conversions", "clicks", "engagements", "views"),
    "sales_shops": ("reach", "unique", "views", "engagements"),
}


def objectives_of(brief: Brief) -> tuple[str, ...]:
    """What a portfolio for this brief is chosen by, the best first."""
    if brief.goal == "awareness_creators":
        return ("unique", "engagements", "views")
    if brief.reach == "two_steps":
        return _OBJECTIVES["reach"]
    return _OF_GOAL.get(brief.goal) or _OBJECTIVES[brief.function]


def objective_of(brief: Brief, offers: Sequence[Offer], *, has_audience: bool) -> str:
    """The first of `objectives_of` that is known of enough of the offers."""
    wanted = objectives_of(brief)
    for objective in wanted:
        if objective == "unique":
            if has_audience:
                return objective
            continue
        known = [one for one in offers if value_of(one, objective)[0] is not None]
        if len(known) >= max(LEAST_KNOWN * len(offers), 1):
            return objective
    return next(one for one in reversed(wanted) if one != "unique")


def value_of(offer: Offer, objective: str) -> tuple[float | None, float | None, float | None]:
    """Median and ends of what an offer brings of the objective."""
    found = offer.of(objective)
    return (None, None, None) if found is None else (found.middle, found.low, found.high)


def candidates_of(
    offers: Sequence[Offer], brief: Brief, objective: str, *, apart: Collection[str] = ()
) -> pa.Table:
    """The offers as candidates: one row an offer, in the same order.

    Args:
        offers: what could be agreed.
        brief: who must and must not be in, and the wishes.
        objective: what is chosen by.
        apart: accounts that are only compared with, and never picked.
    """
    rows = [_row(one, brief, objective, one.account_id in apart) for one in offers]
    wishes = [_column(place) for place, _ in enumerate(brief.diversity)]
    kinds: dict[str, pa.DataType] = dict.fromkeys([*_TEXTS, *wishes], pa.string())
    kinds |= dict.fromkeys(_NUMBERS, pa.float64())
    kinds |= {"price_minor": pa.int64(), "n_own": pa.int64()}
    kinds |= {"is_must": pa.bool_(), "is_never": pa.bool_()}
    return pa.Table.from_pylist(rows, schema=pa.schema(kinds))


def _row(one: Offer, brief: Brief, objective: str, is_apart: bool) -> dict[str, Any]:
    value, low, high = value_of(one, objective)
    reach, told = one.of("reach"), one.of(objective)
    return {
        "account_id": one.account_id, "deliverable": one.deliverable,
        "person_id": one.person_id, "currency": brief.currency, "platform": one.platform,
        "tier": one.tier, "kind": one.kind, "community": one.community,
        "country": one.country, "language": one.languages[0] if one.languages else None,
        "price_minor": one.price_minor, "value": value, "value_low": low, "value_high": high,
        "level": told.level if told else None, "n_own": told.n_own if told else None,
        "reach": reach.middle if reach else None,
        "is_must": one.account_id in brief.must_have,
        "is_never": is_apart or one.account_id in brief.never,
        **{
            _column(place): _YES if _is_of(one, wish) else None
            for place, wish in enumerate(brief.diversity)
        },
    }  # fmt: skip


def asked_of(
    brief: Brief, candidates: pa.Table, objective: Any, settings: PortfolioSettings
) -> PortfolioAsked:
    """The brief as a portfolio asks for it; what is spent besides the picks is set aside."""
    return PortfolioAsked(
        budget_minor=brief.budget_minor,
        currency=brief.currency,
        objective=objective,
        least_picks=brief.least_creators,
        most_picks=brief.most_creators,
        groups=tuple(groups_of(brief, candidates)),
        settings=settings,
    )


def groups_of(brief: Brief, candidates: pa.Table) -> Iterator[GroupLimit]:
    """The wishes for diversity as limits of groups."""
    for place, wish in enumerate(brief.diversity):
        if wish.value:
            yield _limit(_column(place), _YES, wish)
        else:
            values = {str(v) for v in candidates[wish.by].drop_null().to_pylist()}
            yield from (_limit(wish.by, value, wish) for value in sorted(values))


def wish_of(brief: Brief, group: str) -> tuple[Wish, str] | None:
    """The wish behind a group `column=value`, and the value it is about."""
    column, _, value = group.partition("=")
    for place, wish in enumerate(brief.diversity):
        if column == _column(place):
            return wish, wish.value
        if not wish.value and wish.by == column:
            return wish, value
    return None


def _limit(column: str, value: str, wish: Wish) -> GroupLimit:
    return GroupLimit(column, value, wish.at_least, wish.at_most, None, wish.most_share)


def _column(place: int) -> str:
    return f"wish_{place + 1}"


def _is_of(one: Offer, wish: Wish) -> bool:
    value = one.languages if wish.by == "language" else (getattr(one, wish.by),)
    return wish.value in [None if v is None else str(v) for v in value]
