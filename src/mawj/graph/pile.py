"""A pile of reverse-reachable sets, kept so that what any nodes reach can be counted at once.

Nodes are numbered by their first appearance, so that counting costs nothing for the many nodes
of a large graph that stand in no set. Sets of one node are kept as a count for it: where
messages seldom pass they are most of all sets.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit

from mawj.graph.arrays import Bytes, Int32s, Int64s, Integers
from mawj.graph.reverse_sets import Drawn


class Index(NamedTuple):
    """In which sets each node of the pile stands: row i of `sets` from `ptr`."""

    ptr: Int64s
    sets: Int32s


class Pile:
    """Sets of two nodes and more, and counts of those of one; it grows, batch by batch.

    Attributes:
        n_sets: all sets drawn, those of one node included.
        rounds: how many sets every target has started for certain, where all weigh the same.
        local_of: int32[n]; 1 + the place in `node` of each node by new number, 0: in no set.
    """

    def __init__(self, n_nodes: int) -> None:
        self.n_sets, self.rounds = 0, 0
        self.local_of = np.zeros(n_nodes, np.int32)
        self.counts = np.zeros(3, np.int64)  # nodes, sets of two and more, their members
        self._node, self._occurs, self._alone = (np.zeros(16, np.int32) for _ in range(3))
        self._ptr, self._member = np.zeros(16, np.int64), np.zeros(16, np.int32)

    @property
    def node(self) -> Int32s:
        """Nodes by place."""
        return self._node[: self.counts[0]]

    @property
    def occurs(self) -> Int32s:
        """Sets of two and more that hold the node, by place."""
        return self._occurs[: self.counts[0]]

    @property
    def alone(self) -> Int32s:
        """Sets of one that hold the node, by place."""
        return self._alone[: self.counts[0]]

    @property
    def ptr(self) -> Int64s:
        """Where each set of two and more starts in `member`."""
        return self._ptr[: self.counts[1] + 1]

    @property
    def member(self) -> Int32s:
        """Places of the nodes of each set, the root first."""
        return self._member[: self.counts[2]]

    @property
    def n_bytes(self) -> int:
        """What the sets take, with the index that choosing needs."""
        places, sets, members = self.counts
        return int(20 * places + 8 * sets + 8 * members)

    def absorb(self, drawn: Sequence[Drawn], n_sets: int) -> None:
        """Add the pieces of a batch, in their order."""
        nodes = sum(d.nodes.size for d in drawn)
        sets = sum(d.length.size for d in drawn)
        alone = sum(d.alone.size for d in drawn)
        most = min(int(self.counts[0]) + nodes + alone, self.local_of.size)
        self._node = roomy(self._node, most)
        self._occurs, self._alone = roomy(self._occurs, most), roomy(self._alone, most)
        self._ptr = roomy(self._ptr, int(self.counts[1]) + sets + 1)
        self._member = roomy(self._member, int(self.counts[2]) + nodes)
        place = self.local_of, self._node, self._occurs, self._alone
        for piece in drawn:
            add_sets(piece, place, self._ptr, self._member, self.counts)
        self.n_sets += n_sets

    def index(self) -> Index:
        """The sets of each node; made anew at each call."""
        ptr = np.zeros(self.node.size + 1, np.int64)
        np.cumsum(self.occurs, out=ptr[1:])
        sets = np.empty(int(ptr[-1]), np.int32)
        fill_index(self.ptr, self.member, ptr[:-1].copy(), sets)
        return Index(ptr, sets)

    def covered(self, choices: Sequence[Int32s]) -> Int64s:
        """How many sets hold a node of each choice (ids by new number); at most 8 choices."""
        bits = np.zeros(self.node.size + 1, np.uint8)
        for c, nodes in enumerate(choices):
            bits[self.local_of[nodes]] |= np.uint8(1 << c)
        bits = bits[1:]
        held = [int(self.alone[(bits >> c & 1) > 0].sum()) for c in range(len(choices))]
        held_too: Int64s = sets_held(self.ptr, self.member, bits, len(choices))
        return np.array(held) + held_too

    def places(self, nodes: Int32s) -> Int32s:
        """The places of nodes (by new number) that stand in a set; others are left out."""
        found = self.local_of[nodes]
        return found[found > 0] - 1


def roomy(values: Integers, needed: int) -> Integers:
    """The same values with room for `needed`, at least doubled when it is short."""
    if values.size >= needed:
        return values
    made = np.zeros(max(needed, 2 * values.size), values.dtype)
    made[: values.size] = values
    return made


@njit(cache=True, nogil=True)
def add_sets(
    drawn: Drawn,
    place: tuple[Int32s, Int32s, Int32s, Int32s],
    ptr: Int64s,
    member: Int32s,
    counts: Int64s,
) -> None:
    """Append the sets of one piece; a node gets its place when it first comes."""
    local_of, node, occurs, alone = place
    known, sets, end = counts
    for v in drawn.alone:
        local = local_of[v]
        if local == 0:
            node[known] = v
            known += 1
            local = local_of[v] = known
        alone[local - 1] += 1
    for v in drawn.nodes:
        local = local_of[v]
        if local == 0:
            node[known] = v
            known += 1
            local = local_of[v] = known
        occurs[local - 1] += 1
        member[end] = local - 1
        end += 1
    for size in drawn.length:
        ptr[sets + 1] = ptr[sets] + size
        sets += 1
    counts[0], counts[1], counts[2] = known, sets, end


@njit(cache=True, nogil=True)
def fill_index(ptr: Int64s, member: Int32s, cursor: Int64s, sets: Int32s) -> None:
    """Write the number of each set into the row of each of its members."""
    for s in range(ptr.size - 1):
        for e in range(ptr[s], ptr[s + 1]):
            local = member[e]
            sets[cursor[local]] = s
            cursor[local] += 1


@njit(cache=True, nogil=True)
def sets_held(ptr: Int64s, member: Int32s, bits: Bytes, n_choices: int) -> Int64s:
    """How many sets hold a node of each choice; bit c of `bits` says who is in choice c."""
    held = np.zeros(n_choices, np.int64)
    full = np.uint8((1 << n_choices) - 1)
    for s in range(ptr.size - 1):
        found = np.uint8(0)
        for e in range(ptr[s], ptr[s + 1]):
            found |= bits[member[e]]
            if found == full:
                break
        for c in range(n_choices):
            held[c] += (found >> np.uint8(c)) & np.uint8(1)
    return held
