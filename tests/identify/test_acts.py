"""Who did what to whom, and how accounts and audiences talk."""

from __future__ import annotations

import pytest

from mawj.identify.acts import acts, conversation

ACCOUNTS = """
account_id | platform | handle
x:1        | x        | amal
x:2        | x        | sara
x:3        | x        | reza
tiktok:9   | tiktok   | sara
"""
COLUMNS = ("actor_id", "target_id", "kind", "act_id", "post_id")
POST = "post_id | account_id | platform | "


def told(table_of, interactions="", posts="", comments="", accounts=ACCOUNTS):
    return acts(
        table_of("interactions", interactions),
        table_of("posts", posts),
        table_of("comments", comments),
        table_of("accounts", accounts),
    )


@pytest.mark.parametrize(
    ("kind", "column"),
    [("reply", "reply_to"), ("repost", "repost_of"), ("quote", "quote_of")],
)
def test_a_post_that_addresses_an_account_is_an_act(table_of, rows_of, kind, column):
    posts = f"{POST}{column}_account_id | {column}_post_id\np1 | x:1 | x | x:2 | p0"
    found = told(table_of, posts=posts)
    assert rows_of("acts", found, *COLUMNS) == [f"x:1 | x:2 | {kind} | p1 | p0"]


def test_the_author_of_a_loaded_post_is_the_target_where_only_the_post_is_named(
    table_of, rows_of
):
    posts = f"{POST}reply_to_post_id\np0 | x:2 | x |\np1 | x:1 | x | p0\np2 | x:1 | x | gone"
    assert rows_of("acts", told(table_of, posts=posts), *COLUMNS) == [
        "x:1 | x:2 | reply | p1 | p0"
    ]


def test_a_handle_is_the_account_of_the_same_platform(table_of, rows_of):
    posts = f"{POST}mentions\np1 | x:1 | x | sara nobody"
    assert rows_of("acts", told(table_of, posts=posts), *COLUMNS) == [
        "x:1 | x:2 | mention | p1 | -"
    ]


def test_a_handle_of_two_account_rows_is_the_one_with_a_native_id(table_of, rows_of):
    accounts = "account_id | platform | handle\nx:sara | x | sara\nx:2 | x | sara"
    posts = f"{POST}mentions\np1 | x:1 | x | sara"
    found = told(table_of, posts=posts, accounts=accounts)
    assert rows_of("acts", found, "target_id") == ["x:2"]


def test_a_mention_of_the_account_answered_is_not_counted_again(table_of, rows_of):
    posts = f"{POST}mentions | reply_to_account_id\np1 | x:1 | x | sara reza | x:2"
    assert rows_of("acts", told(table_of, posts=posts), "target_id", "kind") == [
        "x:2 | reply",
        "x:3 | mention",
    ]


def test_mentions_inside_a_repost_are_anothers_words(table_of, rows_of):
    posts = f"{POST}mentions | repost_of_account_id\np1 | x:1 | x | reza | x:2"
    assert rows_of("acts", told(table_of, posts=posts), "target_id", "kind") == ["x:2 | repost"]


def test_an_act_told_by_its_post_and_as_an_interaction_is_one(table_of, rows_of):
    interactions = """
    interaction_id | kind  | actor_id | target_id | post_id | via_post_id | at
    i1             | reply | x:1      | x:2       | p0      | p1          | 2024-01-02
    i2             | like  | x:1      | x:2       | p0      |             | 2024-01-03
    """
    posts = f"{POST}published_at | reply_to_account_id\np1 | x:1 | x | 2024-01-02 | x:2"
    assert rows_of("acts", told(table_of, interactions, posts), *COLUMNS, "at") == [
        "x:1 | x:2 | like | i2 | p0 | 2024-01-03",
        "x:1 | x:2 | reply | p1 | p0 | 2024-01-02",
    ]


def test_what_an_account_does_to_itself_is_left_out(table_of, rows_of):
    posts = f"{POST}mentions | reply_to_account_id\np1 | x:1 | x | amal | x:1"
    assert rows_of("acts", told(table_of, posts=posts), "act_id") == []


COMMENTS = """
comment_id | post_id | account_id | parent_comment_id
c1         | p0      | x:1        |
c2         | p0      | x:2        | c1
c3         | p0      | x:3        | c1
c4         | p0      |            | c1
c5         | p0      | x:1        | c2
c6         | other   | x:1        |
"""


def test_comments_are_acts_on_the_author_and_answers_on_the_third_account(table_of, rows_of):
    posts = "post_id | account_id | platform\np0 | x:2 | x"
    found = told(table_of, posts=posts, comments=COMMENTS)
    assert rows_of("acts", found, *COLUMNS) == [
        "x:1 | x:2 | comment | c1 | p0",
        "x:1 | x:2 | comment | c5 | p0",
        "x:2 | x:1 | reply | c2 | -",
        "x:3 | x:1 | reply | c3 | -",
        "x:3 | x:2 | comment | c3 | p0",
    ]


ACTS = """
actor_id | target_id | kind    | act_id
x:1      | x:2       | comment | 1
x:1      | x:2       | comment | 2
x:3      | x:2       | reply   | 3
x:4      | x:2       | like    | 4
x:2      | x:1       | reply   | 5
"""


def test_commenters_are_distinct_and_the_answered_ones_are_a_share_of_them(table_of, rows_of):
    found = conversation(table_of("post_counts"), table_of("acts", ACTS))
    assert rows_of("conversation", found, "account_id", "commenters", "answered_share") == [
        "x:1 | 1 | 1",
        "x:2 | 2 | 0.5",
    ]


def test_medians_are_over_posts_that_tell_the_count(table_of, rows_of):
    posts = """
    post_id | account_id | platform | comments | reposts | quotes
    p1      | x:2        | x        | 2        | 10      | 5
    p2      | x:2        | x        | 4        | 1       |
    p3      | x:2        | x        | 900      |         | 7
    p4      | x:2        | x        |          |         |
    """
    found = conversation(table_of("post_counts", posts), table_of("acts"))
    columns = (
        "comments_per_post",
        "reposts_per_post",
        "n_posts",
        "commenters",
        "answered_share",
    )
    assert rows_of("conversation", found, *columns) == ["4 | 8 | 3 | - | -"]
