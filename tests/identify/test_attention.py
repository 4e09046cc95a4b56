"""Attention received, and the edges along which it flows."""

from __future__ import annotations

import dataclasses

import pytest

from mawj.identify.attention import AttentionWeights, attention, edges

ACTS = """
actor_id | target_id | kind    | act_id | at
a        | z         | reply   | 1      | 2024-01-01
a        | z         | reply   | 2      | 2024-03-01
a        | z         | like    | 3      |
b        | z         | mention | 4      | 2024-02-01
z        | a         | reply   | 5      |
"""
DOUBT = "account_id | doubt | n_assessed\nb | 0.25 | 3\na | | 0"


def test_others_count_once_each_less_their_doubt(table_of, rows_of):
    found = attention(table_of("acts", ACTS), table_of("doubt", DOUBT))
    columns = ("account_id", "others", "n_others", "n_acts", "sent")
    assert rows_of("attention", found, *columns) == [
        "a | 1 | 1 | 1 | 1",
        "z | 1.75 | 2 | 4 | 1",
    ]


def test_kinds_count_distinct_others_and_dates_span_all_acts(table_of, rows_of):
    found = attention(table_of("acts", ACTS), table_of("doubt"))
    columns = ("n_reply", "n_like", "n_mention", "n_quote", "from_date", "to_date")
    assert rows_of("attention", found, *columns) == [
        "1 | 0 | 0 | 0 | - | -",
        "1 | 1 | 1 | 0 | 2024-01-01 | 2024-03-01",
    ]


FOLLOWS = """
follower_id | followed_id | ended_at
c           | z           |
d           | z           | 2024-01-01
e           | e           |
a           | z           |
"""


def test_an_edge_adds_the_logarithm_of_acts_by_kind_and_the_follow(table_of, rows_of):
    found = edges(
        table_of("acts", ACTS),
        table_of("follows", FOLLOWS),
        table_of("doubt", DOUBT),
        weights=AttentionWeights(),
    )
    assert rows_of("edges", found, "source_id", "target_id", "weight", "n_acts") == [
        "a | z | 2.335 | 4",  # log2(3) + 0.25 × log2(2) + 0.5
        "b | z | 0.75 | 1",  # 1 less a quarter of doubt
        "c | z | 0.5 | 1",
        "z | a | 1 | 1",
    ]


def test_the_attention_of_an_account_wholly_in_doubt_is_no_edge(table_of, rows_of):
    found = edges(
        table_of("acts", ACTS),
        table_of("follows"),
        table_of("doubt", "account_id | doubt | n_assessed\nb | 1 | 3"),
        weights=AttentionWeights(),
    )
    assert rows_of("edges", found, "source_id") == ["a", "z"]


@pytest.mark.parametrize(
    "field", [field.name for field in dataclasses.fields(AttentionWeights)]
)
def test_every_weight_changes_some_edge(table_of, rows_of, field):
    acts = "actor_id | target_id | kind | act_id\n" + "\n".join(
        f"{kind} | z | {kind} | {kind}"
        for kind in ("mention", "reply", "repost", "quote", "comment", "like")
    )
    follows = "follower_id | followed_id\nfollow | z"
    found = edges(
        table_of("acts", acts),
        table_of("follows", follows),
        table_of("doubt"),
        weights=dataclasses.replace(AttentionWeights(), **{field: 7.0}),
    )
    assert f"{field} | 7" in rows_of("edges", found, "source_id", "weight")
