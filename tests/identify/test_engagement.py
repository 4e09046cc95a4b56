"""Engagement rates: one test a formula, hidden counts, intervals and given averages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.identify.engagement import engagement
from mawj.identify.engagement_formulas import FORMULAS
from mawj.identify.window import Window
from mawj.tables.derived_measures import ENGAGEMENT_VARIANTS

AS_OF = datetime(2024, 12, 31, tzinfo=UTC)
WINDOW = Window(days=365, least_posts=3)
POSTS = """
post_id | account_id | platform | published_at | engagements | likes | comments | reposts | quotes | views | reached | impressions | followers
p1      | a          | x        | 2024-06-01   | 10          | 6     | 2        | 1       | 1      | 100   | 50      | 200         | 100
p2      | a          | x        | 2024-06-01   | 30          | 20    | 4        | 6       |        | 100   | 50      | 200         | 100
p3      | a          | x        | 2024-06-03   | 40          | 30    | 6        | 2       | 2      | 400   | 80      | 800         | 400
"""  # noqa: E501


def measured(table_of, posts="", standing="", window=WINDOW):
    return engagement(
        table_of("post_counts", posts),
        table_of("standing", standing),
        window=window,
        as_of=AS_OF,
    )


def test_each_formula_gives_what_its_publisher_would(table_of, rows_of):
    assert rows_of(
        "engagement",
        measured(table_of, POSTS),
        "variant",
        "engagement_share",
        "n_posts",
        "basis",
    ) == [
        "amplification | 0.03 | 3 | events",  # (0.02 + 0.06 + 0.01) / 3
        "by_followers | 0.1667 | 3 | events",  # (0.1 + 0.3 + 0.1) / 3
        "by_followers_median | 0.1 | 3 | events",
        "by_followers_pooled | 0.1333 | 3 | events",  # 80 / 600
        "by_impressions | 0.08333 | 3 | events",  # (0.05 + 0.15 + 0.05) / 3
        "by_reach | 0.4333 | 3 | events",  # (0.2 + 0.6 + 0.5) / 3
        "by_views | 0.1667 | 3 | events",  # (0.1 + 0.3 + 0.1) / 3
        "daily | 0.25 | 3 | events",  # (40 / 100 + 40 / 400) / 2
        "love | 0.1117 | 3 | events",  # (0.06 + 0.2 + 0.075) / 3
        "talk | 0.025 | 3 | events",  # (0.02 + 0.04 + 0.015) / 3
    ]


def test_the_module_names_every_declared_variant_once():
    assert tuple(formula.variant for formula in FORMULAS) == ENGAGEMENT_VARIANTS
    assert all(formula.text and formula.source for formula in FORMULAS)


def test_the_rate_of_the_source_stands_as_given(table_of, rows_of):
    found = measured(
        table_of, "", "account_id | platform | given_engagement_share\na | x | 0.034"
    )
    assert rows_of("engagement", found, "variant", "engagement_share", "n_posts", "basis") == [
        "as_given | 0.034 | 0 | counted"
    ]


def test_posts_with_hidden_likes_are_left_out_and_never_taken_for_none(table_of, rows_of):
    posts = POSTS + "p4 | a | x | 2024-06-04 | | | 6 | | | | | | 100\n"
    rows = rows_of(
        "engagement", measured(table_of, posts), "variant", "engagement_share", "n_posts"
    )
    assert "by_followers | 0.1667 | 3" in rows
    assert "talk | 0.03375 | 4" in rows


def test_an_account_whose_likes_are_all_hidden_has_no_rate(table_of, rows_of):
    posts = """
    post_id | account_id | platform | published_at | comments | followers
    p1      | a          | x        | 2024-06-01   | 2        | 100
    """
    assert rows_of("engagement", measured(table_of, posts), "variant") == ["talk"]


def test_stories_and_lives_are_left_out_of_rates(table_of, rows_of):
    posts = """
    post_id | account_id | platform | published_at | kind  | engagements | followers
    p1      | a          | x        | 2024-06-01   | video | 2           | 100
    p2      | a          | x        | 2024-06-01   | story | 90          | 100
    p3      | a          | x        | 2024-06-01   | live  | 90          | 100
    p4      | a          | x        | 2024-06-01   |       | 4           | 100
    """
    rows = rows_of(
        "engagement", measured(table_of, posts), "variant", "engagement_share", "n_posts"
    )
    assert "by_followers | 0.03 | 2" in rows


def test_only_posts_of_the_window_count(table_of, rows_of):
    posts = """
    post_id | account_id | platform | published_at | engagements | followers
    p1      | a          | x        | 2024-12-30   | 2           | 100
    p2      | a          | x        | 2024-12-01   | 90          | 100
    p3      | a          | x        | 2025-01-01   | 90          | 100
    p4      | a          | x        |              | 90          | 100
    """
    found = measured(table_of, posts, window=Window(days=10))
    assert "by_followers | 0.02" in rows_of("engagement", found, "variant", "engagement_share")


STANDING = """
account_id | platform | followers | average_likes | average_comments | average_views
a          | x        | 1000      | 40            | 10               | 500
"""


def test_given_averages_stand_in_where_posts_are_missing(table_of, rows_of):
    found = measured(table_of, "", STANDING)
    assert rows_of("engagement", found, "variant", "engagement_share", "basis") == [
        "by_followers | 0.05 | counted",
        "by_followers_pooled | 0.05 | counted",
        "by_views | 0.1 | counted",
        "love | 0.04 | counted",
        "talk | 0.01 | counted",
    ]


def test_enough_posts_win_over_given_averages(table_of, rows_of):
    rows = rows_of("engagement", measured(table_of, POSTS, STANDING), "variant", "basis")
    assert "by_followers | events" in rows
    assert "by_followers | counted" not in rows


def test_given_averages_win_over_fewer_posts_than_the_settings_ask(table_of, rows_of):
    found = measured(table_of, POSTS, STANDING, Window(least_posts=4))
    rows = rows_of("engagement", found, "variant", "basis")
    assert "by_followers | counted" in rows
    assert "by_followers | events" not in rows
    assert "by_reach | events" in rows


def test_given_averages_with_hidden_likes_give_only_the_talk_rate(table_of, rows_of):
    standing = "account_id | platform | followers | average_comments\na | x | 1000 | 10"
    assert rows_of("engagement", measured(table_of, "", standing), "variant") == ["talk"]


def test_the_interval_of_a_mean_is_students(table_of, rows_of):
    rows = rows_of(
        "engagement", measured(table_of, POSTS), "variant", "engagement_share_low",
        "engagement_share_high", digits=2,
    )  # fmt: skip
    # 0.16667 ± 2.92 × 0.11547 / √3 = -0.028 … 0.361; a rate is never below 0.
    assert "by_followers | 0 | 0.36" in rows
    assert "by_followers_median | - | -" in rows
    assert "daily | - | -" in rows  # two days only


def test_the_interval_of_a_median_is_two_of_its_values(table_of, rows_of):
    head = "post_id | account_id | platform | published_at | engagements | followers\n"
    lines = [f"p{n} | a | x | 2024-06-01 | {n} | 100" for n in range(1, 12)]
    found = measured(table_of, head + "\n".join(lines))
    rows = rows_of(
        "engagement", found, "variant", "engagement_share", "engagement_share_low",
        "engagement_share_high",
    )  # fmt: skip
    # Eleven values: the 3rd and the 9th enclose the median with 93 %.
    assert "by_followers_median | 0.06 | 0.03 | 0.09" in rows


def test_the_pooled_interval_is_the_ratio_estimators(table_of, rows_of):
    posts = """
    post_id | account_id | platform | published_at | engagements | followers
    p1      | a          | x        | 2024-06-01   | 10          | 100
    p2      | a          | x        | 2024-06-01   | 24          | 200
    p3      | a          | x        | 2024-06-01   | 26          | 300
    """
    rows = rows_of(
        "engagement", measured(table_of, posts), "variant", "engagement_share",
        "engagement_share_low", "engagement_share_high", digits=3,
    )  # fmt: skip
    # Residuals 0, 4, -4: sd 4; / mean 200 / √3 × 2.885 (t at 2 by its expansion) = 0.0333.
    assert "by_followers_pooled | 0.1 | 0.0667 | 0.133" in rows


def test_a_lower_least_number_of_posts_tells_intervals_sooner(table_of, rows_of):
    found = measured(table_of, POSTS, window=Window(least_posts=2))
    assert "daily | 0" in rows_of("engagement", found, "variant", "engagement_share_low")


rates = st.lists(
    st.tuples(st.integers(0, 500), st.integers(1, 9) | st.none()), min_size=1, max_size=8
)


@settings(max_examples=5, deadline=None)
@given(posts=rates, order=st.randoms(use_true_random=False))
def test_row_order_and_account_names_do_not_matter(table_of, con, posts, order):
    head = "post_id | account_id | platform | published_at | engagements | followers\n"

    def rows(name, items):
        lines = [
            f"p{n} | {name} | x | {AS_OF - timedelta(days=n):%Y-%m-%d} | {e} | "
            f"{'' if f is None else f * 100}"
            for n, (e, f) in items
        ]
        found = con.to_pyarrow(measured(table_of, head + "\n".join(lines))).to_pylist()
        return sorted(
            (r["variant"], r["n_posts"], round(r["engagement_share"], 12)) for r in found
        )

    items = list(enumerate(posts))
    shuffled = order.sample(items, len(items))
    assert rows("a", items) == rows("zz:9", shuffled)
