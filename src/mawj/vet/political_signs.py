"""What the own posts of the vetted accounts say of politics, by word lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.politics.lists import paid_tags
from mawj.vet.politics.reading import Said, read_politics

if TYPE_CHECKING:
    from collections.abc import Iterator


def political_signs(
    vet_posts: pa.RecordBatchReader, sponsored_posts: pa.Table
) -> Iterator[pa.RecordBatch]:
    """One political subject named in one own post of a vetted account.

    Reads:
        vet_posts: text, published_at, hashtags, is_labelled_ad; all own posts, batch by batch.
        sponsored_posts: which of them are paid for, besides those that say so here.

    Returns:
        The declared columns. Most posts have no row. A post that is on no political subject has
        one, under the empty subject, where it takes a side on something or is paid for:
        `paid_against_said` reads those. Only what the public post says is told; nothing is
        guessed about what a person believes.

    Source:
        Word lists in `mawj.vet.politics.words`, ours; measured by benchmarks/claims.py.
    """
    counted: Any = sponsored_posts.filter(sponsored_posts["is_paid"])
    paid = set(counted["post_id"].to_pylist())
    for batch in vet_posts:
        rows = pa.Table.from_batches([batch]).select(
            ["post_id", "account_id", "published_at", "text", "hashtags", "is_labelled_ad"]
        )
        yield from _signs(rows, paid)


def _signs(rows: pa.Table, paid: set[str]) -> Iterator[pa.RecordBatch]:
    told = rows.drop_columns(["text"]).to_pylist()
    found: list[dict[str, Any]] = []
    for row, said in zip(told, read_politics(rows["text"].to_pylist()), strict=True):
        is_labelled = (
            bool(row["is_labelled_ad"])
            or row["post_id"] in paid
            or _is_tagged_paid(row["hashtags"])
        )
        if not said and is_labelled:
            said = [Said("", 0.0, False, None, (), False, True, "")]  # noqa: PLW2901
        for one in said:
            found.append(_row(row, one, is_labelled or one.is_paid))
    schema = TABLES["political_signs"].schema
    yield from pa.Table.from_pylist(found, schema=schema).to_batches()


def _is_tagged_paid(tags: list[str] | None) -> bool:
    return bool(tags) and not paid_tags().isdisjoint(tags or ())


def _row(row: dict[str, Any], one: Said, is_paid: bool) -> dict[str, Any]:
    return {
        "post_id": row["post_id"], "account_id": row["account_id"],
        "published_at": row["published_at"], "subject": one.subject,
        "strength": one.strength, "is_political": one.is_political, "stance": one.stance,
        "near_terms": list(one.near_terms), "is_accusation": one.is_accusation,
        "is_paid": is_paid, "quote": one.quote,
    }  # fmt: skip
