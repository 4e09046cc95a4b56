"""Groups of authors who comment together far more than chance: arrays in, arrays out.

The idea is that of co-action networks: authors who do the same thing at the same time are tied,
ties are held against chance, and dense groups of ties are told (Pacheco et al. 2021, Uncovering
coordinated networks on social media, ICWSM 15, 455-466).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.special import gammainc

from mawj.graph.meetings import Int32s, Int64s, Meeting, Pairs, meeting_pairs, pair_starts

Floats = npt.NDArray[np.float64]
PAIRS_AT_ONCE = 50_000


@dataclass(frozen=True)
class Visits:
    """First comments, one an author and post, sorted by post, then time.

    Attributes:
        post, author, owner: numbers; owner is whose post it is.
        at, delay: seconds since 1970 and since the post; delay -1 where it is not known.
        post_share: comments under the post over those under all posts of its owner.
        per_minute: comments of everybody in each minute after a post, for what is usual.
    """

    post: Int32s
    author: Int32s
    owner: Int32s
    at: Int64s
    delay: Int64s
    post_share: Floats
    per_minute: Floats


@dataclass(frozen=True)
class Ties:
    """Pairs of authors tied beyond chance.

    Attributes:
        one, other: the pair; met: posts at which they met; expected: by chance.
        same_order: share of the meetings in which the pair came in its usual order.
    """

    one: Int32s
    other: Int32s
    met: Int64s
    expected: Floats
    same_order: Floats


def ties_of(visits: Visits, meeting: Meeting, least_owners: int, chance: float) -> Ties:
    """The pairs that met at posts of several owners, more often than chance lets expect.

    Chance is what two authors would meet who comment on these owners' posts as often as they
    do, on much commented posts more, at the hours after a post at which comments come: a
    Poisson law of that mean, with `chance` shared by all pairs of authors (Bonferroni).
    """
    pairs = meeting_pairs(visits.post, visits.author, visits.at, meeting)
    starts = pair_starts(pairs)
    met, first = np.diff(starts), starts[:-1]
    wide = owners_met(pairs, starts, visits) >= least_owners
    one, other = pairs.one[first][wide], pairs.other[first][wide]
    met = met[wide]
    leads = np.add.reduceat(pairs.lead.astype(np.int64), first)[wide] if len(first) else met
    expected = expected_meetings(visits, meeting.window_s, one, other)
    n_authors = len(np.unique(visits.author))
    limit = chance / max(n_authors * (n_authors - 1) / 2.0, 1.0)
    # The probability of so many meetings or more.
    kept = gammainc(met, np.maximum(expected, 1e-12)) <= limit
    same = (met + np.abs(leads)) / (2.0 * np.maximum(met, 1))
    return Ties(one[kept], other[kept], met[kept], expected[kept], same[kept])


def owners_met(pairs: Pairs, starts: Int64s, visits: Visits) -> Int64s:
    """Distinct owners at whose posts each pair met."""
    n_posts = int(visits.post[-1]) + 1 if len(visits.post) else 0
    owner_of = np.zeros(n_posts, np.int64)
    owner_of[visits.post] = visits.owner
    lengths = np.diff(starts)
    pair = np.repeat(np.arange(len(lengths)), lengths)
    width = int(visits.owner.max(initial=0)) + 1
    both = np.unique(pair * width + owner_of[pairs.place])
    return np.bincount(both // width, minlength=len(lengths)).astype(np.int64)


def expected_meetings(visits: Visits, window_s: int, one: Int32s, other: Int32s) -> Floats:
    """Meetings of each pair by chance; the larger of both ways to reckon it.

    For each visit of one: how likely the other is to comment on that post at all (its visits to
    the owner, by the post's part of the owner's visits), times the share of comments that come
    within the window of the same delay.
    """
    if len(one) == 0:
        return np.zeros(0)
    n = int(visits.author.max()) + 1, int(visits.owner.max()) + 1
    near = near_share(visits, window_s)
    cells = (visits.author, visits.owner)
    drawn = sparse.csr_matrix((near * visits.post_share, cells), shape=n)
    often = sparse.csr_matrix((np.ones(len(visits.post)), cells), shape=n)
    expected = np.empty(len(one))
    for first in range(0, len(one), PAIRS_AT_ONCE):
        a, b = (side[first : first + PAIRS_AT_ONCE] for side in (one, other))
        ways = [drawn[x].multiply(often[y]).sum(axis=1) for x, y in ((a, b), (b, a))]
        expected[first : first + PAIRS_AT_ONCE] = np.asarray(np.maximum(*ways)).ravel()
    return expected


def near_share(visits: Visits, window_s: int) -> Floats:
    """Share of everybody's comments that come within the window of each visit's delay.

    Where a delay is not known, the mean of those that are; 1 where none is.
    """
    upto = np.concatenate([[0.0], np.cumsum(visits.per_minute)])
    known = visits.delay >= 0
    if not known.any() or upto[-1] == 0.0:
        return np.ones(len(visits.delay))
    last = len(upto) - 1
    first = np.clip((visits.delay - window_s) // 60, 0, last - 1)
    after = np.clip((visits.delay + window_s) // 60 + 1, 1, last)
    share = (upto[after] - upto[first]) / upto[-1]
    near: Floats = np.where(known, share, share[known].mean())
    return near


def groups_of(ties: Ties, least_ties: int, least_members: int) -> tuple[Int32s, Int32s]:
    """Authors of dense groups, and the number of each one's group.

    A group is a connected part of the k-core (Seidman 1983): everybody in it is tied to at
    least `least_ties` others of it, so that a chain of friends is none.
    """
    nodes = np.unique(np.concatenate([ties.one, ties.other]))
    one, other = np.searchsorted(nodes, ties.one), np.searchsorted(nodes, ties.other)
    kept = np.ones(len(one), np.bool_)
    while True:
        degree = np.bincount(np.concatenate([one[kept], other[kept]]), minlength=len(nodes))
        weak = (degree[one] < least_ties) | (degree[other] < least_ties)
        if not (kept & weak).any():
            break
        kept &= ~weak
    inside = np.flatnonzero(degree >= least_ties)
    size = (len(nodes), len(nodes))
    graph = sparse.coo_matrix((np.ones(kept.sum()), (one[kept], other[kept])), shape=size)
    label = connected_components(graph, directed=False)[1][inside]
    large = np.bincount(label, minlength=1)[label] >= least_members
    return nodes[inside[large]].astype(np.int32), label[large].astype(np.int32)
