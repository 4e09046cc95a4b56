"""Statements in bios and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.stated_values import stated_values
from tests.vet.advertising import posts_of, subjects_of

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_bio_and_posts_state_values(rows_of: Callable[..., list[str]]) -> None:
    posts = posts_of("a quiet day", "I never do ads")
    made = stated_values(subjects_of({"bio": "I'm vegan"}), posts.to_reader())
    table = pa.Table.from_batches(made, schema=TABLES["stated_values"].schema)
    assert rows_of("stated_values", table, "value", "said_in", "at") == [
        "no_ads | a001 | 2024-01-02", "vegan | bio:a | -"
    ]  # fmt: skip
