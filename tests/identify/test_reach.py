"""Views that one post can be expected to get."""

from __future__ import annotations

from datetime import UTC, datetime

from mawj.identify.reach import reach
from mawj.identify.window import Window

AS_OF = datetime(2024, 12, 31, tzinfo=UTC)
HEAD = "post_id | account_id | platform | published_at | views\n"
STANDING = "account_id | platform | average_views\na | x | 70\nb | x |"
COLUMNS = ("account_id", "reach", "reach_low", "reach_high", "n_posts", "basis")


def reached(table_of, lines, standing="", **window):
    posts = table_of("post_counts", HEAD + "\n".join(lines))
    return reach(posts, table_of("standing", standing), window=Window(**window), as_of=AS_OF)


VIEWS = [f"p{v} | a | x | 2024-12-01 | {v}" for v in (10, 20, 30, 40, 9000)]


def test_reach_is_the_median_and_the_quartiles_of_known_views(table_of, rows_of):
    lines = [*VIEWS, "hidden | a | x | 2024-12-01 |"]
    assert rows_of("reach", reached(table_of, lines), *COLUMNS) == [
        "a | 30 | 20 | 40 | 5 | events"
    ]


def test_posts_outside_the_window_or_without_a_date_do_not_count(table_of, rows_of):
    lines = [*VIEWS, "old | a | x | 2023-12-01 | 5", "when | a | x |  | 5"]
    assert rows_of("reach", reached(table_of, lines), "n_posts") == ["5"]
    assert rows_of("reach", reached(table_of, lines, days=800), "n_posts") == ["6"]


def test_with_too_few_posts_the_average_of_the_source_stands_in(table_of, rows_of):
    found = reached(table_of, VIEWS[:2], STANDING)
    assert rows_of("reach", found, *COLUMNS) == ["a | 70 | - | - | 0 | counted"]


def test_enough_posts_win_over_the_average_of_the_source(table_of, rows_of):
    found = reached(table_of, VIEWS[:2], STANDING, least_posts=2)
    assert rows_of("reach", found, *COLUMNS) == ["a | 15 | 12.5 | 17.5 | 2 | events"]


def test_an_account_whose_views_are_hidden_has_no_row(table_of, rows_of):
    lines = [f"p{n} | b | x | 2024-12-01 |" for n in range(5)]
    assert rows_of("reach", reached(table_of, lines, STANDING), "account_id") == ["a"]
