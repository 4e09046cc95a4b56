"""How comments are meant, read by term lists and by the signs of structure.

A rule cannot hear irony that shows no mark, nor praise in words that nobody listed: what is
told by nothing stays `untold`. Measured on sentences held back and on the made-up world, see
docs/benchmarks.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.vet.tone_words import comment_matcher

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.text.matching import Met

WARM = ("admiration", "support", "attachment", "question")
"""Tones of those to whom the author means something; who asks expects an answer."""

MOST_CHARACTERS = 2_000
"""Read of one comment: what is longer says its tone at its beginning; our judgement."""

_DECIDING = 2.0
# The first wins where two weigh the same: harm is told before praise that softens it, and a
# question without its mark («where have you been») gives way to all else that is said.
_ORDER = ("noise", "hostility", "doubt", "attachment", "support", "admiration", "question")
_GOOD = frozenset({"admiration", "attachment", "praise"})
_BAD = frozenset({"doubt", "hostility"})
_SHORT, _SHORT_ALL_PRAISE, _LONG = 1, 5, 5
# «Really», «first» say something where they stand alone, and nothing within a sentence.
_SAID_ALONE, _ALONE = frozenset({"doubt", "noise"}), 3
_MARK = re.compile("[?؟]")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w.-]+\.(?:com|net|ir|me|io|shop|link|store)/\S*", re.I
)
_MENTION = re.compile(r"[@＠][\w.\-]+")
_PHONE = re.compile(r"(?:\+|00)?\d[\d\s\-]{8,}\d")
_DOUBTS_IT = re.compile("[🙄😒🤨🤥🧢🥱]|(?:^|\\s)/s\\s*$")
_MOCKS_IT = re.compile("[🤡🤮💩🖕👎🐍🤢]")
_PERSIAN = re.compile("[پچژگکی]")
_ARABIC = re.compile("[ةىيكأإ]")
_LETTERS = re.compile("[\u0620-\u06d3]")


@dataclass(frozen=True, slots=True)
class Read:
    """One comment as read.

    Attributes:
        tone: one of TONES.
        n_words: words, without mentions, links and emoji that no list knows.
        n_mentions: accounts named.
        is_loop: offers to exchange follows; is_entry: takes part in a giveaway.
    """

    tone: str
    n_words: int
    n_mentions: int
    is_loop: bool
    is_entry: bool

    @property
    def is_tag(self) -> bool:
        """Names accounts and says next to nothing."""
        return self.n_mentions > 0 and self.n_words <= 1


def read_comments(texts: Sequence[str | None], codes: Sequence[str | None]) -> list[Read]:
    """Each of `texts` as read; `codes` are their languages where known."""
    cut = [(text or "")[:MOST_CHARACTERS] for text in texts]
    plain = [_MENTION.sub(" ", _LINK.sub(" ", t)) if "@" in t or "." in t else t for t in cut]
    met = comment_matcher().met_of(plain)
    return [
        _read(text, n_words, spoken(text, code, found))
        for text, code, (n_words, found) in zip(cut, codes, met, strict=True)
    ]


def spoken(text: str, code: str | None, met: list[Met]) -> list[Met]:
    """Those of `met` that are of a language that `text` may be in; `code` is what is known."""
    if not met:
        return met
    may_be = _languages(text, code)
    return [m for m in met if not m.phrase.note or m.phrase.note in may_be]


def _languages(text: str, code: str | None) -> frozenset[str]:
    known = (code or "")[:2]
    if code in ("ar-Latn", "fa-Latn"):
        return frozenset({code, "en"})
    if known in ("ar", "fa"):
        # A code may stand for the account rather than for what is written here.
        return frozenset({known, "en"}) if _LETTERS.search(text) else _NOT_SURE
    if known == "en":
        return frozenset({"en"})
    if _LETTERS.search(text) is None:
        return _NOT_SURE
    is_persian, is_arabic = _PERSIAN.search(text), _ARABIC.search(text)
    if bool(is_persian) == bool(is_arabic):
        return frozenset({"ar", "fa", "en"})
    return frozenset({"fa", "en"} if is_persian else {"ar", "en"})


_NOT_SURE = frozenset({"en", "ar-Latn", "fa-Latn"})


def _read(text: str, n_words: int, met: list[Met]) -> Read:
    n_mentions = len(_MENTION.findall(text)) if "@" in text or "＠" in text else 0
    names = {m.list for m in met}
    is_loop = "follow_loop" in names
    tone = "noise" if is_loop else _tone(text, n_words, met)
    is_entry = "entry" in names and n_words <= 10
    return Read(tone, n_words, n_mentions, is_loop, is_entry)


def _tone(text: str, n_words: int, met: list[Met]) -> str:
    if not n_words:
        return _without_words(text)
    told = _turned([m for m in met if m.list not in ("entry", "filler")], _negations(met))
    sums = _sums(told)
    if _is_all_praise(n_words, met, told):
        return _marked("generic", text)
    if _MARK.search(text):
        sums["question"] = sums.get("question", 0.0) + _DECIDING
        if n_words <= 2 and sums.get("doubt"):
            return "doubt"
    if "noise" in sums and (_LINK.search(text) or _PHONE.search(text)):
        sums["noise"] += _DECIDING
    sure = {tone: s for tone, s in sums.items() if s >= _DECIDING and tone != "praise"}
    if sure:
        return _marked(_heaviest(sure), text)
    return _marked(_by_hints(sums, n_words), text)


def _without_words(text: str) -> str:
    """What signs alone say: a question mark asks, a link sells, emoji fit anywhere."""
    if _MOCKS_IT.search(text):
        return "hostility"
    if _MARK.search(text):
        return "question"
    if _LINK.search(text):
        return "noise"
    return "generic" if text.strip() else "untold"


def _sums(told: list[tuple[str, float]]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for tone, strength in told:
        sums[tone] = sums.get(tone, 0.0) + strength
    if sums.get("doubt", 0.0) >= _DECIDING and "question" in sums:
        # «Are you sure it is no advert?» asks, and doubts.
        sums["doubt"] += sums.pop("question") + _DECIDING
    return sums


def _negations(met: list[Met]) -> list[Met]:
    """Words that deny, without those that are part of a longer phrase («ما شاء الله»)."""
    others = [m for m in met if m.list != "negation" and m.after - m.first > 1]
    return [
        m
        for m in met
        if m.list == "negation"
        and not any(o.first <= m.first and m.after <= o.after for o in others)
    ]


def _turned(met: list[Met], negations: list[Met]) -> list[tuple[str, float]]:
    """Tone and strength of each phrase; what is denied says the contrary."""
    said = []
    for m in _outermost(met):
        if m.list == "negation":
            continue
        is_denied = any(_denies(n, m) for n in negations)
        if is_denied and m.list in _GOOD and m.phrase.strength:
            said.append(("doubt", _DECIDING))
        elif is_denied and m.list in _BAD:
            said.append(("admiration", 1.0))
        elif m.phrase.strength:
            said.append((m.list, m.phrase.strength))
    return said


def _denies(negation: Met, met: Met) -> bool:
    """English and Arabic deny before the word, Persian behind it."""
    if negation.phrase.note == "fa":
        return 0 <= negation.first - met.after <= 1
    reach = 2 if negation.phrase.note == "en" else 1
    return 0 < met.first - negation.first <= reach


def _outermost(met: list[Met]) -> list[Met]:
    """Phrases that lie in no longer one, whatever the list; one for each place and list."""
    if len(met) < 2:
        return met
    longest = sorted(met, key=lambda m: (m.first - m.after, -m.phrase.strength))
    kept: list[Met] = []
    for m in longest:
        size = m.after - m.first
        inside = any(
            k.first <= m.first
            and m.after <= k.after
            and (k.after - k.first > size or k.list == m.list)
            for k in kept
        )
        if not inside:
            kept.append(m)
    return kept


def _is_all_praise(n_words: int, met: list[Met], told: list[tuple[str, float]]) -> bool:
    """A few words that are all praise or filling, and no phrase that says more."""
    if n_words > _SHORT_ALL_PRAISE or any(tone in _BAD for tone, _ in told):
        return False
    if not any(m.list == "praise" for m in met):
        return False
    if any(m.phrase.strength >= _DECIDING and m.after - m.first > 1 for m in met):
        return False
    covered = {
        place
        for m in met
        if m.list in ("praise", "filler")
        for place in range(m.first, m.after)
    }
    return len(covered) >= n_words


def _heaviest(sums: dict[str, float]) -> str:
    return max(sums, key=lambda tone: (sums[tone], -_ORDER.index(tone)))


def _by_hints(sums: dict[str, float], n_words: int) -> str:
    """What single hints say; praise in a longer sentence is meant, else it fits anywhere."""
    hints = {
        tone: s
        for tone, s in sums.items()
        if tone != "praise" and (n_words <= _ALONE or tone not in _SAID_ALONE)
    }
    if "praise" in sums and not hints.keys() & _BAD:
        return "admiration" if n_words >= _LONG or "admiration" in hints else "generic"
    if hints:
        return _heaviest(hints)
    return "generic" if n_words <= _SHORT else "untold"


def _marked(tone: str, text: str) -> str:
    """Praise with rolled eyes doubts, praise with a clown mocks."""
    if tone in ("admiration", "support", "attachment", "generic"):
        if _MOCKS_IT.search(text):
            return "hostility"
        if _DOUBTS_IT.search(text):
            return "doubt"
    return tone
