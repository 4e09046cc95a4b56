"""Cheap rankings to choose by, scored beside every choice: none may reach more than it.

- degree: who passes messages on to most nodes;
- degree discount: the same, less what the ones chosen before already reach directly (after
  Chen, Wang, Yang, Efficient Influence Maximization in Social Networks, KDD 2009, section 4;
  here with the chance of each edge in place of their one chance for all);
- reverse PageRank: PageRank of the graph turned round.
"""

import numpy as np
from numba import njit

from mawj.graph.arrays import Bools, Float32s, Float64s, Int32s, Int64s
from mawj.graph.diffusion import Diffusion
from mawj.graph.lazy_heap import FIRST, MANY, SIZE, Heap, drop_top, heapify, sift_down
from mawj.graph.rank import RankSettings, pagerank
from mawj.graph.wishes import Wish

# A ranking needs no more: the first nodes do not change after some rounds.
RANK = RankSettings(rounds=30, tolerance=1e-6)


def rivals(
    diffusion: Diffusion, wish: Wish, weight: Float64s | None = None
) -> dict[str, Int32s]:
    """Choices within the limits of `wish` by each cheap ranking, as ids.

    With a budget each ranking is read per cost, and degree also as it is.
    """
    graph = diffusion.adjacency
    degree = np.empty(graph.n_nodes)
    degree[graph.order] = graph.out_weight
    found = {
        "degree": in_order(degree, wish),
        "degree_discount": degree_discount(diffusion, wish, weight),
        "reverse_pagerank": in_order(per_cost(reverse_pagerank(diffusion, weight), wish), wish),
    }
    if wish.budget is not None:
        found["degree_per_cost"] = in_order(per_cost(degree, wish), wish)
    return found


def reverse_pagerank(diffusion: Diffusion, weight: Float64s | None = None) -> Float64s:
    """PageRank of the graph turned round, by the caller's ids; restarts at what counts."""
    teleport = weight if weight is not None and np.any(weight > 0) else None
    ranked = pagerank(diffusion.forward, settings=RANK, teleport=teleport)
    return ranked.values.astype(np.float64)


def per_cost(score: Float64s, wish: Wish) -> Float64s:
    """A score divided by cost where a budget is set; what is free comes first."""
    if wish.budget is None or wish.cost is None:
        return score
    free = np.full(score.size, np.inf)
    found: Float64s = np.divide(score, wish.cost, out=free, where=wish.cost > 0)
    return found


def in_order(score: Float64s, wish: Wish) -> Int32s:
    """The best by score that fit the limits, those of `must` first; equal ones by id."""
    order = np.argsort(-score, kind="stable").astype(np.int32)
    limits = told(wish, score.size)
    taken = take_in_order(order, *limits)
    return np.concatenate([np.unique(wish.must), taken]).astype(np.int32)


Left = tuple[Int32s, float, int]
Told = tuple[Bools, Float64s, Int32s, Left]
Row = tuple[Int64s, Int32s, Float32s]


def told(wish: Wish, n: int) -> Told:
    """Who may be chosen, costs, groups; room in groups, budget and number left."""
    cost = np.zeros(n) if wish.budget is None or wish.cost is None else wish.cost
    budget = np.inf if wish.budget is None else wish.budget - wish.cost_of(wish.must)
    group = np.full(n, -1, np.int32) if wish.group is None else wish.group.astype(np.int32)
    left = n if wish.most is None else wish.most - wish.n_must
    return wish.may(n), cost.astype(np.float64), group, (wish.room(), float(budget), left)


def degree_discount(diffusion: Diffusion, wish: Wish, weight: Float64s | None) -> Int32s:
    """Greedy by what a node reaches directly and those chosen before do not."""
    forward = diffusion.forward
    n = forward.n_nodes
    chance = forward.in_weight
    if chance is None:
        chance = np.ones(forward.n_edges, np.float32)
    counts = np.ones(n) if weight is None else np.asarray(weight, np.float64)[forward.order]
    may, cost, group, left = told(wish, n)
    order = forward.order
    told_by_number = may[order], cost[order], group[order], left
    links = forward.in_ptr, forward.in_idx, chance
    must = forward.rank_of[np.unique(wish.must)].astype(np.int32)
    places = discount(links, counts, told_by_number, must, wish.budget is not None)
    return np.concatenate([order[must], order[places]]).astype(np.int32)


@njit(cache=True, nogil=True)
def take_in_order(
    order: Int32s, may: Bools, cost: Float64s, group: Int32s, left: Left
) -> Int32s:
    """Nodes in their order as long as they fit; groups' room is used up."""
    room, budget, number = left
    taken = np.empty(order.size, np.int32)
    n = 0
    for node in order:
        if n >= number:
            break
        full = group[node] >= 0 and room[group[node]] <= 0
        if full or not may[node] or cost[node] > budget:
            continue
        if group[node] >= 0:
            room[group[node]] -= 1
        budget -= cost[node]
        taken[n] = node
        n += 1
    return taken[:n].copy()


@njit(cache=True, nogil=True)
def direct(node: int, links: Row, counts: Float64s, missed: Float64s) -> float:
    """What a node reaches in one step, itself included, that is not yet reached."""
    ptr, idx, chance = links
    total = counts[node]
    for e in range(ptr[node], ptr[node + 1]):
        total += chance[e] * missed[idx[e]] * counts[idx[e]]
    found: float = total * missed[node]
    return found


@njit(cache=True, nogil=True)
def reach_from(node: int, links: Row, missed: Float64s) -> None:
    """Lower the chance to be missed of those a chosen node reaches."""
    ptr, idx, chance = links
    for e in range(ptr[node], ptr[node + 1]):
        missed[idx[e]] *= 1.0 - chance[e]
    missed[node] = 0.0


@njit(cache=True, nogil=True)
def key_heap(links: Row, counts: Float64s, told: Told, missed: Float64s, by_cost: bool) -> Heap:
    """All that may be chosen, by what they reach directly; also those that reach nobody."""
    may, cost = told[0], told[1]
    nodes = np.arange(may.size).astype(np.int32)
    heap = Heap(
        nodes[may],
        np.zeros(may.size),
        nodes,
        np.array([0, 0, MANY, FIRST]),
        np.zeros(1),
        by_cost,
    )
    for node in heap.place:
        reach = direct(node, links, counts, missed)
        heap.key[node] = reach / max(cost[node], 1e-300) if by_cost else reach
    heap.counts[SIZE] = heap.place.size
    heapify(heap.place, heap.place.size, heap.key, nodes)
    return heap


@njit(cache=True, nogil=True)
def discount(links: Row, counts: Float64s, told: Told, must: Int32s, by_cost: bool) -> Int32s:
    """Nodes in the order of choice; what a node reaches directly only falls, so lazily."""
    _, cost, group, (room, budget, number) = told
    missed = np.ones(cost.size)
    for node in must:
        reach_from(node, links, missed)
    heap, n = key_heap(links, counts, told, missed, by_cost), 0
    taken = np.empty(heap.place.size, np.int32)
    while heap.counts[SIZE] > 0 and n < number:
        top = heap.place[0]
        reach = direct(top, links, counts, missed)
        exact = reach / max(cost[top], 1e-300) if by_cost else reach
        if exact < heap.key[top] * (1 - 1e-12):
            heap.key[top] = exact
            sift_down(heap.place, heap.counts[SIZE], 0, heap.key, heap.node)
            continue
        drop_top(heap)
        if cost[top] > budget or (group[top] >= 0 and room[group[top]] <= 0):
            continue
        if group[top] >= 0:
            room[group[top]] -= 1
        budget -= cost[top]
        reach_from(top, links, missed)
        taken[n] = top
        n += 1
    return taken[:n].copy()
