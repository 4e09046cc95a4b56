"""How each comment of the sample is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.tones import read_comments

if TYPE_CHECKING:
    from collections.abc import Iterator


def comment_readings(comment_sample: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """Tone and signs of each comment: one row per comment of the sample.

    Reads:
        comment_sample: text, and language where it is known.

    Returns:
        Batches of the declared columns.
    """
    schema = TABLES["comment_readings"].schema
    kept = set(comment_sample.schema.names)
    for batch in comment_sample:
        texts, codes = batch["text"].to_pylist(), batch["language"].to_pylist()
        read = read_comments(texts, codes)
        made: dict[str, list[Any]] = {
            "tone": [r.tone for r in read],
            "n_words": [r.n_words for r in read],
            "n_mentions": [r.n_mentions for r in read],
            "is_loop": [r.is_loop for r in read],
            "is_entry": [r.is_entry for r in read],
            "is_tag": [r.is_tag for r in read],
        }
        columns = [
            batch[f.name].cast(f.type) if f.name in kept else pa.array(made[f.name], f.type)
            for f in schema
        ]
        yield pa.record_batch(columns, schema=schema)
