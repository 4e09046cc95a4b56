"""The words that accounts are found by."""

from __future__ import annotations

import dataclasses

import pytest

from mawj.identify.search_terms import BM25Settings, account_terms, search_terms

ACCOUNTS = """
account_id | platform | handle     | name       | bio
a          | x        | amal.brews | أمل القهوة | Coffee and books
b          | x        |            |            |
"""


def test_handle_name_and_bio_give_their_folded_terms(arrow_of, rows_of):
    found = account_terms(arrow_of("accounts", ACCOUNTS))
    rows = rows_of("account_terms", found, "account_id", "part", "term")
    assert "a | handle | amal" in rows
    assert "a | handle | amal.brews" in rows
    assert "a | bio | coffee" in rows
    assert len([row for row in rows if "| name |" in row]) == 2


def test_spelling_variants_of_a_name_give_one_term(arrow_of, rows_of):
    terms = [
        account_terms(arrow_of("accounts", f"account_id | platform | name\na | x | {name}"))
        for name in ("القهوة", "القهوه", "الـقـهـوة")
    ]
    assert len({str(table["term"].to_pylist()) for table in terms}) == 1


def test_accounts_without_words_give_no_rows(arrow_of, rows_of):
    found = account_terms(arrow_of("accounts", "account_id | platform\na | x"))
    assert rows_of("account_terms", found, "term") == []


FACES = """
account_id | part | term
a          | name | coffee
b          | bio  | coffee
"""
POSTS = """
post_id | account_id | platform | terms          | repost_of_post_id
p1      | c          | x        | coffee the tea |
p2      | c          | x        | coffee         |
p3      | d          | x        | tea            |
p4      | e          | x        | rare tea       |
r1      | d          | x        | coffee         | p1
"""


def found(table_of, **settings):
    return search_terms(
        table_of("account_terms", FACES),
        table_of("posts", POSTS),
        bm25=BM25Settings(**settings),
    )


def test_a_term_of_an_account_says_where_it_stands_and_how_often(table_of, rows_of):
    columns = ("term", "account_id", "n_posts", "in_name", "in_bio")
    assert rows_of("search_terms", found(table_of), *columns) == [
        "coffee | a | 0 | yes | no",
        "coffee | b | 0 | no | yes",
        "coffee | c | 2 | no | no",
        "rare | e | 1 | no | no",
        "tea | c | 1 | no | no",
        "tea | d | 1 | no | no",
        "tea | e | 1 | no | no",
    ]


def test_the_weight_is_bm25_over_boosted_frequencies(table_of, rows_of):
    # b = 0: no account is held to its length. ln(1 + 2.5 / 3.5) × f × 2.2 / (f + 1.2).
    rows = rows_of("search_terms", found(table_of, b=0.0), "term", "account_id", "weight")
    assert rows[:3] == ["coffee | a | 0.9882", "coffee | b | 0.9121", "coffee | c | 0.7411"]
    # One of five accounts has it: ln(1 + 4.5 / 1.5).
    assert "rare | e | 1.386" in rows


def test_rows_are_sorted_by_term(con, table_of):
    terms = con.to_pyarrow(found(table_of))["term"].to_pylist()
    assert terms == sorted(terms)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("k1", 2.0),
        ("b", 0.0),
        ("name", 9.0),
        ("bio", 9.0),
        ("most_posts", 1),
        ("terms_per_account", 1),
    ],
)
def test_every_setting_changes_some_weight(table_of, same_rows, field, value):
    assert field in {field.name for field in dataclasses.fields(BM25Settings)}
    assert not same_rows("search_terms", found(table_of), found(table_of, **{field: value}))
