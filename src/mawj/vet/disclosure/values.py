"""Values that people state of themselves, and what goes against them, told from text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from mawj.text.matching import Matcher, Phrase
from mawj.vet.disclosure.wordings import told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST = 5_000
"""Characters of a text that are read; our judgement."""

_MOST_SENTENCE = 120
"""Characters of a sentence that may state a value: longer ones hold several thoughts; ours."""

_SENTENCES = re.compile(r"[.!?؟;؛,،|•\n]+")
_NO, _OWN = "no", "own"


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


@cache
def _refusals() -> Matcher:
    """Words of refusal, words of oneself, and the things that are refused, by value."""
    lists: dict[str, list[Phrase]] = {
        kind: _phrases(told("values")["refusal"][kind]) for kind in (_NO, _OWN)
    }
    things = {
        entry["id"]: _phrases(entry.get("refuses", {})) for entry in told("values")["value"]
    }
    return Matcher(lists | things)


def _phrases(texts: Mapping[str, Sequence[str]]) -> list[Phrase]:
    # As written: "no" must not be met in "now", nor a thing in another word's beginning.
    return [
        Phrase(text, language=language, exact=language == "en")
        for language, found in texts.items()
        for text in found
    ]


def stated(texts: Sequence[str | None]) -> list[list[tuple[str, str]]]:
    """(value, words) of each value that each text states of its author.

    By a phrase in which people speak of themselves, or by a sentence that says no to a thing
    and speaks of oneself or one's page.
    """
    return [
        list({value: (value, words) for value, words in (*refused, *said)}.values())
        for said, refused in zip(_found("states", texts), _refused(texts), strict=True)
    ]


def _refused(texts: Sequence[str | None]) -> list[list[tuple[str, str]]]:
    """(value, sentence) where one short sentence refuses a thing for its author."""
    sentences = [
        (row, sentence)
        for row, text in enumerate(texts)
        for sentence in _SENTENCES.split((text or "")[:_MOST])
        if 0 < len(sentence) <= _MOST_SENTENCE
    ]
    found: list[list[tuple[str, str]]] = [[] for _ in texts]
    hits = _refusals().hits_of([sentence for _, sentence in sentences])
    for (row, sentence), met in zip(sentences, hits, strict=True):
        names = {hit.list for hit in met}
        if {_NO, _OWN} <= names:
            found[row] += [(value, sentence.strip()) for value in sorted(names - {_NO, _OWN})]
    return found


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
