"""Meetings of pairs, held against a plain count of all of them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.graph.meetings import Meeting, meeting_pairs, pair_starts

VISITS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 6), st.integers(0, 40)), max_size=60
)


def found(visits, meeting):
    rows = sorted({(place, actor): at for place, actor, at in visits}.items())
    rows = sorted((place, at, actor) for (place, actor), at in rows)
    place, at, actor = (np.array(column) for column in zip(*rows, strict=True)) if rows else (
        np.zeros(0), np.zeros(0), np.zeros(0)
    )  # fmt: skip
    pairs = meeting_pairs(
        place.astype(np.int32), actor.astype(np.int32), at.astype(np.int64), meeting
    )
    return rows, pairs


@settings(max_examples=60, deadline=None)
@given(VISITS, st.integers(1, 3), st.integers(1, 20))
def test_pairs_are_those_of_a_plain_count(visits, least, window):
    rows, pairs = found(visits, Meeting(window, 100, least))
    met = Counter(
        tuple(sorted((a[2], b[2])))
        for a, b in combinations(rows, 2)
        if a[0] == b[0] and abs(a[1] - b[1]) <= window
    )
    told = Counter(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True))
    assert told == {pair: n for pair, n in met.items() if n >= least}


def test_who_came_first_is_told_and_the_same_second_is_neither():
    visits = [(0, 1, 5), (0, 2, 9), (1, 1, 9), (1, 2, 5), (2, 1, 5), (2, 2, 5)]
    _, pairs = found(visits, Meeting(10, 5, 1))
    assert sorted(zip(pairs.place.tolist(), pairs.lead.tolist(), strict=True)) == [
        (0, 1), (1, -1), (2, 0),
    ]  # fmt: skip


def test_only_the_next_few_visits_of_a_busy_place_are_looked_at():
    visits = [(0, actor, actor) for actor in range(50)]
    _, pairs = found(visits, Meeting(1_000, 3, 1))
    assert len(pairs.one) == 49 + 48 + 47


def test_each_pair_begins_where_it_is_said_to():
    visits = [(place, actor, 0) for place in range(3) for actor in range(3)]
    _, pairs = found(visits, Meeting(1, 9, 2))
    assert pair_starts(pairs).tolist() == [0, 3, 6, 9]
    assert pair_starts(found([], Meeting(1, 9, 2))[1]).tolist() == [0]
