"""Whose orders are whose: each order that stands is credited to one account, or to nobody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj.tables.observed_orders import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from mawj.flow.accounts import Readable

Row = dict[str, Any]


@dataclass(frozen=True)
class Credited:
    """What the orders of one account came to, in one currency.

    Attributes:
        account_id: whose; "" where several accounts have the same tag.
        currency: ISO 4217 code.
        n_orders: orders that stand.
        revenue_minor: what they came to less what was paid back, in smallest units.
        by_tag: orders by the kind of tag that told them, the surest first.
    """

    account_id: str
    currency: str
    n_orders: int
    revenue_minor: int
    by_tag: Mapping[str, int]


@dataclass(frozen=True)
class OrderCredit:
    """All orders that are loaded, and whose they are.

    Attributes:
        credited: by account and currency, most orders first.
        n_orders: orders that stand.
        n_untold: those of them that no tag tells.
        n_void: cancelled, unpaid and refunded orders, which count for nobody.
    """

    credited: tuple[Credited, ...]
    n_orders: int
    n_untold: int
    n_void: int


def credited_orders(lake: Readable) -> OrderCredit:
    """Every order credited once, by the surest tag that it shows: a code before a link.

    A code is typed by the buyer; the last link says where they came from last; a site that
    referred them may be many people's. Last touch is our judgement: earlier ones are not known.
    """
    orders = lake.read("orders").to_pyarrow()
    tags = _Tags(lake.read("tracking_tags").to_pyarrow().to_pylist())
    sums: dict[tuple[str, str], list[Any]] = defaultdict(lambda: [0, 0, defaultdict(int)])
    n_untold = n_void = 0
    for order in _rows(orders):
        if order["state"] != "placed":
            n_void += 1
            continue
        kind, account_id = tags.of(order)
        if kind is None:
            n_untold += 1
            continue
        sums_of = sums[account_id, order["currency"]]
        sums_of[0] += 1
        sums_of[1] += order["total_minor"] - (order["refunded_minor"] or 0)
        sums_of[2][kind] += 1
    made = [
        Credited(account_id, currency, n, revenue, dict(by_tag))
        for (account_id, currency), (n, revenue, by_tag) in sums.items()
    ]
    made.sort(key=lambda one: (-one.n_orders, one.account_id, one.currency))
    return OrderCredit(tuple(made), orders.num_rows - n_void, n_untold, n_void)


def _rows(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


class _Tags:
    """Accounts by kind and tag, with the days each counts."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._by: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            self._by[row["kind"], row["tag"].casefold()].append(row)

    def of(self, order: Row) -> tuple[str | None, str]:
        """The surest kind that tells an order, and its account; "" where several have it."""
        on = order["ordered_at"].date()
        for kind in TAGS:
            shown = order["codes"] or [] if kind == "code" else [order[kind] or ""]
            found = {
                row["account_id"]
                for tag in shown
                for row in self._by.get((kind, tag.casefold()), ())
                if _counts(row, on)
            }
            if found:
                return kind, found.pop() if len(found) == 1 else ""
        return None, ""


def _counts(row: Row, on: date) -> bool:
    first, last = row["from_on"], row["to_on"]
    return (first is None or first <= on) and (last is None or on <= last)
