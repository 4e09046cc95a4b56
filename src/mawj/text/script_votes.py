"""Which language a word in Arabic letters speaks for: Arabic, Persian, Urdu, Kurdish or Pashto.

A word's vote is a number for each of the five; the votes of a text are their sums. All weights
are our judgement: they follow which letters the alphabets hold (Unicode core specification,
chapter 9.2, table of letters by language) and how rare the others are as loans or as the keys
of another keyboard, which is why ک and ی weigh less than پ and ڑ.
"""

from functools import cache
from typing import NamedTuple

from mawj.text.normalise import search_form
from mawj.text.stopwords import stop_words

CODES = ("ar", "fa", "ur", "ckb", "ps")
Votes = tuple[float, float, float, float, float]
_AR, _FA, _UR, _CKB, _PS = range(5)

_LETTER_WEIGHTS: tuple[tuple[int, dict[str, float]], ...] = (
    (_AR, {"ة": 2.5, "إ": 2.5, "أ": 1.2, "ٱ": 2.0, "ى": 1.5, "ك": 0.7, "ي": 0.5, "ڭ": 2.0,
           "ث": 0.3, "ذ": 0.2, "ض": 0.3, "ظ": 0.3, "ط": 0.25, "ص": 0.25, "ع": 0.25, "ح": 0.3}),
    (_FA, {"پ": 1.5, "چ": 1.0, "ژ": 2.0, "گ": 1.2, "ک": 0.8, "ی": 0.8, "ۀ": 1.5}),
    (_UR, {"ٹ": 3.0, "ڈ": 3.0, "ڑ": 3.0, "ں": 3.0, "ے": 3.0, "ۓ": 3.0, "ہ": 2.0, "ھ": 1.0,
           "ک": 0.4, "ی": 0.4, "پ": 0.6, "چ": 0.5, "گ": 0.6}),
    (_CKB, {"ۆ": 3.0, "ێ": 3.0, "ڵ": 3.0, "ڕ": 3.0, "ە": 2.0, "ڤ": 0.6, "ک": 0.3, "ی": 0.3,
            "پ": 0.4, "چ": 0.4, "گ": 0.4}),
    (_PS, {"ټ": 3.0, "ډ": 3.0, "ړ": 3.0, "ښ": 3.0, "ږ": 3.0, "ځ": 3.0, "څ": 3.0, "ڼ": 3.0,
           "ۍ": 3.0, "ې": 1.5}),
)  # fmt: skip
_BY_LETTER = {
    letter: tuple(
        (code, weights[letter]) for code, weights in _LETTER_WEIGHTS if letter in weights
    )
    for letter in {letter for _, weights in _LETTER_WEIGHTS for letter in weights}
}
_FUNCTION_WORD = 2.0


class _Shape(NamedTuple):
    """A shape of words, over folded letters, that speaks for a language."""

    language: int
    weight: float
    least_length: int
    beginnings: tuple[str, ...] = ("",)
    endings: tuple[str, ...] = ("",)


_SHAPES = (
    _Shape(_AR, 1.2, 5, beginnings=("ال", "لل", "ولل", "وال", "فال", "بال", "كال")),
    _Shape(_AR, 0.4, 4, endings=("وا", "كم", "هم", "نا")),
    _Shape(_AR, 0.6, 5, beginnings=("ي", "ت"), endings=("ون",)),
    _Shape(_AR, 0.15, 5, endings=("ات", "ين", "ون")),
    _Shape(_FA, 0.8, 5, ("مي", "نمي"), ("م", "ي", "د", "ه", "ن", "ت")),
    _Shape(_FA, 1.5, 4, endings=("هاي", "هايي", "ترين", "هاش", "هامون")),
    _Shape(_FA, 0.7, 4, endings=("ند", "ست", "يم", "تون", "شون", "مون")),
    _Shape(_FA, 0.15, 5, endings=("ان", "ش", "م")),
)
_MOST_REMEMBERED = 400_000


@cache
def _function_words() -> dict[str, int]:
    """Language of each function word that Arabic, Persian and Urdu do not share."""
    ar, fa, ur = stop_words("ar"), stop_words("fa"), stop_words("ur")
    return {
        **dict.fromkeys(ur - ar - fa, _UR),
        **dict.fromkeys(fa - ar, _FA),
        **dict.fromkeys(ar - fa, _AR),
    }


class VoteMemory(dict[str, Votes]):
    """Votes of each word met; forgets all when it has grown too large."""

    def __missing__(self, word: str) -> Votes:
        """Work out the votes of a word once."""
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[word] = found = _votes(word)
        return found


def _votes(word: str) -> Votes:
    votes = [0.0] * 5
    for letter in _BY_LETTER.keys() & word:
        for language, weight in _BY_LETTER[letter]:
            votes[language] += weight
    form = search_form(word)
    function_word_of = _function_words().get(form)
    if function_word_of is not None:
        votes[function_word_of] += _FUNCTION_WORD
    length = len(form)
    for language, weight, least, beginnings, endings in _SHAPES:
        if length >= least and form.endswith(endings) and form.startswith(beginnings):
            votes[language] += weight
    return votes[0], votes[1], votes[2], votes[3], votes[4]


VOTES = VoteMemory()


def votes_of(words: list[str]) -> list[float]:
    """Sums of the votes of words, in the order of ``CODES``."""
    ar = fa = ur = ckb = ps = 0.0
    for word in words:
        v = VOTES[word]
        ar += v[0]
        fa += v[1]
        ur += v[2]
        ckb += v[3]
        ps += v[4]
    return [ar, fa, ur, ckb, ps]
