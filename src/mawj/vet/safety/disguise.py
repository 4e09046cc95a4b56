"""Undoes the spellings by which words slip past a list: f*ck, sh1t, b!tch, f u c k, ش.ر.م.و.ط.

Only words that the lists know come out of it; all other words stay as they are written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST = 4
# Cheap: most texts hold nothing of the kind and are not looked at further.
_SUSPECT = re.compile(
    r"[a-zA-Z؀-ۿ][*$!@#%][*$!@#%a-zA-Z؀-ۿ]|[a-zA-Z][0134578][a-zA-Z]"
    r"|(?<![\w.])\w[ ._\-*]\w[ ._\-*]\w(?!\w)"
)
_MASKED = re.compile(r"(?<![\w/@#.])[\w$!@*#%]+[*$!@#%0134578][\w$!@*#%]*")
_SPACED = re.compile(r"(?<![\w.])\w(?:[ ._\-*]{1,2}\w){2,11}(?!\w)")
_LEET = str.maketrans("013457$@!", "oieastsai")
_SIGNS = re.compile(r"[$!@*#%]")
_NO_LETTER = re.compile(r"[\W_]+")
_FOLD = str.maketrans("أإآةىیک", "اااهييك")


class Disguise:
    """The masked forms of words; a masked word of a text is looked up, not guessed.

    Args:
        words: single words that are worth the trouble, such as the strong ones of the lists.
    """

    def __init__(self, words: Iterable[str]) -> None:
        every = {w: w for w in words if " " not in w and len(w) > 1}
        self._plain = {w.lower().translate(_FOLD): w for w in every}
        self._masked: dict[str, str] = {}
        for folded, word in self._plain.items():
            if len(folded) >= _LEAST:
                for masked in _maskings(folded):
                    self._masked.setdefault(masked, word)

    def undone(self, text: str) -> str:
        """`text` with its disguised words as the lists write them."""
        if not _SUSPECT.search(text):
            return text
        text = _SPACED.sub(self._joined, text)
        return _MASKED.sub(self._unmasked, text)

    def _joined(self, found: re.Match[str]) -> str:
        said = found.group()
        letters = _NO_LETTER.sub("", said).lower().translate(_FOLD)
        return self._plain.get(letters, said) if len(letters) > 2 else said

    def _unmasked(self, found: re.Match[str]) -> str:
        said = found.group()
        word = said.rstrip("!").lower().translate(_FOLD)
        plain = self._plain.get(word.translate(_LEET))
        if plain is None:
            plain = self._masked.get(_SIGNS.sub("*", word))
        return plain or said


def _maskings(word: str) -> Iterable[str]:
    """The word with one or more letters after the first hidden: f*ck, f**k, f***, s*it."""
    n = len(word)
    for first in range(1, n):
        for last in range(first + 1, min(first + 4, n + 1)):
            if last - first < n - 1:
                yield word[:first] + "*" * (last - first) + word[last:]
