"""The pipeline benchmark's measures in SQL written by hand for DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from benchmarks.pipeline_posts import AS_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Z = 1.6448536269514722
RATES = {
    "by_followers": "engagements / nullif(followers, 0)",
    "by_reach": "engagements / nullif(reached, 0)",
    "by_impressions": "engagements / nullif(impressions, 0)",
    "by_views": "engagements / nullif(views, 0)",
    "love": "likes / nullif(followers, 0)",
    "talk": "comments / nullif(followers, 0)",
    "amplification": "(reposts + coalesce(quotes, 0)) / nullif(followers, 0)",
}
GIVEN = {
    "by_followers": "g_er", "by_followers_pooled": "g_er", "by_views": "g_views",
    "love": "g_love", "talk": "g_talk",
}  # fmt: skip
MACROS = f"""
CREATE MACRO t95(v) AS {Z} + {(Z**3 + Z) / 4} / v
  + {(5 * Z**5 + 16 * Z**3 + 3 * Z) / 96} / (v * v)
  + {(3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384} / (v * v * v);
CREATE MACRO width(n, sd) AS t95(nullif(n - 1, 0)::DOUBLE) * sd / sqrt(nullif(n, 0)::DOUBLE);
"""
YEAR = f"published_at > TIMESTAMPTZ '{AS_OF}' - INTERVAL 365 DAY AND published_at <= TIMESTAMPTZ '{AS_OF}'"  # noqa: E501
QUARTER = YEAR.replace("365", "90")


def jobs(folder: Path, out: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each table's name and what computes it from files to a file."""
    con = duckdb.connect()
    con.execute(f"SET threads=2; SET memory_limit='3GB'; SET temp_directory='{out}/spill'")
    con.execute("SET TimeZone='UTC'; SET preserve_insertion_order=false")
    con.execute(MACROS)
    con.execute(f"CREATE VIEW posts AS FROM read_parquet('{folder}/posts/*.parquet')")
    con.execute(f"CREATE VIEW standing AS FROM read_parquet('{folder}/standing.parquet')")
    con.execute(f"CREATE VIEW snaps AS FROM read_parquet('{folder}/account_snapshots.parquet')")
    con.execute("SELECT * FROM standing LIMIT 1")
    for name, query in QUERIES.items():
        written = f"COPY ({query}) TO '{out}/{name}.parquet'"
        yield name, lambda written=written: con.execute(written)


def _row(variant: str, values: str, n: str, count: str, least: int) -> str:
    """One variant as a struct: the posts' rate from 3 posts on, else the given one."""
    centre, width = values.split(";")
    given = GIVEN.get(variant, "NULL::DOUBLE")
    is_given = f"coalesce({n}, 0) < 3 AND {given} IS NOT NULL"
    low, high = (
        width.split("|") if "|" in width
        else (f"greatest({centre} - {width}, 0)", f"{centre} + {width}")
    )  # fmt: skip
    told = f"{count} >= {least} AND NOT ({is_given})"
    return (
        f"{{'variant': '{variant}', 'engagement_share': if({is_given}, {given}, {centre}),"
        f" 'engagement_share_low': if({told}, {low}, NULL),"
        f" 'engagement_share_high': if({told}, {high}, NULL),"
        f" 'n_posts': if({is_given}, 0, coalesce({n}, 0))::BIGINT,"
        f" 'basis': if({is_given}, 'counted', 'events')}}"
    )


def _engagement() -> str:
    rates = ", ".join(f"{formula} AS {name}" for name, formula in RATES.items())
    moments = ", ".join(
        f"count({r}) AS n_{r}, avg({r}) AS m_{r}, stddev_samp({r}) AS s_{r}" for r in RATES
    )
    rows = {
        name: _row(name, f"m_{name};width(n_{name}, s_{name})", f"n_{name}", f"n_{name}", 3)
        for name in RATES
    }
    n = "n_by_followers"
    off = "greatest(ee - 2 * (e / f) * ef + (e / f) * (e / f) * ff, 0)"
    pooled = (
        f"e / nullif(f, 0);width({n}, sqrt({off} / nullif({n} - 1, 0)) * {n} / nullif(f, 0))"
    )
    middle = f"(sorted[({n} - 1) // 2 + 1] + sorted[{n} // 2 + 1]) / 2"
    low = f"sorted[greatest(ceil({n} / 2 - {Z} * sqrt({n}) / 2), 1)::BIGINT]"
    high = f"sorted[least(ceil({n} / 2 + {Z} * sqrt({n}) / 2), {n})::BIGINT]"
    structs = [
        *rows.values(),
        _row("by_followers_pooled", pooled, n, n, 3),
        _row("by_followers_median", f"{middle};{low}|{high}", n, n, 5),
        _row("daily", "m_daily;width(days, s_daily)", "n_daily", "days", 3),
        "{'variant': 'as_given', 'engagement_share': given_engagement_share,"
        " 'engagement_share_low': NULL, 'engagement_share_high': NULL, 'n_posts': 0,"
        " 'basis': 'counted'}",
    ]
    return f"""
    WITH p AS (SELECT account_id, published_at, engagements, followers, {rates} FROM posts
               WHERE {YEAR} AND (kind IS NULL OR kind NOT IN ('story', 'live'))),
    a AS (SELECT account_id, {moments},
            list_sort(list(by_followers) FILTER (by_followers IS NOT NULL)) AS sorted,
            sum(engagements) FILTER (by_followers IS NOT NULL) AS e,
            sum(followers) FILTER (by_followers IS NOT NULL) AS f,
            sum(engagements * engagements) FILTER (by_followers IS NOT NULL) AS ee,
            sum(engagements * followers) FILTER (by_followers IS NOT NULL) AS ef,
            sum(followers * followers) FILTER (by_followers IS NOT NULL) AS ff
          FROM p GROUP BY account_id),
    d AS (SELECT account_id, sum(engagements) / avg(followers) AS daily, count(*) AS n
          FROM p WHERE engagements IS NOT NULL AND followers > 0
          GROUP BY account_id, published_at::DATE),
    dd AS (SELECT account_id, avg(daily) AS m_daily, stddev_samp(daily) AS s_daily,
             count(*) AS days, sum(n) AS n_daily FROM d GROUP BY account_id),
    g AS (SELECT account_id, given_engagement_share,
            (average_likes + coalesce(average_comments, 0)) / nullif(followers, 0) AS g_er,
            (average_likes + coalesce(average_comments, 0)) / nullif(average_views, 0)
              AS g_views,
            average_likes / nullif(followers, 0) AS g_love,
            average_comments / nullif(followers, 0) AS g_talk FROM standing),
    j AS (SELECT * FROM a LEFT JOIN dd USING (account_id) FULL JOIN g USING (account_id)),
    r AS (SELECT account_id, unnest([{", ".join(structs)}], recursive := true) FROM j)
    SELECT * FROM r WHERE engagement_share IS NOT NULL"""


REACH = f"""
    WITH e AS (SELECT account_id, median(views) AS reach,
                 quantile_cont(views, 0.25) AS reach_low,
                 quantile_cont(views, 0.75) AS reach_high,
                 count(*) AS n_posts, 'events' AS basis
               FROM posts WHERE views IS NOT NULL AND {QUARTER}
               GROUP BY account_id HAVING count(*) >= 3)
    SELECT * FROM e
    UNION ALL
    SELECT account_id, average_views, NULL, NULL, 0, 'counted' FROM standing
    WHERE average_views IS NOT NULL AND account_id NOT IN (SELECT account_id FROM e)"""
CADENCE = f"""
    WITH g AS (SELECT account_id, published_at, epoch(published_at)::BIGINT AS s,
                 ({int(AS_OF.timestamp())} - epoch(published_at)::BIGINT) // 604800 AS week,
                 lag(epoch(published_at)::BIGINT)
                   OVER (PARTITION BY account_id ORDER BY published_at) AS before
               FROM posts WHERE {YEAR})
    SELECT account_id, count(*) / (max(week) + 1) AS posts_per_week,
      count(DISTINCT week) / (max(week) + 1) AS active_weeks_share,
      median((s - before) / 86400) AS median_gap_days, count(*) AS n_posts,
      max(published_at) AS last_post_at FROM g GROUP BY account_id"""
GROWTH = f"""
    WITH k AS (SELECT account_id, taken_at, followers,
                 lag(followers) OVER (PARTITION BY account_id ORDER BY taken_at) AS before
               FROM snaps WHERE followers >= 1 AND {YEAR.replace("published_at", "taken_at")}),
    s AS (SELECT account_id, arg_min(followers, taken_at) AS followers_first,
            arg_max(followers, taken_at) AS followers_last,
            max((followers - before) / before) AS largest_step_share,
            min(taken_at)::DATE AS from_date, max(taken_at)::DATE AS to_date
          FROM k GROUP BY account_id),
    t AS (SELECT account_id, epoch(taken_at)::BIGINT // 604800 AS stretch,
            epoch(max(taken_at))::BIGINT AS at, ln(arg_max(followers, taken_at)) AS log
          FROM k GROUP BY account_id, stretch),
    p AS (SELECT a.account_id, (b.log - a.log) / ((b.at - a.at) / 86400) * 30 AS slope
          FROM t a JOIN t b ON a.account_id = b.account_id AND a.stretch < b.stretch
          WHERE b.at - a.at >= 604800),
    o AS (SELECT account_id, list_sort(list(slope)) AS l, count(*) AS m FROM p
          GROUP BY account_id),
    c AS (SELECT account_id, count(*) AS n FROM t GROUP BY account_id),
    i AS (SELECT *, {Z} * sqrt(n * (n - 1) * (2 * n + 5) / 18) AS w FROM o JOIN c USING (account_id))
    SELECT account_id, followers_first, followers_last,
      exp((l[(m - 1) // 2 + 1] + l[m // 2 + 1]) / 2) - 1 AS growth_30d_share,
      if(n >= 5, exp(l[greatest(floor((m - w) / 2), 1)::BIGINT]) - 1, NULL)
        AS growth_30d_share_low,
      if(n >= 5, exp(l[least(ceil((m + w) / 2) + 1, m)::BIGINT]) - 1, NULL)
        AS growth_30d_share_high,
      largest_step_share, n AS n_snapshots, from_date, to_date
    FROM s JOIN i USING (account_id)"""  # noqa: E501
SPONSORED = """
    SELECT account_id, avg(is_labelled_ad::INT) AS labelled_share,
      avg(engagements / nullif(followers, 0)) FILTER (is_labelled_ad) AS labelled_rate,
      avg(engagements / nullif(followers, 0)) FILTER (NOT is_labelled_ad) AS other_rate
    FROM posts GROUP BY account_id"""
TAGS = """
    WITH c AS (SELECT account_id, tag, count(*) AS n_posts
               FROM (SELECT account_id, unnest(hashtags) AS tag FROM posts) GROUP BY ALL)
    SELECT *,
      row_number() OVER (PARTITION BY account_id ORDER BY n_posts DESC, tag) - 1 AS place,
      count(*) OVER (PARTITION BY account_id) AS n_tags
    FROM c QUALIFY place < 5"""
QUERIES = {
    "engagement": _engagement(),
    "reach_quarter": REACH,
    "cadence": CADENCE,
    "growth": GROWTH,
    "sponsored": SPONSORED,
    "tags": TAGS,
}
