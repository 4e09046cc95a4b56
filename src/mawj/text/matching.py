"""Finds the phrases of term lists in texts, in any spelling, and where they stand.

A phrase is met when its words follow each other in the text: compared in search form
(``normalise``), so that spelling, harakat, digits and lengthened letters do not matter; as
whole words, which may carry Arabic clitics (وبالخمر), Persian endings (مشروب‌هایی) or an English
plural. Signs between the words do not matter either. Words inside links, mail addresses and
mentions are not met.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from mawj.text.clitics import ARABIC, ENGLISH, LENGTHENED, PERSIAN, PLAIN, readings
from mawj.text.forms import search_forms
from mawj.text.letters import MARKS, is_word_character
from mawj.text.normalise import Folded
from mawj.text.placing import placed

_BETWEEN = "\x1e"
_TEXTS_AT_ONCE = 4_096
_MOST_REMEMBERED = 400_000
_RUN = re.compile(r"(\w)\1\1")
_LINK_OR_MENTION = re.compile(r"(?:https?://|www\.)\S+|[@＠][\w.\-]+")
_DOUBLED = re.compile(r"(.)\1+")
_ALLOWED = {
    "ar": PLAIN | ARABIC | LENGTHENED,
    "fa": PLAIN | PERSIAN | LENGTHENED,
    "en": PLAIN | ENGLISH | LENGTHENED,
}
_ANY = PLAIN | ARABIC | PERSIAN | ENGLISH | LENGTHENED


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a term list.

    Attributes:
        text: as one writes it; several words, signs and emoji are allowed.
        strength: how much it says, in the list's own unit.
        language: ar, fa or en: whose clitics it may carry; empty for any.
        exact: no clitics and no lengthened letters: for short words that others contain.
        note: what the list wants to know of it, such as a kind.
    """

    text: str
    strength: float = 1.0
    language: str = ""
    exact: bool = False
    note: str = ""

    @property
    def allowed(self) -> int:
        """The ways in which its words may be cut out of a text's words."""
        return PLAIN if self.exact else _ALLOWED.get(self.language, _ANY)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: ``text[first:last]`` is what the author wrote."""

    list: str
    phrase: Phrase
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Met:
    """A phrase found, placed by words: from the word ``first``, before the word ``after``."""

    list: str
    phrase: Phrase
    first: int
    after: int


class _Node:
    """A word of the tree of phrases: what may follow, and which phrases end here."""

    __slots__ = ("after", "ends")

    def __init__(self) -> None:
        self.after: dict[str, _Node] = {}
        self.ends: list[tuple[str, Phrase]] = []


class _Parts(dict[int, str]):
    """Map for ``str.translate`` that parts words by blanks and keeps the lists' own emoji."""

    def __init__(self, signs: Iterable[str]) -> None:
        super().__init__({ord(sign): f" {sign} " for sign in signs})
        self[ord("'")] = ""
        self[ord(_BETWEEN)] = _BETWEEN

    def __missing__(self, code: int) -> str:
        """A blank for all that is no part of a word."""
        self[code] = chr(code) if is_word_character(chr(code)) else " "
        return self[code]


class _Readings(dict[str, tuple[tuple[str, int], ...]]):
    """The lists' own words that a text's word may be; empty for nearly all words."""

    def __init__(self, allowed: Mapping[str, int]) -> None:
        super().__init__()
        self._allowed = allowed

    def __missing__(self, word: str) -> tuple[tuple[str, int], ...]:
        """Work out once, and forget all when too many words are known."""
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        found = {}
        for lengthened, said in ((0, word), (LENGTHENED, _DOUBLED.sub(r"\1", word))):
            if lengthened and said == word:
                break
            for rest, cut in readings(said):
                if self._allowed.get(rest, 0) & cut and rest not in found:
                    found[rest] = cut | lengthened
        self[word] = tuple(found.items())
        return self[word]


def _signs(text: str) -> set[str]:
    """Emoji and other signs that a phrase made of nothing else is known by."""
    if any(is_word_character(c) for c in text):
        return set()
    return {c for c in text if ord(c) > 0x2000 and not 0xFE00 <= ord(c) <= 0xFE0F}


class Matcher:
    """Term lists made ready for search; building takes about 20 µs a phrase.

    Args:
        lists: phrases (or plain texts) by list name. Phrases that fold to nothing are left out.
    """

    def __init__(self, lists: Mapping[str, Iterable[Phrase | str]]) -> None:
        every = [
            (name, phrase if isinstance(phrase, Phrase) else Phrase(phrase))
            for name, phrases in lists.items()
            for phrase in phrases
        ]
        signs = {s for _, phrase in every for s in _signs(phrase.text)}
        self._parts = _Parts(signs)
        either = "".join(f"|{re.escape(sign)}" for sign in sorted(signs))
        self._word = re.compile(rf"(?:[^\W_]|[{MARKS}])[^\W_]*(?:[{MARKS}'][^\W_]*)*{either}")
        self._root = _Node()
        allowed: dict[str, int] = {}
        forms = search_forms([phrase.text for _, phrase in every])
        for entry, form in zip(every, forms, strict=True):
            words = form.translate(self._parts).split()
            for word in words:
                allowed[word] = allowed.get(word, 0) | entry[1].allowed
            self._add(entry, words)
        self._readings = _Readings(allowed)

    def _add(self, entry: tuple[str, Phrase], words: Sequence[str]) -> None:
        if words:
            node = self._root
            for word in words:
                node = node.after.setdefault(word, _Node())
            node.ends.append(entry)

    def hits(self, text: str) -> list[Hit]:
        """The phrases in one text, in their order; of one list the longest where they nest."""
        return self.hits_of([text])[0]

    def hits_of(self, texts: Sequence[str]) -> list[list[Hit]]:
        """``hits`` of each text: much faster for many texts at once."""
        starts = range(0, len(texts), _TEXTS_AT_ONCE)
        return [
            hits
            for start in starts
            for hits in self._hits_at_once(texts[start : start + _TEXTS_AT_ONCE])
        ]

    def met_of(self, texts: Sequence[str]) -> list[tuple[int, list[Met]]]:
        """Words in each text, and the phrases met, placed by words; nested ones stay.

        Twice as fast as ``hits_of`` where most texts hold a phrase. Links and mentions are
        words here like others: take them out before.
        """
        starts = range(0, len(texts), _TEXTS_AT_ONCE)
        return [
            met
            for start in starts
            for met in self._met_at_once(texts[start : start + _TEXTS_AT_ONCE])
        ]

    def _met_at_once(self, texts: Sequence[str]) -> list[tuple[int, list[Met]]]:
        known = self._readings
        found: list[tuple[int, list[Met]]] = []
        parted = self._parted(search_forms(texts))
        for text, words in zip(texts, parted, strict=True):
            read = [known[word] for word in words.split()]
            met = self._met(read) if any(read) else []
            # Only what the author lengthened may be met as lengthened.
            has_run = bool(met) and _RUN.search(text) is not None
            kept = [
                Met(name, phrase, first, after)
                for first, after, cut, (name, phrase) in met
                if has_run or not cut & LENGTHENED
            ]
            found.append((len(read), kept))
        return found

    def _parted(self, forms: Sequence[str]) -> list[str]:
        """The words of each search form, parted by blanks."""
        return _BETWEEN.join(forms).translate(self._parts).split(_BETWEEN)

    def _hits_at_once(self, texts: Sequence[str]) -> list[list[Hit]]:
        known = self._readings
        found: list[list[Hit]] = []
        forms = search_forms(texts)
        for text, form, words in zip(texts, forms, self._parted(forms), strict=True):
            read = [known[word] for word in words.split()]
            met = self._met(read) if any(read) else []
            found.append(self._placed(text, form, met) if met else [])
        return found

    def _met(
        self, read: list[tuple[tuple[str, int], ...]]
    ) -> list[tuple[int, int, int, tuple[str, Phrase]]]:
        """Phrases met: first word, word after the last, how their words were cut, phrase."""
        met: list[tuple[int, int, int, tuple[str, Phrase]]] = []
        begin = self._root.after
        for first, here in enumerate(read):
            for word, cut in here:
                node = begin.get(word)
                if node is not None:
                    met += [
                        (first, first + 1, cut, entry)
                        for entry in node.ends
                        if not cut & ~entry[1].allowed
                    ]
                    # Most phrases are one word: the walk begins only where more may follow.
                    if node.after and first + 1 < len(read) and read[first + 1]:
                        met += self._longer(node, first, cut, read)
        return met

    def _longer(
        self, node: _Node, first: int, cut: int, read: list[tuple[tuple[str, int], ...]]
    ) -> list[tuple[int, int, int, tuple[str, Phrase]]]:
        """Phrases of two words and more that begin with the word `first`."""
        met = []
        ways = list(self._onward(node, first + 1, cut, read))
        while ways:
            node, at, cut = ways.pop()
            met += [
                (first, at, cut, entry) for entry in node.ends if not cut & ~entry[1].allowed
            ]
            ways += self._onward(node, at, cut, read)
        return met

    def _onward(
        self, node: _Node, at: int, cut: int, read: list[tuple[tuple[str, int], ...]]
    ) -> Iterator[tuple[_Node, int, int]]:
        if at < len(read) and node.after:
            for word, how in read[at]:
                if word in node.after:
                    yield node.after[word], at + 1, cut | how

    def _placed(
        self, text: str, form: str, met: list[tuple[int, int, int, tuple[str, Phrase]]]
    ) -> list[Hit]:
        """Hits at their places in the original text, without those that do not count."""
        has_run = _RUN.search(text) is not None
        met = [m for m in met if has_run or not m[2] & LENGTHENED]
        if not met:
            return []
        whole = placed(text.replace(_BETWEEN, " "), form)
        spans = self._word_spans(whole, max(m[1] for m in met))
        hits = set()
        for first, after, cut, (name, phrase) in met:
            start, end = whole.span(spans[first][0], spans[after - 1][1])
            if not cut & LENGTHENED or _RUN.search(text, start, end):
                hits.add(Hit(name, phrase, start, end))
        outside = [m.span() for m in _LINK_OR_MENTION.finditer(text)]
        if outside:
            hits = {h for h in hits if not any(h.first < b and h.last > a for a, b in outside)}
        return _longest(hits)

    def _word_spans(self, form: Folded, n: int) -> list[tuple[int, int]]:
        """First and after-last character of the first `n` words in the folded text."""
        return [found.span() for found in islice(self._word.finditer(form.text), n)]


def _longest(hits: Collection[Hit]) -> list[Hit]:
    """Hits in order, without those that lie inside a longer one of their own list."""
    ordered = sorted(hits, key=lambda h: (h.first, -h.last, h.list, h.phrase.text))
    kept: list[Hit] = []
    ends: dict[str, int] = {}
    for hit in ordered:
        if hit.last > ends.get(hit.list, -1):
            kept.append(hit)
            ends[hit.list] = hit.last
    return kept
