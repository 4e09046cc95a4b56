"""A light stem of a folded word: what search compares, never what is shown.

Source: the prefixes and the plural endings are those of the "light10" stemmer (Larkey,
Ballesteros, Connell 2002, table 3) without «و» and its one-letter endings, which cut into
brands and names (ـة stays, so تجارية and تجاري are two terms). English plurals follow the
S-stemmer (Harman 1991, section 2). The Persian endings and all exceptions are our judgement,
kept as lists in ``words/``.
"""

from functools import cache

from mawj.text.folding import HEH
from mawj.text.normalise import search_form
from mawj.text.stopwords import stop_words
from mawj.text.word_lists import words

# Longest first; what remains must have three letters, and four before an inflection.
_PREFIXES = ("وبال", "ولل", "فلل", "وال", "بال", "كال", "فال", "لل", "ال")
_LEAST_AFTER_PREFIX = 3
_INFLECTIONS = ("ين", "ون", "ات", "تين", "تان")
_LEAST_BEFORE_INFLECTION = 4
# The Persian plural with what may follow it, and the superlative.
_PLURALS = (
    "هايمان", "هايتان", "هايشان", "هامون", "هاتون", "هاشون", "هايي", "هايم", "هايت", "هايش",
    "هاي", "هام", "هات", "هاش", "هارو", "هاست", "ها", "ترينها", "تريني", "ترين",
)  # fmt: skip
_LEAST_BEFORE_PLURAL = 3
_PERSIAN_ONLY = frozenset("پچژگ")
_MOST_REMEMBERED = 400_000


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(search_form(word) for word in words(name))


@cache
def _not_prefixed() -> tuple[str, ...]:
    return tuple(sorted(_list("not_prefixed")))


@cache
def _left_alone() -> frozenset[str]:
    """Function words and words that only look inflected."""
    function_words = stop_words("ar") | stop_words("fa") | stop_words("en")
    return function_words | _list("not_inflected")


def _without_prefix(word: str) -> str:
    # Again and again: الألعاب loses its article and stands beside ألعاب, typed العاب or not.
    while word.startswith(_PREFIXES) and not word.startswith(_not_prefixed()):
        length = next(len(p) for p in _PREFIXES if word.startswith(p))
        if len(word) - length < _LEAST_AFTER_PREFIX:
            break
        word = word[length:]
    return word


def _without_ending(word: str, endings: tuple[str, ...], least: int) -> str:
    if word.endswith(endings):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= least:
                return word[: -len(ending)]
    return word


def _without_persian_ending(word: str) -> str:
    # رسانه‌ای without its ZWNJ looks like a plural of رسان.
    if word.endswith("اي") and word[:-2] in _list("fa_heh"):
        return word[:-2]
    if word.endswith("تر") and word[:-2] in _list("fa_adjectives"):
        return word[:-2]
    return _without_ending(word, _PLURALS, _LEAST_BEFORE_PLURAL)


def _without_inflection(word: str) -> str:
    """Word without a plural ending; ـات becomes ـة where that is a word of its own."""
    shorter = _without_ending(word, _INFLECTIONS, _LEAST_BEFORE_INFLECTION)
    is_feminine = shorter != word and shorter + HEH in _left_alone()
    return shorter + HEH if is_feminine else shorter


def _arabic_script_stem(word: str) -> str:
    left_alone = _left_alone()
    if word in left_alone:
        return word
    if word[0] == "و" and word[1:] in left_alone:
        return word[1:]
    shorter = _without_persian_ending(word)
    if shorter in left_alone or not _PERSIAN_ONLY.isdisjoint(shorter):
        return shorter
    shorter = _without_prefix(shorter)
    return shorter if shorter in left_alone else _without_inflection(shorter)


def _latin_stem(word: str) -> str:
    if len(word) < 4 or word in _left_alone() or word.endswith(("ss", "us", "is", "as", "os")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word.removesuffix("s")


class StemMemory(dict[str, str]):
    """Stem of each word met; forgets all when it has grown too large."""

    def __missing__(self, word: str) -> str:
        """Work out the stem once."""
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        found = _latin_stem(word) if word.isascii() else _arabic_script_stem(word)
        self[word] = found
        return found


STEMS = StemMemory()


def stem(word: str) -> str:
    """Light stem of a word that is in search form."""
    return STEMS[word]
