"""Forecasts and their lines as the declared tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mawj.plan.forecasting.forecast_history import MEASURED
from mawj.plan.forecasting.forecast_record import effect_of
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mawj.plan.asking.deliverables import Deliverable
    from mawj.plan.forecasting.forecast_model import Parts
    from mawj.plan.forecasting.forecast_record import PastRecord
    from mawj.plan.forecasting.forecast_settings import ForecastSettings
    from mawj.plan.forecasting.forecasts import ForecastAsked
    from mawj.plan.forecasting.rates import Rate

Floats = npt.NDArray[np.float64]

RULE_VERSION = "forecasts-2"
LINES = ("platform", "peers", "own", "average", "trend", "season", "occasion", "paid", "part",
         "rate", "past_error")  # fmt: skip
SURELY_PEERS = 0.5
"""Weight of the own past below which a forecast is said to rest on peers."""


@dataclass(frozen=True)
class Told:
    """One measure of one platform: accounts × deliverables × days, in that order.

    Attributes:
        measure, wanted, accounts, on: what was asked.
        made: the parts on the log scale.
        low, high: ends of the interval beside the forecast, on the log scale.
        n_errors: past errors behind them.
        rates: the rate that each deliverable's forecast was taken by, where one was.
        by_rate: for which forecasts; rate_log: its logarithm there; inherited: what the record
            of the measure it was taken of adds.
        record: how earlier forecasts turned out; None where none was scored.
    """

    measure: str
    wanted: Sequence[Deliverable]
    accounts: Sequence[str]
    on: Sequence[date]
    made: Parts
    low: Floats
    high: Floats
    n_errors: npt.NDArray[np.int64]
    record: PastRecord | None
    settings: ForecastSettings
    rates: Sequence[Rate | None] = ()
    by_rate: Any = field(default_factory=lambda: np.zeros(0, bool))
    rate_log: Floats = field(default_factory=lambda: np.zeros(0))
    inherited: Floats = field(default_factory=lambda: np.zeros(0))

    @property
    def lacking(self) -> Any:
        """Which forecasts neither own posts nor peers give."""
        return ~np.isfinite(self.made.total)

    @property
    def size(self) -> int:
        """How many forecasts."""
        return int(self.made.platform.size)

    @property
    def place(self) -> npt.NDArray[np.int64]:
        """Which deliverable each forecast is of."""
        places = np.repeat(np.arange(len(self.wanted)), len(self.on))
        return np.tile(places, len(self.accounts))

    @property
    def part(self) -> Floats:
        """What being a part of a whole does, on the log scale."""
        share = self.settings.part_share if self.measure != "conversions" else 1.0
        each = np.array([np.log(share) if one.within else 0.0 for one in self.wanted])
        made: Floats = np.where(self.is_rated, 0.0, each[self.place])
        return made

    @property
    def is_rated(self) -> Any:
        """Which forecasts are taken by a rate of another measure."""
        return self.by_rate if self.by_rate.size else np.zeros(self.size, bool)

    @property
    def bias(self) -> float:
        """What earlier forecasts of this kind teach to add, on the log scale."""
        return effect_of(self.record, self.settings)[0]

    @property
    def width(self) -> float:
        """How many times as wide earlier forecasts teach to be."""
        return effect_of(self.record, self.settings)[1]

    def line(self, name: str) -> Floats:
        """One part of every forecast; 0 where it plays none."""
        made = self.made
        if name in ("own", "average"):
            mine = made.by_average if name == "average" else ~made.by_average
            return np.where(mine, made.own, 0.0)
        extra = {
            "part": self.part,
            "rate": self.rate_log if self.rate_log.size else np.zeros(self.size),
            "past_error": self.bias
            + (self.inherited if self.inherited.size else np.zeros(self.size)),
        }
        found: Floats = extra[name] if name in extra else getattr(made, name)
        return found

    @property
    def total(self) -> Floats:
        """The logarithm of each forecast; NaN where nothing is known."""
        made: Floats = np.sum([self.line(name) for name in LINES], axis=0)
        return made


def forecast_tables(made: Sequence[Told], asked: ForecastAsked) -> tuple[pa.Table, pa.Table]:
    """`forecasts` and `forecast_lines`, ordered by account, deliverable, day and measure."""
    rows = [_rows(told, asked) for told in made]
    schema = TABLES["forecasts"].schema
    whole = pa.concat_tables(rows) if rows else schema.empty_table()
    ordered = whole.sort_by([(name, "ascending") for name in TABLES["forecasts"].key])
    lines = [_lines(told) for told in made] if asked.with_lines else []
    of_lines = TABLES["forecast_lines"]
    why = pa.concat_tables(lines) if lines else of_lines.schema.empty_table()
    keys = [*of_lines.key[:-1], "place"]
    return ordered, why.sort_by([(name, "ascending") for name in keys])


def _which(told: Told) -> dict[str, Any]:
    """The columns that say what each forecast is of."""
    keys = np.array([one.key for one in told.wanted], object)
    each = len(told.wanted) * len(told.on)
    return {
        "account_id": pa.array(np.repeat(np.array(told.accounts, object), each), pa.string()),
        "deliverable": pa.array(keys[told.place], pa.string()),
        "on": pa.array(list(told.on) * (told.size // len(told.on)), pa.date32()),
        "measure": pa.array([told.measure] * told.size, pa.string()),
    }


def _rows(told: Told, asked: ForecastAsked) -> pa.Table:
    total = told.total
    known = np.isfinite(total)
    middle = np.where(known, total, 0.0)
    ends = {"forecast": 0.0 * middle, "forecast_low": told.low, "forecast_high": told.high}
    # exp(700) is the largest that a float holds; counts beyond it are no counts.
    values = {
        name: np.exp(np.clip(middle + told.width * off, -700.0, 700.0))
        for name, off in ends.items()
    }
    platform = told.wanted[0].platform
    columns = _which(told) | {
        "platform": pa.array([platform] * told.size, pa.string()),
        "is_paid": pa.array([asked.is_paid] * told.size),
        "level": np.full(told.size, asked.level),
        "n_own": told.made.n_own, "n_peers": told.made.n_peers, "n_errors": told.n_errors,
        "basis": _basis(told, known), "peers": _peers(told, platform),
        "missing": _missing(told, known),
        "rule_version": pa.array([RULE_VERSION] * told.size, pa.string()),
    }  # fmt: skip
    columns |= {name: pa.array(made, mask=~known) for name, made in values.items()}
    schema = TABLES["forecasts"].schema
    return pa.table([pa.array(columns[name]) for name in schema.names], schema=schema)


def _basis(told: Told, known: Any) -> Any:
    made = told.made
    mostly_own = (made.weight >= SURELY_PEERS) & ((made.n_own > 0) | made.by_average)
    basis = np.where(mostly_own, np.where(made.by_average, "average", "own"), "peers")
    basis = np.where(told.is_rated, "rate", basis).astype(object)
    return pa.array(basis, pa.string(), mask=~known)


def _peers(told: Told, platform: str) -> Any:
    """Who the peers are: the platform and form, weighed by likeness of size."""
    words = [
        f"{platform}: {n} accounts, the nearest in followers first" for n in told.made.n_peers
    ]
    return pa.array(words, pa.string(), mask=told.made.n_peers == 0)


def _missing(told: Told, known: Any) -> Any:
    """What would have to be loaded: for every forecast that own posts do not show."""
    column = MEASURED.get(told.measure)
    what = f"post_snapshots ({column})" if column else "campaign_results (conversions)"
    lacks = ~known | told.is_rated
    return pa.array([what] * told.size, pa.string(), mask=~lacks)


def _lines(told: Told) -> pa.Table:
    """The parts of every known forecast, those that play none left out."""
    which = pa.table(_which(told))
    known = np.isfinite(told.total)
    schema = TABLES["forecast_lines"].schema
    tables = []
    for place, name in enumerate(LINES, start=1):
        value = told.line(name)
        plays = known & ((value != 0.0) | (name == "platform"))
        if name == "past_error" and told.record is not None:
            plays = known
        chosen = np.flatnonzero(plays)
        if chosen.size:
            tables.append(_line(told, which.take(chosen), name, place, chosen))
    return pa.concat_tables(tables) if tables else schema.empty_table()


def _line(
    told: Told, which: pa.Table, name: str, place: int, chosen: npt.NDArray[np.int64]
) -> pa.Table:
    value = told.line(name)[chosen]
    n = _cases(told, name)
    weight = told.made.weight[chosen] if name in ("own", "average") else None
    width = told.width if name == "past_error" else None
    columns: dict[str, Any] = {
        **{column: which[column] for column in which.column_names},
        "line": pa.array([name] * chosen.size, pa.string()),
        "place": np.full(chosen.size, place),
        "contribution": value,
        "factor": np.exp(np.clip(value, -700.0, 700.0)),
        "weight": weight if weight is not None else pa.nulls(chosen.size, pa.float64()),
        "n": n[chosen] if n is not None else pa.nulls(chosen.size, pa.float64()),
        "width": pa.array([width] * chosen.size, pa.float64()),
        "source": pa.array(_sources(told, name, chosen), pa.string()),
    }
    schema = TABLES["forecast_lines"].schema
    made = [columns[column] for column in schema.names]
    return pa.table(
        [c if isinstance(c, pa.ChunkedArray) else pa.array(c) for c in made], schema=schema
    )


def _cases(told: Told, name: str) -> Floats | None:
    """How many posts, accounts or forecasts stand behind a part."""
    if name in ("platform", "peers"):
        return told.made.n_peers.astype(float)
    if name in ("own", "trend"):
        return told.made.n_own.astype(float)
    if name == "occasion":
        return told.made.n_occasion
    if name == "past_error":
        return np.full(told.size, float(told.record.n if told.record else 0))
    return None


def _sources(told: Told, name: str, chosen: npt.NDArray[np.int64]) -> list[str | None]:
    if name == "occasion":
        return list(told.made.occasions[chosen])
    if name != "rate":
        return ["our judgement" if name == "part" else None] * chosen.size
    said = [f"{one.source} ({one.dated})" if one else None for one in told.rates]
    return [said[place] for place in told.place[chosen]]
