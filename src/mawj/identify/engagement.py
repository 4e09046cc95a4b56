"""Engagement rates: every formula in public use side by side, each result saying which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.identify.engagement_formulas import FORMULAS
from mawj.identify.shaped import shaped
from mawj.identify.spread import LEAST_FOR_MEDIAN, median_ranks, t_95
from mawj.tables.portable import ratio

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
    known = measured.outer_join(_given(standing), "account_id")
    rows = known.select(
        account_id=ibis.coalesce(known.account_id, known.account_id_right),
        rate=ibis.array([_rate(known, formula, window) for formula in FORMULAS]).unnest(),
    ).unpack("rate")
    return shaped(rows.filter(rows.engagement_share.notnull()), "engagement")


def _measured(posts: ir.Table) -> ir.Table:
    """Every formula's aggregates over the posts: one row per account."""
    rates = {
        formula.variant: ratio(posts[formula.part], posts[formula.base])
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


def _of_mean(rated: ir.Table, formula: Formula) -> dict[str, Any]:
    rate = rated[formula.variant]
    return {"n": rate.count(), "mean": rate.mean(), "sd": rate.std(how="sample")}


def _of_median(rated: ir.Table, formula: Formula) -> dict[str, Any]:
    rate = rated[formula.variant]
    return {"n": rate.count(), "sorted": rate.collect().sort()}


def _of_pooled(rated: ir.Table, formula: Formula) -> dict[str, Any]:
    part, base = rated[formula.part], rated[formula.base]
    terms = {"p": part, "b": base, "pp": part * part, "pb": part * base, "bb": base * base}
    known = rated[formula.variant].notnull()
    totals = {name: term.sum(where=known) for name, term in terms.items()}
    return {"n": known.sum(), **totals}


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


def _rate(known: ir.Table, formula: Formula, window: Window) -> Any:
    """One variant of one account: the posts' rate, or the given one where posts are too few."""
    unknown = ibis.null("float64")
    column = f"given_{formula.variant}"
    given = known[column] if column in known.columns else unknown
    if formula.how == "given":
        yes, none = ibis.literal(True), ibis.literal(0)
        return _row(formula.variant, given, (unknown, unknown), n=none, is_given=yes)
    own = {name: known[f"{formula.variant}_{name}"] for name in _NEEDS[formula.how]}
    n_posts = own["n"].fill_null(0)
    is_given = (n_posts < window.least_posts) & given.notnull()
    centre, ends, n_values, least = _ESTIMATES[formula.how](own)
    told = (n_values >= max(window.least_posts, least)) & ~is_given
    low, high = (ibis.ifelse(told, end, unknown) for end in ends)
    share = ibis.ifelse(is_given, given, centre)
    n = ibis.ifelse(is_given, 0, n_posts)
    return _row(formula.variant, share, (low, high), n=n, is_given=is_given)


def _row(variant: str, share: Any, ends: tuple[Any, Any], *, n: Any, is_given: Any) -> Any:
    return ibis.struct(
        {
            "variant": ibis.literal(variant),
            "engagement_share": share,
            "engagement_share_low": ends[0],
            "engagement_share_high": ends[1],
            "n_posts": n.cast("int64"),
            "basis": ibis.ifelse(is_given, "counted", "events"),
        }
    )


def _mean(own: dict[str, Any]) -> tuple[Any, tuple[Any, Any], Any, int]:
    return own["mean"], _around(own["mean"], own["sd"], own["n"]), own["n"], 2


def _days(own: dict[str, Any]) -> tuple[Any, tuple[Any, Any], Any, int]:
    return own["mean"], _around(own["mean"], own["sd"], own["days"]), own["days"], 2


def _pooled(own: dict[str, Any]) -> tuple[Any, tuple[Any, Any], Any, int]:
    rate = ratio(own["p"], own["b"])
    off = ibis.greatest(own["pp"] - 2 * rate * own["pb"] + rate * rate * own["bb"], 0.0)
    sd = ratio(off, own["n"] - 1).sqrt() * ratio(own["n"], own["b"])
    return rate, _around(rate, sd, own["n"]), own["n"], 2


def _median(own: dict[str, Any]) -> tuple[Any, tuple[Any, Any], Any, int]:
    ordered, n = own["sorted"], own["n"]
    low, high = median_ranks(n)
    middle = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    return middle, (ordered[low], ordered[high]), n, LEAST_FOR_MEDIAN


def _around(centre: Any, sd: Any, n: Any) -> tuple[Any, Any]:
    # One value has no spread; its interval is not told, but must not divide by zero either.
    width = t_95((n - 1).nullif(0)) * sd / n.cast("float64").nullif(0.0).sqrt()
    return ibis.greatest(centre - width, 0.0), centre + width


_NEEDS = {
    "mean": ("n", "mean", "sd"),
    "daily": ("n", "mean", "sd", "days"),
    "pooled": ("n", "p", "b", "pp", "pb", "bb"),
    "median": ("n", "sorted"),
}
_ESTIMATES = {"mean": _mean, "daily": _days, "pooled": _pooled, "median": _median}
