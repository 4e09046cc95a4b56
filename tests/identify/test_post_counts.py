"""The latest known counts of own posts."""

from __future__ import annotations

import pytest

from mawj.identify.post_counts import post_counts

POSTS = """
post_id | account_id | platform | published_at | repost_of_post_id | repost_of_account_id
p1      | a          | x        | 2024-02-10   |                   |
p2      | a          | x        | 2024-04-10   |                   |
"""
FOLLOWERS = """
account_id | taken_at   | followers
a          | 2024-02-01 | 100
a          | 2024-03-01 | 200
a          | 2024-04-01 |
a          | 2024-05-01 | 400
"""


def test_each_count_is_the_latest_that_is_known(table_of, rows_of):
    counts = table_of(
        "post_snapshots",
        """
        post_id | taken_at   | likes | comments | views
        p1      | 2024-02-11 | 5     | 1        | 90
        p1      | 2024-02-12 | 9     | 2        |
        """,
    )
    found = post_counts(table_of("posts", POSTS), counts, table_of("account_snapshots"))
    assert rows_of(
        "post_counts",
        found,
        "post_id",
        "likes",
        "comments",
        "views",
        "engagements",
        "followers",
    ) == ["p1 | 9 | 2 | 90 | 11 | -", "p2 | - | - | - | - | -"]


def test_engagements_add_every_known_kind(table_of, rows_of):
    counts = table_of(
        "post_snapshots",
        """
        post_id | taken_at   | likes | comments | reposts | quotes | saves
        p1      | 2024-02-11 | 1     | 20       | 300     | 4000   | 50000
        """,
    )
    found = post_counts(table_of("posts", POSTS), counts, table_of("account_snapshots"))
    assert "p1 | 5.432e+04" in rows_of("post_counts", found, "post_id", "engagements")


def test_hidden_likes_stay_unknown_and_are_not_counted_as_none(table_of, rows_of):
    counts = table_of(
        "post_snapshots",
        """
        post_id | taken_at   | likes | comments
        p1      | 2024-02-11 |       | 20
        """,
    )
    found = post_counts(table_of("posts", POSTS), counts, table_of("account_snapshots"))
    assert "p1 | - | 20 | -" in rows_of(
        "post_counts", found, "post_id", "likes", "comments", "engagements"
    )


@pytest.mark.parametrize(
    ("published", "followers"),
    [
        ("2024-01-01", "100"),  # before any snapshot: the earliest known
        ("2024-02-01", "100"),  # the very moment of a snapshot
        ("2024-02-28", "100"),
        ("2024-04-15", "200"),  # the nearest one before does not tell followers
        ("2024-06-01", "400"),
        ("", "100"),
    ],
)
def test_followers_are_those_known_nearest_before_publication(
    table_of, rows_of, published, followers
):
    posts = table_of(
        "posts", f"post_id | account_id | platform | published_at\np | a | x | {published}"
    )
    found = post_counts(
        posts, table_of("post_snapshots"), table_of("account_snapshots", FOLLOWERS)
    )
    assert rows_of("post_counts", found, "post_id", "followers") == [f"p | {followers}"]


@pytest.mark.parametrize("column", ["repost_of_post_id", "repost_of_account_id"])
def test_reposts_of_others_are_left_out(table_of, rows_of, column):
    posts = table_of(
        "posts", f"post_id | account_id | platform | {column}\np | a | x |\nr | a | x | q"
    )
    found = post_counts(posts, table_of("post_snapshots"), table_of("account_snapshots"))
    assert rows_of("post_counts", found, "post_id") == ["p"]


def test_followers_of_another_account_are_not_taken(table_of, rows_of):
    others = "account_id | taken_at | followers\nb | 2024-01-01 | 7"
    found = post_counts(
        table_of("posts", POSTS),
        table_of("post_snapshots"),
        table_of("account_snapshots", others),
    )
    assert rows_of("post_counts", found, "post_id", "followers") == ["p1 | -", "p2 | -"]
