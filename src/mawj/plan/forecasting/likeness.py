"""The middle of like cases: past values, each weighed by how like it is to what is asked.

A case counts exp(-sum of strength × difference), where the difference in a category is 0 or
1, in a number its distance in units, on a circle (a weekday, an hour) the share of half a turn.
The answer is the weighted median of the values, smoothed over the middle fifth of the weight.
It needs no fitting, cannot leave the range of what was seen, and does not move far for one
viral post.

Source: a kernel-weighted local median (Härdle & Gasser, Robust Non-Parametric Function Fitting,
JRSS B 46, 1984); the kernel's form and its strengths are our judgement.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mawj.plan.kernels.like import centres_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FAR = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Trait:
    """One thing by which cases are like or unlike.

    Attributes:
        name: what it is.
        strength: how much a full difference counts: at 1 the case weighs 1/e.
        is_number: a distance; otherwise a category, unless `turn` is given.
        turn: length of the circle that the values lie on, 0 for no circle.
    """

    name: str
    strength: float
    is_number: bool = False
    turn: float = 0.0


@dataclass(frozen=True)
class Cases:
    """Known values with their traits, in groups that do not see each other.

    Attributes:
        values: what came of each case, on any scale.
        traits: float64[n, traits]; NaN for not known, which is half a difference.
        group: which group each belongs to, 0 up.
        rank: place of each case in its group, such as by time.
        owner: who each case is of; -1 for nobody.
        heft: what each case counts before likeness.
    """

    values: Floats
    traits: Floats
    group: Ints
    rank: Ints
    owner: Ints
    heft: Floats


@dataclass(frozen=True)
class Questions:
    """What is asked, one row a question.

    Attributes:
        traits: float64[n, traits]; NaN where nothing is asked for.
        group: the group to look in; -1 for none.
        from_rank, to_rank: only cases with from_rank <= rank < to_rank are seen.
        but_owner: cases of this owner are not seen; -2 for all seen.
    """

    traits: Floats
    group: Ints
    from_rank: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    to_rank: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    but_owner: Ints = field(default_factory=lambda: np.empty(0, np.int64))


@dataclass(frozen=True)
class Centres:
    """The answers.

    Attributes:
        middle: smoothed weighted median; NaN where no case was seen.
        worth: sum of the weights: how many cases just like the question that amounts to.
        n: cases seen.
        spread: robust standard deviation of the values round the middle; NaN below two cases.
    """

    middle: Floats
    worth: Floats
    n: Ints
    spread: Floats


@dataclass(frozen=True)
class SortedCases:
    """Cases in the order in which they are looked through, made once for many questions."""

    cases: Cases
    ptr: Ints


def sorted_cases(cases: Cases) -> SortedCases:
    """The cases by group and within it by value."""
    order = np.lexsort((cases.values, cases.group))
    n_groups = int(cases.group.max(initial=-1)) + 1
    ptr = np.searchsorted(cases.group[order], np.arange(n_groups + 1)).astype(np.int64)
    made = {one.name: getattr(cases, one.name)[order] for one in fields(cases)}
    made["traits"] = np.ascontiguousarray(made["traits"], dtype=np.float64)
    return SortedCases(Cases(**made), ptr)


def centres(known: SortedCases, questions: Questions, traits: Sequence[Trait]) -> Centres:
    """The middle of the cases like each question: one answer per question, in their order.

    Cost:
        Cases of the group for each question: 10 million pairs take about a tenth of a second.
    """
    cases, size = known.cases, questions.group.size
    shape: Any = np.array([[t.strength, float(t.is_number), t.turn] for t in traits], float)
    # A group without cases has no place in `ptr`.
    group = np.where(questions.group < known.ptr.size - 1, questions.group, -1)
    found = centres_of(
        cases.traits,
        (cases.values, cases.rank, cases.owner, cases.heft),
        known.ptr,
        np.ascontiguousarray(questions.traits, dtype=np.float64),
        (
            group,
            _filled(questions.from_rank, size, 0),
            _filled(questions.to_rank, size, FAR),
            _filled(questions.but_owner, size, -2),
        ),
        shape.reshape(-1, 3),
    )
    return Centres(*found)


def _filled(given: Ints, size: int, default: int) -> Ints:
    return given if given.size == size else np.full(size, default, np.int64)
