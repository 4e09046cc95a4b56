"""Runs the steps of the analytics in order: reads parameter names, sorts, runs, keeps.

A step is a function with the name of the table it makes. Its positional parameters name the
tables it reads; its keyword-only parameters are settings objects, told by the class name of
their annotation, or one of `as_of`, `seed` and `keep`. A parameter annotated `pa.Table` gets
an Arrow table (a model function), one annotated `pa.RecordBatchReader` the same rows batch by
batch, any other an Ibis table (a table function). A step may give batches one after the other.
"""

from __future__ import annotations

import inspect
import time
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, Protocol

from mawj.tables.declared import TABLES
from mawj.tables.errors import MawjError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from typing import TypeAlias

    Step: TypeAlias = Callable[..., Any]

GIVEN = frozenset({"as_of", "seed", "keep"})
OF_ACCOUNTS = (
    "account_communities", "account_languages", "account_topics", "cadence", "cited_posts",
    "conversation", "engagement", "freshness", "growth", "influence", "influence_evidence",
    "kinds", "klout_style", "kred_style", "people", "reach", "standing", "tiers",
    "topic_evidence",
)  # fmt: skip
SORTED_BY = {
    "search_terms": ("term", "account_id"),
    "directory": ("topic_id", "fit", "account_id"),
    "influence_findings": ("subject_id", "topic_id"),
    "acts": ("target_id",),
    **dict.fromkeys(OF_ACCOUNTS, ("account_id",)),
}
"""Tables that doors look up by a value: in that order a reading skips what it need not see."""


class Shelf(Protocol):
    """Where a run's tables are read and written: a run of the lake, or a dict in a test."""

    def read(self, name: str) -> Any:
        """The table called `name` as an Ibis expression."""

    def write(self, name: str, table: Any, *, sort_by: Sequence[str] = ()) -> int:
        """Keep `table` whole under `name`; the number of rows."""

    def keep(self, table: Any) -> Any:
        """`table`, computed and cut from its history."""


@dataclass(frozen=True)
class Judgement:
    """What a run is told besides its tables.

    Attributes:
        as_of: the moment that windows end at.
        seed: seed of everything that samples.
        settings: settings objects by class name.
    """

    as_of: datetime
    seed: int
    settings: Mapping[str, object]


@dataclass(frozen=True)
class StepDone:
    """One finished step, for progress bars and for the run's log."""

    name: str
    place: int
    n_steps: int
    n_rows: int
    seconds: float


def reads(step: Step) -> tuple[str, ...]:
    """Names of the tables that `step` reads."""
    parameters = inspect.signature(step).parameters.values()
    return tuple(p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD)


def settings_read(step: Step) -> dict[str, str]:
    """Keyword-only settings of `step`: parameter name to the class name of its annotation."""
    parameters = inspect.signature(step).parameters.values()
    return {
        p.name: str(p.annotation).rpartition(".")[2]
        for p in parameters
        if p.kind is p.KEYWORD_ONLY and p.name not in GIVEN
    }


def in_order(steps: Sequence[Step], given: frozenset[str]) -> list[Step]:
    """The steps, each after those it reads.

    Raises:
        MawjError: when a step reads a table that no source and no step makes.
    """
    by_name = {step.__name__: step for step in steps}
    for step in steps:
        unknown = [name for name in reads(step) if name not in by_name and name not in given]
        if unknown:
            raise MawjError(
                f"step {step.__name__} reads {unknown}, which no source or step makes; "
                "correct the parameter's name or add the step to flow/steps.py"
            )
    sorter = TopologicalSorter(
        {name: [r for r in reads(step) if r in by_name] for name, step in by_name.items()}
    )
    return [by_name[name] for name in sorter.static_order()]


def run_steps(
    shelf: Shelf,
    steps: Sequence[Step],
    judgement: Judgement,
    *,
    given: frozenset[str],
    done: Callable[[StepDone], None] = lambda _: None,
) -> list[StepDone]:
    """Run every step in order on `shelf`; the finished steps, with rows and seconds."""
    ordered = in_order(steps, given)
    finished = []
    for place, step in enumerate(ordered, start=1):
        began = time.perf_counter()
        made = called(step, shelf, judgement)
        name = step.__name__
        n_rows = shelf.write(name, _declared(name, made), sort_by=SORTED_BY.get(name, ()))
        spent = time.perf_counter() - began
        finished.append(StepDone(name, place, len(ordered), n_rows, spent))
        done(finished[-1])
    return finished


def called(step: Step, shelf: Shelf, judgement: Judgement) -> Any:
    """What `step` makes of the tables on `shelf`, not kept yet.

    Raises:
        SettingsError: when it wants settings that nobody gave.
    """
    parameters = inspect.signature(step).parameters
    # A stream is opened last: the engine closes it when anything else is asked of it.
    names = sorted(reads(step), key=lambda name: _is_stream(parameters[name]))
    read = {name: _table(shelf, parameters[name]) for name in names}
    tables = [read[name] for name in reads(step)]
    told: dict[str, Any] = {
        name: _settings(step, judgement, class_name)
        for name, class_name in settings_read(step).items()
    }
    offered = {"as_of": judgement.as_of, "seed": judgement.seed, "keep": shelf.keep}
    told |= {name: value for name, value in offered.items() if name in parameters}
    return step(*tables, **told)


def _is_stream(parameter: inspect.Parameter) -> bool:
    return str(parameter.annotation) == "pa.RecordBatchReader"


def _table(shelf: Shelf, parameter: inspect.Parameter) -> Any:
    table = shelf.read(parameter.name)
    if _is_stream(parameter):
        return table.to_pyarrow_batches()
    return table.to_pyarrow() if str(parameter.annotation).startswith("pa.") else table


def _settings(step: Step, judgement: Judgement, class_name: str) -> object:
    if class_name not in judgement.settings:
        raise SettingsError(
            f"step {step.__name__} wants settings {class_name}; add the class to "
            "SETTINGS in flow/settings.py"
        )
    return judgement.settings[class_name]


def _declared(name: str, made: Any) -> Any:
    """`made` with exactly the declared columns, in the declared order."""
    if name not in TABLES or not hasattr(made, "select"):
        return made
    return made.select(list(TABLES[name].names))
