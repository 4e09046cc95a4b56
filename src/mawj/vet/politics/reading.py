"""What texts say of politics: subjects, the side taken, accusations, paid or not."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from mawj.text.stopwords import stop_words
from mawj.text.tags import hashtags, mentions
from mawj.text.tokens import search_terms
from mawj.vet.politics.lists import LANGUAGES, SUBJECT, WEAK, political_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mawj.text.matching import Hit

LONGEST = 4_000
"""Characters of a text that are read: longer ones are rare, and none may stop a run. Ours."""

POLITICAL_FROM = 1.0
"""Strength from which a post counts as one on a subject: one strong word or two weak ones."""

TOGETHER_FROM = 1.5
"""Strength over all subjects from which weak words make a post political: three of them."""

QUOTE_BEFORE, QUOTE_AFTER = 60, 140
NEGATED_WITHIN = 16
"""Characters between a negation and the word that it turns round; two or three words. Ours."""

MOST_NEAR = 16
_SENTENCE_END = re.compile(r"[.!?؟;؛\n…]+\s*")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of one subject; the subject is empty where it is none of politics.

    Attributes:
        subject: one of `lists.SUBJECTS`, or "".
        strength: sum of the strengths of the distinct words found.
        is_political: the words are enough.
        stance: "for", "against", or None: no side, or both.
        near_terms: what the side is taken on: terms, @handles and #tags of that sentence.
        is_accusation: accuses somebody of wrongdoing, in its own words, beside the subject.
        is_paid: says by its wording that it is paid for.
        quote: the words around what was found.
    """

    subject: str
    strength: float
    is_political: bool
    stance: str | None
    near_terms: tuple[str, ...]
    is_accusation: bool
    is_paid: bool
    quote: str


def read_politics(texts: Sequence[str | None]) -> list[list[Said]]:
    """What each text says of each subject; nothing for most texts.

    A text without a political subject is told of only where it takes a side on something or
    says that it is paid for, under the subject "".
    """
    cut = [(text or "")[:LONGEST] for text in texts]
    return [
        _said(text, hits) if hits else []
        for text, hits in zip(cut, political_words().hits_of(cut), strict=True)
    ]


def _said(text: str, hits: list[Hit]) -> list[Said]:
    swallowed = [hit for hit in hits if hit.list == "not"]
    counted = [hit for hit in hits if hit.list != "not" and not _inside(hit, swallowed)]
    subjects: dict[str, list[Hit]] = {}
    for hit in counted:
        if hit.list.startswith(SUBJECT):
            subjects.setdefault(hit.list.removeprefix(SUBJECT), []).append(hit)
    sentences = _Sentences(text, counted)
    is_paid = any(hit.list == "paid" for hit in counted)
    if not subjects:
        stance, near = sentences.side(sentences.all)
        plain = Said("", 0.0, False, stance, near, False, is_paid, _quote(text, counted))
        return [plain] if counted and (is_paid or near) else []
    # "The government" is little by itself; with "thieves" beside it, it is politics.
    strengths = {
        name: _strength(found) + WEAK * sentences.accuses(sentences.of(found))
        for name, found in subjects.items()
    }
    is_together = sum(strengths.values()) >= TOGETHER_FROM
    made = []
    for name, found in subjects.items():
        within = sentences.of(found)
        stance, near = sentences.side(within)
        is_political = strengths[name] >= POLITICAL_FROM or is_together
        accused = is_political and sentences.accuses(within)
        quote = _quote(text, found)
        made.append(
            Said(name, strengths[name], is_political, stance, near, accused, is_paid, quote)
        )
    return made


def _inside(hit: Hit, others: Iterable[Hit]) -> bool:
    return any(hit.first < other.last and hit.last > other.first for other in others)


def _strength(hits: Iterable[Hit]) -> float:
    return sum({hit.phrase.text: hit.phrase.strength for hit in hits}.values())


def _quote(text: str, hits: Sequence[Hit]) -> str:
    if not hits:
        return text[: QUOTE_BEFORE + QUOTE_AFTER]
    first = max(hits[0].first - QUOTE_BEFORE, 0)
    cut = text[first : first + QUOTE_BEFORE + QUOTE_AFTER]
    # A word that was cut in two at the beginning is no word of the author's.
    return cut.partition(" ")[2] if first and " " in cut[:QUOTE_BEFORE] else cut


class _Sentences:
    """The sentences of one text, with what was found in each."""

    def __init__(self, text: str, hits: Sequence[Hit]) -> None:
        self.text = text
        self.starts = [0, *(m.end() for m in _SENTENCE_END.finditer(text))]
        self.hits: dict[int, list[Hit]] = {}
        for hit in hits:
            self.hits.setdefault(self._place(hit), []).append(hit)

    def _place(self, hit: Hit) -> int:
        return bisect_right(self.starts, hit.first) - 1

    @property
    def all(self) -> list[int]:
        """Places of the sentences in which anything was found."""
        return list(self.hits)

    def of(self, hits: Iterable[Hit]) -> list[int]:
        """Places of the sentences that hold the hits."""
        return sorted({self._place(hit) for hit in hits})

    def side(self, places: Sequence[int]) -> tuple[str | None, tuple[str, ...]]:
        """The side that the sentences take, and what it is taken on."""
        taken: set[str] = set()
        near: dict[str, None] = {}
        for place in places:
            for stance, hit in self._stances(place):
                taken.add(stance)
                near |= dict.fromkeys(self._near(place, hit))
        if len(taken) != 1:
            return None, ()
        return taken.pop(), tuple(near)[:MOST_NEAR]

    def _stances(self, place: int) -> list[tuple[str, Hit]]:
        hits = self.hits[place]
        against = [hit for hit in hits if hit.list == "against"]
        found = [("against", hit) for hit in against]
        for hit in hits:
            if hit.list == "for" and not _inside(hit, against):
                found.append(("against" if self._is_negated(hit, hits) else "for", hit))
        return found

    def _is_negated(self, hit: Hit, hits: Iterable[Hit]) -> bool:
        return any(
            other.list == "negation"
            and other.last <= hit.first
            and hit.first - other.last <= NEGATED_WITHIN
            for other in hits
        )

    def accuses(self, places: Sequence[int]) -> bool:
        """Whether a sentence accuses, in words of its own and not as news of a court."""
        for place in places:
            hits = self.hits[place]
            if any(hit.list == "reporting" for hit in hits):
                continue
            if any(h.list == "accusation" and not self._is_negated(h, hits) for h in hits):
                return True
        return False

    def _near(self, place: int, hit: Hit) -> list[str]:
        """Terms of the sentence but for the words that take the side."""
        start = self.starts[place]
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.text)
        rest = f"{self.text[start : hit.first]} {self.text[hit.last : end]}"
        named = [f"@{name}" for name in mentions(rest)] + [f"#{tag}" for tag in hashtags(rest)]
        return named + [term for term in search_terms(rest) if term not in _plain_words()]


@cache
def _plain_words() -> frozenset[str]:
    """Terms that name nothing: function words, and the lists' own words that take sides."""
    return frozenset().union(*(stop_words(language) for language in LANGUAGES))
