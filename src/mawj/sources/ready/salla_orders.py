"""Salla: orders as its Merchant API gives them (JSON); its dashboard's export is a table.

Field names: Salla Merchant API documentation (docs.salla.dev), "Order details": reference_id,
date {date, timezone}, status {name, slug}, currency, amounts {total, discounts}. Times are of
the zone that stands beside them. What the API's published schema does not say, where the
buyer came from, is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.orders import OrderSaid, only, order_made, said_text, size_of, state_of
from mawj.sources.ready.reading_json import member, members, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

FIELDS = ("id", "reference_id", "date", "status", "currency", "amounts", "coupon", "source")
ZONE = "Asia/Riyadh"
"""Where an order does not say its zone: Salla's own (docs.salla.dev, examples of orders)."""


def detect(raw: RawFile) -> bool:
    """Orders with `reference_id` and `amounts`."""
    return any(next(_orders(one), None) is not None for one in records_of(raw))


def make(record: Record, _: datetime) -> Iterator[Made | Fault]:
    """One order, or those of a page."""
    found = list(_orders(record))
    if not found:
        yield Fault("", text(record, "error", "message") or "holds no order of Salla")
    for one in found:
        yield from order_made(_said(one))


def keep(record: Record) -> Record:
    """Nothing of the buyer."""
    return {"data": [only(one, FIELDS) for one in _orders(record)]}


def _orders(record: Any) -> Iterator[Any]:
    inner = member(record, "data")
    for one in (record, *members(record, "data"), inner):
        if text(one, "reference_id") and isinstance(member(one, "amounts"), dict):
            yield one


def _said(one: Any) -> OrderSaid:
    slug, name = text(one, "status", "slug") or "", text(one, "status", "name") or ""
    discounts = list(members(one, "amounts", "discounts"))
    off = [size_of(part, "discount") for part in discounts]
    codes = [text(part, "code") for part in discounts] + [text(one, "coupon", "code")]
    return OrderSaid(
        f"salla:{text(one, 'id') or text(one, 'reference_id')}",
        text(one, "date", "date") or text(one, "date") or "",
        # A store may rename what became of an order; the slug stays.
        slug if state_of(slug) else name, said_text(one, "amounts", "total", "amount"),
        text(one, "amounts", "total", "currency") or text(one, "currency") or "",
        str(sum(off)) if off else "", "", tuple(code or "" for code in codes),
        zone=text(one, "date", "timezone") or ZONE,
    )  # fmt: skip


READY = Ready(
    "salla_orders",
    "orders of Salla: the Merchant API (JSON)",
    detect,
    lambda _: RecordMapping(
        "salla_orders", make, "salla:orders", basis="first_party", keep=keep
    ),
)
