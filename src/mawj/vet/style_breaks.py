"""The moment at which a row of posts changes its style most, and how surely it does.

Source:
    Matteson and James 2014, JASA 109 (505): the split that parts a row most, its chance taken
    from permutations of the row; here with standardised differences of means, of which the
    part that chance gives (1/n + 1/m for each trait) is taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_BLOCK = 5
"""Posts moved together: neighbours are alike (a series, a journey); our judgement."""

_LEAST_SIZE = 0.1
"""Below it a change is too small to tell, and rows need not be shuffled; our judgement."""


@dataclass(frozen=True)
class Break:
    """Where a row of posts changes most.

    Attributes:
        at: the first post after the change.
        size: root of the mean squared difference of the traits in their own spreads, less
            what chance gives; 0 where nothing changes.
        p_chance: share of shuffled rows that change as much somewhere; 1 where the change is
            too small to tell.
        suddenness: the difference between the posts just before and just after as a part of
            the whole: near 1 for another hand, small where a style drifts.
        differences: of each trait, after less before, in spreads.
    """

    at: int
    size: float
    p_chance: float
    suddenness: float
    differences: Floats


def style_break(traits: Floats, *, least: int, n_shuffles: int, seed: int) -> Break | None:
    """The strongest change in the rows of `traits`, which are in order of time.

    Args:
        traits: one row a post.
        least: posts that must stand on either side.
        n_shuffles: permutations that the chance is taken from.
        seed: of the permutations.

    Returns:
        None where there are too few posts, or nothing varies.
    """
    spread = traits.std(axis=0)
    varied = traits[:, spread > 1e-9]
    if len(traits) < 2 * least or varied.shape[1] == 0:
        return None
    # Outlying posts must not make a break of themselves.
    rows = np.clip((varied - varied.mean(axis=0)) / varied.std(axis=0), -3.0, 3.0)
    told = _gains(rows, least)
    at = int(told.argmax()) + least
    gap = rows[at:].mean(axis=0) - rows[:at].mean(axis=0)
    near = rows[at : at + least].mean(axis=0) - rows[at - least : at].mean(axis=0)
    noise = 1.0 / at + 1.0 / (len(rows) - at)
    size = float(np.sqrt(max((gap**2).mean() - noise, 0.0)))
    above = n_shuffles
    if size >= _LEAST_SIZE:
        chance = _by_chance(rows, least, n_shuffles, seed)
        above = int((chance >= told.max() - 1e-12).sum())
    differences = np.zeros(traits.shape[1])
    differences[spread > 1e-9] = gap
    suddenness = float(near @ gap / max(gap @ gap, 1e-12))
    return Break(at, size, (1 + above) / (1 + n_shuffles), suddenness, differences)


def _gains(rows: Floats, least: int) -> Floats:
    """For each split with `least` rows on either side: what it explains of all squares."""
    n = len(rows)
    before = np.cumsum(rows, axis=0)[least - 1 : n - least]
    n_before = np.arange(least, n - least + 1, dtype=np.float64)[:, None]
    total = rows.sum(axis=0)
    gap = before / n_before - (total - before) / (n - n_before)
    weight = (n_before * (n - n_before) / n)[:, 0]
    gains: Floats = weight * (gap**2).mean(axis=1)
    return gains


def _by_chance(rows: Floats, least: int, n_shuffles: int, seed: int) -> Floats:
    """The strongest split of each of so many rows of shuffled blocks."""
    dice = np.random.default_rng(seed)
    blocks = np.array_split(np.arange(len(rows)), max(len(rows) // _BLOCK, 1))
    made = []
    for _ in range(n_shuffles):
        order = np.concatenate([blocks[b] for b in dice.permutation(len(blocks))])
        made.append(_gains(rows[order], least).max())
    return np.array(made)
