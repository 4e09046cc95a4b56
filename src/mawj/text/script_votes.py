"""Which language a word in Arabic letters speaks for: Arabic, Persian, Urdu, Kurdish or Pashto.

A word's vote is a number for each of the five; the votes of a text are their sums. All weights
are our judgement: they follow which letters the alphabets hold (Unicode core specification,
chapter 9.2, table of letters by language) and how rare the others are as loans or as the keys
of another keyboard, which is why ک and ی weigh less than پ and ڑ.
"""

import re
from functools import cache

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
# Forms of words, over the search form: language, pattern, weight.
_FORMS = tuple(
    (language, re.compile(pattern), weight)
    for language, pattern, weight in (
        (_AR, r"(?:[وفبك]?ال|لل|ولل).{3,}", 1.2),
        (_AR, r".{2,}(?:وا|كم|هم|نا)", 0.4),
        (_AR, r"[يت].{2,}ون", 0.6),
        (_AR, r".{3,}(?:ات|ين|ون)", 0.15),
        (_FA, r"ن?مي.{2,}[ميدهنت]", 0.8),
        (_FA, r".{2,}(?:هاي|هايي|ترين|هاش|هامون)", 1.5),
        (_FA, r".{2,}(?:ند|ست|يم|تون|شون|مون)", 0.7),
        (_FA, r".{3,}(?:ان|ش|م)", 0.15),
    )
)
_MOST_REMEMBERED = 400_000


@cache
def _function_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Function words that only Arabic, only Persian, only Urdu has."""
    ar, fa, ur = stop_words("ar"), stop_words("fa"), stop_words("ur")
    return ar - fa, fa - ar, ur - ar - fa


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
    for language, only in zip((_AR, _FA, _UR), _function_words(), strict=True):
        votes[language] += _FUNCTION_WORD * (form in only)
    for language, pattern, weight in _FORMS:
        if pattern.fullmatch(form):
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
