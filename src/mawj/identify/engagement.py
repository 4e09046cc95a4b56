"""Engagement rates: every formula in public use side by side, each result saying which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.identify.engagement_formulas import FORMULAS
from mawj.identify.spread import LEAST_FOR_MEDIAN, median_ranks, t_95
from mawj.tables.portable import ratio, value_at
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    from datetime import datetime

    import ibis.expr.types as ir

    from mawj.identify.engagement_formulas import Formula
    from mawj.identify.window import Window

NOT_COMPARED = ("story", "live")
"""Forms left out of rates, as Traackr's API leaves them: their answers are not public."""


def engagement(
    post_counts: ir.Table, standing: ir.Table, *, window: Window, as_of: datetime
) -> ir.Table:
    """One account under one published formula of engagement rate: one row per account, variant.

    Reads:
        post_counts: account_id, published_at, kind, engagements and the counts of each formula.
        standing: followers and the averages per post that a source gives.

    Returns:
        The declared columns. Posts loaded (basis `events`) are preferred from
        `window.least_posts` on; below, averages given by a source (basis `counted`); else the
        few posts. A variant that nothing is known for has no row.

    Nulls:
        Posts whose likes are hidden, or whose base is not known or is 0, are left out of the
        rate; none is taken for 0. Ends of the interval need `window.least_posts` posts (days
        for `daily`), the median's at least 5.

    Source:
        Formulas and publishers: `FORMULAS`. Intervals: Student's t for means, the linearised
        ratio estimator for pooled sums (Cochran 1977, Sampling Techniques, 6.3), ordered values
        for the median (Conover 1999, 3.2).
    """
    posts = post_counts.filter(
        window.holds(post_counts.published_at, as_of),
        post_counts.kind.isnull() | post_counts.kind.notin(NOT_COMPARED),
    )
    measured = _measured(posts.mutate(passed_on=_.reposts + _.quotes.fill_null(0.0)))
    both = measured.outer_join(_given(standing), "account_id")
    variants = both.select(
        account_id=ibis.coalesce(both.account_id, both.account_id_right),
        rate=ibis.array([_variant(both, formula) for formula in FORMULAS]).unnest(),
    ).unpack("rate")
    rows = _preferred(variants, window)
    return shaped(rows.filter(rows.engagement_share.notnull()), "engagement")


def _measured(posts: ir.Table) -> ir.Table:
    """Every formula's aggregates over the posts: one row per account."""
    rates = {
        _rate_name(formula): ratio(posts[formula.part], posts[formula.base])
        for formula in FORMULAS
        if formula.how in _MEASURES
    }
    rated = posts.mutate(**rates)
    measured = rated.group_by("account_id").agg(
        **{
            f"{formula.variant}_{name}": measure
            for formula in FORMULAS
            if formula.how in _MEASURES
            for name, measure in _MEASURES[formula.how](rated, formula).items()
        }
    )
    return measured.left_join(_daily(posts), "account_id").drop("account_id_right")


def _rate_name(formula: Formula) -> str:
    """Variants that differ only in how posts are put together share one rate a post."""
    return f"{formula.part}_per_{formula.base}"


def _of_mean(rated: ir.Table, formula: Formula) -> dict[str, Any]:
    rate = rated[_rate_name(formula)]
    return {"n": rate.count(), "mean": rate.mean(), "sd": rate.std(how="sample")}


def _of_median(rated: ir.Table, formula: Formula) -> dict[str, Any]:
    rate = rated[_rate_name(formula)]
    return {"n": rate.count(), "sorted": rate.collect().sort()}


def _of_pooled(rated: ir.Table, formula: Formula) -> dict[str, Any]:
    rate, base = rated[_rate_name(formula)], rated[formula.base]
    # Unknown where the rate is, without a filter on every sum.
    part = rate * base
    known_base = ibis.ifelse(rate.notnull(), base, ibis.null("float64"))
    return {
        "n": rate.count(),
        "p": part.sum(),
        "b": known_base.sum(),
        "pp": (part * part).sum(),
        "pb": (part * base).sum(),
        "bb": (known_base * known_base).sum(),
    }


_MEASURES = {"mean": _of_mean, "median": _of_median, "pooled": _of_pooled}


def _daily(posts: ir.Table) -> ir.Table:
    """Mean over days with a post of the day's engagements / followers."""
    usable = posts.filter(posts.engagements.notnull(), posts.followers > 0)
    days = usable.group_by("account_id", day=usable.published_at.date()).agg(
        engagements=_.engagements.sum(), followers=_.followers.mean(), n_posts=_.count()
    )
    rated = days.mutate(rate=ratio(days.engagements, days.followers))
    return rated.group_by("account_id").agg(
        daily_mean=_.rate.mean(),
        daily_sd=_.rate.std(how="sample"),
        daily_days=_.count(),
        daily_n=_.n_posts.sum(),
    )


def _given(standing: ir.Table) -> ir.Table:
    """The rates that averages given by a source allow: one column a variant.

    With one average and one count of followers, the mean of the posts' rates and the pooled
    rate are the same number; medians, days and reach cannot be had.
    """
    likes_and_comments = standing.average_likes + standing.average_comments.fill_null(0.0)
    engagements = ibis.coalesce(standing.average_engagements, likes_and_comments)
    return standing.select(
        "account_id",
        given_by_followers=ratio(engagements, standing.followers),
        given_by_followers_pooled=ratio(engagements, standing.followers),
        given_by_views=ratio(engagements, standing.average_views),
        given_love=ratio(standing.average_likes, standing.followers),
        given_talk=ratio(standing.average_comments, standing.followers),
        given_as_given=standing.given_engagement_share,
    )


def _variant(both: ir.Table, formula: Formula) -> Any:
    """One variant of one account as a struct: estimates from posts, and what a source gives."""
    unknown = ibis.null("float64")
    column = f"given_{formula.variant}"
    own = {name: both[f"{formula.variant}_{name}"] for name in _NEEDS[formula.how]}
    estimates = _ESTIMATES[formula.how](own)
    n = own["n"].fill_null(0).cast("int64") if own else ibis.literal(0, "int64")
    return ibis.struct(
        {
            "variant": ibis.literal(formula.variant),
            "share": estimates.get("share", unknown),
            "sd": estimates.get("sd", unknown),
            "low": estimates.get("low", unknown),
            "high": estimates.get("high", unknown),
            "n": n,
            "n_values": estimates["n_values"].cast("int64") if "n_values" in estimates else n,
            "given": both[column] if column in both.columns else unknown,
        }
    )


def _preferred(variants: ir.Table, window: Window) -> ir.Table:
    """The posts' rate with its interval, or the given one where posts are too few.

    The intervals are worked out here, once for all variants, to keep the query small.
    """
    few = variants.n < window.least_posts
    is_given = (few & variants.given.notnull()) | variants.share.isnull()
    told = ~is_given & (variants.n_values >= max(window.least_posts, 2))
    # One value has no spread; its interval is not told, but must not divide by zero either.
    freedom = (variants.n_values - 1).nullif(0)
    width = t_95(freedom) * variants.sd / variants.n_values.cast("float64").nullif(0.0).sqrt()
    low = ibis.coalesce(variants.low, ibis.greatest(variants.share - width, 0.0))
    high = ibis.coalesce(variants.high, variants.share + width)
    has_ends = told & (variants.low.notnull() | width.notnull())
    unknown = ibis.null("float64")
    return variants.select(
        "account_id",
        "variant",
        engagement_share=ibis.ifelse(is_given, variants.given, variants.share),
        engagement_share_low=ibis.ifelse(has_ends, low, unknown),
        engagement_share_high=ibis.ifelse(has_ends, high, unknown),
        n_posts=ibis.ifelse(is_given, 0, variants.n),
        basis=ibis.ifelse(is_given, "counted", "events"),
    )


def _mean(own: dict[str, Any]) -> dict[str, Any]:
    return {"share": own["mean"], "sd": own["sd"]}


def _days(own: dict[str, Any]) -> dict[str, Any]:
    return {"share": own["mean"], "sd": own["sd"], "n_values": own["days"].fill_null(0)}


def _pooled(own: dict[str, Any]) -> dict[str, Any]:
    rate = ratio(own["p"], own["b"])
    off = ibis.greatest(own["pp"] - 2 * rate * own["pb"] + rate * rate * own["bb"], 0.0)
    sd = ratio(off, own["n"] - 1).sqrt() * ratio(own["n"], own["b"])
    return {"share": rate, "sd": sd}


def _median(own: dict[str, Any]) -> dict[str, Any]:
    ordered, n = own["sorted"], own["n"]
    low, high = median_ranks(n)
    enough = n >= LEAST_FOR_MEDIAN
    unknown = ibis.null("float64")
    return {
        "share": (value_at(ordered, (n - 1) // 2) + value_at(ordered, n // 2)) / 2,
        "low": ibis.ifelse(enough, value_at(ordered, low), unknown),
        "high": ibis.ifelse(enough, value_at(ordered, high), unknown),
    }


def _given_only(own: dict[str, Any]) -> dict[str, Any]:
    return own


_NEEDS = {
    "mean": ("n", "mean", "sd"),
    "daily": ("n", "mean", "sd", "days"),
    "pooled": ("n", "p", "b", "pp", "pb", "bb"),
    "median": ("n", "sorted"),
    "given": (),
}
_ESTIMATES = {
    "mean": _mean,
    "daily": _days,
    "pooled": _pooled,
    "median": _median,
    "given": _given_only,
}
