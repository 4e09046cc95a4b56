"""The term lists of sensitive subjects, read once and made into phrases.

A file is `lists/<subject>.<language>.toml`; how it is written is said at the head of each. The
lists were written for Mawj from general knowledge of the languages.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import product
from typing import TYPE_CHECKING, Any

from mawj.text.matching import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

SUBJECTS = (
    "offence", "hate", "violence", "sexual", "alcohol", "drugs", "tobacco", "gambling",
    "religion", "family", "politics",
)  # fmt: skip
"""Every subject that the lists know, the gravest first."""

LANGUAGES = ("ar", "fa", "en")
LISTS_VERSION = "2026.1"
_ZWNJ = "\u200c"


@dataclass(frozen=True, slots=True)
class Entry(Phrase):
    """A phrase of the lists.

    Attributes:
        subject: one of SUBJECTS.
        unaimed: share of the strength that counts where it is not said to or of somebody; 1
            where that makes no difference.
        is_topic: names the subject without doing it, as murder in the news does.
        is_weak: counts only beside another entry of the subject.
        is_innocent: no finding; takes away what lies inside it.
        script: list that it belongs to: ar, fa, en, ar-Latn, fa-Latn; empty for any.
    """

    subject: str = ""
    unaimed: float = 1.0
    is_topic: bool = False
    is_weak: bool = False
    is_innocent: bool = False
    script: str = ""

    @property
    def list_name(self) -> str:
        """Where the longest of several nested phrases wins."""
        return f"{self.subject}.{self.script}{'.innocent' if self.is_innocent else ''}"


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry of every list; a phrase that stands twice counts with its last strength."""
    found: dict[tuple[str, str, str], Entry] = {}
    for subject, language in product(SUBJECTS, LANGUAGES):
        for entry in _of_file(subject, language):
            found[entry.list_name, entry.text, ""] = entry
    return tuple(found.values())


def _of_file(subject: str, language: str) -> Iterator[Entry]:
    file = resources.files(__package__) / "lists" / f"{subject}.{language}.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    sets = {name: split(words) for name, words in told.get("sets", {}).items()}
    for group in told["group"]:
        yield from _of_group(group, sets, Entry("", subject=subject, script=language))


def _of_group(
    group: dict[str, Any], sets: dict[str, list[str]], blank: Entry
) -> Iterator[Entry]:
    script = group.get("language", blank.script)
    aimed = group.get("needs") == "aimed"
    plain = replace(
        blank,
        script=script,
        language=script[:2] if script in LANGUAGES else "",
        exact=group.get("exact", False) or script.endswith("-Latn"),
        strength=group["strength"],
        unaimed=group.get("unaimed", 0.15) if aimed else 1.0,
        is_topic=group.get("is_topic", False),
        is_weak=group.get("only_with", False),
    )
    weights = dict(weighted(group.get("weights", "")))
    for said in split(group["phrases"]):
        for phrase in _spelled(said, sets):
            yield replace(plain, text=phrase, strength=weights.get(phrase, plain.strength))
    for said in split(group.get("innocent", "")):
        for phrase in _spelled(said, sets):
            yield replace(plain, text=phrase, is_innocent=True)


def split(words: str) -> list[str]:
    """Phrases of a comma-parted text, without blanks round them."""
    return [phrase for word in words.split(",") if (phrase := " ".join(word.split()))]


def weighted(words: str) -> Iterator[tuple[str, float]]:
    """Phrase and number of each «phrase 0.5» of a comma-parted text."""
    for said in split(words):
        phrase, _, number = said.rpartition(" ")
        yield phrase, float(number)


def _spelled(phrase: str, sets: dict[str, list[str]]) -> Iterator[str]:
    """The phrase with each word of its sets; what a ZWNJ joins also with a blank."""
    for name, words in sets.items():
        slot = "{" + name + "}"
        if slot in phrase:
            for word in words:
                yield from _spelled(phrase.replace(slot, word), sets)
            return
    if "{" not in phrase:
        yield phrase
        if _ZWNJ in phrase:
            yield phrase.replace(_ZWNJ, " ")
