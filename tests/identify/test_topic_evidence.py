"""Posts that show a topic, and terms that keep it company."""

from __future__ import annotations

import dataclasses
import math

import pytest

from mawj.identify.topic_evidence import EvidenceLimits, topic_evidence
from mawj.identify.topic_terms import TermGrowth, topic_terms

TOPICS = """
post_id | account_id | topic_id | n_seeds | weight | seed
p1      | a          | sport    | 1       | 0.5    | match
p2      | a          | sport    | 3       | 0.5    | goal
p3      | a          | sport    | 1       | 1      | goal
q1      | b          | sport    | 1       | 1      | match
"""
ACTS = """
actor_id | target_id | kind    | act_id
b        | a         | mention | q1
b        | a         | reply   | q1
b        | a         | repost  | p3
"""


def shown(table_of, **limits):
    return topic_evidence(
        table_of("post_topics", TOPICS), table_of("acts", ACTS), limits=EvidenceLimits(**limits)
    )


COLUMNS = ("account_id", "place", "post_id", "seed", "said_by")


def test_own_posts_come_first_the_strongest_before(table_of, rows_of):
    assert rows_of("topic_evidence", shown(table_of), *COLUMNS) == [
        "a | 1 | p2 | goal | self",
        "a | 2 | p3 | goal | self",
        "a | 3 | p1 | match | self",
        "a | 4 | q1 | match | other",
        "b | 1 | q1 | match | self",
    ]


def test_no_more_posts_than_the_settings_say(table_of, rows_of):
    few = rows_of("topic_evidence", shown(table_of, own_posts=1), *COLUMNS)
    assert few[:2] == ["a | 1 | p2 | goal | self", "a | 2 | q1 | match | other"]
    none = rows_of("topic_evidence", shown(table_of, others_posts=0), "said_by")
    assert none == ["self"] * 4


TREE = """
topic_id | parent_id | level | name_en | name_ar | name_fa
sport    |           | 1     | Sport   | رياضة   | ورزش
"""
SEEDS = """
topic_id | seed      | term  | n_terms
sport    | match     | match | 1
sport    | goal post | goal  | 2
sport    | goal post | post  | 2
"""


def company(table_of, **growth):
    """Twelve posts on sport by four accounts; stadium in ten of them, tea everywhere."""
    own = [
        f"s{n} | a{n % 4} | x | match the 2024 tea goal" + " stadium" * (n < 10)
        for n in range(12)
    ]
    rest = [f"r{n} | a{n % 4} | x | tea quiet" + " stadium" * (n < 2) for n in range(28)]
    topics = [f"s{n} | a{n % 4} | sport | 1 | 1 | match" for n in range(12)]
    return topic_terms(
        table_of("posts", "\n".join(["post_id | account_id | platform | terms", *own, *rest])),
        table_of(
            "post_topics",
            "\n".join(["post_id | account_id | topic_id | n_seeds | weight | seed", *topics]),
        ),
        table_of("topic_seeds", SEEDS),
        table_of("topics", TREE),
        growth=TermGrowth(**growth),
        keep=lambda table: table,
    )


def test_terms_that_keep_company_are_told_with_lift_and_likelihood(table_of, rows_of):
    table = [(10, 3.6), (2, 8.4), (2, 8.4), (26, 19.6)]
    score = sum(seen * math.log(seen / expected) for seen, expected in table)
    assert rows_of("topic_terms", company(table_of), "term", "n_posts", "lift", "score") == [
        f"stadium | 10 | 2.778 | {score:.4g}"
    ]


@pytest.mark.parametrize(
    "limits",
    [{"least_posts": 11}, {"least_accounts": 5}, {"least_score": 13.0}, {"most_terms": 0}],
)
def test_every_limit_can_keep_a_term_out(table_of, rows_of, limits):
    assert set(limits) <= {field.name for field in dataclasses.fields(TermGrowth)}
    assert rows_of("topic_terms", company(table_of, **limits), "term") == []
