"""A run from beginning to end: reference tables, every step, the swap of the current run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj import __version__
from mawj.flow.accounts import rows
from mawj.flow.runner import Judgement, StepDone, in_order, reads, run_steps
from mawj.flow.settings import as_plain
from mawj.flow.steps import MEANING_STEPS, STEPS
from mawj.flow.taxonomy import reference_tables
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotEnoughData

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from mawj.lake.lake import Lake
    from mawj.lake.run_log import RunRecord

MOMENTS = (("posts", "published_at"), ("account_snapshots", "taken_at"), ("interactions", "at"),
           ("comments", "published_at"), ("accounts", "fetched_at"))  # fmt: skip
GROUP_ROWS = {"search_terms": 122_880, "directory": 20_480}
"""Rows a group of sorted tables whose values have thousands of rows: smaller groups would find
none sooner."""
GIVEN = frozenset(name for name, table in TABLES.items() if table.kind != "derived")


class _Shelf:
    """A run of the lake, as the runner sees it."""

    def __init__(self, lake: Lake, run: Any) -> None:
        self._lake, self._run = lake, run

    def read(self, name: str) -> Any:
        return self._run.read(name)

    def write(self, name: str, table: Any, *, sort_by: Sequence[str] = ()) -> int:
        groups = GROUP_ROWS.get(name)
        return int(self._run.write(name, table, sort_by=tuple(sort_by), row_group_rows=groups))

    def keep(self, table: Any) -> Any:
        return self._lake.keep(table)


@dataclass(frozen=True)
class RunAsked:
    """What a run is asked to do.

    Attributes:
        settings: settings objects by class name; see `mawj.flow.settings`.
        as_of: where windows end; None for the latest moment that the loaded data speak of, so
            that the same data always give the same scores.
        topic_files: the user's own topics.
        tier_files: the user's own tier schemes.
        by_meaning: also make the vectors for search by meaning.
    """

    settings: Mapping[str, object]
    as_of: datetime | None = None
    topic_files: Sequence[Path] = ()
    tier_files: Sequence[Path] = ()
    by_meaning: bool = False


def run(
    lake: Lake,
    asked: RunAsked,
    *,
    done: Callable[[StepDone], None] = lambda _: None,
) -> RunRecord:
    """Compute everything from the observed tables as they are now, and make it current.

    Raises:
        NotEnoughData: when no account is loaded.
        MawjError: from a step; the run is then marked as failed and stays invisible.
    """
    settings = asked.settings
    ends = asked.as_of or latest_moment(lake)
    seed = int(getattr(settings.get("Resampling"), "seed", 1))
    made = lake.begin_run(
        settings=as_plain(settings), as_of=ends, seed=seed, code_version=__version__
    )
    shelf = _Shelf(lake, made)
    try:
        for name, table in reference_tables(asked.topic_files, asked.tier_files).items():
            shelf.write(name, table)
        steps = (*STEPS, *MEANING_STEPS) if asked.by_meaning else STEPS
        run_steps(shelf, steps, Judgement(ends, seed, settings), given=GIVEN, done=done)
    except Exception as error:
        made.fail(f"{type(error).__name__}: {error}")
        raise
    return made.finish()


def latest_moment(lake: Lake) -> datetime:
    """The latest moment that any loaded row speaks of.

    Raises:
        NotEnoughData: when nothing is loaded.
    """
    latest = []
    for name, column in MOMENTS:
        table = lake.read(name)
        latest += [row["m"] for row in rows(table.agg(m=table[column].max()))]
    known = [moment for moment in latest[:-1] if moment is not None] or [
        moment for moment in latest if moment is not None
    ]
    if not known or not rows(lake.read("accounts").limit(1)):
        raise NotEnoughData("no account is loaded; `mawj load FILE` first", has=0, needs=1)
    latest_known: datetime = max(known)
    return latest_known


def picture() -> str:
    """The steps in order with what each reads: `mawj flow`."""
    lines = [
        f"{step.__name__:22} <- {', '.join(reads(step))}" for step in in_order(STEPS, GIVEN)
    ]
    return "\n".join(lines)
