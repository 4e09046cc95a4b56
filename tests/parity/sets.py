"""Which steps are held: `MAWJ_PARITY=small` names a few telling ones, all else every one."""

from __future__ import annotations

import inspect
import os
from typing import TYPE_CHECKING, Any

from mawj.flow.runner import reads
from mawj.flow.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Step = Callable[..., Any]

SMALL = (
    "standing", "post_counts", "engagement", "acts", "attention", "edges", "post_topics",
    "tiers", "kred_activity",
)  # fmt: skip
"""Latest known values, a join on spans, medians, unions, weighted sums, lists, bounds."""


def table_functions() -> list[Step]:
    """The steps that make an Ibis table; model functions run in this process on both."""
    return [
        step
        for step in STEPS
        if not str(inspect.signature(step).return_annotation).startswith("pa.")
    ]


def asked() -> list[Step]:
    """The table functions of the set that `MAWJ_PARITY` names."""
    steps = table_functions()
    if os.environ.get("MAWJ_PARITY") != "small":
        return steps
    return [step for step in steps if step.__name__ in SMALL]


def with_what_they_read(steps: Sequence[Step]) -> list[Step]:
    """`steps`, and every step whose table one of them reads, at whatever remove."""
    by_name = {step.__name__: step for step in STEPS}
    needed: dict[str, Step] = {}
    waiting = [step.__name__ for step in steps]
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in needed:
            needed[name] = by_name[name]
            waiting += reads(by_name[name])
    return list(needed.values())
