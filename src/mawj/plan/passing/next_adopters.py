"""Who passes it on next: a mixture of the ways in which messages were seen to travel.

Each way gives a probability to every account, given who has adopted so far:

- `anybody`: everybody alike;
- `active`: those who adopted often; `lately`: those who adopted often of late;
- `follows`: followers of the adopters, the last ones first; `follows_either`: those who follow
  or are followed, every adopter alike;
- `after`: those who adopted after the same accounts before, the nearer the more; `after_last`:
  the same for the last adopter alone; `after_root`: for the root alone;
- `company`: those in the past cascades that share most adopters with this one, a cascade
  counting by the square of what it shares.

The weights are fitted by EM on cascades that come later than those the ways were counted on
(deleted interpolation: Jelinek & Mercer, Interpolated Estimation of Markov Source Parameters
from Sparse Data, 1980), so that a way that only remembers is given no weight. A way that can
say nothing, because none of the adopters is known to it, is left out and the others share its
weight. What is likely is not yet what ranks best: from there each weight is doubled, halved and
so on as long as the mean reciprocal rank on the same held cascades rises (coordinate ascent:
Metzler & Croft, Linear Feature-Based Models for Information Retrieval, 2007).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array

from mawj.tables.errors import NotEnoughData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.graph.cascades import Cascades

WAYS = (
    "anybody", "active", "lately", "follows", "follows_either",
    "after", "after_last", "after_root", "company",
)  # fmt: skip

FACTORS = (0.25, 0.5, 2.0, 4.0)
LEAST_GAIN = 0.002
LEAST_STEPS, MOST_STEPS, MOST_CELLS = 50, 500, 100_000_000
"""Adoptions on which ranks are looked at; cells of 4 bytes that may be held for it."""


@dataclass(frozen=True)
class NextAdopterSettings:
    """How the ways are counted and weighted.

    Attributes:
        held_share: share of the cascades, the last ones, on which the weights are fitted (our
            judgement).
        half_life_share: share of the cascades in which an adoption loses half of its weight for
            `lately` (our judgement).
        rounds: rounds of EM (our measurements: no weight moves by more than 0.001 after).
        span: adopters between two that still count as a pair; the root is paired with all
            (our judgement: it bounds memory, 24 bytes a pair).
        least_cascades: cascades below which nothing is fitted (our judgement).
    """

    held_share: float = 0.3
    half_life_share: float = 0.05
    rounds: int = 300
    span: int = 300
    least_cascades: int = 10


@dataclass(frozen=True)
class NextAdopters:
    """What was counted, and the weight of each way.

    Attributes:
        n_nodes: accounts that are numbered.
        weights: weight of each of `WAYS`.
        counted: what the ways read.
    """

    n_nodes: int
    weights: np.ndarray
    counted: dict[str, Any] = field(repr=False)

    def ways(self, active: np.ndarray) -> list[np.ndarray | None]:
        """The probability of each account by each way, given the adopters so far."""
        return _ways(self.counted, self.n_nodes, np.asarray(active, np.int64))

    def chances(self, active: np.ndarray) -> np.ndarray:
        """The probability of each account to be next; those who adopted have none."""
        told = self.ways(active)
        speaks = np.array([way is not None for way in told], float)
        weight = speaks * self.weights if speaks @ self.weights > 0 else speaks
        parts = [w * way for w, way in zip(weight, told, strict=True) if way is not None]
        return np.asarray(sum(parts, np.zeros(self.n_nodes)) / max(weight.sum(), 1e-300))


def next_adopters(
    cascades: Cascades,
    follows: csr_array,
    *,
    next_adopter_settings: NextAdopterSettings,
) -> NextAdopters:
    """The mixture fitted on past cascades, given in the order of their time.

    Args:
        cascades: past cascades, the earliest first.
        follows: 1 at [a, b] where b can see what a passes on; nodes × nodes.
        next_adopter_settings: how.

    Raises:
        NotEnoughData: for fewer cascades than the settings ask.
    """
    settings = next_adopter_settings
    n = cascades.n_cascades
    if n < settings.least_cascades:
        raise NotEnoughData(
            f"{n} cascades are too few to tell how messages travel",
            has=n, needs=settings.least_cascades,
        )  # fmt: skip
    first = np.arange(max(1, round(n * (1 - settings.held_share))))
    earlier = _counted(cascades.some(first), follows, settings)
    held = cascades.some(np.arange(first.size, n))
    likely = _fitted(earlier, held, follows.shape[0], settings.rounds)
    weights = _ranking(earlier, held, likely, follows.shape[0])
    return NextAdopters(follows.shape[0], weights, _counted(cascades, follows, settings))


def steps(cascades: Cascades) -> Iterator[tuple[np.ndarray, int]]:
    """Every adoption after the root, with those before it."""
    for one in range(cascades.n_cascades):
        row = cascades.node[cascades.ptr[one] : cascades.ptr[one + 1]].astype(np.int64)
        for place in range(1, row.size):
            yield row[:place], int(row[place])


def _counted(
    cascades: Cascades, follows: csr_array, settings: NextAdopterSettings
) -> dict[str, Any]:
    """Pairs of earlier and later adopters of the same cascade, and how often each adopts."""
    n, shape = cascades.n_cascades, follows.shape
    active, lately = np.zeros(shape[0]), np.zeros(shape[0])
    half_life = max(1.0, settings.half_life_share * n)
    earlier, later, near = [], [], []
    for one in range(n):
        row = cascades.node[cascades.ptr[one] : cascades.ptr[one + 1]]
        active[row[1:]] += 1
        lately[row[1:]] += 0.5 ** ((n - 1 - one) / half_life)
        for gap in range(1, min(row.size, settings.span + 1)):
            earlier.append(row[:-gap])
            later.append(row[gap:])
            near.append(np.full(row.size - gap, 1.0 / gap))
        far = row[settings.span + 1 :]
        earlier.append(np.repeat(row[:1], far.size))
        later.append(far)
        near.append(np.zeros(far.size))
    places = (np.concatenate(earlier), np.concatenate(later))
    after = csr_array((np.concatenate(near), places), shape)
    before = csr_array((np.ones(places[0].size), places), shape)
    return {
        "active": active, "lately": lately, "follows": follows,
        "follows_either": ((follows + follows.T) > 0).astype(np.float64),
        "after": after, "before": before,
        "held": csr_array((np.ones(cascades.node.size), *_rows(cascades)), (n, shape[0])),
    }  # fmt: skip


def _ways(counted: dict[str, Any], n_nodes: int, active: np.ndarray) -> list[np.ndarray | None]:
    age = np.arange(active.size)[::-1]
    is_open = np.ones(n_nodes)
    is_open[active] = 0.0
    recent, alike = 1.0 / (1.0 + age), np.ones(active.size)
    last, root = (age == 0).astype(float), (age == active.size - 1).astype(float)
    told = [
        is_open, counted["active"], counted["lately"],
        _reached(counted["follows"], active, recent, is_shared=True),
        _reached(counted["follows_either"], active, alike, is_shared=False),
        _reached(counted["after"], active, recent, is_shared=True),
        _reached(counted["after"], active, last, is_shared=True),
        _reached(counted["before"], active, root, is_shared=True),
        _company(counted["held"], active),
    ]  # fmt: skip
    return [_spread(way * is_open) for way in told]


def _reached(
    pairs: csr_array, active: np.ndarray, weight: np.ndarray, *, is_shared: bool
) -> np.ndarray:
    """What the adopters reach; where shared, each divides its weight among whom it reaches."""
    rows = pairs[active]
    if is_shared:
        out = np.asarray(rows.sum(axis=1)).ravel()
        weight = np.divide(weight, out, out=np.zeros_like(weight), where=out > 0)
    return np.asarray(rows.T @ weight).ravel()


def _company(held: csr_array, active: np.ndarray) -> np.ndarray:
    common = np.asarray(held[:, active].sum(axis=1)).ravel()
    return np.asarray(held.T @ common**2).ravel()


def _spread(way: np.ndarray) -> np.ndarray | None:
    total = way.sum()
    return way / total if total > 0 else None


def _rows(cascades: Cascades) -> tuple[tuple[np.ndarray, np.ndarray]]:
    of = np.repeat(np.arange(cascades.n_cascades), cascades.sizes())
    return ((of, cascades.node),)


def _ranking(
    counted: dict[str, Any], held: Cascades, weights: np.ndarray, n_nodes: int
) -> np.ndarray:
    """Weights moved while held adopters come to stand higher, where memory allows."""
    every = list(steps(held))
    most = min(MOST_STEPS, MOST_CELLS // (n_nodes * len(WAYS)), len(every))
    if most < LEAST_STEPS:
        return weights
    chosen = [every[i] for i in np.linspace(0, len(every) - 1, most).round().astype(int)]
    told = np.zeros((most, len(WAYS), n_nodes), np.float32)
    speaks = np.zeros((most, len(WAYS)), np.float32)
    for at, (active, _) in enumerate(chosen):
        for way, chance in enumerate(_ways(counted, n_nodes, active)):
            if chance is not None:
                told[at, way], speaks[at, way] = chance, 1.0
    who = np.array([one for _, one in chosen])
    best, height = weights, _height(weights, told, speaks, who)
    moves = [(way, factor) for way in range(len(WAYS)) for factor in FACTORS]
    for way, factor in moves * 2:
        tried = best.copy()
        tried[way] = max(tried[way], 1e-3) * factor
        tried /= tried.sum()
        reached = _height(tried, told, speaks, who)
        if reached > height * (1 + LEAST_GAIN):
            best, height = tried, reached
    return best


def _height(
    weights: np.ndarray, told: np.ndarray, speaks: np.ndarray, who: np.ndarray
) -> float:
    """Mean reciprocal rank; the ways that speak share the weight of those that do not."""
    shares = (speaks * weights).astype(np.float32)
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-12)
    scores = np.matmul(shares[:, None, :], told)[:, 0, :]
    own = scores[np.arange(who.size), who][:, None]
    rank = (scores > own).sum(axis=1) + ((scores == own).sum(axis=1) + 1) / 2
    return float((1.0 / rank).mean())


def _fitted(counted: dict[str, Any], held: Cascades, n_nodes: int, rounds: int) -> np.ndarray:
    """Weights that make the held cascades most likely, by EM over the ways that can speak."""
    chance, can_speak = [], []
    for active, one in steps(held):
        told = _ways(counted, n_nodes, active)
        chance.append([0.0 if way is None else way[one] for way in told])
        can_speak.append([way is not None for way in told])
    likely, speaks = np.array(chance).reshape(-1, len(WAYS)), np.array(can_speak, float)
    is_told = likely.sum(axis=1) > 0
    likely, speaks = likely[is_told], speaks.reshape(-1, len(WAYS))[is_told]
    weights = np.full(len(WAYS), 1.0 / len(WAYS))
    for _ in range(rounds if likely.size else 0):
        shares = weights * likely
        shares /= shares.sum(axis=1, keepdims=True)
        offered = (speaks / (speaks @ weights)[:, None]).sum(axis=0)
        weights = shares.sum(axis=0) / np.where(offered > 0, offered, 1.0)
        weights /= weights.sum()
    return weights
