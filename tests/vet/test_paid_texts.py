"""Texts of paid posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from mawj.vet.paid_texts import MOST_CHARACTERS, MOST_POSTS, paid_texts
from tests.vet.advertising import posts_of, sponsored_of

if TYPE_CHECKING:
    from collections.abc import Callable

CODE = "Use code SARA15 https://oud-lane.example/sara"


def test_only_paid_posts_are_kept_and_texts_are_cut(rows_of: Callable[..., list[str]]) -> None:
    posts = posts_of(CODE, "a quiet day", f"{CODE} {'long ' * MOST_CHARACTERS}")
    made = paid_texts(ibis.memtable(posts), ibis.memtable(sponsored_of(posts)))
    assert rows_of("paid_texts", made, "post_id", "disclosed", "brand") == [
        "a000 | no | oud-lane", "a002 | no | oud-lane"
    ]  # fmt: skip
    assert max(len(text) for text in made.to_pyarrow()["text"].to_pylist()) == MOST_CHARACTERS


def test_the_last_posts_of_each_account_are_kept() -> None:
    posts = posts_of(*[f"{CODE} {n}" for n in range(MOST_POSTS + 3)])
    kept = paid_texts(ibis.memtable(posts), ibis.memtable(sponsored_of(posts))).to_pyarrow()
    assert kept.num_rows == MOST_POSTS
    assert "a000" not in kept["post_id"].to_pylist()
