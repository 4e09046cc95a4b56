"""How many views one post of an account can be expected to get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    from datetime import datetime

    import ibis.expr.types as ir

    from mawj.identify.window import Window


def reach(
    post_counts: ir.Table, standing: ir.Table, *, window: Window, as_of: datetime
) -> ir.Table:
    """Views that one account can be expected to get from one post: one row per account.

    Reads:
        post_counts: account_id, published_at, views.
        standing: average_views.

    Returns:
        The declared columns. With at least `window.least_posts` posts of known views in the
        window: the median and the quartiles (basis `events`). Else the average that a source
        gives (basis `counted`, without quartiles). Else no row.

    Nulls:
        A post whose views are hidden, or whose date is not known, is not counted.

    Source:
        Median rather than mean: views are heavy-tailed, and one viral post must not stand for
        all (Tukey 1977, Exploratory Data Analysis, on resistant summaries).
    """
    seen = post_counts.filter(
        post_counts.views.notnull(), window.holds(post_counts.published_at, as_of)
    )
    events = (
        seen.group_by("account_id")
        .agg(
            reach=_.views.median(),
            reach_low=_.views.quantile(0.25),
            reach_high=_.views.quantile(0.75),
            n_posts=_.count(),
        )
        .filter(_.n_posts >= window.least_posts)
        .mutate(basis=ibis.literal("events"))
    )
    given = standing.filter(standing.average_views.notnull()).anti_join(events, "account_id")
    counted = given.select(
        "account_id",
        reach="average_views",
        reach_low=ibis.null("float64"),
        reach_high=ibis.null("float64"),
        n_posts=ibis.literal(0, "int64"),
        basis=ibis.literal("counted"),
    )
    return shaped(shaped(events, "reach").union(shaped(counted, "reach")), "reach")
