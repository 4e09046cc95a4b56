"""Compiled resampling of scores: a constant, one normal term, Poisson terms, held in 0..100.

Randomness is by counter: the draws of subject `s` in replicate `b` depend on the seed, `s` and
`b` only, so that a replicate can be made again instead of being kept, by any thread.

Source: counter by the SplitMix64 mixer (Steele, Lea & Flood, OOPSLA 2014); Poisson by inversion
(Devroye 1986, X.3) below a rate of 30 and the rounded normal above, where it differs by less
than the noise of 200 replicates; normals by Box & Muller 1958.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

Drawn = tuple[Floats, Floats, Ints, Floats]
"""How each subject's score is drawn: fixed and spread float64[n], ptr int64[n + 1], and the
Poisson terms float64[m, 3] (points, observed, rate), those of subject s from ptr[s] on. A draw
is `fixed + spread * Z + sum of points * log10(1 + observed * K / rate)`, K ~ Poisson(rate).
"""

TWO_PI = 6.283185307179586
INV_2_53 = 1.1102230246251565e-16


@njit(cache=True, nogil=True)
def mixed(state: Any) -> Any:
    """SplitMix64's output for a counter."""
    z = state
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@njit(cache=True, nogil=True)
def uniform(key: Any, place: int) -> float:
    """The uniform draw in (0, 1) of one key and place."""
    step = np.uint64(place + 1) * np.uint64(0x9E3779B97F4A7C15)
    return (float(mixed(key + step) >> np.uint64(11)) + 0.5) * INV_2_53


@njit(cache=True, nogil=True)
def normal(key: Any, place: int) -> float:
    """A standard normal draw from two uniforms, at `place` and the next."""
    radius = math.sqrt(-2.0 * math.log(uniform(key, place)))
    drawn: float = radius * math.cos(TWO_PI * uniform(key, place + 1))
    return drawn


@njit(cache=True, nogil=True)
def poisson(rate: float, key: Any, place: int) -> float:
    """A Poisson draw, from `place` and the next."""
    if rate >= 30.0:
        drawn: float = math.floor(rate + math.sqrt(rate) * normal(key, place) + 0.5)
        return max(0.0, drawn)
    chance = math.exp(-rate)
    left, count = uniform(key, place) - chance, 0
    while left > 0.0 and count < 200:
        count += 1
        chance *= rate / count
        left -= chance
    return float(count)


@njit(cache=True, nogil=True)
def one_score(subject: int, replicate: int, drawn: Drawn, seed: int) -> float:
    """The score of one subject in one replicate."""
    fixed, spread, ptr, terms = drawn
    key = mixed(np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(subject))
    key = mixed(key + np.uint64(replicate) * np.uint64(0xD1B54A32D192ED03))
    total: float = fixed[subject]
    if spread[subject] > 0.0:
        total += spread[subject] * normal(key, 0)
    for t in range(ptr[subject], ptr[subject + 1]):
        points, observed, rate = terms[t]
        count = poisson(rate, key, 2 * (t - ptr[subject]) + 2)
        total += points * math.log10(1.0 + observed * count / rate)
    return min(100.0, max(0.0, total))


@njit(cache=True, nogil=True)
def spans(
    rows: tuple[int, int], replicates: int, drawn: Drawn, seed: int, ends: Floats
) -> None:
    """For subjects `rows[0]` to `rows[1] - 1`: 5 % and 95 % quantile, least and most.

    They are written into `ends`, float64[n, 4].
    """
    made = np.empty(replicates, np.float64)
    low, high = quantile_places(replicates)
    for s in range(rows[0], rows[1]):
        for b in range(replicates):
            made[b] = one_score(s, b, drawn, seed)
        made.sort()
        ends[s, 0], ends[s, 1] = made[low], made[high]
        ends[s, 2], ends[s, 3] = made[0], made[replicates - 1]


@njit(cache=True, nogil=True)
def quantile_places(replicates: int) -> tuple[int, int]:
    """Places of the 5 % and 95 % quantile among sorted replicates."""
    low = int(0.05 * replicates)
    return low, replicates - 1 - low


@njit(cache=True, nogil=True)
def replicate_scores(subjects: Ints, replicate: int, drawn: Drawn, seed: int) -> Floats:
    """The scores of some subjects in one replicate."""
    made = np.empty(subjects.size, np.float64)
    for i in range(subjects.size):
        made[i] = one_score(subjects[i], replicate, drawn, seed)
    return made
