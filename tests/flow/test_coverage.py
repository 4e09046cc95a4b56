"""What could be assessed is told from the run's own counts, and alike for runs without them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from ibis import _

from mawj.flow.coverage import coverage
from mawj.lake.lake import Lake

if TYPE_CHECKING:
    from pathlib import Path


class Before:
    """A lake whose run was made before it counted what could be assessed."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake

    def has(self, name: str) -> bool:
        return name != "assessed" and self.lake.has(name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lake, name)


def test_coverage_is_what_counting_every_finding_gives(built_lake: Path) -> None:
    with Lake.open(built_lake) as lake:
        told, before = coverage(lake), coverage(Before(lake))  # type: ignore[arg-type]
        # An engine adds in any order: points may differ in their last digit.
        assert replace(before, load_next=()) == replace(told, load_next=())
        assert [one[:2] for one in before.load_next] == [one[:2] for one in told.load_next]
        points = [one[2] for one in told.load_next]
        assert [one[2] for one in before.load_next] == pytest.approx(points, rel=1e-12)
        whole = lake.read("influence_findings").filter(_.topic_id == "", _.weight > 0)
        each = whole.select("finding", "status", "weight", "missing").to_pyarrow().to_pylist()
    for one in told.contributions:
        mine = [row for row in each if row["finding"] == one.finding]
        done = [row for row in mine if row["status"] != "not_assessed"]
        assert (one.n_accounts, one.n_assessed) == (len(mine), len(done))
        assert one.by_events + one.by_counts <= one.n_assessed
    assert any(one.share < 1 for one in told.contributions), "nothing was missing anywhere"
    lacking = [row for row in each if row["status"] == "not_assessed"]
    for table, _words, points in told.load_next:
        sums = sum(row["weight"] for row in lacking if table in row["missing"].split(", "))
        assert abs(points - sums / told.n_accounts) < 1e-9
