"""Made-up posts with known levels and noise, for tests of forecasts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from mawj.plan.forecasting.forecast_settings import ForecastSettings
from mawj.plan.forecasting.forecasts import ForecastAsked, forecasts

AS_OF = datetime(2026, 10, 1, tzinfo=UTC)
ON = date(2026, 10, 15)
ACCOUNTS = pa.schema(
    [
        ("account_id", pa.string()), ("platform", pa.string()), ("followers", pa.float64()),
        ("average_views", pa.float64()), ("average_engagements", pa.float64()),
    ]
)  # fmt: skip
POSTS = pa.schema(
    [
        ("account_id", pa.string()), ("platform", pa.string()),
        ("published_at", pa.timestamp("us", tz="UTC")), ("kind", pa.string()),
        ("is_paid", pa.bool_()), ("views", pa.float64()), ("reached", pa.float64()),
        ("engagements", pa.float64()), ("clicks", pa.float64()), ("followers", pa.float64()),
        ("subject", pa.string()),
    ]
)  # fmt: skip


def account(name: str, followers: float | None = 10_000.0, **more: Any) -> dict[str, Any]:
    return {
        "account_id": f"youtube:{name}",
        "platform": "youtube",
        "followers": followers,
        **more,
    }


def post(name: str, days_ago: float, views: float | None, **more: Any) -> dict[str, Any]:
    return {
        "account_id": f"youtube:{name}", "platform": "youtube", "kind": "video",
        "published_at": AS_OF - timedelta(days=days_ago), "is_paid": False, "views": views,
        "followers": 10_000.0, **more,
    }  # fmt: skip


def accounts_of(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=ACCOUNTS)


def posts_of(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=POSTS)


def asked(**changes: Any) -> ForecastAsked:
    given: dict[str, Any] = {
        "as_of": AS_OF, "on": [ON], "deliverables": ["youtube:video"], "is_paid": False,
        **changes,
    }  # fmt: skip
    return ForecastAsked(**given)


def told(
    accounts: pa.Table,
    posts: pa.Table,
    *,
    settings: ForecastSettings | None = None,
    **changes: Any,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows and lines of the forecasts."""
    rows, lines = forecasts(
        accounts, posts, asked(**changes), forecast_settings=settings or ForecastSettings()
    )
    return rows.to_pylist(), lines.to_pylist()


def one(rows: list[dict[str, Any]], measure: str = "views") -> dict[str, Any]:
    """The only forecast of a measure."""
    (found,) = [row for row in rows if row["measure"] == measure]
    return found


def crowd(
    n: int = 40, n_posts: int = 12, *, spread: float = 0.5, seed: int = 1, kind: str = "video"
) -> list[dict[str, Any]]:
    """Posts of `n` accounts whose views are log-normal round a level of their own."""
    random = np.random.default_rng(seed)
    rows = []
    for place in range(n):
        level = np.log(5_000.0) + 0.6 * random.standard_normal()
        for _ in range(n_posts):
            views = float(np.exp(level + spread * random.standard_normal()))
            ago = float(random.uniform(10, 300))
            rows.append(post(f"peer{place:03d}", ago, views, kind=kind, engagements=views / 20))
    return rows
