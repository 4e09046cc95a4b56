"""A file's headings with the meanings they are given, and how well values fit a meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mawj.sources.grains import KINDS
from mawj.sources.headings import ideas_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mawj.sources.evidence import Evidence
    from mawj.sources.grains import Grain

FITS = ((0.9, 1.0), (0.7, 0.85), (0.5, 0.6))
"""Share of the values that can be read as the meaning asks, and what it leaves of the
certainty; below the last the heading is contradicted. Our judgement."""

BY_VALUES = 0.6
"""How sure a meaning is that only the values give."""


@dataclass(frozen=True)
class Column:
    """One heading with what it may mean and what stands under it."""

    place: int
    heading: str
    meanings: Mapping[str, float]
    evidence: Evidence


@dataclass(frozen=True)
class Assigned:
    """A heading with its meaning: "" where it is left out; `reason` says why in either case."""

    column: Column
    meaning: str
    certainty: float
    reason: str
    kind: str = ""


@dataclass
class Assignment:
    """The meanings of all headings of a file under one grain."""

    grain: Grain
    chosen: dict[str, Assigned] = field(default_factory=dict)
    left_out: dict[int, Assigned] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def take(self, one: Assigned) -> None:
        """Give `one.column` the meaning, unless that is taken."""
        self.chosen.setdefault(one.meaning, one)

    def has(self, place: int) -> bool:
        """True when the column in `place` is settled."""
        return place in self.left_out or any(
            one.column.place == place for one in self.chosen.values()
        )

    def leave(self, column: Column, reason: str) -> None:
        """Leave a column out, with the reason."""
        self.left_out[column.place] = Assigned(column, "", 0.0, reason)


def fit_of(meaning: str, column: Column) -> float:
    """Share of the column's values that can be read as the meaning asks."""
    kind, evidence = KINDS.get(meaning, "count"), column.evidence
    if not evidence.n:
        return 0.5
    if evidence.is_serial and kind in {"account", "native"} and not _names_its_id(column):
        return 0.0
    if meaning == "given_engagement_share":
        return evidence.fit("percent")
    if meaning in {"follower", "followed"} and _counts_people(column):
        return 0.0
    if kind == "text" and meaning in {"text", "bio", "comment_text"}:
        return evidence.fit("text")
    return evidence.fit(kind)


def _names_its_id(column: Column) -> bool:
    """True for "post id" or "user id"; 1, 2, 3… under a bare "id" or a name number the rows."""
    ideas = frozenset[str]().union(*ideas_of(column.heading)[0])
    return "id" in ideas and len(ideas) > 1


def _counts_people(column: Column) -> bool:
    """Figures under "followers" are counts unless the heading speaks of ids or handles."""
    ideas = frozenset[str]().union(*ideas_of(column.heading)[0])
    names_someone = ideas & {"id", "handle", "source", "target", "account"}
    return column.evidence.fit("count") > 0.95 and not names_someone


def left_of(fit: float) -> float:
    """What a fit leaves of a heading's certainty; 0 where the values contradict it."""
    return next((left for least, left in FITS if fit >= least), 0.0)
