"""How often, how steadily and in which languages an account publishes."""

from __future__ import annotations

from datetime import UTC, datetime

from mawj.identify.cadence import account_languages, cadence
from mawj.identify.window import Window

AS_OF = datetime(2024, 12, 31, tzinfo=UTC)
POSTS = """
post_id | account_id | platform | published_at | language | repost_of_post_id
p1      | a          | x        | 2024-12-05   | ar       |
p2      | a          | x        | 2024-12-06   | ar       |
p3      | a          | x        | 2024-12-30   | fa       |
p4      | a          | x        | 2023-01-01   | und      |
p5      | a          | x        |              |          |
r1      | a          | x        | 2024-12-15   | en       | p9
"""
COLUMNS = ("posts_per_week", "active_weeks_share", "median_gap_days", "n_posts", "last_post_at")


def test_weeks_are_counted_back_to_the_first_post_of_the_window(table_of, rows_of):
    found = cadence(table_of("posts", POSTS), window=Window(), as_of=AS_OF)
    # Four weeks; posts in the first and the last of them; gaps of 1 and 24 days.
    assert rows_of("cadence", found, *COLUMNS) == ["0.75 | 0.5 | 12.5 | 3 | 2024-12-30"]


def test_a_single_post_has_no_gap(table_of, rows_of):
    found = cadence(table_of("posts", POSTS), window=Window(days=10), as_of=AS_OF)
    assert rows_of("cadence", found, *COLUMNS) == ["1 | 1 | - | 1 | 2024-12-30"]


def test_a_post_of_the_very_moment_is_in_the_first_week(table_of, rows_of):
    posts = "post_id | account_id | platform | published_at\np | a | x | 2024-12-31"
    found = cadence(table_of("posts", posts), window=Window(), as_of=AS_OF)
    assert rows_of("cadence", found, "posts_per_week") == ["1"]


def test_languages_are_shares_of_own_posts_with_a_known_language(table_of, rows_of):
    found = account_languages(table_of("posts", POSTS))
    assert rows_of(
        "account_languages", found, "account_id", "language", "n_posts", "share"
    ) == [
        "a | ar | 2 | 0.6667",
        "a | fa | 1 | 0.3333",
    ]
