"""Sets of members as sorted rows, whole or by members of least digest; what they share.

A set kept whole holds all its members. A set kept as a sketch holds the members whose digest,
read as a number in [0, 1), lies below its `theta`: a bottom-k sketch (Cohen & Kaplan,
Summarizing Data Using Bottom-k Sketches, 2007; Dasgupta, Lang, Rhodes & Thaler, A Framework for
Estimating Stream Expression Cardinalities, 2016). The sizes of the sets are known exactly
either way, so that a sketch only has to tell which part of a set lies in another.

Memory: 4 bytes a membership, 8 bytes a distinct member, 24 bytes a set.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.sparse import csr_array
from scipy.special import betaincinv, ndtri

from mawj.graph.arrays import Bools, Float64s, Int32s, Int64s


@dataclass(frozen=True)
class Sets:
    """Sets over members that are numbered from 0 by rising digest.

    Attributes:
        ptr: int64[n + 1]; set i holds `member[ptr[i]:ptr[i + 1]]`.
        member: int32; rising in each set, none twice.
        unit: float64[members]; the digest of each member as a number in [0, 1), rising.
        size: int64[n]; true number of members of each set.
        theta: float64[n]; every member of the set below it is held; 1 where the set is whole.
    """

    ptr: Int64s
    member: Int32s
    unit: Float64s
    size: Int64s
    theta: Float64s

    @property
    def n_sets(self) -> int:
        """How many sets there are."""
        return int(self.size.size)

    @property
    def are_whole(self) -> bool:
        """Whether every set holds all its members."""
        return bool((self.theta >= 1.0).all())

    def row(self, place: int) -> Int32s:
        """The members held of one set."""
        return self.member[self.ptr[place] : self.ptr[place + 1]]

    def sample(self, least_theta: float | None = None) -> tuple[Int64s, Int32s, float]:
        """One sample of members for all sets: `ptr`, `member` and what one of them stands for.

        Every set is cut at the least `theta` of all (or at `least_theta` where that is lower),
        so that a member is either in the sample for each of its sets or for none; one member
        then stands for `1 / theta`. Whole sets come back as they are, with 1.
        """
        theta = float(min([1.0, *self.theta.tolist(), least_theta or 1.0]))
        cut = self.unit.size if theta >= 1.0 else int(np.searchsorted(self.unit, theta))
        is_in = self.member < cut
        ends = np.concatenate([[0], np.cumsum(is_in)])[self.ptr]
        return ends.astype(np.int64), self.member[is_in], 1.0 / theta


@dataclass(frozen=True)
class Shared:
    """What the sets of each pair share.

    Attributes:
        n: float64; members of both, estimated where a set is a sketch.
        low, high: float64; ends of the interval; equal to `n` where both sets are whole.
        is_exact: whether both sets are whole.
    """

    n: Float64s
    low: Float64s
    high: Float64s
    is_exact: Bools


def shared(sets: Sets, left: Int64s, right: Int64s, *, level: float = 0.95) -> Shared:
    """How many members the sets `left[i]` and `right[i]` have in common.

    Of a pair with a sketch only members below the smaller theta are compared. Those of the
    smaller set are a random part of it, so that the shared ones among them are hypergeometric:
    the estimate is their share of its size, the interval that of Clopper & Pearson (1934),
    which for draws without replacement is the wider one, held to what was counted for certain.
    """
    counted, seen_left, seen_right = _counts(sets, left, right)
    n_left, n_right = sets.size[left], sets.size[right]
    is_left = n_left <= n_right
    whole = np.where(is_left, n_left, n_right).astype(np.float64)
    seen = np.where(is_left, seen_left, seen_right).astype(np.float64)
    is_exact = (sets.theta[left] >= 1.0) & (sets.theta[right] >= 1.0)
    share = counted / np.maximum(seen, 1.0)
    low, high = proportion_interval(counted, seen, level)
    least, most = counted, whole - (seen - counted)
    n = np.where(is_exact, counted, share * whole)
    return Shared(
        n,
        np.where(is_exact, counted, np.clip(low * whole, least, most)),
        np.where(is_exact, counted, np.clip(high * whole, least, most)),
        is_exact,
    )


def proportion_interval(
    part: Float64s, whole: Float64s, level: float
) -> tuple[Float64s, Float64s]:
    """Ends of the exact interval of a proportion (Clopper & Pearson 1934); 0 and 1 for none."""
    tail = (1.0 - level) / 2.0
    part, whole = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    rest = whole - part
    with np.errstate(invalid="ignore"):
        low = np.where(part > 0, betaincinv(np.maximum(part, 1), rest + 1, tail), 0.0)
        high = np.where(rest > 0, betaincinv(part + 1, np.maximum(rest, 1), 1 - tail), 1.0)
    return np.where(whole > 0, low, 0.0), np.where(whole > 0, high, 1.0)


def union(sets: Sets, places: Int64s, *, level: float = 0.95) -> tuple[float, float, float]:
    """Distinct members of some sets together, with the ends of its interval.

    With sketches: members below the least theta of these sets are a random part of the union,
    and each is known with the number of sets that hold it. The sum of the sizes is divided by
    the mean of that number, a ratio estimate (Cochran, Sampling Techniques, 1977, 6.4) which is
    exact for disjoint and for equal sets; one member more that two sets share is added to the
    variance, so that no interval closes on what a sample cannot rule out.
    """
    places = np.unique(np.asarray(places, np.int64))
    if not places.size:
        return 0.0, 0.0, 0.0
    theta = float(sets.theta[places].min())
    cut = sets.unit.size if theta >= 1.0 else int(np.searchsorted(sets.unit, theta))
    held = np.concatenate([sets.row(int(place)) for place in places])
    times = np.unique(held[held < cut], return_counts=True)[1].astype(np.float64)
    sizes = sets.size[places].astype(np.float64)
    if theta >= 1.0:
        return (float(times.size),) * 3
    least = float(max(sizes.max(), times.size))
    most = float(sizes.sum())
    if not times.size:
        return most, least, most
    share = times.size / times.sum()
    spread = np.sqrt((1 - theta) * (((1 - share * times) ** 2).sum() + 1)) / times.sum()
    ends = share + np.array([0.0, -1.0, 1.0]) * float(ndtri((1 + level) / 2)) * spread
    n, low, high = np.clip(ends * most, least, most)
    return float(n), float(low), float(high)


def bottom(unit: Float64s, size: int, k: int) -> tuple[int, float]:
    """How many of a set's members, by rising digest, are kept, and the theta that results.

    `unit` holds at least the first `k` of `size` digests, rising. Of a larger set the k-th
    stays out and is the theta.
    """
    if size <= k:
        return size, 1.0
    return k - 1, float(unit[k - 1])


def _counts(sets: Sets, left: Int64s, right: Int64s) -> tuple[Float64s, Float64s, Float64s]:
    """Shared members of each pair and those compared on either side."""
    if sets.are_whole:
        ones = np.ones(sets.member.size, np.int64)
        held = csr_array((ones, sets.member, sets.ptr), (sets.n_sets, sets.unit.size))
        both = (held @ held.T).tocsr()
        counted = np.asarray(both[left, right]).ravel()
        size = sets.size.astype(np.float64)
        return counted.astype(np.float64), size[left], size[right]
    cut = np.searchsorted(sets.unit, sets.theta)
    cut = np.where(sets.theta >= 1.0, sets.unit.size, cut).astype(np.int32)
    both, seen_left, seen_right = _merged(sets.ptr, sets.member, cut, left, right)
    return both, seen_left, seen_right


@njit(cache=True)
def _merged(
    ptr: Int64s, member: Int32s, cut: Int32s, left: Int64s, right: Int64s
) -> tuple[Float64s, Float64s, Float64s]:
    both = np.zeros(left.size)
    seen_left, seen_right = np.zeros(left.size), np.zeros(left.size)
    for pair in range(left.size):
        one, other = left[pair], right[pair]
        end = min(cut[one], cut[other])
        i, j = ptr[one], ptr[other]
        while i < ptr[one + 1] and member[i] < end:
            while j < ptr[other + 1] and member[j] < member[i]:
                seen_right[pair] += 1
                j += 1
            if j < ptr[other + 1] and member[j] == member[i]:
                both[pair] += 1
            seen_left[pair] += 1
            i += 1
        while j < ptr[other + 1] and member[j] < end:
            seen_right[pair] += 1
            j += 1
    return both, seen_left, seen_right
