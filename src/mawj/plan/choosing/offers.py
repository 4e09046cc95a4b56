"""Candidates as arrays: who can be picked, in an order that names and rows do not change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.special import ndtri

from mawj.plan.choosing.asked import CERTAIN, Float64s, Int32s, Int64s
from mawj.tables.errors import DuplicateKey, MissingColumn, OutOfRange

if TYPE_CHECKING:
    from mawj.plan.choosing.asked import Coverage, PortfolioAsked

Bools = npt.NDArray[np.bool_]

NEEDED = ("account_id", "deliverable", "price_minor", "currency")
TABLE = "candidates"


@dataclass(frozen=True)
class Offers:
    """The usable candidates.

    Attributes:
        table: their rows, in canonical order: by price, value, size of the audience, group
            columns, and only among equals by account and deliverable.
        rows: their places in the table that was given.
        price: minor units.
        value, low, high: the forecast and its interval; NaN where not known.
        spread: standard deviation of the logarithm of the outcome; 0: no interval is known.
        creator: place of the creator in `creators`.
        creators: persons, or accounts where no person is known.
        place_of: the place of each creator by name.
        is_must: must-have.
        must_creators: creators with a must-have offer.
        drawn_as: of each offer, its places among all candidates given, usable or not: of the
            offer, its creator and its platform. Outcomes are drawn by these, so that the same
            candidates meet the same luck whoever is excluded.
        left_out: rows of the given table that cannot be picked, with the reason: `never`,
            `no_value`, `no_price`.
    """

    table: pa.Table
    rows: Int64s
    price: Int64s
    value: Float64s
    low: Float64s
    high: Float64s
    spread: Float64s
    creator: Int32s
    creators: tuple[str, ...]
    place_of: dict[str, int]
    is_must: Bools
    must_creators: tuple[str, ...]
    drawn_as: tuple[Int32s, Int32s, Int32s]
    left_out: tuple[tuple[int, str], ...]

    def __len__(self) -> int:
        """How many can be picked."""
        return int(self.price.size)

    def column(self, name: str) -> list[Any]:
        """A column's values in canonical order; all None where it is absent."""
        if name not in self.table.schema.names:
            return [None] * len(self)
        return list(self.table[name].to_pylist())

    def of_group(self, column: str, value: str) -> Int32s:
        """Places of the offers whose column holds the value.

        Raises:
            MissingColumn: when the candidates lack the column.
        """
        if column not in self.table.schema.names:
            raise MissingColumn(TABLE, column)
        values = self.table[column].to_pylist()
        return np.flatnonzero([v is not None and str(v) == value for v in values]).astype(
            np.int32
        )


def offers_of(candidates: pa.Table, elements: Coverage | None, asked: PortfolioAsked) -> Offers:
    """The candidates that can be picked, in canonical order.

    Raises:
        MissingColumn: when a column is lacking that is read.
        DuplicateKey: when an account offers the same deliverable twice.
        OutOfRange: when prices are below 0 or in another currency than the budget, or the
            coverage has another number of rows.
    """
    _check(candidates, elements, asked)
    value = floats(candidates, "value")
    price = floats(candidates, "price_minor")
    is_must, is_never = flags(candidates, "is_must"), flags(candidates, "is_never")
    lacks = np.isnan(value) & (asked.objective not in CERTAIN) & ~is_must
    reasons = np.select(
        [is_never, np.isnan(price), lacks], ["never", "no_price", "no_value"], ""
    )
    order = _canonical(candidates, _sizes(elements, candidates.num_rows))
    usable = np.flatnonzero(reasons[order] == "")
    rows = order[usable]
    table = candidates.take(rows)
    as_creator, as_platform = _drawn_as(candidates.take(order))
    creators, place_of, creator = _creators(table)
    musts = _creators(candidates.filter(pa.array(is_must)))[0]
    lost = [name for name in musts if name not in place_of]
    place_of |= {name: -1 - i for i, name in enumerate(lost)}
    low, high = floats(table, "value_low"), floats(table, "value_high")
    return Offers(
        table, rows, price[rows].astype(np.int64), value[rows], low, high,
        _spread(table, low, high), creator, creators, place_of, is_must[rows], musts,
        (usable.astype(np.int32), as_creator[usable], as_platform[usable]),
        tuple((int(i), str(reasons[i])) for i in np.flatnonzero(reasons != "")),
    )  # fmt: skip


def _check(candidates: pa.Table, elements: Coverage | None, asked: PortfolioAsked) -> None:
    needed = NEEDED if asked.objective in CERTAIN else (*NEEDED, "value")
    for name in needed:
        if name not in candidates.schema.names:
            raise MissingColumn(TABLE, name)
    n = candidates.num_rows
    if elements is not None and elements.ptr.size != n + 1:
        raise OutOfRange(f"coverage holds {elements.ptr.size - 1} rows, candidates {n}")
    keys = candidates.select(["account_id", "deliverable"]).group_by(
        ["account_id", "deliverable"]
    )
    if keys.aggregate([]).num_rows != n:
        raise DuplicateKey("candidates hold an account with the same deliverable twice")
    named: list[Any] = candidates["currency"].drop_null().unique().to_pylist()
    others = set(named) - {asked.currency}
    if others:
        raise OutOfRange(
            f"candidates are priced in {', '.join(sorted(others))}, the budget is in"
            f" {asked.currency}: convert the prices first"
        )
    if np.any(floats(candidates, "price_minor") < 0) or np.any(floats(candidates, "value") < 0):
        raise OutOfRange("prices and values of candidates must be 0 or more, or not known")
    if asked.budget_minor < 0 or asked.per_creator < 1:
        raise OutOfRange("the budget must be 0 or more and offers per creator 1 or more")


def _sizes(elements: Coverage | None, n: int) -> Int64s:
    if elements is None:
        return np.zeros(n, np.int64)
    return np.asarray(np.diff(elements.ptr))


def _drawn_as(table: pa.Table) -> tuple[Int32s, Int32s]:
    """Places of creator and platform among all candidates, in order of first appearance."""
    platforms = [None] * table.num_rows
    if "platform" in table.schema.names:
        platforms = table["platform"].to_pylist()
    place_of = {name: place for place, name in enumerate(dict.fromkeys(platforms))}
    platform = np.array([place_of[name] for name in platforms], np.int32)
    return _creators(table)[2], platform


def floats(table: pa.Table, name: str) -> Float64s:
    """A column as float64 with NaN where NULL or absent."""
    if name not in table.schema.names:
        return np.full(table.num_rows, np.nan)
    column = table[name].cast(pa.float64())
    return np.asarray(column.to_numpy(), np.float64)


def flags(table: pa.Table, name: str) -> Bools:
    """A column of yes and no; NULL and absent are no."""
    if name not in table.schema.names:
        return np.zeros(table.num_rows, bool)
    return np.array([bool(v) for v in table[name].to_pylist()], bool)


def _canonical(table: pa.Table, sizes: Int64s) -> Int64s:
    """The order in which ties are broken: by what is offered, by names only among equals."""
    keys: list[Any] = [
        table["deliverable"].to_numpy(zero_copy_only=False).astype(str),
        table["account_id"].to_numpy(zero_copy_only=False).astype(str),
        sizes,
        np.nan_to_num(floats(table, "value"), nan=-1.0),
        np.nan_to_num(floats(table, "price_minor"), nan=-1.0),
    ]
    return np.asarray(np.lexsort(keys))


def _creators(table: pa.Table) -> tuple[tuple[str, ...], dict[str, int], Int32s]:
    """Persons (accounts where no person is known) in the order of the rows."""
    accounts: list[Any] = table["account_id"].to_pylist()
    persons = table["person_id"].to_pylist() if "person_id" in table.schema.names else accounts
    names = [person or account for person, account in zip(persons, accounts, strict=True)]
    place_of = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return tuple(place_of), place_of, np.array([place_of[n] for n in names], np.int32)


def _spread(table: pa.Table, low: Float64s, high: Float64s) -> Float64s:
    """Standard deviation of the logarithm, by the interval and its level (0.8 if not said)."""
    level = np.nan_to_num(floats(table, "level"), nan=0.8).clip(0.01, 0.999)
    known = (low > 0) & (high >= low)
    ratio = np.divide(high, low, out=np.ones_like(low), where=known)
    return np.asarray(np.log(ratio) / (2 * ndtri(0.5 + level / 2)), np.float64)
