"""Whether words about a subject are told of (quoted, reported, condemned, taught) or meant."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from mawj.text.matching import Hit, Matcher, Phrase
from mawj.vet.safety.lists import LANGUAGES, split

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR = 45
"""Characters between a cue and the words that it excuses; our judgement."""

_QUOTED = re.compile(r"“[^“”]{1,300}”|«[^«»]{1,300}»|\"[^\"\n]{1,300}\"|‹[^‹›]{1,300}›")
# Cheap: most texts quote nothing and are not looked at further.
_QUOTE = re.compile('[“«"‹]')
_SENTENCE_END = re.compile(r"[.!?؟…\n؛;]")


class Telling:
    """Cues of `telling.toml`, ready for search."""

    def __init__(self) -> None:
        file = resources.files(__package__) / "telling.toml"
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        self._excuses = {s: frozenset(kinds) for s, kinds in told["excuses"].items()}
        self._near = frozenset(told["near"])
        lists = {
            f"{kind}.{language}": [Phrase(p, language=language) for p in split(words)]
            for language in LANGUAGES
            for kind, words in told[language].items()
        }
        # Most of what is found is offence, for which few kinds of cues count.
        few = {name for name in lists if name.partition(".")[0] in self._excuses["offence"]}
        self._few = Matcher({name: lists[name] for name in few})
        self._more = Matcher({name: lists[name] for name in lists if name not in few})

    def cues_of(self, texts: Sequence[str], subjects: Sequence[set[str]]) -> list[list[Hit]]:
        """The cues in each text that may excuse its subjects; of texts with a finding only."""
        cues = self._few.hits_of(texts)
        wide = [n for n, found in enumerate(subjects) if found != {"offence"}]
        more = self._more.hits_of([texts[n] for n in wide])
        for n, found in zip(wide, more, strict=True):
            cues[n] = [*cues[n], *found]
        return cues

    def is_told(self, text: str, hit: Hit, subject: str, cues: Sequence[Hit]) -> bool:
        """Whether the words of `hit` are told of rather than meant."""
        kinds = self._excuses[subject]
        if not kinds:
            return False
        if _QUOTE.search(text) and any(
            m.start() < hit.first and hit.last < m.end() for m in _QUOTED.finditer(text)
        ):
            return True
        for cue in cues:
            kind = cue.list.partition(".")[0]
            excuses = kind in kinds and not _overlap(cue, hit)
            if excuses and (kind not in self._near or _is_near(text, cue, hit, kind)):
                return True
        return False


@cache
def telling() -> Telling:
    """The cues, made ready once."""
    return Telling()


def _overlap(cue: Hit, hit: Hit) -> bool:
    return cue.first < hit.last and hit.first < cue.last


def _is_near(text: str, cue: Hit, hit: Hit, kind: str) -> bool:
    """The cue stands close, in one sentence; a denial before, in Persian also behind."""
    if cue.last <= hit.first:
        between = text[cue.last : hit.first]
        return len(between) <= (NEAR if kind != "negate" else NEAR // 3) and not (
            _SENTENCE_END.search(between)
        )
    if kind == "negate" and not cue.list.endswith(".fa") and cue.phrase.text != "free":
        return False
    between = text[hit.last : cue.first]
    return len(between) <= (NEAR if kind != "negate" else 3) and not (
        _SENTENCE_END.search(between)
    )
