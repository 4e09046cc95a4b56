"""Cascades in order, and from whom each adopter has it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mawj.graph.cascades import BY_GRAPH, BY_ROOT, attached, cascades_of

ACTS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 7), st.one_of(st.integers(0, 5), st.none())),
    max_size=25,
)
FOLLOWS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)))
N_NODES, N_CASCADES, ROOT = 8, 3, 0


def made(acts):
    """Three cascades of root 0, with acts (cascade, node, time)."""
    rows = [(i, ROOT, None) for i in range(N_CASCADES)] + list(acts)
    time = np.array([np.nan if t is None else t for _, _, t in rows], float)
    return cascades_of(
        np.array([c for c, _, _ in rows], np.int64),
        np.array([n for _, n, _ in rows], np.int32),
        time,
        np.arange(len(rows)) < N_CASCADES,
    )


def rows_of(follows):
    told = np.array(sorted(follows), np.int64).reshape(-1, 2)
    ptr = np.searchsorted(told[:, 0], np.arange(N_NODES + 1)).astype(np.int64)
    return ptr, told[:, 1].astype(np.int32)


def parents(acts, follows):
    cascades = made(acts)
    found = attached(cascades, *rows_of(follows))
    node = cascades.node
    return {
        int(node[i]): int(node[found.parent[i]]) for i in range(node.size)
        if i < cascades.ptr[1] and found.parent[i] >= 0
    }, found  # fmt: skip


def test_the_most_recent_earlier_adopter_that_is_followed_is_the_parent():
    told, found = parents([(0, 1, 1), (0, 2, 2), (0, 3, 3)], {(3, 1), (3, 2), (2, 0)})
    assert told == {1: 0, 2: 0, 3: 2}
    assert found.by[:4].tolist() == [BY_ROOT, BY_ROOT, BY_GRAPH, BY_GRAPH]
    assert found.n_candidates[:4].tolist() == [0, 0, 1, 2]
    assert found.depth[:4].tolist() == [0, 1, 1, 2]


def test_whoever_comes_at_the_same_moment_or_later_is_no_parent():
    told, _ = parents([(0, 1, 2), (0, 2, 2), (0, 3, 1)], {(1, 2), (2, 1), (3, 1)})
    assert told == {1: 0, 2: 0, 3: 0}


def test_an_unknown_time_is_put_under_the_root():
    told, found = parents([(0, 1, 1), (0, 2, None)], {(2, 1)})
    assert told == {1: 0, 2: 0}
    assert found.by[2] == BY_ROOT


def test_who_adopts_twice_counts_by_the_first_time():
    cascades = made([(0, 1, 5), (0, 2, 3), (0, 1, 1)])
    assert cascades.node[: cascades.ptr[1]].tolist() == [0, 1, 2]


def test_some_cascades_keep_their_rows():
    cascades = made([(0, 1, 1), (2, 4, 2), (2, 5, 3)])
    some = cascades.some(np.array([2, 1]))
    assert some.sizes().tolist() == [3, 1]
    assert some.node.tolist() == [0, 4, 5, 0]
    assert cascades.some(np.empty(0, np.int64)).n_cascades == 0


@given(ACTS, FOLLOWS)
def test_a_cascade_is_a_tree(acts, follows):
    """Every node but the root has one parent, which stands before it; depths add up."""
    cascades = made(acts)
    found = attached(cascades, *rows_of(follows))
    for one in range(cascades.n_cascades):
        start, end = cascades.ptr[one], cascades.ptr[one + 1]
        assert len(set(cascades.node[start:end].tolist())) == end - start
        assert found.parent[start] == -1
        for i in range(start + 1, end):
            assert start <= found.parent[i] < i
            assert found.depth[i] == found.depth[found.parent[i]] + 1


@given(ACTS, FOLLOWS, st.randoms())
def test_the_order_of_rows_makes_no_difference(acts, follows, random):
    turned = random.sample(acts, len(acts))
    one, other = (attached(made(a), *rows_of(follows)) for a in (acts, turned))
    assert one.parent.tolist() == other.parent.tolist()
