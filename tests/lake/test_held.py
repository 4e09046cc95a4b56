"""Rows held in memory: what was asked for last stays, and nothing of an older version."""

from __future__ import annotations

import pyarrow as pa

from mawj.lake.held import Held
from mawj.lake.row_groups import RowGroups


def rows(n: int) -> pa.Table:
    return pa.table({"account_id": [f"x:{i}" for i in range(n)]})


def held() -> Held:
    return Held(lambda table: int(table.num_rows))


def test_what_was_asked_for_last_stays():
    one, kept = RowGroups("one", "account_id", ()), held()
    for asked in "ab":
        kept.put(one, asked, rows(2), 4)
    assert kept.get(one, "a") == rows(2)
    kept.put(one, "c", rows(2), 4)
    assert [kept.get(one, asked) is not None for asked in "abc"] == [True, False, True]


def test_one_that_is_larger_than_all_may_be_is_held_alone():
    one, kept = RowGroups("one", "account_id", ()), held()
    kept.put(one, "a", rows(1), 4)
    kept.put(one, "b", rows(9), 4)
    assert kept.get(one, "a") is None
    assert kept.get(one, "b") == rows(9)
    # Nothing of it is counted once it has gone.
    kept.put(one, "c", rows(2), 4)
    kept.put(one, "d", rows(2), 4)
    assert kept.get(one, "b") is None
    assert kept.get(one, "c") == rows(2)


def test_the_same_asked_twice_counts_once():
    one, kept = RowGroups("one", "account_id", ()), held()
    for _ in range(3):
        kept.put(one, "a", rows(2), 4)
    kept.put(one, "b", rows(2), 4)
    assert kept.get(one, "a") == rows(2)


def test_nothing_of_an_older_version_of_a_table_stays():
    older, newer = (RowGroups("one", "account_id", ()) for _ in range(2))
    other, kept = RowGroups("other", "account_id", ()), held()
    kept.put(older, "a", rows(1), 9)
    kept.put(other, "a", rows(1), 9)
    kept.put(newer, "b", rows(1), 9)
    assert kept.get(older, "a") is None
    assert kept.get(other, "a") == rows(1)
    assert kept.get(newer, "b") == rows(1)
