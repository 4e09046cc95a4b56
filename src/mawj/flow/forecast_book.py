"""The forecast book: forecasts frozen when asked, what came of them, and what that teaches."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from ibis import _

from mawj import __version__
from mawj.flow.accounts import account_id_of, rows
from mawj.flow.settings import as_plain
from mawj.plan.asking.deliverables import deliverables
from mawj.plan.forecasting.forecast_record import Scored, past_record
from mawj.plan.forecasting.rates import published_rates, rates_with_results
from mawj.plan.pricing.unit_costs import actual_unit_costs
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mawj.flow.forecasting import Forecasted
    from mawj.lake.lake import Lake
    from mawj.plan.forecasting.forecast_record import PastRecord
    from mawj.plan.forecasting.rates import Rate

MEASURES = ("views", "reach", "engagements", "clicks", "conversions")
MOST_DAYS = 45
"""A result is held against the kept forecast of the nearest day, at most so far away. Our
judgement: placements slip by weeks."""
HALF = 0.5
ENDS = ("forecast", "forecast_low", "forecast_high")


def keep_forecasts(
    lake: Lake, made: Forecasted, settings: Mapping[str, object], *, made_at: datetime
) -> str:
    """Freeze forecasts with the versions they rest on; the name they are kept under.

    The row of `forecast_book` is written last: after a crash on the way nobody sees the rest.
    """
    book_id = f"{made_at:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
    for name, table in (("kept_forecasts", made.rows), ("kept_forecast_lines", made.lines)):
        schema = TABLES[name].schema
        told: dict[str, Any] = {"book_id": pa.array([book_id] * table.num_rows, pa.string())}
        columns = [told[one] if one in told else table[one] for one in schema.names]
        lake.upsert(name, pa.table(columns, schema=schema))
    run = lake.current_run()
    note = {
        "book_id": book_id, "made_at": made_at, "run_id": made.run_id, "as_of": made.as_of,
        "n_forecasts": made.rows.num_rows,
        "versions": json.dumps(dict(run.pins) if run else {}),
        "settings": json.dumps(as_plain(settings), ensure_ascii=False, default=str),
        "code_version": __version__,
    }  # fmt: skip
    lake.upsert("forecast_book", pa.Table.from_pylist([note], TABLES["forecast_book"].schema))
    return book_id


def kept_books(lake: Lake) -> list[dict[str, Any]]:
    """The askings that are kept, the newest first, without their settings."""
    return rows(lake.read("forecast_book").drop("settings").order_by(_.made_at.desc()))


def kept_rows(lake: Lake, book_id: str) -> list[dict[str, Any]]:
    """The forecasts of one asking as they were given.

    Raises:
        NotFound: when none of that name is kept.
    """
    found = rows(lake.read("kept_forecasts").filter(_.book_id == book_id))
    whole = rows(lake.read("forecast_book").filter(_.book_id == book_id).select("book_id"))
    if not found or not whole:
        raise NotFound(f"no forecasts are kept as {book_id!r}; `mawj forecasts` lists them")
    return sorted(found, key=lambda row: [str(row[k]) for k in TABLES["forecasts"].key])


def scores(lake: Lake) -> pa.Table:
    """Every kept forecast beside what came of it, as the table `forecast_scores`.

    A result is held against every asking that forecast its account and deliverable for the
    nearest day within `MOST_DAYS`; of askings made after it was published none counts.
    """
    results = _results(lake)
    wanted: dict[tuple[str, str], list[dict[str, Any]]] = {}
    # Whole plans may be kept: only accounts that something is known of are read back.
    for row in _kept(lake, sorted({str(one["account_id"]) for one in results})):
        wanted.setdefault((row["account_id"], row["deliverable"]), []).append(row)
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for result in results:
        for row in wanted.get((result["account_id"], result["deliverable"]), []):
            score = _scored(row, result)
            if score is None:
                continue
            key = tuple(score[name] for name in TABLES["forecast_scores"].key)
            if key not in found or _days(score) < _days(found[key]):
                found[key] = score
    # One result speaks once to each asking: for the day nearest to it.
    nearest: dict[tuple[Any, ...], dict[str, Any]] = {}
    for score in found.values():
        told = ("book_id", "account_id", "deliverable", "published_on", "measure")
        key = tuple(score[name] for name in told)
        if key not in nearest or _days(score) < _days(nearest[key]):
            nearest[key] = score
    made = sorted(
        nearest.values(),
        key=lambda row: [
            str(row[k]) for k in ("book_id", "account_id", "deliverable", "on", "measure")
        ],
    )
    return pa.Table.from_pylist(made, TABLES["forecast_scores"].schema)


def record_of(scored: pa.Table, level: float = 0.8) -> dict[tuple[str, str], PastRecord]:
    """How kept forecasts turned out, by platform and measure.

    Of several askings of one placement only the last speaks.
    """
    latest: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in sorted(scored.to_pylist(), key=lambda one: str(one["book_id"])):
        told = ("account_id", "deliverable", "published_on", "measure")
        latest[tuple(row[name] for name in told)] = row
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in latest.values():
        platform = str(row["account_id"]).partition(":")[0]
        groups.setdefault((platform, str(row["measure"])), []).append(row)
    made = {}
    for key, each in groups.items():
        record = past_record(_of_rows(each), level)
        if record is not None:
            made[key] = record
    return made


def own_rates(lake: Lake) -> tuple[Rate, ...]:
    """The published rates moved towards the user's own results."""
    told = []
    for row in _results(lake):
        known = deliverables().get(row["deliverable"])
        told.append(
            {name: row[name] for name in MEASURES}
            | {
                "platform": str(row["account_id"]).partition(":")[0],
                "by": known.clicks if known else "",
            }
        )
    return rates_with_results(published_rates(), told)


def actual_costs(lake: Lake) -> list[dict[str, Any]]:
    """What one unit came to, for each result that tells a fee: `unit_costs` and the day."""
    paid = [
        row for row in _results(lake) if row["amount_minor"] is not None and row["currency"]
    ]
    results = {str(row["result_id"]): row for row in paid}
    # Each result is priced alone: an account may have several of one deliverable.
    fees = pa.table({
        "account_id": list(results), "deliverable": [row["deliverable"] for row in paid],
        "price_minor": pa.array([row["amount_minor"] for row in paid], pa.int64()),
        "currency": [row["currency"] for row in paid],
    })  # fmt: skip
    came = [(one, row, measure) for one, row in results.items() for measure in MEASURES]
    outcomes = pa.table({
        "account_id": [one for one, _row, _measure in came],
        "deliverable": [row["deliverable"] for _one, row, _measure in came],
        "measure": [measure for _one, _row, measure in came],
        "outcome": pa.array([row[measure] for _one, row, measure in came], pa.float64()),
    })  # fmt: skip
    made = actual_unit_costs(fees, outcomes).to_pylist() if results else []
    return [
        row | {"account_id": results[row["account_id"]]["account_id"],
               "published_on": results[row["account_id"]]["published_on"]}
        for row in made if row["unit_cost"] is not None
    ]  # fmt: skip


def _results(lake: Lake) -> list[dict[str, Any]]:
    """The results that are loaded, under the ids that the lake knows their accounts by."""
    found = rows(lake.read("campaign_results"))
    known: dict[str, str] = {}
    for said in {str(row["account_id"]) for row in found}:
        try:
            known[said] = account_id_of(lake, said)
        except NotFound:
            known[said] = said
    return [row | {"account_id": known[str(row["account_id"])]} for row in found]


def _kept(lake: Lake, accounts: list[str]) -> list[dict[str, Any]]:
    """The kept forecasts of accounts that gave a number, with when they were asked."""
    if not accounts:
        return []
    books = {row["book_id"]: row["made_at"] for row in kept_books(lake)}
    some = lake.read("kept_forecasts").filter(_.account_id.isin(accounts))
    lines = lake.read("kept_forecast_lines").filter(_.line == "past_error")
    key = TABLES["kept_forecasts"].key
    # What a rate gives holds the record of another measure too: it is scored as it was given.
    own = some.filter(_.forecast.notnull()).left_join(
        lines.select(*key, "contribution", "width"), key
    )
    own = own.mutate(
        contribution=(own.basis != "rate").ifelse(own.contribution, None),
        width=(own.basis != "rate").ifelse(own.width, None),
    )
    kept = rows(own.drop(*(f"{name}_right" for name in key)))
    return [row | {"made_at": books[row["book_id"]]} for row in kept if row["book_id"] in books]


def _scored(row: Mapping[str, Any], result: Mapping[str, Any]) -> dict[str, Any] | None:
    """One forecast beside one result; None where they do not belong together."""
    outcome = result[row["measure"]]
    apart = abs((result["published_on"] - row["on"]).days)
    was_before = row["made_at"].date() <= result["published_on"]
    if outcome is None or apart > MOST_DAYS or not was_before:
        return None
    ends = [max(float(row[name]), 1e-9) for name in ENDS]
    seen = max(float(outcome), HALF)
    taught, width = row["contribution"] or 0.0, row["width"] or 1.0
    plain = {"outcome": outcome, **dict(zip(ENDS, ends, strict=True))}
    out = _of_rows([plain | {"taught": taught, "taught_width": width}]).out(is_bare=False)
    kept = ("book_id", "account_id", "deliverable", "on", "measure", "forecast",
            "forecast_low", "forecast_high")  # fmt: skip
    return {name: row[name] for name in kept} | {
        "published_on": result["published_on"], "outcome": float(outcome),
        "error": float(np.log(seen / ends[0])), "out": float(out[0]),
        "is_inside": bool(row["forecast_low"] <= outcome <= row["forecast_high"]),
        "taught": taught, "taught_width": width,
    }  # fmt: skip


def _of_rows(scored: list[dict[str, Any]]) -> Scored:
    """Rows of `forecast_scores` as arrays; an outcome of none counts as half of one."""
    came = np.log([max(float(row["outcome"]), HALF) for row in scored])
    ends = [np.log([max(float(row[name]), 1e-9) for row in scored]) for name in ENDS]
    told = [np.array([float(row[n]) for row in scored]) for n in ("taught", "taught_width")]
    return Scored(came, *ends, *told)


def _days(score: Mapping[str, Any]) -> int:
    return abs(int((score["published_on"] - score["on"]).days))
