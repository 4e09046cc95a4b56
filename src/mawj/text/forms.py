"""Search forms and terms of many texts at once: the same as one by one, several times faster.

The characters of all texts are folded by one look-up in an array; only what that leaves open
(lengthened letters, detached endings) is done text by text.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from mawj.text.folding import FOLDS
from mawj.text.letters import is_word_character
from mawj.text.normalise import cut_to_form, has_gap_sign
from mawj.text.stems import STEMS

# Parts the texts; it is white space, so that no search form holds it.
_BETWEEN = "\x1e"
_BLANK, _SEPARATOR = 0x20, 0x1E
# What an entry of a look-up says besides a character: not asked yet, no character, several.
_UNASKED, _NONE, _SEVERAL = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TEXTS_AT_ONCE = 4_096

Codes = npt.NDArray[np.uint32]


class _LookUp:
    """One character to at most one other, as an array that is filled as it is asked."""

    def __init__(self, rule: Callable[[int], str]) -> None:
        self._rule = rule
        self._table = np.full(0x110000, _UNASKED, np.uint32)
        self._table[_SEPARATOR] = _SEPARATOR

    def _entry(self, code: int) -> int:
        text = self._rule(code)
        return (ord(text) if text else _NONE) if len(text) <= 1 else _SEVERAL

    def __call__(self, text: str) -> Codes:
        """Codes of the text after the look-up, without those that have none."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        found = self._table[codes]
        if (found == _UNASKED).any():
            for code in np.unique(codes[found == _UNASKED]).tolist():
                self._table[code] = self._entry(code)
            found = self._table[codes]
        if (found == _SEVERAL).any():
            for code in np.unique(codes[found == _SEVERAL]).tolist():
                text = text.replace(chr(code), self._rule(code))
            return self(text)
        kept: Codes = found[found != _NONE]
        return kept


class TermTable(dict[int, str]):
    """Map for ``str.translate`` that leaves words parted by blanks; filled as it is asked."""

    def __missing__(self, code: int) -> str:
        """A blank for all but letters, digits and marks; apostrophes join."""
        character = chr(code)
        kept = "" if character == "'" else " "
        self[code] = character if is_word_character(character) else kept
        return self[code]


TERMS = TermTable()

_FOLD = _LookUp(FOLDS.__getitem__)
_TERM = _LookUp(TERMS.__getitem__)


def _decoded(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _one_blank(codes: Codes) -> Codes:
    """Codes with one blank where several stood, and none beside a separator."""
    blank, separator = codes == _BLANK, codes == _SEPARATOR
    after_gap = np.r_[True, (blank | separator)[:-1]]
    codes = codes[~(blank & after_gap)]
    before_end = np.r_[codes[1:] == _SEPARATOR, True]
    kept: Codes = codes[~((codes == _BLANK) & before_end)]
    return kept


def _with_runs(codes: Codes) -> set[int]:
    """Numbers of the texts in which three equal characters stand together."""
    if len(codes) < 3:
        return set()
    run = (codes[2:] == codes[1:-1]) & (codes[1:-1] == codes[:-2]) & (codes[2:] != _SEPARATOR)
    ends = np.flatnonzero(codes == _SEPARATOR)
    return set(np.searchsorted(ends, np.flatnonzero(run)).tolist())


def _forms_at_once(texts: Sequence[str]) -> list[str]:
    joined = _BETWEEN.join(texts)
    if joined.count(_BETWEEN) != len(texts) - 1:
        joined = _BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts)
    codes = _one_blank(_FOLD(joined))
    runs = _with_runs(codes)
    forms = _decoded(codes).split(_BETWEEN)
    for number, form in enumerate(forms):
        if number in runs or has_gap_sign(form):
            forms[number] = cut_to_form(form)
    return forms


def search_forms(texts: Sequence[str]) -> list[str]:
    """``search_form`` of each text."""
    starts = range(0, len(texts), _TEXTS_AT_ONCE)
    return [
        f for start in starts for f in _forms_at_once(texts[start : start + _TEXTS_AT_ONCE])
    ]


def _terms_at_once(forms: Sequence[str]) -> list[list[str]]:
    words = _decoded(_TERM(_BETWEEN.join(forms))).split(_BETWEEN)
    return [[STEMS[word] for word in text.split()] for text in words]


def terms_of_forms(forms: Sequence[str]) -> list[list[str]]:
    """Terms of each text, which is in search form and holds no links or mentions."""
    starts = range(0, len(forms), _TEXTS_AT_ONCE)
    return [
        t for start in starts for t in _terms_at_once(forms[start : start + _TEXTS_AT_ONCE])
    ]


def terms_of_form(form: str) -> list[str]:
    """Terms of one text, which is in search form and holds no links or mentions."""
    return [STEMS[word] for word in form.translate(TERMS).split()]
