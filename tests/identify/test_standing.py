"""The latest known counts, and groups of like size."""

from __future__ import annotations

import ibis
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.identify.standing import PeerLimits, peers, standing

ACCOUNTS = """
account_id | platform
a          | x
b          | x
"""


def sized(table_of, followers, platform="x"):
    lines = [
        f"{platform}:{n} | {platform} | {'' if f is None else f}"
        for n, f in enumerate(followers)
    ]
    return table_of("standing", "\n".join(["account_id | platform | followers", *lines]))


def test_each_count_is_the_latest_that_any_snapshot_gives(table_of, rows_of):
    snapshots = table_of(
        "account_snapshots",
        """
        account_id | taken_at   | followers | following | lists
        a          | 2024-01-01 | 100       | 7         | 3
        a          | 2024-02-01 | 120       |           | 2
        a          | 2024-03-01 |           |           |
        """,
    )
    found = standing(table_of("accounts", ACCOUNTS), snapshots)
    assert rows_of(
        "standing", found, "account_id", "as_of", "followers", "following", "lists"
    ) == ["a | 2024-03-01 | 120 | 7 | 2", "b | - | - | - | -"]


def test_an_account_without_snapshots_is_kept_with_unknown_counts(table_of, rows_of):
    found = standing(table_of("accounts", ACCOUNTS), table_of("account_snapshots"))
    assert rows_of("standing", found, "account_id", "platform", "followers") == [
        "a | x | -",
        "b | x | -",
    ]


def test_half_decades_are_groups_when_large_enough(table_of, rows_of):
    found = peers(sized(table_of, [15, 20, 40, 50]), limits=PeerLimits(least_members=2))
    assert rows_of("peers", found, "account_id", "peer_group", "n_peers") == [
        "x:0 | x 10-32 | 2",
        "x:1 | x 10-32 | 2",
        "x:2 | x 32-100 | 2",
        "x:3 | x 32-100 | 2",
    ]


def test_too_small_a_band_joins_its_neighbour(table_of, rows_of):
    found = peers(
        sized(table_of, [15, 20, 40, 2_000_000_000]), limits=PeerLimits(least_members=2)
    )
    assert rows_of("peers", found, "account_id", "peer_group", "n_peers") == [
        "x:0 | x 10-32 | 2",
        "x:1 | x 10-32 | 2",
        "x:2 | x 32+ | 2",
        "x:3 | x 32+ | 2",
    ]


def test_the_smallest_accounts_join_those_above_them_when_too_few(table_of, rows_of):
    found = peers(sized(table_of, [0, 40, 50]), limits=PeerLimits(least_members=2))
    assert rows_of("peers", found, "account_id", "peer_group") == [
        "x:0 | x 0-100",
        "x:1 | x 0-100",
        "x:2 | x 0-100",
    ]


def test_accounts_of_unknown_size_are_a_group_of_their_platform(table_of, rows_of):
    found = peers(sized(table_of, [None, None, 40]), limits=PeerLimits(least_members=2))
    assert rows_of("peers", found, "account_id", "peer_group", "n_peers") == [
        "x:0 | x unknown size | 2",
        "x:1 | x unknown size | 2",
        "x:2 | x 32-100 | 1",
    ]


def test_platforms_are_never_compared_with_each_other(table_of, rows_of):
    both = ibis.union(sized(table_of, [40]), sized(table_of, [40], "tiktok"))
    found = peers(both, limits=PeerLimits(least_members=2))
    assert rows_of("peers", found, "peer_group", "n_peers") == [
        "tiktok 32-100 | 1",
        "x 32-100 | 1",
    ]


def test_a_higher_least_number_makes_larger_groups(table_of, rows_of):
    accounts = sized(table_of, [15, 20, 40, 50])
    found = peers(accounts, limits=PeerLimits(least_members=3))
    assert rows_of("peers", found, "n_peers") == ["4"] * 4


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([None, 0, 5, 50, 500, 5e4, 5e6, 5e9]), min_size=1, max_size=40))
def test_every_group_is_large_enough_or_is_its_whole_platform(con, table_of, followers):
    limits = PeerLimits(least_members=4)
    found = con.to_pyarrow(peers(sized(table_of, followers), limits=limits)).to_pylist()
    known = sum(f is not None for f in followers)
    assert len(found) == len(followers)
    for row in found:
        of_kind = len(followers) - known if "unknown" in row["peer_group"] else known
        assert row["n_peers"] >= min(limits.least_members, of_kind)


def test_a_vendors_estimate_counts_only_where_nobody_else_says_it(table_of, rows_of):
    told = """account_id | taken_at | followers | average_views | basis
        a | 2024-01-01 | 100 |  | first_party
        a | 2024-06-01 | 900 | 50 | estimated"""
    made = standing(table_of("accounts", "account_id | platform\na | x"),
                    table_of("account_snapshots", told))  # fmt: skip
    assert rows_of("standing", made, "followers", "average_views") == ["100 | 50"]
