"""The word lists of politics, made ready for search."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from mawj.text.matching import Matcher, Phrase
from mawj.text.normalise import search_form

LANGUAGES = ("en", "ar", "fa")
SUBJECTS = (
    "elections", "offices", "parties", "government", "war", "protest", "sanctions",
    "public_health",
)  # fmt: skip
STRONG, WEAK = 1.0, 0.5
"""Strength of a word that is political by itself, and of one that needs company. Ours."""

SUBJECT = "subject:"
WAYS = ("not", "for", "against", "negation", "accusation", "reporting", "paid")
TONES = ("praise", "doubt", "negation")


@cache
def written(language: str) -> dict[str, Any]:
    """The file of one language, as written."""
    folder = resources.files("mawj.vet.politics").joinpath("words")
    return tomllib.loads(folder.joinpath(f"{language}.toml").read_text("utf-8"))


def version() -> str:
    """The versions of the lists in force."""
    return ", ".join(str(written(language)["version"]) for language in LANGUAGES)


@cache
def political_words() -> Matcher:
    """Subjects as `subject:elections`, and the lists of `WAYS`, of all languages at once."""
    lists: dict[str, list[Phrase | str]] = {name: [] for name in WAYS}
    for language in LANGUAGES:
        told = written(language)
        for subject, entry in told["subjects"].items():
            words = lists.setdefault(SUBJECT + subject, [])
            words += [Phrase(text, STRONG, language) for text in entry["strong"]]
            words += [Phrase(text, WEAK, language) for text in entry["weak"]]
        for name in WAYS:
            lists[name] += [Phrase(text, 1.0, language) for text in told["words"][name]]
    return Matcher(lists)


@cache
def tone_words() -> Matcher:
    """The lists of `TONES` of all languages at once."""
    return Matcher(
        {
            name: [
                Phrase(text, 1.0, language)
                for language in LANGUAGES
                for text in written(language)["words"][name]
            ]
            for name in TONES
        }
    )


@cache
def paid_tags() -> frozenset[str]:
    """Hashtags, folded, by which posts say that they are paid for."""
    tags = [tag for language in LANGUAGES for tag in written(language)["words"]["paid_tags"]]
    return frozenset(search_form(tag) for tag in tags)
