"""Comments under the posts of made-up accounts, as the steps of vetting make them of text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.comment_readings import comment_readings
from mawj.vet.comment_tones import TonePeers, comment_tones

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

START = datetime(2024, 3, 1, tzinfo=UTC)
SUBJECT = "x:me"
WARM, COLD = "so talented, you explain it so well", "🔥🔥"


def sample(
    said: Mapping[str, Sequence[str | tuple[str, str]]], subjects: Sequence[str] = (SUBJECT,)
) -> pa.Table:
    """A sample of comments: texts, or authors and texts; all but the subjects are peers."""
    rows = []
    for account, texts in said.items():
        for place, given in enumerate(texts, start=1):
            author, text = given if isinstance(given, tuple) else (f"x:r{place}", given)
            is_subject = account in subjects
            rows.append(
                {
                    "comment_id": f"{account}:c{place}", "account_id": account,
                    "account_language": "en", "post_id": f"{account}:p{place % 7}",
                    "author_id": author, "published_at": START + timedelta(hours=place),
                    "place": place, "is_subject": is_subject, "is_peer": not is_subject,
                    "text": text, "language": "en",
                }
            )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=TABLES["comment_sample"].schema)


def subjects_table(*accounts: str, language: str = "en") -> pa.Table:
    """vet_subjects of these accounts."""
    rows = [{"account_id": a, "platform": "x", "language": language} for a in accounts]
    return pa.Table.from_pylist(rows, schema=TABLES["vet_subjects"].schema)


def readings(sampled: pa.Table) -> pa.Table:
    """comment_readings of a sample."""
    reader = pa.RecordBatchReader.from_batches(sampled.schema, sampled.to_batches())
    schema = TABLES["comment_readings"].schema
    return pa.Table.from_batches(list(comment_readings(reader)), schema=schema)


def tones(
    sampled: pa.Table, *, subjects: Sequence[str] = (SUBJECT,), peers: TonePeers | None = None
) -> ir.Table:
    """comment_tones of a sample, as an expression."""
    limits = peers or TonePeers()
    made = comment_tones(subjects_table(*subjects), readings(sampled), tone_peers=limits)
    return ibis.memtable(made)


def peers_of(texts: Sequence[str], n: int = 25) -> dict[str, list[str]]:
    """So many accounts under whose posts the same is said."""
    return {f"x:peer{number}": list(texts) for number in range(n)}
