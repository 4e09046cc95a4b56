"""Praise or doubt in comments, by word lists in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.vet.politics.lists import tone_words
from mawj.vet.politics.reading import NEGATED_WITHIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.text.matching import Hit

OTHER = {"praise": "doubt", "doubt": "praise"}


def tones(texts: Sequence[str]) -> list[str | None]:
    """`praise`, `doubt`, or None: neither, or both."""
    return [_tone(hits) for hits in tone_words().hits_of(texts)]


def _tone(hits: list[Hit]) -> str | None:
    found = set()
    for hit in hits:
        if hit.list in OTHER:
            is_negated = any(
                other.list == "negation" and 0 <= hit.first - other.last <= NEGATED_WITHIN
                for other in hits
            )
            # «No liar» praises; «not honest» doubts.
            found.add(OTHER[hit.list] if is_negated else hit.list)
    return found.pop() if len(found) == 1 else None
