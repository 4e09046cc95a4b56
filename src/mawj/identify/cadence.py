"""How often, how steadily and in which languages an account publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.post_counts import own_posts
from mawj.tables.portable import SECONDS_A_DAY, whole_seconds
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    from datetime import datetime

    import ibis.expr.types as ir

    from mawj.identify.window import Window

WEEK_S = 7 * int(SECONDS_A_DAY)
UNDETERMINED = "und"


def cadence(posts: ir.Table, *, window: Window, as_of: datetime) -> ir.Table:
    """How often and how steadily one account publishes: one row per account.

    Weeks are counted backwards from `as_of`, from the account's first post in the window on:
    before that nobody may have looked.

    Reads:
        posts: post_id, account_id, published_at, what it passes on.

    Returns:
        The declared columns, for accounts with a dated own post in the window. The median gap
        is exact.

    Nulls:
        Posts without a date are left out. One post has no gap.
    """
    dated = own_posts(posts).filter(window.holds(posts.published_at, as_of))
    # Whole seconds once a post: turning a moment into a number is slow on DuckDB.
    moments = dated.select("account_id", "published_at", at_s=whole_seconds(dated.published_at))
    line = ibis.window(group_by="account_id", order_by="at_s")
    gaps = moments.select(
        "account_id",
        "published_at",
        gap_s=_.at_s - _.at_s.lag().over(line),
        week=(int(as_of.timestamp()) - moments.at_s) // WEEK_S,
    )
    per_account = gaps.group_by("account_id").agg(
        n_posts=_.count(),
        n_active=_.week.nunique(),
        oldest=_.week.max(),
        median_gap_s=_.gap_s.median(),
        last_post_at=_.published_at.max(),
    )
    weeks = per_account.oldest.cast("float64") + 1
    return shaped(
        per_account.mutate(
            median_gap_days=per_account.median_gap_s / SECONDS_A_DAY,
            posts_per_week=per_account.n_posts / weeks,
            active_weeks_share=per_account.n_active / weeks,
        ),
        "cadence",
    )


def account_languages(posts: ir.Table) -> ir.Table:
    """One language that one account writes: one row per account and language.

    Reads:
        posts: account_id, language, what it passes on.

    Nulls:
        Posts whose language is not known, or cannot be told (`und`), are in neither count.
    """
    told = own_posts(posts).filter(posts.language.notnull(), posts.language != UNDETERMINED)
    counted = told.group_by("account_id", "language").agg(n_posts=_.count())
    whole = ibis.window(group_by="account_id")
    shares = counted.mutate(share=_.n_posts.cast("float64") / _.n_posts.sum().over(whole))
    return shaped(shares, "account_languages")
