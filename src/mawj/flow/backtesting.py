"""How forecasts would have done on the user's own past: `mawj backtest`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.finding import DEFAULT_SCHEME
from mawj.flow.forecasting import PEERS_READ, posts_of, the_run
from mawj.plan.forecasting.backtest import backtest
from mawj.tables.errors import NotEnoughData, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import pyarrow as pa

    from mawj.lake.lake import Lake


@dataclass(frozen=True)
class Backtested:
    """How each way did.

    Attributes:
        rows: the table `backtest`.
        run_id, as_of: the run that was read.
        scheme: whose tiers.
        n_accounts, n_posts: what was looked at; most_accounts of each platform.
    """

    rows: pa.Table
    run_id: str
    as_of: datetime
    scheme: str
    n_accounts: int
    n_posts: int
    most_accounts: int = PEERS_READ


def backtested(
    lake: Lake, settings: Mapping[str, Any], *, scheme: str = DEFAULT_SCHEME
) -> Backtested:
    """Forecast the past again and score it, by platform and tier.

    Raises:
        NotEnoughData: when nothing has been run, or no posts with counts are loaded.
        NotFound: for an unknown tier scheme.
    """
    run = the_run(lake)
    placed = rows(lake.read("tiers").filter(_.scheme == scheme, _.tier.notnull()))
    if not placed:
        known = sorted(
            {str(r["scheme"]) for r in rows(lake.read("tier_bounds").select("scheme"))}
        )
        raise NotFound(f"no tier scheme is called {scheme!r}: {', '.join(known)}")
    platforms = rows(lake.read("post_counts").select("platform").distinct())
    with lake.passing():
        posts = posts_of(lake, [], sorted(str(row["platform"]) for row in platforms))
    if not posts.num_rows:
        raise NotEnoughData("no posts with counts are loaded; `mawj load` some", has=0, needs=1)
    made = backtest(
        posts, {str(row["account_id"]): str(row["tier"]) for row in placed}, run.as_of,
        backtest_settings=settings["BacktestSettings"],
        forecast_settings=settings["ForecastSettings"],
    )  # fmt: skip
    n_accounts = len(posts["account_id"].unique())
    return Backtested(made, run.run_id, run.as_of, scheme, n_accounts, posts.num_rows)
