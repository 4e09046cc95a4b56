"""What posts and accounts speak of."""

from __future__ import annotations

import dataclasses

import pytest

from mawj.identify.account_topics import (
    TopicBlend,
    account_topics,
    topics_by_others,
    topics_by_self,
)
from mawj.identify.topics import named_topics, post_topics

TOPICS = """
topic_id    | parent_id | level | name_en | name_ar | name_fa
food        |           | 1     | Food    | طعام    | غذا
food.drink  | food      | 2     | Drinks  | مشروب   | نوشیدنی
food.drink.coffee | food.drink | 3 | Coffee | قهوة | قهوه
sport       |           | 1     | Sport   | رياضة   | ورزش
"""
SEEDS = """
topic_id          | seed       | term   | n_terms
food.drink.coffee | coffee     | coffee | 1
food.drink.coffee | flat white | flat   | 2
food.drink.coffee | flat white | white  | 2
food.drink        | juice      | juice  | 1
sport             | match      | match  | 1
"""
POSTS = "post_id | account_id | platform | terms | repost_of_post_id\n"


def spoken(table_of, posts, seeds=SEEDS):
    return post_topics(
        table_of("posts", POSTS + posts),
        table_of("topic_seeds", seeds),
        table_of("topics", TOPICS),
        keep=lambda table: table,
    )


COLUMNS = ("topic_id", "n_seeds", "weight", "seed")


def test_a_seed_speaks_for_its_topic_and_all_above_it(table_of, rows_of):
    found = spoken(table_of, "p | a | x | best coffee |")
    assert rows_of("post_topics", found, *COLUMNS) == [
        "food | 1 | 1 | coffee",
        "food.drink | 1 | 1 | coffee",
        "food.drink.coffee | 1 | 1 | coffee",
    ]


def test_a_seed_of_two_terms_needs_both_in_any_order(table_of, rows_of):
    assert rows_of("post_topics", spoken(table_of, "p | a | x | flat sea |"), "seed") == []
    found = spoken(table_of, "p | a | x | white is flat |")
    assert "food.drink.coffee | 1 | 1 | flat white" in rows_of("post_topics", found, *COLUMNS)


def test_seeds_weigh_by_rarity_and_make_shares_of_the_post(table_of, rows_of):
    posts = "p | a | x | coffee juice match |\nq | a | x | juice |\nr | a | x | none |"
    found = spoken(table_of, posts)
    rows = rows_of("post_topics", found, "post_id", *COLUMNS, digits=3)
    # Of three posts one has coffee, one match, two juice: ln 4, ln 4, ln 2.5.
    assert rows == [
        "p | food | 2 | 0.624 | coffee",
        "p | food.drink | 2 | 0.624 | coffee",
        "p | food.drink.coffee | 1 | 0.376 | coffee",
        "p | sport | 1 | 0.376 | match",
        "q | food | 1 | 1 | juice",
        "q | food.drink | 1 | 1 | juice",
    ]


def test_a_seed_that_two_topics_share_speaks_for_both(table_of, rows_of):
    seeds = SEEDS + "sport | coffee | coffee | 1\n"
    found = spoken(table_of, "p | a | x | coffee |", seeds)
    assert "sport | 1 | 1 | coffee" in rows_of("post_topics", found, *COLUMNS)


def test_reposts_are_anothers_words(table_of, rows_of):
    assert rows_of("post_topics", spoken(table_of, "p | a | x | coffee | q"), "post_id") == []


def named(table_of, bios="", lists=""):
    return named_topics(
        table_of("account_terms", "account_id | part | term\n" + bios),
        table_of("listings", "list_id | account_id | owner_id | terms\n" + lists),
        table_of("topic_seeds", SEEDS),
        table_of("topics", TOPICS),
    )


def test_bios_and_lists_name_topics(table_of, rows_of):
    found = named(
        table_of,
        "a | bio | match\na | name | juice",
        "l | a | o | best juice\nl | b | o | best juice",
    )
    columns = ("account_id", "topic_id", "place", "place_id", "named_by")
    assert rows_of("named_topics", found, *columns) == [
        "a | food | list | l | o",
        "a | food.drink | list | l | o",
        "a | sport | bio | a | a",
        "b | food | list | l | o",
        "b | food.drink | list | l | o",
    ]


ACTS = """
actor_id | target_id | kind    | act_id
b        | a         | mention | q1
b        | a         | reply   | q2
c        | a         | quote   | q3
d        | a         | repost  | q4
e        | a         | mention | gone
"""
OTHERS_POSTS = """q1 | b | x | match |
q2 | b | x | match |
q3 | c | x | hello |
q4 | d | x | match |
"""


def by_others(table_of, acts=ACTS, lists=""):
    return topics_by_others(
        spoken(table_of, OTHERS_POSTS),
        table_of("posts", POSTS + OTHERS_POSTS),
        table_of("acts", acts),
        table_of("listings", "list_id | account_id | owner_id | terms\n" + lists),
        named(table_of, lists=lists),
    )


def test_each_other_counts_once_among_those_whose_words_are_loaded(table_of, rows_of):
    found = by_others(table_of)
    columns = ("account_id", "topic_id", "n_others", "n_naming")
    assert rows_of("topics_by_others", found, *columns) == ["a | sport | 1 | 2"]


def test_makers_of_lists_count_like_those_who_post(table_of, rows_of):
    lists = "l1 | a | b | match\nl2 | a | | match day\nl3 | a | a | match"
    found = by_others(table_of, lists=lists)
    columns = ("account_id", "topic_id", "n_others", "n_naming")
    # b by post and list, the unknown maker of l2; c says something else; l3 is a's own.
    assert rows_of("topics_by_others", found, *columns) == ["a | sport | 2 | 3"]


OWN_POSTS = """p1 | a | x | match |
p2 | a | x | match |
p3 | a | x | hello |
p4 | b | x | hello |
p5 | a | x | [] |
"""


def by_self(table_of, blend=None, posts=OWN_POSTS, bios=""):
    return topics_by_self(
        table_of("posts", POSTS + posts),
        spoken(table_of, posts),
        table_of("topics_by_others"),
        named(table_of, bios),
        blend=blend or TopicBlend(),
    )


def test_own_shares_are_shrunk_to_the_platforms_mean(table_of, rows_of):
    columns = ("account_id", "own_share", "n_posts", "n_text_posts")
    # The mean of 2/3 and 0 is 1/3: (2 + 10/3) / 13.
    assert rows_of("topics_by_self", by_self(table_of), *columns) == ["a | 0.4103 | 2 | 3"]
    bare = by_self(table_of, TopicBlend(prior_posts=1e-9))
    assert rows_of("topics_by_self", bare, "own_share") == ["0.6667"]


def test_a_topic_that_only_the_bio_names_is_measured_on_its_posts(table_of, rows_of):
    found = by_self(table_of, bios="b | bio | match")
    columns = ("account_id", "own_share", "n_posts")
    assert "b | 0.303 | 0" in rows_of("topics_by_self", found, *columns)


def test_the_interval_is_wilsons(table_of, rows_of):
    found = by_self(table_of, TopicBlend(prior_posts=1e-12))
    columns = ("own_share_low", "own_share_high")
    # Two of three at 90 %: (2 + z²/2 ± z √(2/3 + z²/4)) / (3 + z²).
    assert rows_of("topics_by_self", found, *columns, digits=3) == ["0.254 | 0.922"]


SELF = """
account_id | topic_id | own_share | own_share_low | own_share_high | n_posts | n_text_posts
a          | sport    | 0.4       | 0.2           | 0.6            | 4       | 10
"""
OTHERS = """
account_id | topic_id | n_others | n_naming
a          | sport    | 3        | 5
b          | sport    | 1        | 1
"""
ACCOUNTS = (
    "account_id | platform | bio\na | x | match fan\nb | x | ''\nc | x | match\nd | x |\n"
)


def blended(table_of, blend=None):
    return account_topics(
        table_of("topics_by_self", SELF),
        table_of("topics_by_others", OTHERS),
        named(table_of, "c | bio | match\na | bio | match"),
        table_of("accounts", ACCOUNTS),
        blend=blend or TopicBlend(),
    )


def test_a_share_blends_own_words_those_of_others_and_the_bio(table_of, rows_of):
    columns = ("account_id", "topic_share", "own_share", "others_share", "n_others", "in_bio")
    assert rows_of("account_topics", blended(table_of), *columns) == [
        "a | 0.433 | 0.4 | 0.6 | 3 | yes",  # 0.7 × 0.4 + 0.3 × 3/10, then 10 % of the rest
        "b | 0.1667 | - | 1 | 1 | -",  # one of one, and five silent others
        "c | 0.1 | - | - | 0 | yes",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [("own", 0.5), ("others", 0.5), ("prior_others", 2.0), ("bio", 0.2)],
)
def test_every_setting_of_the_blend_changes_some_share(table_of, same_rows, field, value):
    changed = dataclasses.replace(TopicBlend(), **{field: value})
    assert not same_rows("account_topics", blended(table_of), blended(table_of, changed))
