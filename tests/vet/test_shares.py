from __future__ import annotations

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.vet.shares import share_interval, wilson

ENGINE = ibis.duckdb.connect()


def test_the_interval_is_that_of_the_paper() -> None:
    # Newcombe 1998, table I: 81 of 263 at 95 % gives 0.2553 to 0.3662; at 90 % it is narrower.
    low, high = wilson([81], [263])
    assert low[0] == pytest.approx(0.2632, abs=2e-4)
    assert high[0] == pytest.approx(0.3566, abs=2e-4)


def test_nothing_looked_at_leaves_all_open() -> None:
    low, high = wilson([0], [0])
    assert (low[0], high[0]) == (0.0, 1.0)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_share_lies_within(part: int, whole: int) -> None:
    part = min(part, whole)
    low, high = wilson([part], [whole])
    assert 0.0 <= low[0] <= part / whole + 1e-12
    assert part / whole - 1e-12 <= high[0] <= 1.0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 50), st.integers(1, 50))
def test_a_table_gets_what_arrays_get(part: int, whole: int) -> None:
    part = min(part, whole)
    table = ibis.memtable({"part": [part], "whole": [whole]})
    low, high = share_interval(table.part, table.whole)
    (row,) = ENGINE.to_pyarrow(table.select(low=low, high=high)).to_pylist()
    ends = wilson([part], [whole])
    assert (row["low"], row["high"]) == pytest.approx((ends[0][0], ends[1][0]), abs=1e-12)


def test_a_share_of_nothing_is_left_open_in_a_table_too() -> None:
    table = ibis.memtable({"part": [0], "whole": [0]})
    low, high = share_interval(table.part, table.whole)
    made = ENGINE.to_pyarrow(table.select(low=low, high=high)).to_pylist()
    assert made == [{"low": 0.0, "high": 1.0}]
