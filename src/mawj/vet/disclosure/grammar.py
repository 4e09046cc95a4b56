"""How the patterns of the wording files are written, and the regular expressions they become.

A pattern is a row of tokens parted by blanks, met in the search form of a text (see
`mawj.text.normalise`), so that spelling, accents and signs do not matter:

* ``word``: that word; ``stem*``: any word that begins so; ``*``: any word;
* ``(a|b c)``: one of these, each a row of tokens itself; a ``?`` behind makes it optional;
* ``{name}``: one of the file's concept of that name; ``{mention}``: an @handle;
* ``..3``: up to three words in between.

Words follow each other across any signs but the end of a sentence. In Arabic a word may carry
the prefixes that are written onto it, in Persian the most common endings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mawj.text.normalise import search_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_BETWEEN = r"(?:[^\w.!?;]|_)+"
_GAP_WORD = r"[^\W_]+(?:\.[^\W_]+)*"
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"
_MENTION = r"[@＠][\w.\-]+"
_TOKEN = re.compile(r"\((?:[^()]*)\)\??|\S+")
_PREFIXES = ("", "ال", "ب", "ل", "ك", "بال", "كال", "لل")
_CONJUNCTIONS = ("", "و", "ف")
_ENDINGS = ("", "ها", "هاي", "ي", "ه")
_LEAST = 3


def forms_of(word: str, language: str) -> list[str]:
    """A folded word with what the language may write onto it; short words stay alone."""
    if len(word) < _LEAST or word.isascii():
        return [word]
    if language == "ar":
        return [c + p + word for c in _CONJUNCTIONS for p in _PREFIXES]
    return [word + ending for ending in _ENDINGS] if language == "fa" else [word]


class Grammar:
    """Turns the patterns of one language into regular expressions.

    Args:
        language: whose prefixes and endings words may carry.
        concepts: lists of words and rows of words by name.
    """

    def __init__(self, language: str, concepts: Mapping[str, Sequence[str]]) -> None:
        self._language = language
        self._concepts = concepts

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """The regular expression of one pattern, for texts in search form."""
        return re.compile(_START + self._row(pattern) + _END)

    def anchors(self, pattern: str) -> frozenset[str]:
        """Words one of which a text must hold for the pattern to be met; empty: unknown.

        Of the pattern's tokens the one with the longest shortest word: the rarest, as a rule.
        """
        best: set[str] = set()
        for token in _TOKEN.findall(pattern):
            if not token.endswith("?") and not token.startswith(".."):
                words = [self._longest(row) for row in self._rows(token)]
                if min(map(len, words)) > min(map(len, best), default=0):
                    best = set(words)
        return frozenset(form for word in best for form in forms_of(word, self._language))

    def _rows(self, token: str) -> list[str]:
        """The alternatives that one token stands for, each a row of tokens."""
        token = token.removesuffix("?")
        if token == "{mention}":
            return [token]
        if token[0] == "{":
            return list(self._concepts[token[1:-1]])
        return token[1:-1].split("|") if token[0] == "(" else [token]

    def _longest(self, row: str) -> str:
        words = [w for t in row.split() for w in self._whole(t)]
        return max(words, key=len, default="")

    def _whole(self, token: str) -> Iterator[str]:
        """The whole folded words that a token asks for."""
        if token.startswith("{") and token != "{mention}":
            # A concept inside an alternative: one of many, so that nothing is sure.
            return
        if "*" not in token and not token.startswith("..") and token != "{mention}":
            yield from search_form(token).split()

    def _row(self, row: str) -> str:
        parts: list[str] = []
        gap = ""
        for token in _TOKEN.findall(row):
            if token.startswith(".."):
                gap = rf"(?:{_GAP_WORD}{_BETWEEN}){{0,{token[2:]}}}?"
                continue
            between = _BETWEEN + gap if parts else ""
            unit = "|".join(self._alternative(one) for one in self._rows(token))
            unit = f"(?:{unit})"
            parts.append(f"(?:{between}{unit})?" if token.endswith("?") else between + unit)
            gap = ""
        return "".join(parts)

    def _alternative(self, row: str) -> str:
        if row == "{mention}":
            return _MENTION
        if " " in row or row[:1] == "{":
            return self._row(row)
        return self._word(row)

    def _word(self, token: str) -> str:
        if token == "*":
            return _GAP_WORD
        stem = search_form(token.rstrip("*"))
        if not stem:
            raise ValueError(f"the token {token!r} folds to nothing")
        inner = _BETWEEN.join(re.escape(part) for part in stem.split())
        inner = _written_on(inner, stem, self._language)
        return inner + (r"[^\W_]*" if token.endswith("*") else "") + _END


def _written_on(inner: str, stem: str, language: str) -> str:
    if len(stem) < _LEAST or stem.isascii():
        return inner
    if language == "ar":
        return f"[وف]?(?:{_either(_PREFIXES)})?{inner}"
    return f"{inner}(?:{_either(_ENDINGS)})?" if language == "fa" else inner


def _either(parts: Sequence[str]) -> str:
    return "|".join(sorted((part for part in parts if part), key=len, reverse=True))
