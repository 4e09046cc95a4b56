"""One search form for all spellings of a word, and the way back to the author's spelling.

What is folded, for search only (texts are shown as written):

* compatibility forms (ﻻ, ＃, ﬁ) and accents; upper and lower case; the three sets of digits;
* harakat, tatweel, bidi and zero-width signs, control characters; ™ and its like;
* أ إ آ ٱ to ا; ى ی to ي; ک ڪ to ك; ة ہ ھ to ه; ؤ to و; ئ to ي; a lone ء is dropped;
* three or more equal letters: to one for ا و ي (جميييل, حلوووو), to two for others (cool, ههه);
* ZWNJ: deleted, and a space is deleted where Persian may write one in its place, so that
  «می‌شود», «می شود» and «میشود» are one word. The space goes before detached endings (ها, های,
  ترین, گیری … ``words/fa_detached.txt``), after «می» and «نمی» before a verb
  (``words/fa_verbs.txt``: so Arabic مي زيادة stays two words), and in pairs such as
  «کسب و کار» (``words/fa_compounds.txt``);
* white space to one blank, none at the ends.

Source: our judgement, after Unicode Standard Annex 15 (compatibility forms) and the light
normalisation usual in Arabic retrieval (Larkey, Ballesteros, Connell 2002, section 2).
"""

import re
from dataclasses import dataclass
from functools import cache

from mawj.text.folding import FOLDS
from mawj.text.word_lists import lines, words

_RUN = re.compile(r"([^\W\d_])\1{2,}")
_ANY_RUN = re.compile(r"(.)\1\1")
_MI = re.compile(r"\bن?مي ")
_LENGTHENED = frozenset("اوي")
_BLANKS = re.compile(r"^ +| +$|(?<= ) +")
_VERB_ENDINGS = (
    "م|ي|د|يم|يد|ند|ن|ين|ه|مش|مت|يش|نش|دش|تم|تي|تيم|تيد|تند|تن|تش|ا|اد|ام|اي|ان|ايم|ايد|اند"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text's search form with the way back: ``origin[i]`` is where ``text[i]`` came from."""

    text: str
    origin: tuple[int, ...]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the original, as a half-open slice.

        Marks that belong to the last letter (harakat, zero-width signs) are inside the slice.

        Raises:
            ValueError: when start and end are not 0 <= start <= end <= len(text).
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {start}:{end} is outside a text of {len(self.text)}")
        if start == end:
            at = self.origin[start] if start < len(self.origin) else self.length
            return at, at
        last = self.origin[end - 1]
        after = next((o for o in self.origin[end:] if o > last), self.length)
        return self.origin[start], after if after == last + 1 else last + 1


def _either(parts: list[str]) -> str:
    return "|".join(sorted({re.escape(p) for p in parts}, key=lambda p: (-len(p), p)))


def _plain(text: str) -> str:
    return text.translate(FOLDS)


@cache
def _gap() -> re.Pattern[str]:
    """Blanks inside what Persian writes as one word; each match is one blank to cut."""
    endings = _either([_plain(w) for w in words("fa_detached")])
    verbs = _either([_plain(w) for w in words("fa_verbs")])
    after_word = rf"(?<=\w )(?=(?:{endings})\b)"
    after_mi = rf"(?:(?<=\bمي )|(?<=\bنمي ))(?=(?:{verbs})(?:{_VERB_ENDINGS})?\b)"
    return re.compile(rf" (?:{after_word}|{after_mi})")


@cache
def _pair() -> re.Pattern[str]:
    """Words made of two with «و» between them, as three words."""
    pairs = _either([_plain(line) for line in lines("fa_compounds")])
    return re.compile(rf"\b(?:{pairs})(?=(?:ها|هاي|هايي|ي)?\b)")


@cache
def _gap_signs() -> tuple[str, ...]:
    """Beginnings of detached endings, none of which begins with another: cheap to look for."""
    found = sorted({" " + _plain(word)[:4] for word in words("fa_detached")}, key=len)
    return tuple(s for i, s in enumerate(found) if not s.startswith(tuple(found[:i])))


def has_gap_sign(form: str) -> bool:
    """Whether a text may hold a blank inside what Persian writes as one word."""
    if form.isascii():
        return False
    if " و " in form or any(sign in form for sign in _gap_signs()):
        return True
    # Many Arabic words end in مي: only where it stands alone is it the Persian prefix.
    return "مي " in form and _MI.search(form) is not None


def _gap_cuts(text: str) -> set[tuple[int, int]]:
    cuts = {m.span() for m in _gap().finditer(text)}
    if " و " in text:
        for match in _pair().finditer(text):
            cuts |= {(i, i + 1) for i in range(*match.span()) if text[i] == " "}
    return cuts


def _cuts(text: str) -> list[tuple[int, int]]:
    """Stretches to delete from a text whose characters are folded; none when it is in form."""
    cuts = set()
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        cuts = {m.span() for m in _BLANKS.finditer(text)}
        return sorted(cuts)
    if _ANY_RUN.search(text):
        for match in _RUN.finditer(text):
            keep = 1 if match[1] in _LENGTHENED else 2
            cuts.add((match.start() + keep, match.end()))
    if has_gap_sign(text):
        cuts |= _gap_cuts(text)
    return sorted(cuts)


def _without(text: str, cuts: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in cuts:
        parts.append(text[at:start])
        at = end
    parts.append(text[at:])
    return "".join(parts)


def cut_to_form(text: str) -> str:
    """Text whose characters are folded, cut until it is in search form."""
    while cuts := _cuts(text):
        text = _without(text, cuts)
    return text


def search_form(text: str) -> str:
    """Text with all folded that search must ignore; folding twice is folding once."""
    return cut_to_form(text.translate(FOLDS))


def folded(text: str) -> Folded:
    """``search_form`` of a text together with where each of its characters came from."""
    parts = [FOLDS[ord(c)] for c in text]
    origin = [i for i, part in enumerate(parts) for _ in part]
    form = "".join(parts)
    while cuts := _cuts(form):
        form = _without(form, cuts)
        for start, end in reversed(cuts):
            del origin[start:end]
    return Folded(form, tuple(origin), len(text))
