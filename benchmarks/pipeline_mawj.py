"""The pipeline benchmark's measures by Mawj's own functions, on DuckDB through Ibis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from benchmarks.pipeline_posts import AS_OF
from mawj.identify.cadence import cadence
from mawj.identify.engagement import engagement
from mawj.identify.growth import GrowthLimits, growth
from mawj.identify.reach import reach
from mawj.identify.window import Window
from mawj.tables.declared import TABLES
from mawj.tables.portable import ratio, share_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import ibis.expr.types as ir

QUARTER = Window(days=90)


def jobs(folder: Path, out: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each table's name and what computes it from files to a file."""
    con = ibis.duckdb.connect()
    con.raw_sql(f"SET threads=2; SET memory_limit='3GB'; SET temp_directory='{out}/spill'")
    con.raw_sql("SET TimeZone='UTC'; SET preserve_insertion_order=false")
    posts = con.read_parquet(f"{folder}/posts/*.parquet", table_name="posts_read")
    standing = con.read_parquet(folder / "standing.parquet", table_name="standing_read")
    snapshots = con.read_parquet(folder / "account_snapshots.parquet", table_name="snapshots")
    # Ibis imports its compiler with the first query; importing is not what is measured.
    standing.limit(1).to_pyarrow()
    for name, table in _tables(posts, standing, snapshots).items():
        yield name, lambda table=table, name=name: table().to_parquet(out / f"{name}.parquet")


def _tables(
    read: ir.Table, standing_read: ir.Table, snapshots: ir.Table
) -> dict[str, Callable[[], Any]]:
    posts, post_counts = _declared(read, "posts"), _declared(read, "post_counts")
    standing = _declared(standing_read, "standing")
    told: dict[str, Any] = {"window": Window(), "as_of": AS_OF}
    return {
        "engagement": lambda: engagement(post_counts, standing, **told),
        "reach_quarter": lambda: reach(post_counts, standing, window=QUARTER, as_of=AS_OF),
        "cadence": lambda: cadence(posts, **told),
        "growth": lambda: growth(snapshots, limits=GrowthLimits(), **told),
        "sponsored": lambda: _sponsored(read),
        "tags": lambda: _tags(posts),
    }


def _declared(read: ir.Table, name: str) -> ir.Table:
    """A view of a file with every declared column; what the file lacks is NULL."""
    schema = ibis.Schema.from_pyarrow(TABLES[name].schema)
    return read.select(
        **{
            column: read[column] if column in read.columns else ibis.null(kind(nullable=True))
            for column, kind in schema.items()
        }
    )


def _sponsored(posts: ir.Table) -> ir.Table:
    rate = ratio(posts.engagements, posts.followers)
    return posts.group_by("account_id").agg(
        labelled_share=share_of(posts.is_labelled_ad),
        labelled_rate=rate.mean(where=posts.is_labelled_ad),
        other_rate=rate.mean(where=~posts.is_labelled_ad),
    )


def _tags(posts: ir.Table) -> ir.Table:
    used = posts.select("account_id", tag=_.hashtags.unnest())
    counted = used.group_by("account_id", "tag").agg(n_posts=_.count())
    line = ibis.window(group_by="account_id", order_by=[_.n_posts.desc(), _.tag])
    whole = ibis.window(group_by="account_id")
    ranked = counted.mutate(place=ibis.row_number().over(line), n_tags=_.count().over(whole))
    return ranked.filter(ranked.place < 5)
