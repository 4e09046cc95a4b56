"""How far a graph falls into two camps: random-walk controversy between its two halves.

Written for the people of one account's audience beside the third accounts that they act on: a
matrix of people by accounts, whose cells are ties. Pure NumPy and SciPy; the same matrix always
gives the same numbers.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse
import scipy.sparse.csgraph

# The published stubs of SciPy tell sparse arrays from matrices more strictly than it does.
sp: Any = scipy.sparse

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MOST_STEPS = 2_000
"""Steps after which a walk that has met no hub is given up. Our judgement."""


class Camps(NamedTuple):
    """A graph of people and accounts in two halves.

    Attributes:
        side: for each person, then each account, whether it is of the second half; people and
            accounts outside the largest connected part are left out of the graph.
        graph: symmetric weights among those that are in.
        n_people, n_accounts: how many are in.
    """

    side: Flags
    graph: Any
    n_people: int
    n_accounts: int


def camps(ties: Any, *, least_share: float = 0.25, n_cuts: int = 32) -> Camps | None:
    """The two halves with the fewest ties between them for their size; None for no graph.

    Args:
        ties: sparse people × accounts, weights of ties.
        least_share: least part of the people that a half holds.
        n_cuts: places along the ordering at which a cut is tried.

    Source:
        Spectral co-clustering of a bipartite graph (Dhillon 2001): people and accounts ordered
        by the second singular vectors of the normalised matrix; the cut is the best normalised
        cut along that order (Shi & Malik 2000).
    """
    parts = _parts(sp.csr_matrix(ties, dtype=np.float64))
    if len(parts) > 1 and parts[1].shape[0] >= least_share * sum(p.shape[0] for p in parts):
        return _apart(*parts[:2])
    ties = parts[0]
    n_people, n_accounts = ties.shape
    if n_people < 4 or n_accounts < 2:
        return None
    order = _ordering(ties)
    graph = sp.bmat([[None, ties], [ties.T, None]], format="csr")
    ends = np.quantile(order[:n_people], np.linspace(least_share, 1.0 - least_share, n_cuts))
    degree = np.asarray(graph.sum(axis=1)).ravel()
    best, cost = None, np.inf
    for end in np.unique(ends):
        side = order > end
        here = _cut_cost(graph, degree, side)
        if here < cost:
            best, cost = side, here
    return None if best is None else Camps(best, graph, n_people, n_accounts)


def random_walk_controversy(found: Camps, *, hubs_share: float = 0.1) -> float:
    """-1 to 1: near 1, who starts in one half ends at its own hubs; near 0, at either's.

    A walk begins at a random node of a half and ends at the first hub that it meets; the hubs
    are the `hubs_share` nodes of each half with most ties. With P(x, y) the probability that a
    walk which ended in y began in x, the score is P(a, a) P(b, b) - P(a, b) P(b, a).

    Source:
        RWC of Garimella, De Francisci Morales, Gionis, Mathioudakis 2018, Quantifying
        Controversy on Social Media, ACM Transactions on Social Computing 1(1), section 5.1.
    """
    side, graph = found.side, found.graph
    degree = np.asarray(graph.sum(axis=1)).ravel()
    is_hub = _hubs(degree, side, hubs_share)
    ends_in_b = _absorbed(graph, degree, is_hub, side & is_hub)
    from_a, from_b = float(ends_in_b[~side].mean()), float(ends_in_b[side].mean())
    ended_a, ended_b = (1.0 - from_a) + (1.0 - from_b), from_a + from_b
    if ended_a <= 0.0 or ended_b <= 0.0:
        return 0.0
    stays = (1.0 - from_a) / ended_a * (from_b / ended_b)
    crosses = from_a / ended_b * ((1.0 - from_b) / ended_a)
    return stays - crosses


def controversy(
    ties: Any, *, least_share: float = 0.25, hubs_share: float = 0.1
) -> float | None:
    """Random-walk controversy between the two halves of the ties; None for no graph."""
    found = camps(ties, least_share=least_share)
    return None if found is None else random_walk_controversy(found, hubs_share=hubs_share)


def shuffled(ties: Any, random: np.random.Generator) -> Any:
    """The ties with their accounts dealt out anew: everybody keeps how many ties there were.

    The configuration model (Newman, Strogatz, Watts 2001): what two halves of a graph without
    camps would give, since a best cut is found in any graph.
    """
    rows = sp.coo_matrix(ties)
    return sp.csr_matrix(
        (rows.data, (rows.row, random.permutation(rows.col))), shape=rows.shape
    )


def _parts(ties: Any) -> list[Any]:
    """The connected parts as people × accounts, the one with most people first."""
    graph = sp.bmat([[None, ties], [ties.T, None]], format="csr")
    _n, label = sp.csgraph.connected_components(graph, directed=False)
    n_people = ties.shape[0]
    people, accounts = label[:n_people], label[n_people:]
    names, n = np.unique(people, return_counts=True)
    return [
        ties[np.flatnonzero(people == name)][:, np.flatnonzero(accounts == name)]
        for name in names[np.argsort(-n, kind="stable")][:2]
    ]


def _apart(first: Any, second: Any) -> Camps:
    """Two parts with nothing between them, as the two halves that they are."""
    ties = sp.block_diag([first, second], format="csr")
    people = np.repeat([False, True], [first.shape[0], second.shape[0]])
    accounts = np.repeat([False, True], [first.shape[1], second.shape[1]])
    graph = sp.bmat([[None, ties], [ties.T, None]], format="csr")
    return Camps(np.concatenate([people, accounts]), graph, *ties.shape)


def _ordering(ties: Any) -> Floats:
    """A place on one line for each person, then each account."""
    people = np.asarray(ties.sum(axis=1)).ravel() ** -0.5
    accounts = np.asarray(ties.sum(axis=0)).ravel() ** -0.5
    scaled = sp.diags(people) @ ties @ sp.diags(accounts)
    small = scaled if scaled.shape[0] <= scaled.shape[1] else scaled.T
    _values, vectors = np.linalg.eigh((small @ small.T).toarray())
    first = vectors[:, -2]
    # The sign of a singular vector is free: fixed here, so that the answer is the same.
    first = first * np.sign(first[np.abs(first).argmax()])
    other = small.T @ first
    norm = np.linalg.norm(other)
    other = other / norm if norm > 0 else other
    left, right = (first, other) if small is scaled else (other, first)
    made: Floats = np.concatenate([people * left, accounts * right])
    return made


def _cut_cost(graph: Any, degree: Floats, side: Flags) -> float:
    whole_a, whole_b = float(degree[~side].sum()), float(degree[side].sum())
    if whole_a == 0.0 or whole_b == 0.0 or side.all() or not side.any():
        return float("inf")
    inside = side.astype(np.float64)
    cut = float(inside @ (graph @ (1.0 - inside)))
    return cut / whole_a + cut / whole_b


def _hubs(degree: Floats, side: Flags, share: float) -> Flags:
    is_hub = np.zeros(len(side), np.bool_)
    for half in (~side, side):
        nodes = np.flatnonzero(half)
        n = max(1, round(share * len(nodes)))
        is_hub[nodes[np.argsort(-degree[nodes], kind="stable")[:n]]] = True
    return is_hub


def _absorbed(graph: Any, degree: Floats, is_hub: Flags, wanted: Flags) -> Floats:
    """For each node the probability that its walk ends at a wanted hub."""
    step = sp.diags(1.0 / degree) @ graph
    at: Floats = np.where(is_hub, wanted.astype(np.float64), 0.5)
    fixed = wanted.astype(np.float64)
    for _ in range(MOST_STEPS):
        moved = np.where(is_hub, fixed, step @ at)
        if np.abs(moved - at).max() < 1e-7:
            return moved
        at = moved
    return at
