"""Shopify: orders as the admin exports them (CSV), or as its Admin API gives them (JSON).

Columns: Shopify Help Center, "Exporting orders to a CSV file" (Name, Financial Status,
Currency, Total, Discount Code, Discount Amount, Created at, Refunded Amount, Cancelled at,
Id). An order of several articles has several lines; only the first tells the order. Fields of
JSON: Shopify Admin REST API reference, Order (financial_status, discount_codes, landing_site,
referring_site, refunds). Times carry their offset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.orders import OrderSaid, only, order_made, said_text, size_of
from mawj.sources.ready.reading_json import members, text
from mawj.sources.ready.ready import Fault, Further, Made, Ready, RecordMapping, records_of
from mawj.sources.ready.tables import has

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

CELLS = (
    "Name", "Financial Status", "Paid at", "Currency", "Total", "Discount Code",
    "Discount Amount", "Created at", "Cancelled at", "Refunded Amount", "Id", "Source",
)  # fmt: skip
FIELDS = (
    "id", "name", "created_at", "currency", "total_price", "total_discounts",
    "financial_status", "cancelled_at", "discount_codes", "landing_site", "referring_site",
    "refunds",
)  # fmt: skip


def detect(raw: RawFile) -> bool:
    """The headings of the export, or orders in the shape of the API."""
    is_table = has(raw, "name", "financial status", "total", "created at", "lineitem name")
    return is_table or any(next(_orders(one), None) is not None for one in records_of(raw))


def make(record: Record, _: datetime) -> Iterator[Made | Fault | Further]:
    """One order a record; the further lines of an order give nothing more."""
    if "Financial Status" in record:
        yield from _line(record)
        return
    found = list(_orders(record))
    if not found:
        yield Fault("", "holds no order of Shopify")
    for one in found:
        yield from order_made(_said(one))


def keep(record: Record) -> Record:
    """Nothing of the buyer: no name, address, mail or telephone."""
    if "Financial Status" in record:
        return only(record, CELLS)
    return {"orders": [only(one, FIELDS) for one in _orders(record)]}


def _line(cells: Record) -> Iterator[Made | Fault | Further]:
    if not cells.get("Total") and not cells.get("Financial Status"):
        yield Further()
        return
    called_off = cells.get("Cancelled at")
    yield from order_made(OrderSaid(
        f"shopify:{cells.get('Id') or cells.get('Name')}", cells.get("Created at") or "",
        "cancelled" if called_off else cells.get("Financial Status") or "paid",
        cells.get("Total") or "", cells.get("Currency") or "",
        cells.get("Discount Amount") or "", cells.get("Refunded Amount") or "",
        (cells.get("Discount Code") or "",),
    ))  # fmt: skip


def _orders(record: Any) -> Iterator[Any]:
    for one in (record, *members(record, "orders")):
        if text(one, "id") and "total_price" in one and "financial_status" in one:
            yield one


def _said(one: Any) -> OrderSaid:
    back = [size_of(t, "amount") for r in members(one, "refunds")
            for t in members(r, "transactions")]  # fmt: skip
    return OrderSaid(
        f"shopify:{text(one, 'id')}", text(one, "created_at") or "",
        "cancelled" if text(one, "cancelled_at") else text(one, "financial_status") or "paid",
        said_text(one, "total_price"), text(one, "currency") or "",
        said_text(one, "total_discounts"), str(sum(back)) if back else "",
        tuple(text(code, "code") or "" for code in members(one, "discount_codes")),
        text(one, "landing_site") or "", text(one, "referring_site") or "",
    )  # fmt: skip


READY = Ready(
    "shopify_orders",
    "orders of Shopify: the admin's export (CSV), the Admin API (JSON)",
    detect,
    lambda _: RecordMapping(
        "shopify_orders", make, "shopify:orders", basis="first_party", keep=keep
    ),
)
