"""What the address of the find page asks for, as the flow's `Wanted`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj.flow.finding import Wanted
from mawj.flow.listed import ORDERS
from mawj.plan.pricing.money import is_counted
from mawj.text.numbers import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mawj.crm.members.models import Workspace

PAGE = 25
"""Accounts on one page (our judgement)."""
MOST = 500
"""How far a list can be paged; beyond it, a filter serves better (our judgement)."""
TEXTS = (
    "subject", "topic", "language", "country", "platform", "tier", "kind", "goal", "trust",
    "audience_country", "audience_language",
)  # fmt: skip
KNOWN = (*TEXTS, "order", "least", "unranked", "price", "fee", "currency")
"""All that a search is made of, by its names in an address."""


@dataclass(frozen=True)
class Asked:
    """A search, and the page of it."""

    wanted: Wanted
    page: int

    @property
    def first(self) -> int:
        """The place of the first account shown, from 0."""
        return (self.page - 1) * PAGE


def asked_by(query: Mapping[str, str], workspace: Workspace, *, with_prices: bool) -> Asked:
    """The search of an address; what it cannot mean is left out rather than refused.

    So is what asks for prices where the reader may not see them: who fits would tell them.
    """
    told: dict[str, Any] = {name: query.get(name, "").strip()[:200] for name in TEXTS}
    order = query.get("order", "match")
    page = min(max(int(_number(query.get("page", "1"), 1)), 1), MOST // PAGE)
    wanted = Wanted(
        **told,
        order=order if order in ORDERS else "match",
        least_influence=_number(query.get("least", ""), 0.0),
        with_unranked=query.get("unranked") == "1",
        top=page * PAGE,
        **(_fees(query, workspace.currency) if with_prices else {}),
    )
    return Asked(wanted, page)


def _fees(query: Mapping[str, str], usual: str) -> dict[str, Any]:
    currency = query.get("currency", "").strip().upper()
    return {
        "price": query.get("price", "").strip()[:200],
        "fee_at_most": max(_number(query.get("fee", ""), 0.0), 0.0),
        "fee_currency": currency if is_counted(currency) else usual,
    }


def _number(text: str, other: float) -> float:
    try:
        return count_of(text) if text else other
    except ValueError:
        return other
