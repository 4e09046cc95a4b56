"""Freezes what a plan expects of its picks, so that what happens can be held against it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mawj.flow.forecast_book import keep_forecasts
from mawj.flow.forecasting import ForecastWanted, forecasts_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from mawj.flow.plan_stages import PlanAsked
    from mawj.flow.planned import Pick
    from mawj.lake.lake import Lake


def picks_in_book(lake: Lake, picks: Sequence[Pick], asked: PlanAsked) -> str:
    """Keep the forecasts of all picks, with why; the name of that page of the forecast book.

    They are made once more, now with their lines, by the same run and settings as the plan's.
    """
    days = {
        (pick.offer.account_id, pick.offer.deliverable): pick.offer.publish_on for pick in picks
    }
    wanted = ForecastWanted(
        on=sorted(set(days.values())),
        deliverables=list(dict.fromkeys(key for _, key in days)),
    )
    ids = list(dict.fromkeys(account_id for account_id, _ in days))
    made = forecasts_for(lake, ids, wanted, asked.settings)
    mine = replace(made, rows=_of_picks(made.rows, days), lines=_of_picks(made.lines, days))
    return keep_forecasts(lake, mine, asked.settings, made_at=asked.made_at)


def _of_picks(told: pa.Table, days: Mapping[tuple[str, str], date]) -> pa.Table:
    """The rows of what was picked, on the day it is to be published."""
    columns = (told[name].to_pylist() for name in ("account_id", "deliverable", "on"))
    places = [
        n for n, (a, d, on) in enumerate(zip(*columns, strict=True)) if days.get((a, d)) == on
    ]
    return told.take(places)
