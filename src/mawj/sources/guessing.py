"""A first mapping for a file nobody has described: a guess, with how sure it is and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mawj.sources.assigned import BY_VALUES
from mawj.sources.assigning import assign, columns_of
from mawj.sources.drafting import Whereabouts, draft
from mawj.sources.file_names import moment_in_name, platform_in_name
from mawj.sources.grains import GRAINS, GUESSED, Grain
from mawj.sources.headings import platform_in
from mawj.sources.raw import SAMPLE_ROWS, RawBatch, RawFile, paths_of
from mawj.sources.records import pages_path, unwrapped
from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from mawj.sources.assigned import Assigned, Assignment, Column
    from mawj.sources.mapping import Mapping

SURE = 0.8
"""Overall certainty from which a load may go on without a person. Our judgement."""

SLIPPED = 0.5
"""The most that a file is sure whose headings contradict their values."""

PLATFORM_BY_NAME = 0.95
PLATFORM_BY_WORDS = 0.9


@dataclass(frozen=True)
class HeadingGuess:
    """One heading: the meaning it was given ("" where it is left out), how sure, and why."""

    heading: str
    meaning: str
    certainty: float
    reason: str


@dataclass(frozen=True)
class Guess:
    """A proposed mapping.

    Attributes:
        mapping: None where what the tables need was not found.
        draft: the mapping as far as it was found, for a person to complete; None where no
            heading means anything.
        grain: what a row was taken for: accounts, posts, comments, follows, interactions,
            snapshots.
        certainty: 0 to 1: the least sure of what is needed (who, what, platform), or the mean
            over all headings used where that is less, or less still where a heading is read
            against its words or is in doubt; 0 where something needed is missing.
        headings: every heading of the file, in order.
        missing: what is needed and was not found, in words.
        notes: what a person should know, for example headings that have slipped.
    """

    mapping: Mapping | None
    draft: Mapping | None
    grain: str
    certainty: float
    headings: tuple[HeadingGuess, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Headings that are left in the raw rows."""
        return tuple(one.heading for one in self.headings if not one.meaning)


def guess(raw: RawFile, *, as_: str | None = None, platform: str | None = None) -> Guess:
    """What the headings of a file mean, told from their words and the values under them.

    Args:
        raw: the open file; its first rows are looked at.
        as_: what a row is, one of `GRAINS`, where the person says it.
        platform: the platform, where the person says it.

    Raises:
        SettingsError: when `as_` is not one of the grains.
    """
    if as_ is not None and as_ not in GRAINS:
        raise SettingsError(f"--as {as_!r}: use one of {', '.join(GRAINS)}")
    batch, headings, records = _sample(raw)
    columns = columns_of(batch, headings)
    tried = {name: assign(columns, GRAINS[name]) for name in ([as_] if as_ else GUESSED)}
    grain = max(tried, key=lambda name: (_worth(tried[name]), len(tried[name].chosen)))
    found = tried[grain]
    where = _platform(raw, columns, found, platform)
    missing = _missing(found, where.certainty)
    drafted = None
    if found.chosen.keys() - {"platform"}:
        drafted, notes = draft(found, where)
        found.notes += [*notes, where.why]
        drafted = replace(
            drafted, records=records, taken_at=moment_in_name(raw.name), name=f"guess: {grain}"
        )
    return Guess(
        None if missing else drafted,
        drafted,
        grain,
        0.0 if missing else _overall(found, where.certainty),
        _by_heading(columns, found),
        missing,
        (*raw.notes, *filter(None, found.notes)),
    )


def _sample(raw: RawFile) -> tuple[RawBatch, tuple[str, ...], str]:
    """The first rows, their headings, and the path of the list that holds them in a page."""
    path = pages_path(raw.first.records or [])
    if not path:
        return raw.first, raw.headings, ""
    batch = next(unwrapped(iter([raw.first]), path))
    return batch, paths_of((batch.records or [])[:SAMPLE_ROWS]), path


def _worth(found: Assignment) -> float:
    """How much of the file a grain explains; nothing where it lacks what tells it."""
    grain = found.grain
    if not (found.chosen.keys() & grain.telling) or _lacking(found):
        return 0.0
    return sum(one.certainty for one in found.chosen.values())


def _lacking(found: Assignment) -> list[frozenset[str]]:
    return [group for group in found.grain.needed if not group & found.chosen.keys()]


def _missing(found: Assignment, sure_of_platform: float) -> tuple[str, ...]:
    missing = [f"no heading says {_either(group)}" for group in _lacking(found)]
    if not found.chosen.keys() & found.grain.telling:
        missing.append(f"no heading says {_either(found.grain.telling)}")
    if not sure_of_platform:
        missing.append("the platform is not known; say --platform, or `platform` in a mapping")
    return tuple(missing)


def _either(group: frozenset[str]) -> str:
    return " or ".join(sorted(name.replace("_", " ") for name in group))


def _overall(found: Assignment, sure_of_platform: float) -> float:
    needed = frozenset[str]().union(*found.grain.needed) | {"published", "comment_date"}
    keys = [one.certainty for name, one in found.chosen.items() if name in needed]
    best_of_groups = [
        max(found.chosen[name].certainty for name in group & found.chosen.keys())
        for group in found.grain.needed
    ]
    mean = sum(one.certainty for one in found.chosen.values()) / len(found.chosen)
    overall = min([*(best_of_groups or keys), sure_of_platform, mean])
    if any(one.certainty == BY_VALUES for one in found.chosen.values()):
        overall = min(overall, BY_VALUES)
    return min(overall, SLIPPED) if _has_slipped(found) else overall


def _has_slipped(found: Assignment) -> bool:
    slipped = any("slipped" in one.reason for one in found.left_out.values())
    return slipped or any("against" in one.reason for one in found.chosen.values())


def _platform(
    raw: RawFile, columns: list[Column], found: Assignment, said: str | None
) -> Whereabouts:
    if said:
        return Whereabouts(said, certainty=1.0)
    if "platform" in found.chosen:
        one = found.chosen["platform"]
        return Whereabouts(heading=one.column.heading, certainty=one.certainty)
    if _ids_say_it(found):
        why = "the platform is read from ids and addresses"
        return Whereabouts(certainty=PLATFORM_BY_NAME, why=why)
    named, by_words = platform_in_name(raw.name), _by_words(columns)
    if named and by_words in {None, named}:
        why = f"platform {named}: the file is called so"
        return Whereabouts(named, certainty=PLATFORM_BY_NAME, why=why)
    if by_words and not named:
        why = f"platform {by_words}: headings use its words"
        return Whereabouts(by_words, certainty=PLATFORM_BY_WORDS, why=why)
    return Whereabouts()


def _ids_say_it(found: Assignment) -> bool:
    return any(
        name in found.chosen
        and max(one.column.evidence.fit("url"), one.column.evidence.fit("own_id")) > 0.95
        for group in found.grain.needed
        for name, one in found.chosen.items()
        if name in group
    )


def _by_words(columns: list[Column]) -> str | None:
    named = {p for c in columns if (p := platform_in(c.heading))}
    if len(named) == 1:
        return named.pop()
    words = " ".join(c.heading.lower() for c in columns)
    if not named and ("retweet" in words or "tweet" in words):
        return "x"
    if not named and "subscribers" in words and ("channel" in words or "youtube" in words):
        return "youtube"
    return None


def _by_heading(columns: list[Column], found: Assignment) -> tuple[HeadingGuess, ...]:
    given: dict[int, Assigned] = dict(found.left_out)
    for one in found.chosen.values():
        given.setdefault(one.column.place, one)
    return tuple(
        HeadingGuess(
            c.heading, given[c.place].meaning, given[c.place].certainty, given[c.place].reason
        )
        for c in columns
    )


__all__ = ["SURE", "Grain", "Guess", "HeadingGuess", "guess"]
