"""Which heading takes which meaning, from what it says and what its values look like."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mawj.sources.evidence import Evidence, evidence_of
from mawj.sources.grains import KINDS, Grain
from mawj.sources.headings import EXACT, FAINT, MAYBE, ideas_of, meanings_of, times_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mawj.sources.raw import RawBatch

FITS = ((0.9, 1.0), (0.7, 0.85), (0.5, 0.6))
"""Share of the values that can be read as the meaning asks, and what it leaves of the
certainty; below the last the heading is contradicted. Our judgement."""

BY_VALUES = 0.6
"""How sure a meaning is that only the values give."""

SHIFTED_SHARE = 0.8
SHIFTED_ROWS = 20
"""More comments than likes on this share of at least so many rows does not happen: headings
that say so have slipped. Our judgement: in public tables comments are 1 to 5 % of likes."""

LEAST = 0.55
"""Below this a heading is left out rather than guessed at. Our judgement."""

HANDLE_MARGIN = 0.05
"""By how much more one column must look like handles than another. Our judgement."""

ROUNDING = 0.1
"""1.5M may stand for anything from 1.45 to 1.55 million; a wider gap is another figure."""

NAMING = frozenset({"handle", "name"})


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
    _contradicted(columns, found)
    _slipped(found)
    _cut_short(found)
    for column in columns:
        if not found.has(column.place):
            found.leave(column, "means nothing known")
    return found


def fit_of(meaning: str, column: Column) -> float:
    """Share of the column's values that can be read as the meaning asks."""
    kind, evidence = KINDS.get(meaning, "count"), column.evidence
    if not evidence.n:
        return 0.5
    if evidence.is_serial and kind == "account":
        return 0.0
    if meaning == "given_engagement_share":
        return evidence.fit("percent")
    if meaning in {"follower", "followed"} and _counts_people(column):
        return 0.0
    if kind == "text" and meaning in {"text", "bio", "comment_text"}:
        return evidence.fit("text")
    return evidence.fit(kind)


def _counts_people(column: Column) -> bool:
    """Figures under "followers" are counts unless the heading speaks of ids or handles."""
    ideas = frozenset[str]().union(*ideas_of(column.heading)[0])
    names_someone = ideas & {"id", "handle", "source", "target", "account"}
    return column.evidence.fit("count") > 0.95 and not names_someone


def _left(fit: float) -> float:
    return next((left for least, left in FITS if fit >= least), 0.0)


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
        (sure * _left(fit_of(meaning, c)), c.evidence.plain_share, -c.place, meaning, c)
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


def _contradicted(columns: list[Column], found: Assignment) -> None:
    """Headings whose values are of another kind: mended by the values where they are clear."""
    for column in columns:
        wanted = _meant(column, found.grain)
        if not wanted or found.has(column.place) or not column.evidence.n:
            continue
        if _left(fit_of(wanted, column)) > 0.0:
            continue
        seen = _seen(column, found)
        said = f"{column.heading!r} should hold {wanted}, but its values do not look like it"
        if seen:
            found.notes.append(f"{said}: they are read as {seen}")
            found.take(Assigned(column, seen, BY_VALUES, "by its values, against its heading"))
        else:
            found.notes.append(said)
            found.leave(column, "its values are not what the heading says")
        if KINDS.get(wanted, "count") == "count":
            _drop_counts_after(column, found)


def _meant(column: Column, grain: Grain) -> str:
    """The meaning a heading clearly states, if any."""
    inside = {m: s for m, s in column.meanings.items() if m in grain.places}
    best = max(inside, key=lambda m: inside[m], default="")
    return best if best and inside[best] >= MAYBE else ""


def _seen(column: Column, found: Assignment) -> str:
    for meaning in ("country", "account_url", "language"):
        is_free = meaning in found.grain.places and meaning not in found.chosen
        if is_free and column.evidence.fit(KINDS[meaning]) >= 0.8:
            return meaning
    return ""


def _drop_counts_after(column: Column, found: Assignment) -> None:
    """Where one heading has slipped, the counts to its right cannot be trusted either."""
    for meaning, one in list(found.chosen.items()):
        if KINDS.get(meaning, "count") == "count" and one.column.place > column.place:
            del found.chosen[meaning]
            found.leave(
                one.column,
                f"the headings seem to have slipped from {column.heading!r} on; say what it "
                "holds in a mapping file",
            )


def _slipped(found: Assignment) -> None:
    for likes, comments in (("average_likes", "average_comments"), ("likes", "comments")):
        if likes in found.chosen and comments in found.chosen:
            one, other = found.chosen[likes], found.chosen[comments]
            if _mostly_less(one.column.evidence, other.column.evidence):
                found.notes.append(
                    f"{other.column.heading!r} is larger than {one.column.heading!r} on nearly "
                    "every row, which comments and likes are not"
                )
                for each in (one, other):
                    del found.chosen[each.meaning]
                    found.leave(each.column, "the headings seem to have slipped")


def _cut_short(found: Assignment) -> None:
    """People are whole: "475.8" followers lost a word such as "million" on the way."""
    for meaning in ("followers", "following", "lists"):
        one = found.chosen.get(meaning)
        if (
            one
            and one.column.evidence.fraction_share > 0.5
            and not times_of(one.column.heading) > 1
        ):
            found.chosen[meaning] = replace(one, certainty=BY_VALUES)
            found.notes.append(
                f"{one.column.heading!r} holds fractions: if it counts thousands or millions, "
                "say so with `times` in a mapping file"
            )


def _mostly_less(likes: Evidence, comments: Evidence) -> bool:
    pairs = [
        (a, b)
        for a, b in zip(likes.numbers, comments.numbers, strict=True)
        if a is not None and b is not None
    ]
    return len(pairs) >= SHIFTED_ROWS and sum(a < b for a, b in pairs) >= SHIFTED_SHARE * len(
        pairs
    )
