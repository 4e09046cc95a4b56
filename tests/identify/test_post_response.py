"""A typical post is the geometric mean over posts, overall and on each topic."""

from datetime import UTC, datetime

import pytest

from mawj.identify.post_response import post_response
from mawj.identify.window import Window

AS_OF = datetime(2024, 6, 30, tzinfo=UTC)
COUNTS = """post_id | account_id | platform | published_at | engagements | reposts | quotes
p:1 | x:a | x | 2024-06-01 | 9 | 0 | 9
p:2 | x:a | x | 2024-06-02 | 999 | 99 |
p:3 | x:a | x | | | 9 |
p:4 | x:a | x | 2019-01-01 | 99999 | 99999 |
"""
TOPICS = """post_id | account_id | topic_id | weight | seed
p:2 | x:a | tea | 1 | tea
"""


def test_one_viral_post_does_not_make_a_typical_one(table_of, rows_of):
    made = post_response(
        table_of("post_counts", COUNTS), table_of("post_topics", TOPICS),
        window=Window(), as_of=AS_OF,
    )  # fmt: skip
    columns = ("topic_id", "engagements", "engagements_spread", "n_engagements", "reposts",
               "n_reposts", "from_date")  # fmt: skip
    assert rows_of("post_response", made, *columns) == [
        " | 99 | 1.414 | 2 | 20.54 | 3 | 2024-06-01",
        "tea | 999 | - | 1 | 99 | 1 | 2024-06-02",
    ]


def test_the_window_says_which_dated_posts_speak(table_of, rows_of):
    made = [
        post_response(
            table_of("post_counts", COUNTS), table_of("post_topics"),
            window=Window(days=days), as_of=AS_OF,
        )
        for days in (365, 9999)
    ]  # fmt: skip
    counts = [rows_of("post_response", table, "n_engagements") for table in made]
    assert counts == [["2"], ["3"]]


@pytest.mark.parametrize("text", ["", COUNTS])
def test_no_topics_give_only_overall_rows(table_of, rows_of, text):
    made = post_response(
        table_of("post_counts", text), table_of("post_topics"), window=Window(), as_of=AS_OF
    )
    assert rows_of("post_response", made, "topic_id") == ([""] if text else [])
