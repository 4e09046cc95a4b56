"""Posts that give something away, or offer to follow whoever follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.tone_words import post_matcher
from mawj.vet.tones import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mawj.text.matching import Met

MOST_CHARACTERS = 5_000
"""Read of one post; our judgement."""

_QUOTED = 400


def post_offers(vet_posts: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """Giveaways and exchanges of follows: one row per post and kind.

    A giveaway is told by a wording that means nothing else, or by two that go with it («tag two
    friends», «the winner»): one alone may be a match report.

    Reads:
        vet_posts: text, language.

    Returns:
        Batches of the declared columns.
    """
    schema = TABLES["post_offers"].schema
    for batch in vet_posts:
        texts = [(text or "")[:MOST_CHARACTERS] for text in batch["text"].to_pylist()]
        offers = kinds_of(texts, batch["language"].to_pylist())
        found = [(row, kind) for row, kinds in enumerate(offers) for kind in kinds]
        rows = batch.take(pa.array([row for row, _ in found], pa.int64()))
        columns = {
            "kind": pa.array([kind for _, kind in found], pa.string()),
            "text": pa.array([texts[row][:_QUOTED] for row, _ in found], pa.string()),
        }
        made = [columns[f.name] if f.name in columns else rows[f.name] for f in schema]
        yield pa.record_batch(made, schema=schema)


def kinds_of(texts: Sequence[str], codes: Sequence[str | None]) -> list[list[str]]:
    """What each text offers: giveaway, follow_loop, both or nothing."""
    met = post_matcher().met_of(texts)
    return [
        _kinds(spoken(text, code, found))
        for text, code, (_, found) in zip(texts, codes, met, strict=True)
    ]


def are_giveaways(texts: Sequence[str | None]) -> list[bool]:
    """Whether each text gives something away; unknown texts do not."""
    read = [(text or "")[:MOST_CHARACTERS] for text in texts]
    return ["giveaway" in kinds for kinds in kinds_of(read, [None] * len(read))]


def _kinds(met: list[Met]) -> list[str]:
    names = {m.list for m in met}
    places = {m.first for m in met if m.list == "giveaway"}
    kinds = []
    if "giveaway_sure" in names or len(places) > 1:
        kinds.append("giveaway")
    if "follow_loop" in names:
        kinds.append("follow_loop")
    return kinds
