"""Sensitive subjects in posts, read batch by batch."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.sensitive_posts import quoted, sensitive_posts


def found(*texts: str | None, terms: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    schema = TABLES["vet_posts"].schema
    plain = {"account_id": "x:1", "platform": "x", "language": "en"}
    rows = [{**plain, "post_id": f"x:{n}", "text": text} for n, text in enumerate(texts)]
    reader = pa.Table.from_pylist(rows, schema=schema).to_reader(max_chunksize=2)
    own = [{"brand_id": "b", "list": "mine", "phrase": term, "severity": 1.0} for term in terms]
    listed = pa.Table.from_pylist(own, schema=TABLES["brand_terms"].schema)
    none = [TABLES[name].schema.empty_table() for name in ("trained_models", "labels")]
    made = sensitive_posts(listed, *none, reader)
    return [row for batch in made for row in batch.to_pylist()]


def test_a_post_that_says_nothing_sensitive_has_no_row() -> None:
    assert found("what a lovely morning", None, "") == []


def test_each_subject_of_a_post_has_a_row_with_its_words() -> None:
    (row,) = found("good day", "plain", "you are a fucking idiot")
    assert (row["post_id"], row["subject"], row["words"]) == (
        "x:2", "offence", ["fucking", "idiot"],
    )  # fmt: skip


def test_words_of_the_brand_are_found_in_any_spelling() -> None:
    (row,) = found("I drove a ＡＣＭＥ truck", terms=("acme",))
    assert row["subject"] == "own:mine"


def test_the_quote_stands_round_the_words() -> None:
    text = "x " * 300 + "idiot" + " y" * 300
    quote = quoted(text, ["idiot"])
    assert "idiot" in quote
    assert len(quote) <= 200
