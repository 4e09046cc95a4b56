"""The term lists of tones and of comment signs, as they ship with the package."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from mawj.text.matching import Matcher, Phrase

TONE_FILES = {"en": "tones_en", "ar": "tones_ar", "fa": "tones_fa"}
ROMANISED = {"arabizi": "ar-Latn", "finglish": "fa-Latn"}
STRENGTHS = {"sure": 2.0, "hint": 1.0, "words": 1.0, "filler": 0.0}
"""How much an entry of each kind of list says; two tell a tone by themselves. Our judgement."""

_EXACT_LETTERS = 3
"""Words of so few letters are met as written only: longer words hold too many of them."""


@cache
def word_file(name: str) -> dict[str, Any]:
    """A term list of `vet/words` as it stands in its file, with its version."""
    file = resources.files("mawj.vet") / "words" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _phrase(text: str, language: str, strength: float, note: str) -> Phrase:
    letters = sum(c.isalpha() for c in text)
    # Arabic letters join small words to others, Latin ones only an s.
    kind = language if language in ("ar", "fa") else "en"
    return Phrase(text, strength, kind, exact=letters <= _EXACT_LETTERS, note=note)


def _tones_of(language: str) -> dict[str, list[Phrase]]:
    """The phrases of one language by tone; `note` is the language that they are written in."""
    lists: dict[str, list[Phrase]] = {}
    for section, kinds in word_file(TONE_FILES[language]).items():
        if isinstance(kinds, dict):
            kind, _, tone = section.rpartition("_")
            note = ROMANISED.get(kind, language)
            for name, texts in kinds.items():
                listed = "filler" if name == "filler" else tone
                lists.setdefault(listed, []).extend(
                    _phrase(text, note, STRENGTHS[name], note) for text in texts
                )
    return lists


def _signs() -> dict[str, list[Phrase]]:
    return {
        section: [
            _phrase(text, language, 2.0, "" if language == "latin" else language)
            for language, texts in lists.items()
            for text in texts
        ]
        for section, lists in word_file("comment_signs").items()
        if isinstance(lists, dict)
    }


@cache
def comment_matcher() -> Matcher:
    """All tones and signs of comments in one search: lists are tones, praise, filler, signs."""
    lists: dict[str, list[Phrase]] = {}
    for language in TONE_FILES:
        for name, phrases in _tones_of(language).items():
            lists.setdefault(name, []).extend(phrases)
    signs = _signs()
    return Matcher({**lists, **{name: signs[name] for name in ("follow_loop", "entry")}})


@cache
def post_matcher() -> Matcher:
    """What posts are searched for: giveaways, and exchanges of follows."""
    signs = _signs()
    names = ("giveaway", "giveaway_sure", "follow_loop")
    return Matcher({name: signs[name] for name in names})


@cache
def lists_version() -> str:
    """The versions of all lists, for the rule of a finding."""
    names = (*TONE_FILES.values(), "comment_signs")
    return ", ".join(str(word_file(name)["version"]) for name in names)
