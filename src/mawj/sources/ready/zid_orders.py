"""Zid: orders as its Merchant API gives them (JSON); its dashboard's export is a table.

Field names: Zid Merchant API documentation (docs.zid.sa), "Orders": code, store_id,
order_status {code, name}, currency_code, order_total, payment_status, created_at, coupon
{code}. `created_at` is UTC (beside it `issue_date` is the same moment by the clock of
Riyadh).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.orders import OrderSaid, only, order_made, said_text, size_of
from mawj.sources.ready.reading_json import member, members, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

FIELDS = (
    "id", "code", "store_id", "order_status", "currency_code", "order_total", "payment_status",
    "created_at", "coupon", "coupon_code", "source_code",
)  # fmt: skip


def detect(raw: RawFile) -> bool:
    """Orders with `order_total` and `order_status.code`."""
    return any(next(_orders(one), None) is not None for one in records_of(raw))


def make(record: Record, _: datetime) -> Iterator[Made | Fault]:
    """One order, or those of a page."""
    found = list(_orders(record))
    if not found:
        yield Fault("", text(record, "message", "description") or "holds no order of Zid")
    for one in found:
        yield from order_made(_said(one))


def keep(record: Record) -> Record:
    """Nothing of the buyer; of the bill only what was taken off."""
    return {
        "orders": [
            only(one, FIELDS) | {"payment": {"invoice": list(_taken_off(one))}}
            for one in _orders(record)
        ]
    }


def _orders(record: Any) -> Iterator[Any]:
    for one in (record, member(record, "order"), *members(record, "orders")):
        if text(one, "order_status", "code") and "order_total" in one:
            yield one


def _taken_off(one: Any) -> Iterator[Any]:
    for line in members(one, "payment", "invoice"):
        if "discount" in (text(line, "code") or "") and "after" not in (
            text(line, "code") or ""
        ):
            yield only(line, ("code", "value"))


def _said(one: Any) -> OrderSaid:
    state = text(one, "order_status", "code") or ""
    off = [size_of(line, "value") for line in _taken_off(one)]
    codes = (text(one, "coupon", "code") or "", text(one, "coupon_code") or "")
    waits = state == "new" and text(one, "payment_status") in {"pending", "unpaid"}
    return OrderSaid(
        f"zid:{text(one, 'store_id') or ''}:{text(one, 'id') or text(one, 'code')}",
        text(one, "created_at") or "", "unpaid" if waits else state,
        said_text(one, "order_total"), text(one, "currency_code") or "",
        str(sum(off)) if off else "", "", codes,
    )  # fmt: skip


READY = Ready(
    "zid_orders",
    "orders of Zid: the Merchant API (JSON)",
    detect,
    lambda _: RecordMapping("zid_orders", make, "zid:orders", basis="first_party", keep=keep),
)
