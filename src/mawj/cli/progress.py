"""The bar of long work: it goes away and leaves the answer alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mawj.flow.runner import StepDone

Made = TypeVar("Made")


def behind_a_bar(
    work: Callable[[Callable[[StepDone], None]], Made], *, is_counted: bool = False
) -> Made:
    """Do the work behind a bar of its steps, shown on a terminal only.

    Args:
        work: is given what is to be called when a step is done.
        is_counted: also show how many steps of how many.
    """
    counts: tuple[ProgressColumn, ...] = (MofNCompleteColumn(),) if is_counted else ()
    columns = (TextColumn("{task.description:28}"), BarColumn(), *counts, TimeElapsedColumn())
    screen = Console(stderr=True)
    with Progress(
        *columns, console=screen, transient=True, disable=not screen.is_terminal
    ) as bar:
        task = bar.add_task("", total=None)

        def done(step: StepDone) -> None:
            bar.update(task, total=step.n_steps, completed=step.place, description=step.name)

        return work(done)
