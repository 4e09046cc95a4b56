from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import ibis
import pytest
from ibis import _

from mawj.lake.lake import Lake
from tests.lake.rows import START, accounts, people, table

if TYPE_CHECKING:
    from pathlib import Path

    import ibis.expr.types as ir

    from mawj.lake.settings import LakeSettings


def small(lake: Lake) -> ir.Table:
    """A join, a filter, an aggregate over a kept table."""
    posts = lake.keep(lake.read("posts").filter(_.platform == "x"))
    counts = posts.group_by("account_id").agg(n=_.count(), first=_.published_at.min())
    return (
        lake.read("accounts")
        .inner_join(counts, "account_id")
        .select("account_id", "n", "first")
    )


def plain(rows: ir.Table) -> list[tuple[object, ...]]:
    """The rows, with times as seconds: Spark's come without their zone."""
    seconds = rows.mutate(first=rows["first"].epoch_seconds().cast("int64"))
    return sorted(tuple(row.values()) for row in seconds.to_pyarrow().to_pylist())


def fill(lake: Lake) -> None:
    lake.upsert("accounts", accounts("a", "b", "c"))
    lake.upsert("posts", table("posts", *(
        {"post_id": f"x:{n}", "account_id": who, "platform": "x", "published_at": START}
        for n, who in enumerate(("x:a", "x:a", "x:b"))
    )))  # fmt: skip


@pytest.mark.engine_spark
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_spark_and_duckdb_give_the_same_rows_and_both_write_a_run(
    lake: Lake, tmp_path: Path, settings: LakeSettings
):
    pytest.importorskip("pyspark", reason="needs the spark extra")
    if shutil.which("java") is None:
        pytest.skip("needs Java")
    fill(lake)
    expected = plain(small(lake))
    with Lake.open(tmp_path / "lake", engine="spark", settings=settings) as spark:
        found = plain(small(spark))
        assert spark.read("comments").count().execute() == 0
        run = spark.begin_run(settings={}, as_of=START, seed=1, code_version="1")
        made = run.read("accounts").select(
            "account_id", person_id="account_id", n_accounts=_.account_id.length(),
            linked_by=_.platform.replace("x", "alone"),
        )  # fmt: skip
        counts = run.read("posts").group_by("account_id").agg(last_post_at=_.published_at.max())
        cadence = counts.select(
            "account_id", posts_per_week=1.0 * _.account_id.length(),
            active_weeks_share=0.0 * _.account_id.length(),
            median_gap_days=ibis.null("float64"), n_posts=_.account_id.length(),
            last_post_at=_.last_post_at,
        )  # fmt: skip
        assert run.write("cadence", cadence) == 2
        assert run.write("people", made, sort_by=("account_id",)) == 3
        run.finish()

    assert found == expected
    assert lake.read("people").to_pyarrow().schema.equals(people("a").schema)
    assert lake.read("cadence").to_pyarrow()["last_post_at"].to_pylist() == [START, START]
    assert lake.read("people").count().to_pyarrow().as_py() == 3


def test_a_kept_table_stays_as_it_was_when_more_is_loaded(lake: Lake):
    fill(lake)
    kept = small(lake)
    lake.upsert("posts", table("posts", {
        "post_id": "x:9", "account_id": "x:a", "platform": "x"
    }))  # fmt: skip

    assert sorted(kept.to_pyarrow()["n"].to_pylist()) == [1, 2]
