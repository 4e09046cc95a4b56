"""Which heading takes which meaning, from what it says and what its values look like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mawj.sources.assigned import BY_VALUES, Assigned, Assignment, Column, fit_of, left_of
from mawj.sources.doubts import doubt_fractions, drop_slipped, mend_contradicted
from mawj.sources.evidence import Evidence, evidence_of
from mawj.sources.headings import EXACT, FAINT, MAYBE, ideas_of, meanings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.sources.grains import Grain
    from mawj.sources.raw import RawBatch

NAMING = frozenset({"handle", "name"})

LEAST = 0.55
"""Below this a heading is left out rather than guessed at. Our judgement."""

HANDLE_MARGIN = 0.05
"""By how much more one column must look like handles than another. Our judgement."""

ROUNDING = 0.1
"""1.5M may stand for anything from 1.45 to 1.55 million; a wider gap is another figure."""

NAMING = frozenset({"handle", "name"})


def columns_of(batch: RawBatch, headings: Sequence[str]) -> list[Column]:
    """Every heading with its possible meanings and the evidence under it."""
    return [
        Column(place, heading, meanings_of(heading), evidence_of(batch, heading))
        for place, heading in enumerate(headings)
    ]


def assign(columns: list[Column], grain: Grain) -> Assignment:
    """The meanings of the columns under `grain`."""
    found = Assignment(grain)
    _known_but_unused(columns, found)
    if grain.places.keys() & NAMING:
        _who(columns, found)
    _by_heading(columns, found)
    mend_contradicted(columns, found)
    drop_slipped(found)
    doubt_fractions(found)
    for column in columns:
        if not found.has(column.place):
            found.leave(column, "means nothing known")
    return found


def _known_but_unused(columns: list[Column], found: Assignment) -> None:
    for column in columns:
        best = max(column.meanings.values(), default=0.0)
        for meaning, reason in found.grain.ignored.items():
            sure = column.meanings.get(meaning, 0.0)
            if sure >= MAYBE and sure >= best and not found.has(column.place):
                found.leave(column, reason)


def _who(columns: list[Column], found: Assignment) -> None:
    """Which columns hold the handle and the name: headings use the two words for each other."""
    free = [c for c in columns if not found.has(c.place)]
    for column in free:
        if column.evidence.fit("handle_within") >= 0.8:
            said = "values end in @handle"
            found.take(Assigned(column, "handle", FAINT, said, "handle_within"))
            found.take(Assigned(column, "name", FAINT, said, "name_before_handle"))
            return
    if any(_says_handle(c) and fit_of("handle", c) >= 0.7 for c in free):
        return
    named = [c for c in free if _names_someone(c) and not c.evidence.is_serial]
    ranked = sorted(named, key=lambda c: (-_handle_like(c), c.place))
    if not ranked:
        return
    likeness = [_handle_like(column) for column in ranked] + [0.0]
    if likeness[0] < 0.5:
        name = max(named, key=lambda c: (c.meanings.get("name", 0.0), -c.place))
        found.take(
            Assigned(name, "name", BY_VALUES, "no handle: the name stands for who it is")
        )
        return
    is_clear = likeness[0] >= 0.9 and likeness[0] - likeness[1] >= HANDLE_MARGIN
    sure = FAINT if is_clear else MAYBE
    found.take(Assigned(ranked[0], "handle", sure, "values look like handles", "maybe_handle"))
    for column in ranked[1:2]:
        found.take(Assigned(column, "name", sure, "values look like names"))


def _says_handle(column: Column) -> bool:
    ideas = frozenset[str]().union(*ideas_of(column.heading)[0])
    return "handle" in ideas and column.meanings.get("handle", 0.0) > MAYBE


def _names_someone(column: Column) -> bool:
    return max((column.meanings.get(m, 0.0) for m in NAMING), default=0.0) >= LEAST


def _handle_like(column: Column) -> float:
    return max(column.evidence.fit("handle"), column.evidence.fit("url"))


def _by_heading(columns: list[Column], found: Assignment) -> None:
    """Take the surest pairs first; of two columns with one meaning the more exact one."""
    pairs = [
        (sure * left_of(fit_of(meaning, c)), c.evidence.plain_share, -c.place, meaning, c)
        for c in columns
        for meaning, sure in c.meanings.items()
        if meaning in found.grain.places
    ]
    for sure, _, _, meaning, column in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if sure < LEAST or found.has(column.place):
            continue
        taken = found.chosen.get(meaning)
        if taken is None:
            reason = (
                "the heading says so" if sure >= EXACT - 0.05 else "the heading suggests it"
            )
            found.take(Assigned(column, meaning, sure, reason))
        elif column.meanings[meaning] >= MAYBE:
            _settle(taken, Assigned(column, meaning, sure, "the figures in full"), found)


def _settle(taken: Assigned, other: Assigned, found: Assignment) -> None:
    """Two columns of one meaning: the one with figures in full is kept where they agree."""
    kept, left = taken, other
    agreement = _agreement(taken.column.evidence, other.column.evidence)
    if agreement is not None and agreement < 0.8:
        found.notes.append(
            f"{taken.column.heading!r} and {other.column.heading!r} say the same but differ on "
            f"{1 - agreement:.0%} of the rows looked at"
        )
        found.chosen[taken.meaning] = replace(taken, certainty=min(taken.certainty, BY_VALUES))
        kept = found.chosen[taken.meaning]
    elif other.column.evidence.plain_share > taken.column.evidence.plain_share:
        kept, left = replace(other, certainty=taken.certainty), taken
        found.chosen[taken.meaning] = kept
    found.leave(left.column, f"says the same as {kept.column.heading!r}, which is kept")


def _agreement(one: Evidence, other: Evidence) -> float | None:
    """Share of the rows on which two columns of figures are the same but for rounding."""
    pairs = [
        (a, b)
        for a, b in zip(one.numbers, other.numbers, strict=False)
        if a is not None and b is not None
    ]
    if not pairs:
        return None
    return sum(abs(a - b) <= ROUNDING * max(a, b, 1.0) for a, b in pairs) / len(pairs)
