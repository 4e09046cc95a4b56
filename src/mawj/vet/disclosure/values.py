"""Values that people state of themselves, and what goes against them, told from text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from mawj.text.matching import Matcher, Phrase
from mawj.vet.disclosure.wordings import told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST = 5_000
"""Characters of a text that are read; our judgement."""


@dataclass(frozen=True)
class Value:
    """A value: its short name, its names, and whether any paid post goes against it."""

    id: str
    name: Mapping[str, str]
    is_against_any_ad: bool


@cache
def values() -> Mapping[str, Value]:
    """Every value of the list by its short name."""
    return {
        entry["id"]: Value(entry["id"], entry["name"], bool(entry.get("any_ad")))
        for entry in told("values")["value"]
    }


@cache
def _matcher(part: str) -> Matcher:
    return Matcher(
        {
            entry["id"]: [
                Phrase(text, language=language)
                for language, texts in entry.get(part, {}).items()
                for text in texts
            ]
            for entry in told("values")["value"]
        }
    )


def stated(texts: Sequence[str | None]) -> list[list[tuple[str, str]]]:
    """(value, words) of each value that each text states of its author."""
    return _found("states", texts)


def against(texts: Sequence[str | None]) -> list[list[tuple[str, str]]]:
    """(value, words) of each value that each text goes against, if it advertises."""
    return _found("against", texts)


def _found(part: str, texts: Sequence[str | None]) -> list[list[tuple[str, str]]]:
    read = [(text or "")[:_MOST] for text in texts]
    hits = _matcher(part).hits_of(read)
    return [
        list({hit.list: (hit.list, text[hit.first : hit.last]) for hit in found}.values())
        for text, found in zip(read, hits, strict=True)
    ]
