"""Random graphs of the R-MAT kind, made from a counter: edge number in, edge out.

Each edge is a pure function of (seed, its number), so a graph of any size can be read twice, in
blocks, by any number of threads, without being held. Ids are shuffled by a mixing function
that is one to one on `[0, 2**scale)`.

Source: Chakrabarti, Zhan, Faloutsos, R-MAT: A Recursive Model for Graph Mining, SDM 2004;
quadrants .57/.19/.19/.05 as in Graph500 and the GAP benchmark suite. Three levels are drawn at
once by the alias method (Walker 1977), the quadrant shares rounded to 1/65536. Mixing:
splitmix64 (Steele, Lea, Flood, OOPSLA 2014).
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit

from mawj.graph.adjacency import EdgeBlock
from mawj.graph.arrays import Int32s, Int64s

QUADRANTS = (0.57, 0.19, 0.19, 0.05)
LEVELS = 3


@dataclass(frozen=True)
class Rmat:
    """A graph with `2**scale` ids and `n_draws` edges drawn (loops and doubles included)."""

    scale: int
    n_draws: int
    seed: int = 1

    @property
    def n_nodes(self) -> int:
        """How many ids there are."""
        return 1 << self.scale

    def blocks(self, size: int = 1 << 24) -> Iterator[EdgeBlock]:
        """The edges in blocks; calling again gives the same edges."""
        threshold, alias = alias_table()

        def block(first: int) -> EdgeBlock:
            n = min(size, self.n_draws - first)
            source, target = np.empty(n, np.int32), np.empty(n, np.int32)
            key = np.array([self.seed, first, self.scale], np.int64)
            draw_edges(key, threshold, alias, source, target)
            return EdgeBlock(source, target)

        # Two blocks are drawn ahead while the reader works on one.
        with ThreadPoolExecutor(2) as pool:
            ahead: deque[Future[EdgeBlock]] = deque()
            for first in range(0, self.n_draws, size):
                ahead.append(pool.submit(block, first))
                if len(ahead) > 2:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()


def alias_table() -> tuple[Int64s, Int64s]:
    """For each of 64 three-level outcomes: its threshold of 1024 and its alias."""
    share = np.array(QUADRANTS)
    joint = np.einsum("i,j,k->ijk", share, share, share).ravel() * 64
    threshold, alias = np.full(64, 1024, np.int64), np.arange(64, dtype=np.int64)
    small = [i for i in range(64) if joint[i] < 1]
    large = [i for i in range(64) if joint[i] >= 1]
    while small and large:
        low, high = small.pop(), large.pop()
        threshold[low], alias[low] = round(joint[low] * 1024), high
        joint[high] -= 1 - joint[low]
        (small if joint[high] < 1 else large).append(high)
    return threshold, alias


@njit(cache=True, nogil=True)
def splitmix(z):
    """One well mixed 64-bit word."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@njit(cache=True, nogil=True)
def shuffled(node, scale):
    """One-to-one mixing of ids below `2**scale`."""
    mask = (np.uint64(1) << scale) - np.uint64(1)
    half = (scale + np.uint64(1)) // np.uint64(2)
    x = np.uint64(node)
    x = (x * np.uint64(0x9E3779B97F4A7C15)) & mask
    x ^= x >> half
    x = (x * np.uint64(0xBF58476D1CE4E5B9) + np.uint64(0x632BE59BD9B4E019)) & mask
    x ^= x >> half
    return (x * np.uint64(0x94D049BB133111EB)) & mask


@njit(cache=True, nogil=True)
def draw_edges(
    key: Int64s, threshold: Int64s, alias: Int64s, source: Int32s, target: Int32s
) -> None:
    """Fill `source` and `target` with the edges numbered from `key[1]`."""
    seed, first, scale = np.uint64(key[0]), np.uint64(key[1]), np.uint64(key[2])
    golden = np.uint64(0x9E3779B97F4A7C15)
    draws = (int(scale) + LEVELS - 1) // LEVELS
    spare = np.uint64(draws * LEVELS) - scale
    start = splitmix(seed * golden + np.uint64(1))
    for e in range(source.size):
        counter = start + (first + np.uint64(e)) * np.uint64(4) * golden
        word = np.uint64(0)
        row, column = np.uint64(0), np.uint64(0)
        for d in range(draws):
            if d % 4 == 0:
                counter += golden
                word = splitmix(counter)
            low = np.int64(word & np.uint64(63))
            fraction = np.int64((word >> np.uint64(6)) & np.uint64(1023))
            word >>= np.uint64(16)
            pick = np.uint64(low if fraction < threshold[low] else alias[low])
            # Two bits a level, the source's bit above the target's.
            row = (row << np.uint64(3)) | ((pick >> np.uint64(3)) & np.uint64(4))
            row |= ((pick >> np.uint64(2)) & np.uint64(2)) | (
                (pick >> np.uint64(1)) & np.uint64(1)
            )
            column = (column << np.uint64(3)) | ((pick >> np.uint64(2)) & np.uint64(4))
            column |= ((pick >> np.uint64(1)) & np.uint64(2)) | (pick & np.uint64(1))
        source[e] = np.int32(shuffled(row >> spare, scale))
        target[e] = np.int32(shuffled(column >> spare, scale))
