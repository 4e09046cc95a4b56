"""What a word may be without the small words that Arabic and Persian write onto it.

Works on folded words (see ``normalise``) and proposes; whoever asks looks whether a proposal is
a word it knows. Proposals are told apart by language, so that Persian endings are never cut
from an Arabic phrase.

Source: the Arabic prefixes and pronouns are those of the "light8" and "light10" stemmers
(Larkey, Ballesteros, Connell 2002, table 3) with what dialects add (هال, عال, يا written onto
the word, ـكو, ـكن); the Persian endings and the least lengths are our judgement.
"""

from collections.abc import Iterator, Mapping, Sequence

from mawj.text.folding import HEH

PLAIN, ARABIC, PERSIAN, ENGLISH, LENGTHENED = 1, 2, 4, 8, 16
"""How a proposal was made: bits that may be joined."""

_PREFIXES = (
    "وبال", "وهال", "وال", "فال", "بال", "كال", "هال", "عال", "ولل", "فلل", "لل", "ال", "يا",
    "وب", "ول", "فب", "فل", "و", "ف", "ب", "ل", "ك",
)  # fmt: skip
_SUFFIXES = (
    "هم", "هن", "ها", "كم", "كن", "كو", "نا", "ني", "وا", "ات", "ين", "ون", "ه", "ك", "ي",
)  # fmt: skip
_PERSIAN_ENDINGS = (
    "هايمان", "هايتان", "هايشان", "هاشون", "هاتون", "هامون", "هايي", "هايم", "هايت", "هايش",
    "هاي", "هام", "هات", "هاش", "هارو", "ها", "مان", "تان", "شان", "مون", "تون", "شون", "ان",
    "ام", "ات", "اش", "اي", "ترين", "تر", "رو", "و", "م", "ت", "ش", "ي",
)  # fmt: skip
_LEAST, _LEAST_BESIDE_ONE = 3, 4


def _by_letter(parts: Sequence[str], place: int) -> Mapping[str, tuple[str, ...]]:
    """The parts by the letter at `place`, each in the order of the whole: few to try a word."""
    letters = {part[place] for part in parts}
    return {letter: tuple(p for p in parts if p[place] == letter) for letter in letters}


_PREFIXES_BY_FIRST = _by_letter(_PREFIXES, 0)
_SUFFIXES_BY_LAST = _by_letter(_SUFFIXES, -1)
_PERSIAN_BY_LAST = _by_letter(_PERSIAN_ENDINGS, -1)


def _is_enough(rest: str, cut: str) -> bool:
    """One letter is cut from longer words only; «و» (and) stands before any."""
    return len(rest) >= (_LEAST if len(cut) > 1 or cut == "و" else _LEAST_BESIDE_ONE)


def _without_prefix(word: str) -> Iterator[str]:
    yield word
    for prefix in _PREFIXES_BY_FIRST.get(word[:1], ()):
        if word.startswith(prefix) and _is_enough(word[len(prefix) :], prefix):
            yield word[len(prefix) :]


def _without_suffix(word: str) -> Iterator[str]:
    for suffix in _SUFFIXES_BY_LAST.get(word[-1:], ()):
        rest = word[: -len(suffix)]
        if word.endswith(suffix) and len(rest) >= _LEAST:
            if _is_enough(rest, suffix):
                yield rest
            # ـة is ت before a pronoun, and gives way to ـات.
            if suffix == "ات":
                yield rest + HEH
            elif rest.endswith("ت"):
                yield rest[:-1] + HEH


def _without_persian_ending(word: str) -> Iterator[str]:
    for ending in _PERSIAN_BY_LAST.get(word[-1:], ()):
        rest = word[: -len(ending)]
        # A lone «و» is the spoken object sign: «مشروبو بده».
        least = _LEAST if len(ending) > 1 else _LEAST_BESIDE_ONE
        if word.endswith(ending) and len(rest) >= least:
            yield rest


def _without_plural(word: str) -> Iterator[str]:
    if len(word) > _LEAST and word.endswith("s"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
        if word.endswith("ies"):
            yield word[:-3] + "y"


def readings(word: str) -> Iterator[tuple[str, int]]:
    """The folded word itself, then shorter words it may hold, each with how it was cut."""
    yield word, PLAIN
    if word.isascii():
        for rest in _without_plural(word):
            yield rest, ENGLISH
        return
    for rest in _without_prefix(word):
        if rest != word:
            yield rest, ARABIC
        for shorter in _without_suffix(rest):
            yield shorter, ARABIC
    for rest in _without_persian_ending(word):
        yield rest, PERSIAN
