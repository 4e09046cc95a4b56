"""A creator's own figures on their way into the lake and out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.lake.take_back import take_back
from mawj.sources.limits import ReadingChoices, ReadingLimits
from mawj.sources.own_insights import (
    COUNTS,
    Figures,
    figures_in,
    figures_typed,
    rows_of_figures,
)
from mawj.sources.reading import open_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from mawj.lake.lake import Lake

__all__ = ["COUNTS", "Figures", "figures_of_file", "figures_typed", "keep_figures",
           "take_figures_back"]  # fmt: skip


def figures_of_file(path: str | Path, name: str) -> Figures:
    """The figures in a file that a creator brings.

    Raises:
        SourceRefused: for a file that is no table and no JSON, or is damaged.
    """
    with open_file(path, name=name, choices=ReadingChoices(limits=ReadingLimits())) as raw:
        return figures_in(raw)


def keep_figures(
    lake: Lake, account_id: str, figures: Mapping[str, Any], load_id: str, at: datetime
) -> int:
    """Store figures as first-party rows of the moment they were given; how many rows."""
    given = Figures(
        {name: float(n) for name, n in figures.get("counts", {}).items() if name in COUNTS},
        [(str(d), str(v), float(s)) for d, v, s in figures.get("audience", [])],
    )
    tables = rows_of_figures(given, account_id, at, load_id)
    return sum(lake.upsert(name, rows).n_new for name, rows in tables.items())


def take_figures_back(lake: Lake, load_id: str) -> int:
    """Remove the rows of figures that were withdrawn; how many."""
    return take_back(lake, load_id)
