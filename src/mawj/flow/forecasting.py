"""Forecasts for accounts of the lake: gathers what `mawj.plan.forecasting.forecasts` reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
from ibis import _

from mawj.flow.forecast_book import own_rates, record_of, scores
from mawj.plan.asking.deliverables import MEASURES
from mawj.plan.forecasting.averages_ahead import AVERAGED, AverageSettings, averages_ahead
from mawj.plan.forecasting.forecast_history import day_of, pc
from mawj.plan.forecasting.forecasts import ForecastAsked, forecasts
from mawj.tables.errors import NotEnoughData

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from mawj.lake.lake import Lake
    from mawj.lake.run_log import RunRecord

PEERS_READ = 2000
"""Accounts of a platform whose posts are read as those of peers, drawn by digest: twenty in
each of a hundred steps of size. Our judgement."""
COLUMNS = (
    "account_id", "platform", "published_at", "kind", "is_paid", "views", "reached",
    "engagements", "clicks", "followers",
)  # fmt: skip
SNAPSHOTS = (
    "account_id", "platform", "taken_at", "followers", "average_views", "average_likes",
    "average_comments", "average_reposts", "average_engagements", "authentic_engagements",
)  # fmt: skip
FACTS = ("account_id", "platform", "followers", "average_views", "average_engagements")


@dataclass(frozen=True)
class ForecastWanted:
    """What somebody wants to know beforehand.

    Attributes:
        on: days of publication.
        deliverables: keys; empty for all of each account's platform.
        measures: of `mawj.plan.asking.deliverables.MEASURES`.
        is_paid: whether the posts are paid for.
        level: how often the intervals shall hold.
        with_lines: also say why.
    """

    on: Sequence[date]
    deliverables: Sequence[str] = ()
    measures: Sequence[str] = MEASURES
    is_paid: bool = True
    level: float = 0.8
    with_lines: bool = True


@dataclass(frozen=True)
class Forecasted:
    """Forecasts with their reasons.

    Attributes:
        rows, lines: the tables `forecasts` and `forecast_lines`.
        run_id, as_of: the run that was read, and the moment after which nothing was looked at.
    """

    rows: pa.Table
    lines: pa.Table
    run_id: str
    as_of: datetime


def forecasts_for(
    lake: Lake,
    accounts: Sequence[str],
    wanted: ForecastWanted,
    settings: Mapping[str, Any],
) -> Forecasted:
    """What each deliverable of each account may bring on each day, by the current run.

    Raises:
        NotEnoughData: when nothing has been run, or an account is not loaded.
    """
    run = the_run(lake)
    ids = list(dict.fromkeys(accounts))
    asked = ForecastAsked(
        as_of=run.as_of, on=wanted.on, deliverables=wanted.deliverables,
        measures=wanted.measures, is_paid=wanted.is_paid, level=wanted.level,
        with_lines=wanted.with_lines, rates=own_rates(lake), record=record_of(scores(lake)),
    )  # fmt: skip
    with lake.passing():
        facts = with_moves(lake, facts_of(lake, ids), wanted, settings["AverageSettings"])
        posts = posts_of(lake, ids, sorted({str(one) for one in facts["platform"].to_pylist()}))
    rows, lines = forecasts(facts, posts, asked, forecast_settings=settings["ForecastSettings"])
    return Forecasted(rows, lines, run.run_id, run.as_of)


def the_run(lake: Lake) -> RunRecord:
    """The current run.

    Raises:
        NotEnoughData: when there is none.
    """
    run = lake.current_run()
    if run is None:
        raise NotEnoughData("nothing has been run yet; `mawj run` first", has=0, needs=1)
    return run


def facts_of(lake: Lake, ids: Sequence[str]) -> pa.Table:
    """What is known of the accounts themselves.

    Raises:
        NotEnoughData: when one is not loaded.
    """
    found = lake.read("standing").filter(_.account_id.isin(list(ids))).select(*FACTS)
    made: pa.Table = with_country(found, lake).to_pyarrow()
    lacking = set(ids) - set(made["account_id"].to_pylist())
    if lacking:
        raise NotEnoughData(
            f"not in the current run: {', '.join(sorted(lacking)[:5])}; `mawj load` brings "
            "accounts in, `mawj run` counts them",
            has=made.num_rows, needs=len(set(ids)),
        )  # fmt: skip
    return made


def with_moves(
    lake: Lake, facts: pa.Table, wanted: ForecastWanted, settings: AverageSettings
) -> pa.Table:
    """`facts` with what averages given by a source are expected to change by.

    Read only where an account has such an average: most lakes hold posts instead.
    """
    origin = the_run(lake).as_of
    day = max((day_of(datetime.combine(on, time(), UTC)) for on in wanted.on), default=0.0)
    for measure, column in AVERAGED.items():
        given = facts.filter(pc.is_valid(facts[column]))
        if not given.num_rows or day <= day_of(origin):
            continue
        ids = lake.read("standing").filter(_[column].notnull()).select("account_id", "platform")
        seen = lake.read("account_snapshots").filter(_.taken_at <= origin)
        joined = seen.inner_join(ids, "account_id").select(*SNAPSHOTS).to_pyarrow()
        made = averages_ahead(joined, measure, day_of(origin), day, average_settings=settings)
        moves = dict(zip(made.accounts, map(float, made.move), strict=True))
        found = [moves.get(str(one), 0.0) for one in facts["account_id"].to_pylist()]
        facts = facts.append_column(f"{measure}_move", pa.array(found, pa.float64()))
    return facts


def posts_of(lake: Lake, ids: Sequence[str], platforms: Sequence[str]) -> pa.Table:
    """Counted posts of the accounts and of a fixed draw of their platforms' other accounts."""
    counts = lake.read("post_counts").filter(_.platform.isin(list(platforms)))
    whose = counts.select("account_id", "platform").distinct()
    by_digest = ibis.window(group_by="platform", order_by=_.account_id.hexdigest("md5"))
    placed = whose.mutate(place=ibis.row_number().over(by_digest))
    chosen = placed.filter((_.place < PEERS_READ) | _.account_id.isin(list(ids)))
    read = counts.semi_join(chosen, "account_id")
    made: pa.Table = with_country(with_paid(read, lake.read("posts")), lake).to_pyarrow()
    return made


def with_country(about: ir.Table, lake: Lake) -> ir.Table:
    """The same rows with the country of their account, NULL where it is not known."""
    told = lake.read("accounts").select("account_id", "country")
    return about.left_join(told, "account_id").select(*about.columns, "country")


def with_paid(counts: ir.Table, posts: ir.Table) -> ir.Table:
    """Counted posts with whether each carries the platform's paid label."""
    labels = posts.select("post_id", is_paid="is_labelled_ad")
    return counts.inner_join(labels, "post_id").select(*COLUMNS)
