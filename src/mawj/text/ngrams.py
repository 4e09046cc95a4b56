"""Character and word n-grams of texts, as numbers of buckets: fast, and the same everywhere.

What counts as an n-gram: every run of letters inside a word, with the word's two ends as
letters (``·kh``); whole words; two words that follow each other; each emoji. Texts are compared
in search form (``normalise``), so spelling, harakat, digits, the Arabic and the Persian kaf and
yeh, and lengthened letters do not matter. Links, mentions and HTML entities are left out. Each
n-gram is hashed (FNV-1a with the finaliser of MurmurHash3) into one of 2^bits buckets: no
vocabulary has to be kept, and two n-grams seldom meet in one.

Only the first 2,000 characters of a text are read: a post of ten megabytes costs no more.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from mawj.text.forms import search_forms
from mawj.text.letters import is_word_character
from mawj.text.normalise import search_form

MOST_CHARACTERS = 2_000
_BETWEEN, _SEPARATOR = "\x1e", 0x1E
_APART, _IN_WORD, _SIGN, _UNASKED = 0, 1, 2, 255
_TEXTS_AT_ONCE = 4_096
_LEFT_OUT = re.compile(
    r"(?:https?://|www\.)\S+|[@＠][\w.]+|\b(?:HTTPURL|URL|USER)\b|_x000D_|<LF>"
)
# Offset and prime of 64-bit FNV-1a (Fowler, Noll, Vo).
_OFFSET, _PRIME = 0xCBF29CE484222325, 0x100000001B3
_WORD, _PAIR = 7_919, 31
_ALL = (1 << 64) - 1

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True)
class NgramSettings:
    """Which n-grams are made.

    Attributes:
        shortest, longest: letters of a run inside a word, its ends counted; 2 to 5 told offence
            best across Arabic sets in `benchmarks.safety`.
        has_pairs: whether two words that follow each other are one n-gram.
        bits: buckets are 2 to this power; 20 keeps meetings of two n-grams rare; our judgement.
    """

    shortest: int = 2
    longest: int = 5
    has_pairs: bool = True
    bits: int = 20


@dataclass(frozen=True)
class Buckets:
    """The distinct buckets of each text: text i has ``bucket[start[i]:start[i + 1]]``."""

    bucket: Ints
    start: Longs

    @property
    def n_each(self) -> Longs:
        """How many distinct buckets each text has."""
        return np.diff(self.start)


def read_part(text: str) -> str:
    """What of a text is read: without links, mentions and entities, cut to its beginning."""
    text = text[: 2 * MOST_CHARACTERS]
    if "&" in text:
        text = html.unescape(text)
    text = _LEFT_OUT.sub(" ", text)[:MOST_CHARACTERS]
    return text.replace("_", " ").replace(_BETWEEN, " ")


def buckets(texts: Sequence[str], settings: NgramSettings) -> Buckets:
    """The buckets of the n-grams of each text."""
    pieces = [
        _at_once(texts[start : start + _TEXTS_AT_ONCE], settings)
        for start in range(0, len(texts), _TEXTS_AT_ONCE)
    ]
    if not pieces:
        return Buckets(np.empty(0, np.int32), np.zeros(1, np.int64))
    counts = np.concatenate([piece.n_each for piece in pieces])
    start = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return Buckets(np.concatenate([piece.bucket for piece in pieces]), start)


def _at_once(texts: Sequence[str], settings: NgramSettings) -> Buckets:
    forms = search_forms([read_part(text) for text in texts])
    joined = _BETWEEN.join(forms) + _BETWEEN
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.flatnonzero(codes == _SEPARATOR)
    bucket, start = _kernel(
        codes, _KINDS.of(codes), ends,
        (settings.shortest, settings.longest, int(settings.has_pairs), settings.bits),
    )  # fmt: skip
    return Buckets(bucket, start)


class _Kinds:
    """What each character is: part of a word, a sign of its own (emoji), or neither."""

    def __init__(self) -> None:
        self._table = np.full(0x110000, _UNASKED, np.uint8)

    def of(self, codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
        found = self._table[codes]
        if (found == _UNASKED).any():
            for code in np.unique(codes[found == _UNASKED]).tolist():
                self._table[code] = kind_of(chr(code))
            found = self._table[codes]
        return found


def kind_of(character: str) -> int:
    """0 parts words, 1 belongs to a word, 2 is an n-gram of its own."""
    if is_word_character(character):
        return _IN_WORD
    is_sign = ord(character) > 0x2000 and unicodedata.category(character) in ("So", "Sk")
    return _SIGN if is_sign else _APART


_KINDS = _Kinds()


@numba.njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _mixed(value: Any) -> Any:
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xFF51AFD7ED558CCD)
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xC4CEB9FE1A85EC53)
    return value ^ (value >> np.uint64(33))


@numba.njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _runs(codes: Any, ends: tuple[int, int], asked: Any, out: Any) -> Any:
    """Fill `out` with the buckets of the runs of one word; how many there are."""
    first, after = ends
    shortest, longest, _, bits = asked
    mask, prime = np.uint64((1 << bits) - 1), np.uint64(_PRIME)
    length, n = after - first + 2, 0
    for begin in range(length - 1):
        value = np.uint64(_OFFSET)
        for size in range(1, min(longest, length - begin) + 1):
            at = begin + size - 1
            is_end = at in (0, length - 1)
            code = np.uint64(32) if is_end else np.uint64(codes[first + at - 1])
            value = (value ^ code) * prime
            if size >= shortest:
                out[n] = np.int32(_mixed(value + np.uint64(size)) & mask)
                n += 1
    return n


@numba.njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _word(codes: Any, first: int, after: int) -> Any:
    value = np.uint64(_OFFSET)
    for at in range(first, after):
        value = (value ^ np.uint64(codes[at])) * np.uint64(_PRIME)
    return _mixed(value + np.uint64(_WORD))


@numba.njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _distinct(values: Any) -> Any:
    """Sort `values` in place and move its distinct ones to the front; how many there are."""
    values.sort()
    n = 0
    for value in values:
        if n == 0 or value != values[n - 1]:
            values[n] = value
            n += 1
    return n


@numba.njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _kernel(codes: Any, kinds: Any, ends: Any, asked: Any) -> Any:
    mask = np.uint64((1 << asked[3]) - 1)
    # A letter begins at most `longest` runs; each word adds its two ends, itself and a pair.
    out = np.empty((asked[1] + 4) * (codes.size + 2), np.int32)
    start, filled, at = np.zeros(ends.size + 1, np.int64), 0, 0
    for text in range(ends.size):
        begun, before, has_before = filled, np.uint64(0), False
        while at < ends[text]:
            if kinds[at] == _APART:
                at += 1
                continue
            after = at + 1
            while kinds[at] == _IN_WORD and kinds[after] == _IN_WORD:
                after += 1
            word = _word(codes, at, after)
            out[filled] = np.int32(word & mask)
            filled += 1
            if asked[2] and has_before:
                pair = _mixed(before * np.uint64(_PAIR) + word)
                out[filled] = np.int32(pair & mask)
                filled += 1
            before, has_before = word, True
            if kinds[at] == _IN_WORD:
                filled += _runs(codes, (at, after), asked, out[filled:])
            at = after
        filled = begun + _distinct(out[begun:filled])
        start[text + 1] = filled
        at = ends[text] + 1
    return out[:filled].copy(), start


def named_buckets(text: str, settings: NgramSettings) -> Iterator[tuple[int, str]]:
    """Each n-gram of one text as people read it, with its bucket: the same rule, unhurried."""
    mask = (1 << settings.bits) - 1
    before: tuple[int, str] | None = None
    for word in _words(search_form(read_part(text))):
        value = _mixed_plainly(_fnv(word) + _WORD)
        yield value & mask, word
        if settings.has_pairs and before is not None:
            pair = _mixed_plainly(before[0] * _PAIR + value)
            yield pair & mask, f"{before[1]} {word}"
        before = value, word
        if kind_of(word[0]) == _IN_WORD:
            padded = f" {word} "
            for begin in range(len(padded) - 1):
                for size in range(settings.shortest, settings.longest + 1):
                    run = padded[begin : begin + size]
                    if len(run) == size:
                        yield _mixed_plainly(_fnv(run) + size) & mask, run.replace(" ", "·")


def _words(form: str) -> Iterator[str]:
    word = ""
    for character in f"{form} ":
        kind = kind_of(character)
        if kind == _IN_WORD:
            word += character
            continue
        if word:
            yield word
        word = ""
        if kind == _SIGN:
            yield character


def _fnv(text: str) -> int:
    value = _OFFSET
    for character in text:
        value = ((value ^ ord(character)) * _PRIME) & _ALL
    return value


def _mixed_plainly(value: int) -> int:
    value &= _ALL
    value ^= value >> 33
    value = (value * 0xFF51AFD7ED558CCD) & _ALL
    value ^= value >> 33
    value = (value * 0xC4CEB9FE1A85EC53) & _ALL
    return value ^ (value >> 33)
