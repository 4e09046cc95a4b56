"""The wording files, read and made ready for search."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from mawj.text.normalise import search_form
from mawj.vet.disclosure.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("en", "ar", "fa", "fr", "de")
DISCLOSURES = ("ad", "affiliate", "commission", "support", "gifted")
"""Kinds of sign that tell the reader of a payment."""

_SIGN_BEHIND = r"\s*(?:[:|\-–—•/\])…*]|$)"
_SIGN_BEFORE = r"(?:^|[^\w\s#＃@]|https?://\S+|(?<!\w)\w*\d\w*)\s*"


@dataclass(frozen=True)
class Pattern:
    """One pattern: what it says, how it looks, and words that make it say something else.

    Attributes:
        kind: what it shows; see the wording files.
        look: the expression, for texts in search form.
        unless: rows of words, folded, none of which may stand in the same sentence.
        unless_inside: the same for the words it is met in.
    """

    kind: str
    look: re.Pattern[str]
    unless: tuple[str, ...]
    unless_inside: frozenset[str]


@dataclass(frozen=True)
class Wordings:
    """What one language says of payment, ready for search.

    Attributes:
        language: which; version: of its file.
        patterns: patterns by the words one of which a text must hold.
        hashtags: kind by folded tag without underscores.
        label: expression of a label word that stands alone in a line, by kind; its first
            words, one of which the line must hold.
    """

    language: str
    version: str
    patterns: Mapping[str, tuple[Pattern, ...]]
    hashtags: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, re.Pattern[str]]
    label_words: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        """Words without which nothing but a hashtag can be met."""
        return frozenset(self.patterns)


def told(name: str) -> dict[str, Any]:
    """A data file of this package as written."""
    file = resources.files("mawj.vet.disclosure") / "wordings" / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8"))


@cache
def wordings(language: str) -> Wordings:
    """The wordings of one of `LANGUAGES`."""
    file = told(language)
    by_word: dict[str, list[Pattern]] = {}
    grammar = Grammar(language, file.get("concepts", {}))
    for entry in file["pattern"]:
        for text in entry["words"]:
            pattern = Pattern(
                entry["kind"],
                grammar.compiled(text),
                tuple(search_form(said) for said in entry.get("unless", ())),
                frozenset(search_form(said) for said in entry.get("unless_inside", ())),
            )
            anchors = grammar.anchors(text)
            if not anchors:
                raise ValueError(f"{language}.toml: {text!r} holds no word that must be there")
            for word in anchors:
                by_word.setdefault(word, []).append(pattern)
    labels = file.get("labels", {})
    return Wordings(
        language,
        file["version"],
        {word: tuple(patterns) for word, patterns in by_word.items()},
        _hashtags(file.get("hashtags", {})),
        {kind: _label(texts) for kind, texts in labels.items()},
        frozenset(search_form(text).split()[0] for texts in labels.values() for text in texts),
    )


def _hashtags(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for kind, tags in lists.items():
        for tag in tags:
            found.setdefault(search_form(tag).replace("_", ""), []).append(kind)
    return {tag: tuple(dict.fromkeys(kinds)) for tag, kinds in found.items()}


def _label(texts: list[str]) -> re.Pattern[str]:
    """Label words at the beginning of a line with a sign behind, at its end with one before."""
    ordered = sorted((search_form(text) for text in texts), key=len, reverse=True)
    words = "|".join(re.escape(text).replace(r"\ ", r"[\s\-]+") for text in ordered)
    return re.compile(
        rf"^[^\w#＃@]*(?P<first>{words}){_SIGN_BEHIND}"
        rf"|[(\[|]\s*(?P<inside>{words})\s*[)\]|]"
        rf"|{_SIGN_BEFORE}(?P<last>{words})[^\w]*$"
    )
