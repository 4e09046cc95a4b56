"""Compiled drawing of reverse-reachable sets: from whom would a message have reached a node?

A set starts at its root and follows edges backwards, each with its chance. A node that stands
in many sets reaches many: the share of sets that hold one of some nodes, times the number of
nodes, is what those nodes reach.

Sources: Borgs et al., Maximizing Social Influence in Nearly Optimal Time, SODA 2014. For nodes
whose in-edges are alike we draw how many of them fire, then which: the idea of SUBSIM (Guo et
al., Influence Maximization Revisited, SIGMOD 2020), with a binomial draw in place of jumps
where few are expected. Edges with chances of their own are jumped over by running sums of
-log(1 - chance): the next to fire is the first whose sum passes an exponential draw.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mawj.graph.arrays import Float64s, Int32s, Int64s
from mawj.graph.words64 import GOLDEN, key_of, mixed, place_in, share_of

SAME, GIVEN, WALK, LISTENING = 0, 1, 2, 3
# Above so many expected, jumping is cheaper than drawing the count (our measurements).
FEW = 3.0
NO_LIMIT = 1 << 30


# How many edges fired, and the word drawn last.
Fired = tuple[int, np.uint64]


class Links(NamedTuple):
    """In-rows and what their edges do.

    Attributes:
        ptr, idx: rows of in-edges, as in `adjacency.Adjacency`.
        kind: SAME and GIVEN (independent cascade), WALK and LISTENING (linear threshold); the
            first of each pair where all edges into a node are alike.
        table: float64. SAME: at 3 d the chance of an edge of a row of d, at 3 d + 1 the chance
            that none of the row fires, at 3 d + 2 that at most one does. GIVEN, for each edge:
            running sums of -log(1 - chance) in its row. WALK: empty. LISTENING: running sums of
            weights, at most 1.
        widest: the most edges of a row.
    """

    ptr: Int64s
    idx: Int32s
    kind: int
    table: Float64s
    widest: int


class Roots(NamedTuple):
    """Where sets start.

    Attributes:
        target: int32[t]; the nodes that count, by new number; empty: all of them.
        upto: float64[t]; running sums of their weights; empty: all weigh 1.
        n_targets: how many there are.
    """

    target: Int32s
    upto: Float64s
    n_targets: int


class Draw(NamedTuple):
    """Which sets are drawn: numbers `first` to `last - 1` of a batch of `size`.

    `offset` counts the sets before the batch; a set's stream is (seed, stream, its number).
    """

    seed: int
    stream: int
    offset: int
    size: int
    first: int
    last: int
    hops: int


class Drawn(NamedTuple):
    """Sets of two nodes and more back to back, root first, and the roots of sets of one."""

    length: Int32s
    nodes: Int32s
    alone: Int32s


class Done(NamedTuple):
    """How far drawing went: sets drawn, nodes written, sets of two and more, sets of one."""

    n_sets: int
    n_nodes: int
    n_long: int
    n_alone: int


@njit(cache=True, nogil=True)
def larger(values: Int32s, needed: int) -> Int32s:
    """The same values with room for at least `needed`."""
    made = np.empty(max(needed, 2 * values.size), np.int32)
    made[: values.size] = values
    return made


@njit(cache=True, nogil=True)
def roots_of(draw: Draw, roots: Roots) -> Int32s:
    """The root of each set: the batch is cut into equal strips of weight, one root from each.

    So what the nodes themselves weigh adds no noise.
    """
    found = np.empty(draw.last - draw.first, np.int32)
    n, upto, place = roots.n_targets, roots.upto, 0
    each = draw.size // n if draw.size % n == 0 and upto.size == 0 else 0
    for i in range(found.size):
        number = draw.first + i
        word = mixed(key_of(draw.seed, draw.stream, draw.offset + number))
        goal = (number + share_of(word)) / draw.size
        if each > 0:
            place = number // each
        elif upto.size == 0:
            place = min(int(goal * n), n - 1)
        else:
            place = first_above(upto, place, n - 1, goal * upto[n - 1])
        found[i] = place if roots.target.size == 0 else roots.target[place]
    return found


@njit(cache=True, nogil=True)
def first_above(upto: Float64s, low: int, high: int, goal: float) -> int:
    """The first place of `low`..`high` where the running sum passes `goal`; `high` at last."""
    while low < high:
        middle = (low + high) // 2
        if upto[middle] > goal:
            high = middle
        else:
            low = middle + 1
    return low


@njit(cache=True, nogil=True)
def how_many(share: float, none: float, chance: float, size: int) -> int:
    """A binomial count by going up its distribution from `none`, the chance of 0."""
    n, here = 0, none
    odds = chance / (1.0 - chance)
    while share >= here and n < size:
        share -= here
        here *= odds * (size - n) / (n + 1)
        n += 1
    return n


@njit(cache=True, nogil=True)
def some_of(size: int, n: int, word: np.uint64, fired: Int32s) -> np.uint64:
    """`n` different places of `size`, each choice as likely.

    A place drawn again gives way to the last of its range (Floyd's sampling, in Bentley,
    Programming Pearls, Communications of the ACM 30(9), 1987).
    """
    for t in range(n):
        word += GOLDEN
        place = place_in(mixed(word), size - n + t + 1)
        for before in range(t):
            if fired[before] == place:
                place = size - n + t
                break
        fired[t] = place
    return word


@njit(cache=True, nogil=True)
def jumps(size: int, chance: float, word: np.uint64, fired: Int32s) -> Fired:
    """Which edges of one chance fire: geometric jumps from one to the next."""
    scale = 1.0 / np.log1p(-chance)
    place, n = np.int64(-1), 0
    while True:
        word += GOLDEN
        jump = np.log(1.0 - share_of(mixed(word))) * scale
        if jump >= size - 1 - place:
            return n, word
        place += 1 + np.int64(jump)
        fired[n] = place
        n += 1


@njit(cache=True, nogil=True)
def fired_same(size: int, table: Float64s, word: np.uint64, fired: Int32s) -> Fired:
    """Which edges of one chance fire: all, a drawn number of them, or jump by jump."""
    chance, none, at_most_one = table[3 * size], table[3 * size + 1], table[3 * size + 2]
    if chance >= 1.0:
        for e in range(size):
            fired[e] = e
        return size, word
    if chance * size > FEW:
        found: Fired = jumps(size, chance, word, fired)
        return found
    word += GOLDEN
    share = share_of(mixed(word))
    if share < none:
        return 0, word
    if share < at_most_one:
        word += GOLDEN
        fired[0] = place_in(mixed(word), size)
        return 1, word
    n = how_many(share, none, chance, size)
    return n, some_of(size, n, word, fired)


@njit(cache=True, nogil=True)
def fired_given(first: int, size: int, upto: Float64s, word: np.uint64, fired: Int32s) -> Fired:
    """Which edges with chances of their own fire."""
    place, last, done, n = first, first + size - 1, 0.0, 0
    while place <= last:
        word += GOLDEN
        goal = done - np.log(1.0 - share_of(mixed(word)))
        if goal >= upto[last]:
            break
        place = first_above(upto, place, last, goal)
        fired[n] = place - first
        n += 1
        done = upto[place]
        place += 1
    return n, word


@njit(cache=True, nogil=True)
def marks_for(n_sets: int, stamp: Int32s, marks: Int32s) -> int:
    """The mark before the next `n_sets`, which no node bears yet."""
    if marks[0] > 2147483647 - n_sets:
        stamp[:] = 0
        marks[0] = 0
    before: int = marks[0]
    marks[0] += n_sets
    return before


# Arrays one by one here and below, not in tuples: taken out of a tuple in a loop each would be
# counted as in use again, which costs more than the drawing.
@njit(cache=True, nogil=True)
def add_fired(  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    idx, first, fired, n, stamp, mark, nodes, end
):
    """Add the far ends of the edges that fired, unless in the set; where the set now ends."""
    for e in range(n):
        node = idx[first + fired[e]]
        if stamp[node] != mark:
            stamp[node] = mark
            nodes[end] = node
            end += 1
    return end


# An array that is given a new value in a loop would be counted as in use at every step: so the
# loops over sets leave off where the next might not fit, and are called again with more room.
@njit(cache=True, nogil=True)
def cascades_that_fit(  # noqa: PLR0913, PLR0917
    draw: Draw, links: Links, root: Int32s, stamp: Int32s, mark: int, room: Drawn, done: Done
) -> Done:
    """Go on drawing sets of an independent cascade into `room`, hop by hop, backwards."""
    ptr, idx, table, alike = links.ptr, links.idx, links.table, links.kind == SAME
    length, nodes, alone = room.length, room.nodes, room.alone
    fired = np.empty(links.widest, np.int32)
    i, begin, n_long, n_alone = done
    while i < root.size and begin + stamp.size <= nodes.size:
        word = key_of(draw.seed, draw.stream, draw.offset + draw.first + i)
        i += 1
        nodes[begin], stamp[root[i - 1]] = root[i - 1], mark + i
        head, end, hop, hop_ends = begin, begin + 1, 0, begin + 1
        while head < end and hop < draw.hops:
            first = ptr[nodes[head]]
            size = ptr[nodes[head] + 1] - first
            if size > 0:
                if alike:
                    n, word = fired_same(size, table, word, fired)
                else:
                    n, word = fired_given(first, size, table, word, fired)
                end = add_fired(idx, first, fired, n, stamp, mark + i, nodes, end)
            head += 1
            if head == hop_ends:
                hop, hop_ends = hop + 1, end
        if end == begin + 1:
            alone[n_alone] = root[i - 1]
            n_alone += 1
        else:
            length[n_long] = end - begin
            n_long, begin = n_long + 1, end
    return Done(i, begin, n_long, n_alone)


@njit(cache=True, nogil=True)
def listened_to(first: int, last: int, table: Float64s, word: np.uint64) -> int:
    """The edge a walk takes back, -1: none; an empty table: each is as likely."""
    if last < first:
        return -1
    if table.size == 0:
        edge: int = first + place_in(mixed(word), last - first + 1)
        return edge
    share = share_of(mixed(word))
    found: int = first_above(table, first, last, share) if share < table[last] else -1
    return found


@njit(cache=True, nogil=True)
def walks_that_fit(  # noqa: PLR0913, PLR0917
    draw: Draw, links: Links, root: Int32s, stamp: Int32s, mark: int, room: Drawn, done: Done
) -> Done:
    """Go on drawing sets of a linear threshold into `room`.

    From a node to one that it listens to, until one comes again.
    """
    ptr, idx, table = links.ptr, links.idx, links.table
    length, nodes, alone = room.length, room.nodes, room.alone
    i, begin, n_long, n_alone = done
    while i < root.size and begin + stamp.size <= nodes.size:
        word = key_of(draw.seed, draw.stream, draw.offset + draw.first + i)
        i += 1
        node, end, edge = root[i - 1], begin, 0
        while edge >= 0 and stamp[node] != mark + i and end - begin <= draw.hops:
            stamp[node], nodes[end] = mark + i, node
            end, word = end + 1, word + GOLDEN
            edge = listened_to(ptr[node], ptr[node + 1] - 1, table, word)
            node = idx[max(edge, 0)] if edge >= 0 else node
        if end == begin + 1:
            alone[n_alone] = root[i - 1]
            n_alone += 1
        else:
            length[n_long] = end - begin
            n_long, begin = n_long + 1, end
    return Done(i, begin, n_long, n_alone)


@njit(cache=True, nogil=True)
def draw_sets(draw: Draw, links: Links, roots: Roots, stamp: Int32s, marks: Int32s) -> Drawn:
    """The sets of `draw`; `stamp` and `marks` are kept from call to call of one thread."""
    root = roots_of(draw, roots)
    mark = marks_for(root.size, stamp, marks)
    length, alone = np.empty(root.size, np.int32), np.empty(root.size, np.int32)
    nodes, done = np.empty(8 * root.size + stamp.size, np.int32), Done(0, 0, 0, 0)
    while done.n_sets < root.size:
        if done.n_nodes + stamp.size > nodes.size:
            nodes = larger(nodes, done.n_nodes + stamp.size)
        room = Drawn(length, nodes, alone)
        if links.kind <= GIVEN:
            done = cascades_that_fit(draw, links, root, stamp, mark, room, done)
        else:
            done = walks_that_fit(draw, links, root, stamp, mark, room, done)
    return Drawn(
        length[: done.n_long].copy(), nodes[: done.n_nodes].copy(), alone[: done.n_alone].copy()
    )


@njit(cache=True, nogil=True)
def sum_rows(ptr: Int64s, values: Float64s) -> None:
    """Make each row of `values` its own running sum."""
    for row in range(ptr.size - 1):
        total = 0.0
        for e in range(ptr[row], ptr[row + 1]):
            total += values[e]
            values[e] = total
