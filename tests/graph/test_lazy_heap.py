"""The heap gives nodes in the order that looking at all of them would give."""

from __future__ import annotations

import numpy as np
import pytest

from mawj.graph.lazy_heap import FIRST, Limits, drop_top, heap_of, pass_over, top_of


def limits(cost: np.ndarray, may: np.ndarray, budget: float) -> Limits:
    return Limits(
        cost, np.full(cost.size, -1, np.int32), np.zeros(0, np.int32), budget,
        np.zeros(0, np.int32), may.astype(np.uint8), cost.size,
    )  # fmt: skip


def best(gain: np.ndarray, told: Limits, node: np.ndarray, by_cost: bool) -> int:
    """The same by looking at all: the most, of equals the lowest number."""
    key = gain / told.cost if by_cost else gain.astype(np.float64)
    key = np.where((told.may > 0) & (told.cost <= told.budget), key, 0.0)
    if not key.any():
        return -1
    tied = np.flatnonzero(key == key.max())
    return int(tied[np.argmin(node[tied])])


@pytest.mark.parametrize("by_cost", [True, False])
@pytest.mark.parametrize("n", [1, 50, 3 * FIRST])
def test_what_falls_is_taken_in_the_order_of_what_it_is_worth_then(n: int, by_cost: bool):
    random = np.random.default_rng(n)
    gain = (10_000 * random.random(n) ** 3).astype(np.int32)
    node = random.permutation(n).astype(np.int32)
    told = limits(random.lognormal(0, 1, n), random.random(n) < 0.9, 4.0)
    heap = heap_of(gain, node, told, by_cost)
    for step in range(min(n, 400)):
        top = top_of(heap, gain, told, told.budget)
        assert top == best(gain, told, node, by_cost), step
        if top < 0:
            break
        drop_top(heap)
        gain[top] = 0
        # Now and then nearly all of the best fall far below those that stand outside.
        falls = random.random(n) < (0.02 if step % 50 else 0.97)
        gain[falls] = (gain[falls] * random.random(int(falls.sum()))).astype(np.int32)


def test_a_large_heap_begins_with_the_best_only():
    n = 20 * FIRST
    gain = np.random.default_rng(1).permutation(n).astype(np.int32)
    told = limits(np.ones(n), np.ones(n, bool), 1.0)
    heap = heap_of(gain, np.arange(n, dtype=np.int32), told, False)
    assert FIRST / 2 < heap.counts[0] < 2 * FIRST
    assert gain[heap.place[: heap.counts[0]]].min() >= heap.floor[0] > 0


def test_those_too_dear_are_not_taken_apart_one_by_one():
    n = 3 * FIRST
    cost = np.where(np.arange(n) < n - 5, 10.0, 1.0)
    gain = np.arange(n, 0, -1).astype(np.int32)
    told = limits(cost, np.ones(n, bool), 10.0)
    heap, passed = heap_of(gain, np.arange(n, dtype=np.int32), told, False), 0
    top = top_of(heap, gain, told, 1.0)
    while top >= 0 and cost[top] > 1.0:
        pass_over(heap, told, 1.0)
        passed += 1
        top = top_of(heap, gain, told, 1.0)
    assert top == n - 5
    assert passed < 100
