"""Compiled loops of likeness: weighted medians over groups of cases, and slopes over time."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

LOW, HIGH = 0.4, 0.6
"""The part of the weight over which the median is smoothed."""
QUARTILES_APART = 1.349
"""Distance between the quartiles of a normal distribution in standard deviations."""


@njit(cache=True, nogil=True)
def weight_of(asked: Any, known: Any, shape: Any) -> Any:
    """exp(-sum of strength × difference): none where not asked, half where not known."""
    total = 0.0
    for f in range(shape.shape[0]):
        if shape[f, 0] == 0.0:
            continue
        a, b = asked[f], known[f]
        if math.isnan(a):
            apart = 0.0
        elif math.isnan(b):
            apart = 0.5
        elif shape[f, 2] > 0.0:
            apart = abs(a - b) % shape[f, 2]
            apart = min(apart, shape[f, 2] - apart) / (shape[f, 2] / 2.0)
        elif shape[f, 1] > 0.0:
            apart = abs(a - b)
        else:
            apart = 0.0 if a == b else 1.0
        total += shape[f, 0] * apart
    # A floor, so that the far-off still answer where nothing is near.
    return math.exp(-total) + 1e-6


@njit(cache=True, nogil=True)
def middle_of(values: Any, weights: Any, total: Any, low: Any, high: Any) -> Any:
    """Mean of sorted `values` between two shares of the weight."""
    passed, gathered, counted = 0.0, 0.0, 0.0
    for k in range(values.shape[0]):
        before = passed
        passed += weights[k]
        part = min(passed, high * total) - max(before, low * total)
        if part > 0.0:
            gathered += part * values[k]
            counted += part
        if passed >= high * total:
            break
    return gathered / counted if counted > 0.0 else values[values.shape[0] - 1]


@njit(cache=True, nogil=True)
def centres_of(known: Any, cases: Any, ptr: Any, asked: Any, limits: Any, shape: Any) -> Any:
    """Middle, worth, number and spread for each question.

    Args:
        known: float64[cases, traits], by group and within it by value.
        cases: values float64, rank and owner int64, heft float64, in the same order.
        ptr: int64[groups + 1], where each group begins.
        asked: float64[questions, traits].
        limits: group, from_rank, to_rank and but_owner, int64[questions].
        shape: float64[traits, 3]: strength, whether a number, length of the circle.
    """
    values, rank, owner, heft = cases
    group, from_rank, to_rank, but_owner = limits
    n = asked.shape[0]
    middle, spread = np.full(n, np.nan), np.full(n, np.nan)
    worth, seen = np.zeros(n), np.zeros(n, np.int64)
    widest = 0
    for g in range(ptr.shape[0] - 1):
        widest = max(widest, ptr[g + 1] - ptr[g])
    near, weights = np.empty(widest), np.empty(widest)
    for i in range(n):
        if group[i] < 0:
            continue
        k, total = 0, 0.0
        for j in range(ptr[group[i]], ptr[group[i] + 1]):
            if rank[j] < from_rank[i] or rank[j] >= to_rank[i] or owner[j] == but_owner[i]:
                continue
            near[k] = values[j]
            weights[k] = heft[j] * weight_of(asked[i], known[j], shape)
            total += weights[k]
            k += 1
        if k == 0 or total <= 0.0:
            continue
        middle[i] = middle_of(near[:k], weights[:k], total, LOW, HIGH)
        worth[i], seen[i] = total, k
        if k > 1:
            low = middle_of(near[:k], weights[:k], total, 0.2, 0.3)
            high = middle_of(near[:k], weights[:k], total, 0.7, 0.8)
            spread[i] = (high - low) / QUARTILES_APART
    return middle, worth, seen, spread


@njit(cache=True, nogil=True)
def slopes_of(days: Any, values: Any, ptr: Any, limits: Any, most: Any) -> Any:
    """Median slope a day over the latest `most` cases seen, with its error and middle day.

    Args:
        days: float64, by group and within it by time.
        values: float64, in the same order.
        ptr: int64[groups + 1].
        limits: group, from_rank and to_rank, int64[questions]; rank is the place in the group.
        most: cases looked at.
    """
    group, from_rank, to_rank = limits
    n = group.shape[0]
    slope, error, day = np.zeros(n), np.full(n, np.inf), np.full(n, np.nan)
    count = np.zeros(n, np.int64)
    pairs = np.empty(most * (most - 1) // 2 + 1)
    for i in range(n):
        if group[i] < 0:
            continue
        start = ptr[group[i]]
        last = min(start + to_rank[i], ptr[group[i] + 1])
        first = max(start + from_rank[i], last - most)
        k = last - first
        if k < 1:
            continue
        count[i], day[i] = k, days[first:last].mean()
        m = 0
        for a in range(first, last):
            for b in range(a + 1, last):
                if days[b] - days[a] >= 1.0:
                    pairs[m] = (values[b] - values[a]) / (days[b] - days[a])
                    m += 1
        if m < 3:
            continue
        slope[i] = np.median(pairs[:m])
        off = values[first:last] - slope[i] * (days[first:last] - day[i])
        scale = 1.4826 * np.median(np.abs(off - np.median(off))) + 1e-9
        error[i] = 1.2533 * scale / (days[first:last].std() * math.sqrt(k) + 1e-9)
    return slope, error, day, count


@njit(cache=True, nogil=True)
def segment_medians(values: Any, ptr: Any) -> Any:
    """The median of each stretch of `values`; NaN for an empty one."""
    n = ptr.shape[0] - 1
    made = np.full(n, np.nan)
    for i in range(n):
        if ptr[i + 1] > ptr[i]:
            made[i] = np.median(values[ptr[i] : ptr[i + 1]])
    return made
