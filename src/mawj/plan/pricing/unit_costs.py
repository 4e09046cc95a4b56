"""What an offer costs for each thing it brings: the same sums for plans and for results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from mawj.plan.pricing.money import digits_of
from mawj.tables.derived_plan_cost import UNIT_COSTS
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

pc: Any = pyarrow.compute

UNITS: dict[str, tuple[str, float]] = {
    "cpm": ("views", 1000.0),
    "cpv": ("views", 1.0),
    "cpr": ("reach", 1.0),
    "cpe": ("engagements", 1.0),
    "cpc": ("clicks", 1.0),
    "cpa": ("conversions", 1.0),
}
"""Each unit of the trade: the measure it is of, and how many of it. `cpm` is taken of views
where impressions are not told apart."""


def unit_costs(prices: pa.Table, forecasts: pa.Table) -> pa.Table:
    """What one unit of one deliverable of one account is expected to cost.

    Reads:
        prices: price_minor with low and high.
        forecasts: account_id, deliverable, measure, forecast, forecast_low, forecast_high.

    Returns:
        The declared columns of `unit_costs`, basis `expected`, a row for each unit whose
        measure has a row in `forecasts`.

    Nulls:
        NULL where the price or the number is not known, or the number is 0; the upper end where
        the lower end of the forecast is 0: no bound can be told.

    Source:
        A cost a unit is a ratio of positive numbers: the logarithms of price and result differ,
        and their half-widths add up as squares. For a fixed price, that is price / result_high
        to price / result_low. Where the price itself follows from the expected views the two go
        together and the range is too wide rather than too narrow.
    """
    return _costs(prices, forecasts, "expected")


def actual_unit_costs(paid: pa.Table, outcomes: pa.Table) -> pa.Table:
    """What one unit came to: as `unit_costs`, basis `actual`, of what was paid and what came.

    Reads:
        paid: account_id, deliverable, price_minor, currency.
        outcomes: account_id, deliverable, measure, outcome.
    """
    whole = paid
    for end in ("low", "high"):
        whole = whole.append_column(f"price_{end}_minor", paid["price_minor"])
    told = outcomes.rename_columns(
        ["forecast" if name == "outcome" else name for name in outcomes.schema.names]
    )
    for end in ("low", "high"):
        told = told.append_column(f"forecast_{end}", told["forecast"])
    return _costs(whole, told, "actual")


def _costs(prices: pa.Table, results: pa.Table, basis: str) -> pa.Table:
    keys = ["account_id", "deliverable"]
    _once(prices, keys, "a price")
    _once(results, [*keys, "measure"], "a result")
    named = ["price_minor", "price_low_minor", "price_high_minor", "currency"]
    numbers = ["forecast", "forecast_low", "forecast_high"]
    joined = results.select([*keys, "measure", *numbers]).join(
        prices.select([*keys, *named]), keys, join_type="inner"
    )
    made = [_of_unit(joined, unit, basis) for unit in UNITS]
    return (
        pa.concat_tables(made)
        .sort_by([(k, "ascending") for k in (*keys, "place")])
        .drop_columns(["place"])
    )


def _of_unit(joined: pa.Table, unit: str, basis: str) -> pa.Table:
    measure, many = UNITS[unit]
    rows = joined.filter(pc.equal(joined["measure"], measure))
    n = rows.num_rows
    scale = np.array([10.0 ** -digits_of(str(code)) for code in rows["currency"].to_pylist()])
    price, low, high = (
        _floats(rows[f"price{end}_minor"]) * scale * many for end in ("", "_low", "_high")
    )
    got, least, most = (_floats(rows[f"forecast{end}"]) for end in ("", "_low", "_high"))
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = price / got
        down = np.exp(-np.hypot(np.log(price / low), np.log(most / got)))
        up = np.exp(np.hypot(np.log(high / price), np.log(got / least)))
        ends = (middle * np.where(price > 0, down, 1.0), middle * np.where(price > 0, up, 1.0))
    columns: dict[str, Any] = {
        "account_id": rows["account_id"],
        "deliverable": rows["deliverable"],
        "unit": [unit] * n,
        "measure": [measure] * n,
        "unit_cost": _known(middle),
        "unit_cost_low": _known(ends[0]),
        "unit_cost_high": _known(ends[1]),
        "currency": rows["currency"],
        "basis": [basis] * n,
    }
    table = pa.table(
        [columns[name] for name in UNIT_COSTS.schema.names], schema=UNIT_COSTS.schema
    )
    return table.append_column("place", pa.array(np.full(n, list(UNITS).index(unit))))


def _once(table: pa.Table, keys: list[str], what: str) -> None:
    if table.group_by(keys).aggregate([]).num_rows != table.num_rows:
        raise ActionRefused(f"{what} stands twice for one account and deliverable")


def _floats(column: Any) -> Floats:
    return np.asarray(pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False))


def _known(values: Floats) -> pa.Array[Any]:
    known = np.isfinite(values)
    return pa.array(np.where(known, values, 0.0), mask=~known)
