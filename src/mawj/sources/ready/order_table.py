"""Orders as a table of any headings known in three languages: dashboards, plugins, own lists.

The dashboards of Salla and Zid export such tables with Arabic headings (رقم الطلب, حالة الطلب,
تاريخ الطلب, إجمالي الطلب), which no public page lists in full: the headings known stand in
`orders.toml`, and more can be added there. For WooCommerce the columns of WebToffee's "Order
Export" (order_number, order_date, status, order_total, order_currency, coupon_items).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mawj.sources.ready.orders import UTM, OrderSaid, folded, headings, order_made
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping
from mawj.text.numbers import known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

NEEDED = {"order_id", "at", "state", "total"}
ZONE = "Asia/Riyadh"
"""The clock of times without a zone where riyals of Saudi Arabia are paid; else UTC (ours)."""

_SAUDI = re.compile(r"SAR|ر\.?س|ريال سعودي")
_CODE = re.compile(r"code:\s*([^|;,]+)")


def meanings(names: Iterable[str]) -> dict[str, str]:
    """The first heading of each meaning."""
    found: dict[str, str] = {}
    for name in names:
        meaning = headings().get(folded(name))
        if meaning:
            found.setdefault(meaning, name)
    return found


def detect(raw: RawFile) -> bool:
    """A number, a day, what became of it and what it came to: all four are needed."""
    is_table = raw.first.cells is not None
    return is_table and set(meanings(raw.headings)) >= NEEDED


def make(record: Record, _: datetime) -> Iterator[Made | Fault]:
    """One order a row; orders of one shop: numbers of two shops would meet."""
    said = {one: known(str(record[name] or "")) or "" for one, name in meanings(record).items()}
    if not said["total"] and not said["order_id"]:
        yield Fault("", "no order stands in this row")
        return
    codes, currency = said.get("codes", ""), said.get("currency", "")
    yield from order_made(OrderSaid(
        f"other:{said['order_id'].lstrip('#')}", said["at"], said["state"], said["total"],
        currency, said.get("discount", ""), said.get("refunded", ""),
        tuple(_CODE.findall(codes)) or (codes,), "", said.get("referrer", ""),
        tuple((name, said.get(name) or None) for name in UTM),
        ZONE if _SAUDI.search(f"{currency} {said['total']}") else "UTC",
    ))  # fmt: skip


def keep(record: Record) -> Record:
    """The columns that are read: nothing of the buyer."""
    return {name: record[name] for name in meanings(record).values()}


READY = Ready(
    "order_table",
    "orders as a table with a number, a day, a state and a total, in three languages: the "
    "dashboards of Salla and Zid, plugins of WooCommerce",
    detect,
    lambda _: RecordMapping("order_table", make, "", basis="first_party", keep=keep),
)
