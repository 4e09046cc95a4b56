"""What paid and own posts got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

from mawj.vet.paid_counts import MOST_POSTS, paid_counts
from tests.vet.advertising import counts_of, posts_of, sponsored_of

if TYPE_CHECKING:
    from collections.abc import Callable

PAID = {"text": "#ad code SARA15", "engagements": 5.0}
OWN = {"text": "a quiet day", "engagements": 9.0}


def counts(*told: Any) -> Any:
    posts = posts_of(*told)
    return paid_counts(
        ibis.memtable(posts), ibis.memtable(sponsored_of(posts)), counts_of(posts)
    )


def test_posts_of_an_account_with_paid_ones_are_told_apart(
    rows_of: Callable[..., list[str]],
) -> None:
    made = counts(PAID, OWN, {**OWN, "reply_to_account_id": "b"})
    assert rows_of("paid_counts", made, "post_id", "is_paid", "engagements", "views") == [
        "a000 | yes | 5 | -", "a001 | no | 9 | -"
    ]  # fmt: skip


def test_an_account_without_paid_posts_has_no_rows(rows_of: Callable[..., list[str]]) -> None:
    assert rows_of("paid_counts", counts(OWN, OWN), "post_id") == []


def test_the_last_posts_are_kept() -> None:
    assert counts(PAID, *[OWN] * (MOST_POSTS + 5)).to_pyarrow().num_rows == MOST_POSTS
