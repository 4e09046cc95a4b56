"""The texts of each vetted account in order of time, read one account after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow.compute

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import pyarrow as pa

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute


@dataclass(frozen=True)
class OwnTexts:
    """The latest posts with text of one account, the earliest of them first."""

    account_id: str
    post_ids: list[str]
    moments: list[datetime]
    texts: list[str]


def own_texts(vet_posts: pa.Table, most: int) -> Iterator[OwnTexts]:
    """The latest `most` dated posts with text of each account; answers to others left out."""
    said = vet_posts.filter(
        pc.and_(
            pc.and_(pc.is_valid(vet_posts["text"]), pc.is_valid(vet_posts["published_at"])),
            pc.is_null(vet_posts["reply_to_account_id"]),
        )
    )
    rows = said.select(["account_id", "post_id", "published_at", "text"]).sort_by(
        [("account_id", "ascending"), ("published_at", "ascending"), ("post_id", "ascending")]
    )
    ids: list[Any] = rows["account_id"].to_pylist()
    starts = [at for at in range(len(ids)) if at == 0 or ids[at] != ids[at - 1]]
    ends = [*starts[1:], len(ids)] if ids else []
    for start, end in zip(starts, ends, strict=True):
        part = rows.slice(max(start, end - most), min(most, end - start))
        few: dict[str, list[Any]] = part.to_pydict()
        yield OwnTexts(ids[start], few["post_id"], few["published_at"], few["text"])
