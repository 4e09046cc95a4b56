"""Small offers and quotes for the tests of prices."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from mawj.plan.pricing.cards import rates_of
from mawj.plan.pricing.money import CurrencyRates
from mawj.plan.pricing.price_lines import price_lines
from mawj.plan.pricing.price_scale import PriceScale
from mawj.plan.pricing.prices import prices
from mawj.plan.pricing.terms import Terms
from mawj.tables.observed_quotes import QUOTES

AS_OF = date(2026, 11, 20)
REEL = "instagram:reel"

OFFERS = pa.schema(
    [(name, pa.string()) for name in ("account_id", "deliverable", "subject")]
    + [(name, pa.float64()) for name in ("followers", "views", "views_low", "views_high")]
)


def card(name: str = "ours", **said: Any) -> list[Any]:
    """One card with one rate: 10 dollars, from 5 to 20, for a thousand views of a reel."""
    rate = {
        "deliverables": [REEL],
        "per": "thousand_views",
        "low": 5.0,
        "mid": 10.0,
        "high": 20.0,
    }
    content: dict[str, Any] = {
        "title": name, "source": "a test", "what": "made up", "dated_on": date(2026, 1, 1),
        "date_basis": "day", "currency": "USD", "markets": {"": 1.0},
    }  # fmt: skip
    for key, value in said.items():
        (content if key in content else rate)[key] = value
    return rates_of(content | {"rate": [rate]}, name)


def offers(*rows: dict[str, Any]) -> pa.Table:
    """Offers: a reel of 100,000 views without an interval unless said."""
    usual = {"account_id": "a", "deliverable": REEL, "views": 100_000.0, "followers": 50_000.0}
    return pa.Table.from_pylist([usual | row for row in rows or ({},)], OFFERS)


def quotes(*rows: dict[str, Any]) -> pa.Table:
    """Quotes of 700 dollars ten days ago unless said."""
    usual = {
        "account_id": "a", "deliverable": REEL, "amount_minor": 70_000, "currency": "USD",
        "quoted_on": date(2026, 11, 10), "is_paid": False, "source": "file:test",
        "fetched_at": datetime(2026, 11, 11, tzinfo=UTC), "basis": "typed_in", "load_id": "1",
    }  # fmt: skip
    numbered = [{"quote_id": str(n)} | usual | row for n, row in enumerate(rows)]
    return pa.Table.from_pylist(numbered, QUOTES.schema)


def receipt(
    table: pa.Table | None = None, quoted: pa.Table | None = None, **said: Any
) -> pa.Table:
    """The lines of a receipt by the card above; other words are fields of Terms."""
    known = {
        "cards": said.pop("cards", card()),
        "currency_rates": said.pop("currency_rates", CurrencyRates()),
        "price_scale": said.pop("price_scale", PriceScale()),
        "as_of": said.pop("as_of", AS_OF),
    }
    table = offers() if table is None else table
    quoted = quotes() if quoted is None else quoted
    return price_lines(table, quoted, terms=Terms(**said), **known)


def lines(*args: Any, **said: Any) -> dict[str, dict[str, Any]]:
    """The lines of one receipt by name."""
    return {row["line"]: row for row in receipt(*args, **said).to_pylist()}


def price(*args: Any, **said: Any) -> dict[str, Any]:
    """The price of one receipt."""
    found = prices(receipt(*args, **said)).to_pylist()
    assert len(found) == 1
    return dict(found[0])
