"""Sets held whole and as sketches: what they share, and intervals that hold what they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.graph.audiences import Sets, bottom, proportion_interval, shared, union

LISTS = st.lists(st.sets(st.integers(0, 40)), min_size=2, max_size=5)


def whole(rows: list[set[int]], n_members: int = 41) -> Sets:
    """Sets held whole, members numbered as given."""
    ptr = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    member = np.array([m for row in rows for m in sorted(row)], np.int32)
    unit = np.arange(n_members) / n_members
    return Sets(ptr, member, unit, np.diff(ptr), np.ones(len(rows)))


def sketched(sets: Sets, k: int) -> Sets:
    """The same sets with at most k members each."""
    rows, theta = [], []
    for place in range(sets.n_sets):
        row = sets.row(place)
        kept, cut = bottom(sets.unit[row], row.size, k)
        rows.append(row[:kept])
        theta.append(cut)
    ptr = np.concatenate([[0], np.cumsum([row.size for row in rows])]).astype(np.int64)
    return Sets(ptr, np.concatenate(rows), sets.unit, sets.size, np.array(theta))


def drawn(seed: int, sizes: tuple[int, int, int]) -> tuple[Sets, np.ndarray]:
    """Two sets with `sizes` members of the left, the right and both, under random digests."""
    random = np.random.default_rng(seed)
    left, right, both = sizes
    n = left + right - both
    order = random.permutation(n)
    rows = [set(order[:left].tolist()), set(order[left - both :].tolist())]
    unit = np.sort(random.random(n))
    made = whole(rows, n)
    return Sets(made.ptr, made.member, unit, made.size, made.theta), np.arange(2)


@given(LISTS)
def test_whole_sets_share_what_their_members_say(rows):
    left, right = np.triu_indices(len(rows), 1)
    found = shared(whole(rows), left, right)
    assert found.n.tolist() == [
        len(rows[i] & rows[j]) for i, j in zip(left, right, strict=True)
    ]
    assert (found.low == found.n).all()
    assert found.is_exact.all()


@given(LISTS)
def test_a_union_of_whole_sets_is_counted_and_lies_between_the_greatest_and_the_sum(rows):
    n, low, high = union(whole(rows), np.arange(len(rows)))
    assert n == low == high == len(set().union(*rows))
    assert max(map(len, rows)) <= n <= sum(map(len, rows))


@given(LISTS, st.integers(2, 12))
def test_an_estimated_union_never_leaves_what_is_possible(rows, k):
    n, low, high = union(sketched(whole(rows), k), np.arange(len(rows)))
    assert max(map(len, rows)) <= low <= n <= high <= sum(map(len, rows))


@given(LISTS, st.randoms())
def test_the_order_of_sets_changes_no_union(rows, random):
    turned = random.sample(rows, len(rows))
    places = np.arange(len(rows))
    assert union(sketched(whole(rows), 6), places) == union(sketched(whole(turned), 6), places)


@given(LISTS, st.integers(2, 12))
def test_a_sketch_never_claims_less_than_it_saw_or_more_than_there_is(rows, k):
    left, right = np.triu_indices(len(rows), 1)
    found = shared(sketched(whole(rows), k), left, right)
    least = np.minimum([len(rows[i]) for i in left], [len(rows[j]) for j in right])
    assert (found.low <= found.n + 1e-9).all()
    assert (found.n <= found.high + 1e-9).all()
    assert (found.high <= least + 1e-9).all()


def test_a_large_k_keeps_everything():
    sets, pair = drawn(1, (30, 50, 10))
    assert sketched(sets, 100).are_whole
    assert shared(sketched(sets, 100), pair[:1], pair[1:]).n.tolist() == [10.0]


@pytest.mark.parametrize("sizes", [(2000, 3000, 600), (300, 20_000, 150), (4000, 4000, 40)])
def test_intervals_of_sketches_hold_the_truth_as_often_as_they_say(sizes):
    """Level 0.9 over 120 draws: below 84 % would happen by chance once in a hundred times."""
    held_pair, held_union = 0, 0
    for seed in range(120):
        sets, pair = drawn(seed, sizes)
        cut = sketched(sets, 256)
        found = shared(cut, pair[:1], pair[1:], level=0.9)
        held_pair += int(found.low[0] <= sizes[2] <= found.high[0])
        _, low, high = union(cut, pair, level=0.9)
        held_union += int(low <= sum(sizes[:2]) - sizes[2] <= high)
    assert held_pair >= 101
    assert held_union >= 101


def test_a_sketch_is_not_biased():
    sizes = (3000, 5000, 900)
    found = [
        shared(sketched(drawn(seed, sizes)[0], 256), np.array([0]), np.array([1])).n[0]
        for seed in range(150)
    ]
    # Standard error of one estimate is about 115; of the mean of 150 about 9.4.
    assert np.mean(found) == pytest.approx(900, abs=30)


def test_one_sample_holds_a_member_for_all_of_its_sets_or_for_none():
    sets = sketched(drawn(3, (2000, 300, 100))[0], 128)
    ptr, member, stands_for = sets.sample()
    theta = sets.theta.min()
    assert stands_for == 1 / theta
    assert (sets.unit[member] < theta).all()
    assert ptr[-1] == member.size
    assert sets.sample(theta / 2)[2] == 2 / theta


def test_an_interval_of_nothing_looked_at_is_everything():
    low, high = proportion_interval(np.array([0.0, 0.0]), np.array([0.0, 10.0]), 0.9)
    assert low.tolist() == [0.0, 0.0]
    assert high[0] == 1.0
    assert high[1] == pytest.approx(1 - 0.05 ** (1 / 10))
