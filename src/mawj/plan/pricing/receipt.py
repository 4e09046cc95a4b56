"""A receipt as it grows: lines in columns, each rounded when it is added."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.plan.pricing.card_fees import Span
from mawj.tables.derived_plan_price import LINES, PRICE_LINES

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from mawj.plan.pricing.card_fees import Floats
    from mawj.plan.pricing.terms import Asked


@dataclass(frozen=True)
class Told:
    """How the amounts of a line come about.

    Attributes:
        how: one of the rules of `price_lines`.
        quantity, rate, rate_low, rate_high: numbers of the rule; None where it has none.
        source, dated_on, date_basis: whose figure it is, of when, and how exact that is; one
            for all rows, or one for each.
        missing: why an amount is not known; one for each row.
    """

    how: Any
    quantity: Floats | None = None
    rate: Any = None
    rate_low: Any = None
    rate_high: Any = None
    source: Any = None
    dated_on: Any = None
    date_basis: Any = None
    missing: Any = None


def told_by(how: str, asked: Asked, quantity: Floats) -> Told:
    """A line that is a published share or cost times a quantity."""
    return Told(
        how, quantity, asked.mid, asked.low, asked.high,
        asked.source or None, asked.dated_on, asked.date_basis,
    )  # fmt: skip


@dataclass
class Receipt:
    """Lines of many offers and what they come to so far.

    Attributes:
        account_ids, deliverables: the offers.
        currency: of every amount.
        total: sums of the lines so far; NaN where one is not known.
    """

    account_ids: list[str]
    deliverables: NDArray[Any]
    currency: str
    total: Span = field(init=False)
    _blocks: list[tuple[NDArray[np.int64], pa.Table]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with nothing."""
        n = len(self.account_ids)
        self.total = Span(*(np.zeros(n) for _ in range(3)))

    def add(self, line: str, rows: NDArray[np.int64], amounts: Span, told: Told) -> None:
        """Add one line for some offers; amounts are rounded half to even, NaN is not known."""
        if not rows.size:
            return
        rounded = Span(*(np.rint(getattr(amounts, e)) for e in ("low", "mid", "high")))
        for end in ("low", "mid", "high"):
            getattr(self.total, end)[rows] += getattr(rounded, end)
        self._blocks.append((rows, self._table(line, rows, rounded, told)))

    def table(self) -> pa.Table:
        """The lines, offer by offer in the order of the receipt."""
        if not self._blocks:
            return PRICE_LINES.schema.empty_table()
        rows = np.concatenate([rows for rows, _ in self._blocks])
        lines = pa.concat_tables([table for _, table in self._blocks])
        places = lines["place"].to_numpy()
        return lines.take(np.lexsort((places, rows)))

    def _table(self, line: str, rows: NDArray[np.int64], amounts: Span, told: Told) -> pa.Table:
        n = len(rows)
        columns: dict[str, Any] = {
            "account_id": [self.account_ids[row] for row in rows],
            "deliverable": self.deliverables[rows],
            "line": [line] * n,
            "place": np.full(n, LINES.index(line) + 1),
            "amount_minor": _whole(amounts.mid),
            "amount_low_minor": _whole(amounts.low),
            "amount_high_minor": _whole(amounts.high),
            "currency": [self.currency] * n,
            "how": _each(told.how, n),
            **{
                name: _float(getattr(told, name), n)
                for name in ("quantity", "rate", "rate_low", "rate_high")
            },
            "source": _each(told.source, n),
            "dated_on": _each(told.dated_on, n),
            "date_basis": _each(told.date_basis, n),
            "missing": _each(told.missing, n),
        }
        return pa.table(
            [pa.array(columns[f.name], f.type, from_pandas=True) for f in PRICE_LINES.schema],
            schema=PRICE_LINES.schema,
        )


def day_of(ordinals: NDArray[np.int64]) -> list[date | None]:
    """Days from ordinals; None for 0."""
    from datetime import date as day  # noqa: PLC0415 (a name that would hide the annotation)

    return [day.fromordinal(int(one)) if one else None for one in ordinals]


def _whole(amounts: Floats) -> pa.Array[Any]:
    known = np.isfinite(amounts)
    return pa.array(np.where(known, amounts, 0.0).astype(np.int64), mask=~known)


def _float(value: Any, n: int) -> pa.Array[Any]:
    if value is None:
        return pa.nulls(n, pa.float64())
    found = np.broadcast_to(np.asarray(value, dtype=np.float64), n)
    return pa.array(np.where(np.isfinite(found), found, 0.0), mask=~np.isfinite(found))


def _each(value: Any, n: int) -> list[Any]:
    if isinstance(value, list | np.ndarray):
        return [one if one != "" else None for one in value]
    return [value] * n
