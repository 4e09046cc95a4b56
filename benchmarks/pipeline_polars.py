"""The pipeline benchmark's measures in polars, on its streaming engine."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks.pipeline_posts import AS_OF

os.environ.setdefault("POLARS_MAX_THREADS", "2")
import polars as pl  # The number of threads is read when it is imported.

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Z = 1.6448536269514722
WEEK_S, DAY_S = 604_800, 86_400.0
RATES = {
    "by_followers": ("engagements", "followers"),
    "by_reach": ("engagements", "reached"),
    "by_impressions": ("engagements", "impressions"),
    "by_views": ("engagements", "views"),
    "love": ("likes", "followers"),
    "talk": ("comments", "followers"),
    "amplification": ("passed_on", "followers"),
}


def jobs(folder: Path, out: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each table's name and what computes it from files to a file."""
    posts = pl.scan_parquet(f"{folder}/posts/*.parquet")
    standing = pl.scan_parquet(folder / "standing.parquet")
    snapshots = pl.scan_parquet(folder / "account_snapshots.parquet")
    tables = {
        "engagement": lambda: _engagement(posts, standing),
        "reach_quarter": lambda: _reach(posts, standing),
        "cadence": lambda: _cadence(posts),
        "growth": lambda: _growth(snapshots),
        "sponsored": lambda: _sponsored(posts),
        "tags": lambda: _tags(posts),
    }
    standing.head(1).collect(engine="streaming")
    for name, table in tables.items():
        yield (
            name,
            lambda table=table, name=name: (
                table().collect(engine="streaming").write_parquet(out / f"{name}.parquet")
            ),
        )


def _within(moment: str, days: int) -> pl.Expr:
    return (pl.col(moment) > AS_OF - timedelta(days=days)) & (pl.col(moment) <= AS_OF)


def _ratio(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return part / pl.when(whole != 0).then(whole)


def _t95(freedom: pl.Expr) -> pl.Expr:
    terms = (
        (Z**3 + Z) / 4,
        (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96,
        (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384,
    )
    v = pl.when(freedom != 0).then(freedom).cast(pl.Float64)
    return Z + terms[0] / v + terms[1] / (v * v) + terms[2] / (v * v * v)


def _engagement(posts: pl.LazyFrame, standing: pl.LazyFrame) -> pl.LazyFrame:
    passed_on = pl.col("reposts") + pl.col("quotes").fill_null(0.0)
    rated = (
        posts.filter(
            _within("published_at", 365),
            pl.col("kind").is_null() | ~pl.col("kind").is_in(["story", "live"]),
        )
        .with_columns(passed_on=passed_on)
        .with_columns(**{n: _ratio(pl.col(p), pl.col(b)) for n, (p, b) in RATES.items()})
    )
    e, f, known = (
        pl.col("engagements"),
        pl.col("followers"),
        pl.col("by_followers").is_not_null(),
    )
    measured = rated.group_by("account_id").agg(
        *[pl.col(n).count().alias(f"n_{n}") for n in RATES],
        *[pl.col(n).mean().alias(f"m_{n}") for n in RATES],
        *[pl.col(n).std().alias(f"s_{n}") for n in RATES],
        pl.col("by_followers").drop_nulls().sort().alias("sorted"),
        e.filter(known).sum().alias("e"),
        f.filter(known).sum().alias("f"),
        (e * e).filter(known).sum().alias("ee"),
        (e * f).filter(known).sum().alias("ef"),
        (f * f).filter(known).sum().alias("ff"),
    )
    both = measured.join(_daily(rated), on="account_id", how="left").join(
        _given(standing), on="account_id", how="full", coalesce=True
    )
    return pl.concat([_preferred(both, *variant) for variant in _variants()])


def _daily(rated: pl.LazyFrame) -> pl.LazyFrame:
    days = (
        rated.filter(pl.col("engagements").is_not_null(), pl.col("followers") > 0)
        .group_by("account_id", pl.col("published_at").dt.date().alias("day"))
        .agg(
            (pl.col("engagements").sum() / pl.col("followers").mean()).alias("daily"),
            pl.len().alias("n"),
        )
    )
    return days.group_by("account_id").agg(
        m_daily=pl.col("daily").mean(),
        s_daily=pl.col("daily").std(),
        days=pl.len(),
        n_daily=pl.col("n").sum(),
    )


def _given(standing: pl.LazyFrame) -> pl.LazyFrame:
    likes, followers = pl.col("average_likes"), pl.col("followers")
    engagements = likes + pl.col("average_comments").fill_null(0.0)
    return standing.select(
        "account_id",
        g_er=_ratio(engagements, followers),
        g_views=_ratio(engagements, pl.col("average_views")),
        g_love=_ratio(likes, followers),
        g_talk=_ratio(pl.col("average_comments"), followers),
        g_as_given="given_engagement_share",
    )


def _variants() -> list[tuple[str, pl.Expr, pl.Expr, pl.Expr, tuple[pl.Expr, ...]]]:
    """Of each variant: name, share, posts, given rate, and spread with its n, or two ends."""
    none = pl.lit(None, pl.Float64)
    given = {"by_followers": "g_er", "by_views": "g_views", "love": "g_love", "talk": "g_talk"}
    n = pl.col("n_by_followers")
    pooled = _ratio(pl.col("e"), pl.col("f"))
    off = (pl.col("ee") - 2 * pooled * pl.col("ef") + pooled * pooled * pl.col("ff")).clip(0)
    sd = _ratio(off, n - 1).sqrt() * _ratio(n, pl.col("f"))
    half = Z * n.sqrt() / 2
    ordered = pl.col("sorted")
    low = ((n / 2 - half).ceil().cast(pl.Int64) - 1).clip(0)
    high = pl.min_horizontal((n / 2 + half).ceil().cast(pl.Int64) - 1, n.cast(pl.Int64) - 1)
    ends = [
        pl.when(n >= 5).then(ordered.list.get(place, null_on_oob=True)) for place in (low, high)
    ]
    whole = n.cast(pl.Int64)
    middle = (
        ordered.list.get((whole - 1) // 2, null_on_oob=True)
        + ordered.list.get(whole // 2, null_on_oob=True)
    ) / 2
    means = [
        (
            name,
            pl.col(f"m_{name}"),
            pl.col(f"n_{name}"),
            pl.col(given[name]) if name in given else none,
            (pl.col(f"s_{name}"), pl.col(f"n_{name}")),
        )
        for name in RATES
    ]
    return [
        *means,
        ("by_followers_pooled", pooled, n, pl.col("g_er"), (sd, n)),
        ("by_followers_median", middle, n, none, (*ends, n)),
        (
            "daily",
            pl.col("m_daily"),
            pl.col("n_daily"),
            none,
            (pl.col("s_daily"), pl.col("days")),
        ),
        ("as_given", none, pl.lit(0, pl.UInt32), pl.col("g_as_given"), (none, none)),
    ]


def _preferred(
    both: pl.LazyFrame, name: str, share: pl.Expr, n: pl.Expr, *rest: object
) -> pl.LazyFrame:
    given, spread = rest
    n = n.fill_null(0)
    is_given = ((n < 3) & given.is_not_null()) | share.is_null()
    if len(spread) == 3:
        low, high, n_values = spread
    else:
        sd, n_values = spread
        values = n_values.fill_null(0).cast(pl.Int64)
        width = _t95(values - 1) * sd / pl.when(values > 0).then(values).sqrt()
        low, high = pl.max_horizontal(share - width, pl.lit(0.0)), share + width
    told = ~is_given & (n_values >= 3)
    rows = both.select(
        "account_id",
        variant=pl.lit(name),
        engagement_share=pl.when(is_given).then(given).otherwise(share),
        engagement_share_low=pl.when(told).then(low),
        engagement_share_high=pl.when(told).then(high),
        n_posts=pl.when(is_given).then(0).otherwise(n).cast(pl.Int64),
        basis=pl.when(is_given).then(pl.lit("counted")).otherwise(pl.lit("events")),
    )
    return rows.filter(pl.col("engagement_share").is_not_null())


def _reach(posts: pl.LazyFrame, standing: pl.LazyFrame) -> pl.LazyFrame:
    views = pl.col("views")
    events = (
        posts.filter(views.is_not_null(), _within("published_at", 90))
        .group_by("account_id")
        .agg(
            reach=views.median(),
            reach_low=views.quantile(0.25, "linear"),
            reach_high=views.quantile(0.75, "linear"),
            n_posts=pl.len().cast(pl.Int64),
        )
        .filter(pl.col("n_posts") >= 3)
        .with_columns(basis=pl.lit("events"))
    )
    given = standing.filter(pl.col("average_views").is_not_null()).join(
        events, on="account_id", how="anti"
    )
    unknown = pl.lit(None, pl.Float64)
    counted = given.select(
        "account_id",
        reach="average_views",
        reach_low=unknown,
        reach_high=unknown,
        n_posts=pl.lit(0, pl.Int64),
        basis=pl.lit("counted"),
    )
    return pl.concat([events, counted])


def _cadence(posts: pl.LazyFrame) -> pl.LazyFrame:
    seconds = pl.col("published_at").dt.epoch("s")
    weeks = (pl.col("oldest") + 1).cast(pl.Float64)
    return (
        posts.filter(_within("published_at", 365))
        .select(
            "account_id",
            "published_at",
            s=seconds,
            week=(int(AS_OF.timestamp()) - seconds) // WEEK_S,
        )
        .group_by("account_id")
        .agg(
            n_posts=pl.len().cast(pl.Int64),
            n_active=pl.col("week").n_unique(),
            oldest=pl.col("week").max(),
            median_gap_days=pl.col("s").sort().diff().median() / DAY_S,
            last_post_at=pl.col("published_at").max(),
        )
        .with_columns(
            posts_per_week=pl.col("n_posts") / weeks,
            active_weeks_share=pl.col("n_active") / weeks,
        )
        .drop("n_active", "oldest")
    )


def _growth(snapshots: pl.LazyFrame) -> pl.LazyFrame:
    followers, at = pl.col("followers"), pl.col("taken_at")
    known = snapshots.filter(followers >= 1, _within("taken_at", 365))
    ordered = known.group_by("account_id").agg(
        followers_first=followers.sort_by(at).first(),
        followers_last=followers.sort_by(at).last(),
        largest_step_share=followers.sort_by(at).pct_change().max(),
        from_date=at.min().dt.date(),
        to_date=at.max().dt.date(),
    )
    thinned = known.group_by("account_id", (at.dt.epoch("s") // WEEK_S).alias("stretch")).agg(
        s=at.max().dt.epoch("s"), log=followers.sort_by(at).last().log()
    )
    span = pl.col("s_later") - pl.col("s")
    slopes = (
        thinned.join(thinned, on="account_id", suffix="_later")
        .filter(pl.col("stretch") < pl.col("stretch_later"), span >= WEEK_S)
        .select("account_id", slope=(pl.col("log_later") - pl.col("log")) / span * 30 * DAY_S)
        .group_by("account_id")
        .agg(slopes=pl.col("slope").sort(), m=pl.len().cast(pl.Int64))
    )
    counts = thinned.group_by("account_id").agg(n_snapshots=pl.len().cast(pl.Int64))
    n, m = pl.col("n_snapshots"), pl.col("m")
    width = Z * (n * (n - 1) * (2 * n + 5) / 18).sqrt()
    places = {
        "growth_30d_share_low": (((m - width) / 2).floor().cast(pl.Int64) - 1).clip(0),
        "growth_30d_share_high": pl.min_horizontal(
            ((m + width) / 2).ceil().cast(pl.Int64), m - 1
        ),
    }
    values = pl.col("slopes").list
    middle = (values.get((m - 1) // 2) + values.get(m // 2)) / 2
    return (
        ordered.join(slopes.join(counts, on="account_id"), on="account_id")
        .with_columns(
            growth_30d_share=middle.exp() - 1,
            **{c: pl.when(n >= 5).then(values.get(p).exp() - 1) for c, p in places.items()},
        )
        .drop("slopes", "m")
    )


def _sponsored(posts: pl.LazyFrame) -> pl.LazyFrame:
    labelled = pl.col("is_labelled_ad")
    rate = _ratio(pl.col("engagements"), pl.col("followers"))
    return posts.group_by("account_id").agg(
        labelled_share=labelled.mean(),
        labelled_rate=rate.filter(labelled).mean(),
        other_rate=rate.filter(~labelled).mean(),
    )


def _tags(posts: pl.LazyFrame) -> pl.LazyFrame:
    counted = (
        posts.select("account_id", tag="hashtags")
        .explode("tag")
        .drop_nulls("tag")
        .group_by("account_id", "tag")
        .agg(n_posts=pl.len().cast(pl.Int64))
    )
    top = (
        counted.sort("account_id", pl.col("n_posts") * -1, "tag")
        .group_by("account_id", maintain_order=True)
        .agg(pl.col("tag").head(5), pl.col("n_posts").head(5), n_tags=pl.len().cast(pl.Int64))
        .with_columns(place=pl.int_ranges(pl.col("tag").list.len()))
    )
    return top.explode("tag", "n_posts", "place")
