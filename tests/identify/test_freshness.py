"""How old what is known is, and what that takes off coverage."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mawj.identify.contributions import CONTRIBUTIONS
from mawj.identify.freshness import RESTS_ON, FreshnessLimits, freshness
from mawj.tables.derived_freshness import KINDS_SEEN
from tests.identify.scored import findings, score, scores

AS_OF = datetime(2024, 12, 31, tzinfo=UTC)
COLUMNS = ("account_id", "kind", "age_days", "ttl_days", "is_stale")
READ = ("accounts", "account_snapshots", "posts", "post_snapshots", "interactions", "audiences")


def made(table_of, told, limits=None):
    tables = [table_of(name, told.get(name, "")) for name in READ]
    return freshness(*tables, freshness_limits=limits or FreshnessLimits(), as_of=AS_OF)


def test_counts_are_as_old_as_the_moment_they_describe(table_of, rows_of):
    told = {
        "account_snapshots": """account_id | taken_at | followers
        a | 2024-12-31 | 5
        a | 2024-01-01 | 4
        b | 2024-11-30 | 5
        c | 2025-02-01 | 5"""
    }
    assert rows_of("freshness", made(table_of, told), *COLUMNS) == [
        "a | counts | 0 | 30 | no", "b | counts | 31 | 30 | yes",
        "c | counts | 0 | 30 | no",
    ]  # fmt: skip


def test_each_kind_has_its_own_moment_and_time_to_live(table_of, rows_of):
    told = {
        "accounts": "account_id | platform\na | x",
        "posts": "post_id | account_id | platform\np | a | x",
        "post_snapshots": "post_id | taken_at | likes\np | 2024-12-01 | 3",
        "interactions": "interaction_id | kind | actor_id | target_id\ni | like | b | a",
        "audiences": "account_id | slice | dimension | value | share | as_of\n"
        "a | followers | country | SA | 0.5 | 2024-12-30",
    }
    assert rows_of("freshness", made(table_of, told), *COLUMNS) == [
        "a | account | 365 | 180 | yes", "a | audience | 1 | 90 | no",
        "a | posts | 30 | 30 | no", "a | ties | 365 | 90 | yes",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS_SEEN)
def test_every_time_to_live_counts(table_of, rows_of, kind):
    told = {
        "accounts": "account_id | platform\na | x",
        "account_snapshots": "account_id | taken_at | followers\na | 2024-01-01 | 5",
        "posts": "post_id | account_id | platform\np | a | x",
        "post_snapshots": "post_id | taken_at | likes\np | 2024-01-01 | 3",
        "interactions": "interaction_id | kind | actor_id | target_id\ni | like | b | a",
        "audiences": "account_id | slice | dimension | value | share | as_of\n"
        "a | followers | country | SA | 0.5 | 2024-01-01",
    }
    longer = FreshnessLimits(**{f"{kind}_days": 1000})
    rows = rows_of("freshness", made(table_of, told, longer), "kind", "is_stale")
    assert [row for row in rows if row.endswith("no")] == [f"{kind} | no"]


def test_every_contribution_says_what_it_rests_on():
    assert set(RESTS_ON) == {one.__name__ for one in CONTRIBUTIONS}
    assert set(RESTS_ON.values()) <= set(KINDS_SEEN)


HEAD = "account_id | platform | followers | lists | mentions_received\n"
SEEN = "account_id | kind | seen_at | age_days | ttl_days | is_stale\n"


def test_what_is_stale_keeps_half_its_weight_in_coverage_and_the_score_stays():
    found = findings({"standing": HEAD + "x:a | x | 1000 | 50 | 40\nx:b | x | 1000 | 50 | 40"})
    fresh = score(scores(found), "x:a")
    told = SEEN + "x:a | counts | 2024-01-01 | 365 | 30 | yes\n"
    both = scores(found, freshness=told + "x:a | ties | 2024-01-01 | 365 | 90 | yes")
    counts = score(scores(found, freshness=told), "x:a")
    assert counts["influence"] == fresh["influence"]
    assert fresh["coverage"] > counts["coverage"] > score(both, "x:a")["coverage"]
    assert score(both, "x:a")["coverage"] == pytest.approx(fresh["coverage"] / 2)
    assert score(both, "x:b")["coverage"] == fresh["coverage"]


def test_what_is_fresh_takes_nothing_off():
    found = findings({"standing": HEAD + "x:a | x | 1000 | 50 | 40"})
    told = SEEN + "x:a | counts | 2024-12-01 | 30 | 30 | no"
    assert score(scores(found, freshness=told), "x:a") == score(scores(found), "x:a")
