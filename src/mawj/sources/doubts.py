"""Headings that their values contradict: mended where the values are clear, else left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mawj.sources.assigned import BY_VALUES, Assigned, Assignment, Column, fit_of, left_of
from mawj.sources.grains import KINDS
from mawj.sources.headings import MAYBE, times_of

if TYPE_CHECKING:
    from mawj.sources.evidence import Evidence
    from mawj.sources.grains import Grain

SHIFTED_SHARE = 0.8
SHIFTED_ROWS = 20
"""More comments than likes on this share of at least so many rows does not happen: headings
that say so have slipped. Our judgement: in public tables comments are 1 to 5 % of likes."""


def mend_contradicted(columns: list[Column], found: Assignment) -> None:
    """Headings whose values are of another kind: mended by the values where they are clear."""
    for column in columns:
        wanted = _meant(column, found.grain)
        if not wanted or found.has(column.place) or not column.evidence.n:
            continue
        if left_of(fit_of(wanted, column)) > 0.0:
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


def drop_slipped(found: Assignment) -> None:
    """Leave out likes and comments where comments are the larger: they are something else."""
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


def doubt_fractions(found: Assignment) -> None:
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
