"""Random words that depend on nothing but a key and a count, so threads cannot change them.

Source: splitmix64 (Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA
2014), read as a hash: word i of a stream is the mix of its key plus i golden steps.
"""

import numpy as np
from numba import njit

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
BY_30, BY_27, BY_31 = np.uint64(30), np.uint64(27), np.uint64(31)
BY_11, HALF = np.uint64(11), np.uint64(32)
UNIT = 1.0 / (1 << 53)


@njit(cache=True, nogil=True)
def mixed(z: np.uint64) -> np.uint64:
    """One well mixed word; one to one."""
    z = (z ^ (z >> BY_30)) * FIRST
    z = (z ^ (z >> BY_27)) * SECOND
    return z ^ (z >> BY_31)


@njit(cache=True, nogil=True)
def key_of(seed: int, stream: int, number: int) -> np.uint64:
    """The key of one stream of words: of a set, or of a run."""
    z = mixed(np.uint64(seed) * GOLDEN + np.uint64(stream))
    key: np.uint64 = mixed(z + np.uint64(number) * GOLDEN)
    return key


@njit(cache=True, nogil=True)
def share_of(word: np.uint64) -> float:
    """A word as a number in [0, 1)."""
    return np.float64(word >> BY_11) * UNIT


@njit(cache=True, nogil=True)
def place_in(word: np.uint64, n: int) -> int:
    """A word as a place in 0..n - 1; n below 2**32."""
    place: int = np.int64(((word >> HALF) * np.uint64(n)) >> HALF)  # type: ignore[assignment]
    return place
