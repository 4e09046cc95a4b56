"""What a file would be loaded as: shown to a person before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.sources.grains import GRAINS
from mawj.sources.guessing import SURE, guess
from mawj.sources.mapping_file import as_toml
from mawj.sources.reading import open_file
from mawj.sources.ready import READY_FOR, ready_mapping

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mawj.sources.guessing import Guess
    from mawj.sources.raw import RawFile

N_SAMPLES = 3
MOST_SAMPLE = 60


@dataclass(frozen=True)
class HeadingSeen:
    """One heading: what it is taken for ("" where left out), how sure, why, and some cells."""

    heading: str
    meaning: str
    certainty: float
    reason: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What a file would be loaded as.

    Attributes:
        grain: what a row is taken for.
        ready: the name of the known export that the file is; "" where the headings are guessed.
        certainty: 0 to 1; at least `SURE` goes on without a person.
        headings: each heading in order; empty for a known export.
        mapping: the mapping as TOML, to be changed; "" for a known export.
        missing: what is needed and was not found.
        notes: what a person should know.
    """

    grain: str
    ready: str
    certainty: float
    headings: tuple[HeadingSeen, ...]
    mapping: str
    missing: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether it could be loaded without being looked at."""
        return bool(self.ready) or (not self.missing and self.certainty >= SURE)


def grains() -> tuple[str, ...]:
    """Everything that a row can be said to be."""
    return (*GRAINS, *READY_FOR)


def preview(path: str | Path, name: str, grain: str = "", platform: str = "") -> Preview:
    """What the file at `path`, called `name`, would be loaded as.

    Raises:
        SourceRefused: when it cannot be read at all; the message says what to do.
    """
    with open_file(path, name=name) as raw:
        ready = READY_FOR[grain].mapping(raw) if grain in READY_FOR else None
        if ready is None and not grain:
            ready = ready_mapping(raw)
        if ready is not None:
            return Preview(grain, ready.name, 1.0, (), "", (), tuple(raw.notes))
        found = guess(raw, as_=grain or None, platform=platform or None)
        return _guessed(found, raw)


def _guessed(found: Guess, raw: RawFile) -> Preview:
    cells = _samples(raw, [one.heading for one in found.headings])
    headings = tuple(
        HeadingSeen(one.heading, one.meaning, one.certainty, one.reason,
                    cells.get(one.heading, ()))
        for one in found.headings
    )  # fmt: skip
    drafted = found.mapping or found.draft
    mapping = as_toml(drafted) if drafted else ""
    return Preview(
        found.grain, "", found.certainty, headings, mapping, found.missing, found.notes
    )


def _samples(raw: RawFile, headings: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The first cells under each heading, as text, shortened."""
    found = {}
    for heading in headings:
        cells = raw.first.column(heading).slice(0, N_SAMPLES).to_pylist()
        found[heading] = tuple(str(cell)[:MOST_SAMPLE] for cell in cells if cell is not None)
    return found
