"""Where a vetting reads and keeps its tables: for all accounts at once, and for one batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.brand_file import no_brand
from mawj.flow.follower_training import follower_models
from mawj.flow.runner import reads
from mawj.flow.text_models import models_given
from mawj.flow.vet_steps import WHOLE_STEPS
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pyarrow as pa

    from mawj.lake.lake import Lake

NEWEST = ("fact_checks", "labels")
"""Loaded tables that no step of a run reads: what came in since the run counts here."""

CUT = ("vet_posts", "vet_comments")
"""What lies below everything else of a vetting: cut out of the lake once, for all accounts."""


class VetShelf:
    """Tables of one vetting: made ones in scratch, others from the current run.

    With `by_account` what is cut out lies by account, so that a batch reads few rows of others.
    """

    def __init__(
        self,
        lake: Lake,
        run_id: str,
        given: Mapping[str, pa.Table],
        *,
        by_account: bool = False,
    ) -> None:
        self._lake, self._run_id, self._by_account = lake, run_id, by_account
        self._made: dict[str, Any] = {}
        fitted = {"follower_models": follower_models(lake), **models_given(lake)}
        for name, table in {**no_brand(), **fitted, **given}.items():
            self.write(name, table)

    def read(self, name: str) -> Any:
        """A table made here, else as the current run pinned or made it."""
        if name in self._made:
            return self._made[name]
        run_id = None if name in NEWEST else self._run_id
        return self._lake.read(name, run_id=run_id)

    def write(self, name: str, table: Any, *, sort_by: Sequence[str] = ()) -> int:  # noqa: ARG002 (the runner's shelf)
        """Keep `table` whole under `name`; 0, since nobody counts here."""
        schema = TABLES[name].schema if name in TABLES else None
        ordered = table.order_by("account_id") if name in CUT and self._by_account else table
        self._made[name] = self._lake.shelve(ordered, schema)
        return 0

    def keep(self, table: Any) -> Any:
        """`table`, computed and cut from its history."""
        return self._lake.keep(table)


class BatchShelf(VetShelf):
    """Tables of one batch of a vetting, over those that were made for all of it."""

    def __init__(self, lake: Lake, whole: VetShelf, batch: Sequence[str]) -> None:
        # What was given stands in `whole`.
        self._lake, self._by_account = lake, False
        self._made: dict[str, Any] = {}
        self._whole, self._ends = whole, (min(batch), max(batch))

    def read(self, name: str) -> Any:
        """A table of the batch, else its rows of what was made for all, else a table of all."""
        if name in self._made:
            return self._made[name]
        table = self._whole.read(name)
        if name not in CUT:
            return table
        first, last = self._ends
        return table.filter(_.account_id >= first, _.account_id <= last)


def once_and_each(
    steps: Sequence[Callable[..., Any]],
) -> tuple[list[Callable[..., Any]], list[Callable[..., Any]]]:
    """The steps made once for all accounts, and those made for each batch.

    Once: `CUT`, `WHOLE_STEPS`, and what reads nothing of the vetted accounts. Each: what does,
    directly or through another step.
    """
    by_name = {step.__name__: step for step in steps}
    whole = {step.__name__ for step in WHOLE_STEPS}

    def is_of_batch(name: str) -> bool:
        if name == "vet_subjects":
            return True
        if name in whole:
            return False
        return name in by_name and any(map(is_of_batch, reads(by_name[name])))

    once = [step for step in steps if step.__name__ in CUT or not is_of_batch(step.__name__)]
    return once, [step for step in steps if step not in once]
