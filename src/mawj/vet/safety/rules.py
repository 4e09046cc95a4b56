"""What texts say of sensitive subjects, by term lists and rules: pure, fast, explainable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from mawj.text.language import language as language_of
from mawj.text.matching import Hit, Matcher
from mawj.vet.safety.aiming import is_aimed
from mawj.vet.safety.disguise import Disguise
from mawj.vet.safety.lists import LANGUAGES, Entry, entries
from mawj.vet.safety.telling import telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RULES_VERSION = "safety-rules-1"
MOST_CHARACTERS = 20_000
"""Characters of a text that are read: a post says what it says before that; our judgement."""

MEANT = 0.5
"""Strength from which a text is held to do what a subject names; our judgement."""

_AIMED_RAISE = 0.3
_ABOUT_COUNTS = 0.3
# A lone text is most often a reply, where a weak word weighs more than in a post of one's own:
# strength 0.3 becomes 0.5. Our judgement.
_REPLY = 1.94
_SEEN_LEAST = 7
_MOST_REPEATS = 3

_DIALECTS = dict.fromkeys(
    ("arz", "apc", "ajp", "ary", "aeb", "arq", "acm", "afb", "ars", "ayl"), "ar"
) | {"pes": "fa", "prs": "fa", "arabizi": "ar-Latn", "finglish": "fa-Latn"}
_LISTS = {
    "ar": frozenset({"ar", "ar-Latn", "en", ""}),
    "fa": frozenset({"fa", "fa-Latn", "en", ""}),
    "en": frozenset({"en", "ar-Latn", "fa-Latn", ""}),
    "ar-Latn": frozenset({"ar", "ar-Latn", "en", ""}),
    "fa-Latn": frozenset({"fa", "fa-Latn", "en", ""}),
}
_NO_LIST = frozenset({""})
_INNOCENT = ".innocent"

_NOT_SAID = re.compile(r"https?://\S+|www\.\S+|[@#]\S+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one text says of one subject.

    Attributes:
        subject: see `mawj.vet.safety.lists.SUBJECTS`.
        strength: 0 to 1; from MEANT on it is held to be plain.
        is_about: the subject is told of (quoted, reported, condemned, taught), not done.
        words: what was found, as written where the spelling was not disguised.
    """

    subject: str
    strength: float
    is_about: bool
    words: tuple[str, ...]


class Rules:
    """The lists made ready for search; see `subject_scores`."""

    def __init__(self, listed: Sequence[Entry]) -> None:
        by_list: dict[str, list[Entry]] = {}
        for entry in listed:
            by_list.setdefault(entry.list_name, []).append(entry)
        self._matcher = Matcher(by_list)
        self._disguise = Disguise(
            entry.text
            for entry in listed
            if entry.strength >= 0.7 and entry.unaimed == 1.0 and not entry.is_innocent
        )

    def spoken(
        self, texts: Sequence[str | None], languages: Sequence[str | None]
    ) -> list[list[Spoken]]:
        """What each text says of each subject it touches; nothing for nearly all texts."""
        read = [self._disguise.undone((text or "")[:MOST_CHARACTERS]) for text in texts]
        found = self._matcher.hits_of(read)
        kept = [
            _of_language(text, hits, language) if hits else []
            for text, hits, language in zip(read, found, languages, strict=True)
        ]
        touched = [place for place, hits in enumerate(kept) if hits]
        cues = telling().cues_of(
            [read[place] for place in touched],
            [{hit.phrase.subject for hit in kept[place]} for place in touched],  # type: ignore[attr-defined]
        )
        made: list[list[Spoken]] = [[] for _ in read]
        for place, near in zip(touched, cues, strict=True):
            made[place] = _spoken(read[place], kept[place], near)
        return made


@cache
def rules() -> Rules:
    """The lists that ship with the package, made ready once (about a second)."""
    return Rules(entries())


def subject_scores(
    texts: Sequence[str | None], languages: Sequence[str | None]
) -> list[list[Spoken]]:
    """What each text says of sensitive subjects.

    Args:
        texts: as written; None says nothing. What stands beyond MOST_CHARACTERS is not read.
        languages: BCP-47 code of each, as stored with it; where None or `und` it is told from
            the text, which takes longer.

    Returns:
        For each text one row for each subject that it touches, in the order of SUBJECTS.
    """
    return rules().spoken(texts, languages)


def offence_score(text: str | None, language: str | None) -> float:
    """How offensive or hateful a text is, 0 to 1; from MEANT on it is held to be offensive."""
    return offence_scores([text], [language])[0]


def offence_scores(texts: Sequence[str | None], languages: Sequence[str | None]) -> list[float]:
    """`offence_score` of each text; what is told of counts by a third."""
    found = subject_scores(texts, languages)
    return [1.0 - (1.0 - either(map(_offends, every))) ** _REPLY for every in found]


def _offends(spoken: Spoken) -> float:
    if spoken.subject not in ("offence", "hate"):
        return 0.0
    return spoken.strength * (_ABOUT_COUNTS if spoken.is_about else 1.0)


def either(strengths: Iterable[float]) -> float:
    """The strength of several signs together, each taken to be independent of the others."""
    left = 1.0
    for strength in strengths:
        left *= 1.0 - strength
    return 1.0 - left


def list_language(text: str, language: str | None) -> str:
    """The language whose lists a text is read by; empty where there are none for it."""
    if language is None or language in ("", "und"):
        language = language_of(text).code
    if language in _LISTS:
        return language
    base = language.partition("-")[0].lower()
    return _DIALECTS.get(base, base if base in LANGUAGES else "")


def _of_language(text: str, hits: list[Hit], language: str | None) -> list[Hit]:
    """The hits of the lists that a text is read by, without those in an innocent phrase."""
    code = list_language(text, language)
    allowed = _LISTS.get(code, _NO_LIST)
    free = [hit for hit in hits if hit.list.endswith(_INNOCENT)]
    return [
        hit
        for hit in hits
        if _counts(hit.phrase, allowed, code) and not any(_frees(one, hit) for one in free)
    ]


def _frees(innocent: Hit, hit: Hit) -> bool:
    """Whether a hit lies within an innocent phrase of its own list."""
    is_within = innocent.first <= hit.first and hit.last <= innocent.last
    return is_within and innocent.list == hit.list + _INNOCENT


def _counts(entry: object, allowed: frozenset[str], code: str) -> bool:
    assert isinstance(entry, Entry)
    if entry.is_innocent or entry.script not in allowed:
        return False
    # Short romanised words are names and words of other languages too.
    is_guest = code == "en" and entry.script.endswith("-Latn")
    return not is_guest or len(entry.text) >= _SEEN_LEAST


def _spoken(text: str, hits: list[Hit], cues: list[Hit]) -> list[Spoken]:
    by_subject: dict[str, list[Hit]] = {}
    for hit in hits:
        assert isinstance(hit.phrase, Entry)
        by_subject.setdefault(hit.phrase.subject, []).append(hit)
    is_bare = len(_NOT_SAID.sub(" ", text).split()) <= 2
    made = [_of_subject(text, found, cues, is_bare) for found in by_subject.values()]
    return [spoken for spoken in made if spoken is not None]


def _of_subject(text: str, hits: list[Hit], cues: list[Hit], is_bare: bool) -> Spoken | None:
    meant: list[float] = []
    told: list[float] = []
    words: list[str] = []
    repeats: dict[str, int] = {}
    has_strong = any(not hit.phrase.is_weak for hit in hits if isinstance(hit.phrase, Entry))
    for hit in hits:
        entry = hit.phrase
        assert isinstance(entry, Entry)
        repeats[entry.text] = repeats.get(entry.text, 0) + 1
        if repeats[entry.text] > _MOST_REPEATS or (entry.is_weak and not has_strong):
            continue
        strength = _strength(text, hit, entry, is_bare)
        is_told = entry.is_topic or telling().is_told(text, hit, entry.subject, cues)
        (told if is_told else meant).append(strength)
        words.append(text[hit.first : hit.last])
    if not words:
        return None
    done, about = either(meant), either(told)
    is_about = done < MEANT and about > done
    subject = hits[0].phrase.subject  # type: ignore[attr-defined]
    return Spoken(subject, about if is_about else done, is_about, tuple(words))


def _strength(text: str, hit: Hit, entry: Entry, is_bare: bool) -> float:
    if entry.subject not in ("offence", "hate"):
        return entry.strength
    if is_aimed(text, hit, entry.language):
        return entry.strength * (1.0 + (1.0 - entry.strength) * _AIMED_RAISE)
    return entry.strength * (1.0 if is_bare else entry.unaimed)
