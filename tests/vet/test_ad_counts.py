"""Paid and other posts, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.vet.advertising import counts_of, posts_of

if TYPE_CHECKING:
    from collections.abc import Callable

OUD = "Use code SARA15 https://oud-lane.example/sara"
COLUMNS = ("n_posts", "n_paid", "n_told", "n_vague", "n_untold", "n_unknown")


def test_every_paid_post_is_counted_once(rows_of: Callable[..., list[str]]) -> None:
    posts = posts_of(OUD, f"#ad {OUD}", f"#collab {OUD}", "a quiet day")
    assert rows_of("ad_counts", counts_of(posts), *COLUMNS) == ["4 | 3 | 1 | 1 | 1 | 0"]


def test_an_unknown_label_is_counted_apart(rows_of: Callable[..., list[str]]) -> None:
    posts = posts_of(OUD, platform="instagram")
    assert rows_of("ad_counts", counts_of(posts), *COLUMNS) == ["1 | 1 | 0 | 0 | 0 | 1"]


def test_answers_and_posts_without_text_or_label_are_not_looked_at(
    rows_of: Callable[..., list[str]],
) -> None:
    posts = posts_of({"text": None}, {"text": "yes", "reply_to_account_id": "b"}, "a day")
    assert rows_of("ad_counts", counts_of(posts), "n_posts") == ["1"]
