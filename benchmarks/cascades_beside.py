"""What next adopters are compared with: published and plain ways, written here for themselves.

Each takes the cascades learnt from and the graph, and gives a function from the adopters so far
to a score of every account.
"""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array

from mawj.graph.cascades import Cascades

Score = Callable[[np.ndarray], np.ndarray]


def at_random(_learnt: Cascades, follows: csr_array) -> Score:
    """Any account, by chance, always the same."""
    order = np.random.default_rng(1).random(follows.shape[0])
    return lambda _active: order


def popularity(learnt: Cascades, follows: csr_array) -> Score:
    """Those who adopted most often."""
    counts = np.bincount(learnt.node, minlength=follows.shape[0]).astype(float)
    return lambda _active: counts


def neighbours_by_degree(_learnt: Cascades, follows: csr_array) -> Score:
    """Those who see an adopter, the ones with most neighbours first."""
    out = np.asarray(follows.sum(axis=1)).ravel() + np.asarray(follows.sum(axis=0)).ravel()

    def score(active: np.ndarray) -> np.ndarray:
        return (np.asarray(follows[active].sum(axis=0)).ravel() > 0) * (1.0 + out)

    return score


def static_bernoulli(learnt: Cascades, follows: csr_array) -> Score:
    """Goyal, Bonchi & Lakshmanan 2010: what u passed to v, of what u adopted."""
    return _by_arcs(learnt, follows, lambda _n: 1.0)


def partial_credits(learnt: Cascades, follows: csr_array) -> Score:
    """The same, each adoption's credit shared among all whom the adopter could have it from."""
    return _by_arcs(learnt, follows, lambda n: 1.0 / n)


def company(learnt: Cascades, follows: csr_array) -> Score:
    """Those who were in most cascades together with the adopters so far."""
    n = learnt.n_cascades
    rows = np.repeat(np.arange(n), learnt.sizes())
    held = csr_array((np.ones(rows.size), (rows, learnt.node)), (n, follows.shape[0]))

    def score(active: np.ndarray) -> np.ndarray:
        return np.asarray(held.T @ np.asarray(held[:, active].sum(axis=1)).ravel()).ravel()

    return score


def _by_arcs(learnt: Cascades, follows: csr_array, credit: Callable[[int], float]) -> Score:
    """1 - product of (1 - chance) over the adopters whom an account sees."""
    either = ((follows + follows.T) > 0).astype(float).tocsr()
    adopted = np.bincount(learnt.node, minlength=follows.shape[0])
    given: dict[tuple[int, int], float] = {}
    for one in range(learnt.n_cascades):
        row = learnt.node[learnt.ptr[one] : learnt.ptr[one + 1]].tolist()
        before: set[int] = set()
        for later in row:
            seen = either.indices[either.indptr[later] : either.indptr[later + 1]].tolist()
            parents = [other for other in seen if other in before]
            for other in parents:
                given[other, later] = given.get((other, later), 0.0) + credit(len(parents))
            before.add(later)
    pairs = np.array(list(given), np.int64).reshape(-1, 2)
    chance = np.array(list(given.values())) / adopted[pairs[:, 0]] if given else np.zeros(0)
    logs = np.log1p(-np.minimum(chance, 1 - 1e-9))
    arcs = csr_array((logs, (pairs[:, 0], pairs[:, 1])), follows.shape)
    # A neighbour that never passed on anything stands above a stranger.
    some = either * 1e-9

    def score(active: np.ndarray) -> np.ndarray:
        return np.asarray((some - arcs)[active].sum(axis=0)).ravel()

    return score


BASELINES = {
    "random": at_random, "popularity": popularity,
    "neighbours by degree": neighbours_by_degree, "static Bernoulli": static_bernoulli,
    "partial credits": partial_credits, "company": company,
}  # fmt: skip
