"""WooCommerce: orders as its REST API gives them (JSON).

Field names: WooCommerce REST API documentation v3, "Order properties" (number, status,
currency, date_created_gmt, total, discount_total, coupon_lines, refunds). Where a buyer came
from: the order attribution of WooCommerce 8.5 and later, kept in `meta_data` under
`_wc_order_attribution_utm_source` and the like. Exports of plugins are read as tables of
orders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.orders import (
    UTM,
    OrderSaid,
    host_of,
    only,
    order_made,
    said_text,
    size_of,
)
from mawj.sources.ready.reading_json import member, members, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

FIELDS = (
    "id", "number", "status", "currency", "date_created", "date_created_gmt", "total",
    "discount_total", "coupon_lines", "refunds", "_links",
)  # fmt: skip
_MARK = "_wc_order_attribution_"


def detect(raw: RawFile) -> bool:
    """Orders with `coupon_lines` and `date_created_gmt`."""
    return any(_is_order(one) for one in records_of(raw))


def make(record: Record, _: datetime) -> Iterator[Made | Fault]:
    """One order a record."""
    if not _is_order(record):
        yield Fault("", text(record, "message") or "holds no order of WooCommerce")
        return
    where = {
        (text(one, "key") or "").removeprefix(_MARK): text(one, "value")
        for one in _attribution(record)
    }
    back = [size_of(one, "total") for one in members(record, "refunds")]
    store = host_of(next((text(one, "href") or "" for one in
                          members(record, "_links", "self")), ""))  # fmt: skip
    gmt = text(record, "date_created_gmt")
    yield from order_made(OrderSaid(
        f"woocommerce:{store or ''}:{text(record, 'id')}",
        gmt or text(record, "date_created") or "", text(record, "status") or "",
        said_text(record, "total"), text(record, "currency") or "",
        said_text(record, "discount_total"), str(sum(back)) if back else "",
        tuple(text(one, "code") or "" for one in members(record, "coupon_lines")),
        where.get("session_entry") or "", where.get("referrer") or "",
        tuple((name, where.get(name)) for name in UTM),
    ))  # fmt: skip


def keep(record: Record) -> Record:
    """Nothing of the buyer; of the notes only where they came from."""
    return only(record, FIELDS) | {"meta_data": list(_attribution(record))}


def _is_order(one: Any) -> bool:
    return text(one, "id") is not None and {"coupon_lines", "date_created_gmt"} <= set(one)


def _attribution(record: Any) -> Iterator[Any]:
    for one in members(record, "meta_data"):
        if str(member(one, "key") or "").startswith(_MARK):
            yield only(one, ("key", "value"))


READY = Ready(
    "woocommerce_orders",
    "orders of WooCommerce: the REST API (JSON)",
    detect,
    lambda _: RecordMapping(
        "woocommerce_orders", make, "woocommerce:orders", basis="first_party", keep=keep
    ),
)
