"""PageRank: how much attention reaches a node, from those who themselves have attention."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from mawj.graph.adjacency import Adjacency
from mawj.graph.arrays import Floats
from mawj.graph.crew import Crew
from mawj.graph.pulling import Round, Scores
from mawj.graph.rounds import pull_over


@dataclass(frozen=True)
class RankSettings:
    """How PageRank is run.

    Attributes:
        damping: chance that a reader follows a link rather than restarts; 0.85, Brin & Page,
            The Anatomy of a Large-Scale Hypertextual Web Search Engine, 1998, section 2.1.1.
        rounds: most rounds made; 100 takes the error below 1e-7 (0.85**100 is 9e-8).
        tolerance: stop once the scores change by less in sum; 0 makes all rounds. 1e-7 (our
            judgement) leaves an error below 1e-6, since what is missing is at most
            damping / (1 - damping) times the last change.
        precision: "float32" or "float64" scores; sums over nodes are float64 in both.
        threads: threads; the result is the same bits for any number.
    """

    damping: float = 0.85
    rounds: int = 100
    tolerance: float = 1e-7
    precision: str = "float32"
    threads: int = 2


class Ranked(NamedTuple):
    """Scores by the caller's ids (they sum to 1), rounds made, and the last change in sum."""

    values: Floats
    rounds: int
    change: float


def pagerank(
    adjacency: Adjacency,
    *,
    settings: RankSettings | None = None,
    teleport: Floats | None = None,
    trust: Floats | None = None,
    start: Floats | None = None,
) -> Ranked:
    """The PageRank of each node.

    What nodes without out-edges hold is not lost: it restarts with the teleport, as if such a
    node pointed wherever readers restart.

    Args:
        adjacency: the graph; weights say in what shares a node's score is passed on.
        settings: see RankSettings.
        teleport: where readers restart, by the caller's ids, at least 0, not all 0; scaled
            to sum 1. None: anywhere. (Topic-sensitive PageRank, Haveliwala, WWW 2002.)
        trust: 0..1 by the caller's ids, how much of a node's score its links pass on; the rest
            restarts. So the attention of doubtful accounts counts for little (our own, in the
            spirit of TrustRank, Gyongyi et al., VLDB 2004). None: 1 for all.
        start: scores to begin from, such as those of an earlier, slightly different graph.

    Raises:
        ValueError: when a vector has the wrong length, is negative, not finite, or sums to 0.
    """
    settings = settings or RankSettings()
    dtype = np.dtype(settings.precision)
    spread = by_number(adjacency, teleport, "teleport", dtype)
    begin = spread if start is None else by_number(adjacency, start, "start", dtype)
    lend, keep = lending(adjacency, trust, dtype)
    rank = np.full(adjacency.n_nodes, begin[0], dtype) if begin.size == 1 else begin.copy()
    flow = rank * lend
    scores = Scores(rank, flow, np.empty_like(flow), lend, keep, spread)
    made, change = power_rounds(adjacency, scores, settings)
    values = np.empty_like(rank)
    values[adjacency.order] = rank
    return Ranked(values, made, change)


def by_number(
    adjacency: Adjacency, values: Floats | None, name: str, dtype: np.dtype[Any]
) -> Floats:
    """A distribution by new number; the one value 1/n where None is given."""
    if values is None:
        return np.full(1, 1.0 / adjacency.n_nodes, dtype)
    values = np.asarray(values, np.float64)
    if values.shape != (adjacency.n_nodes,):
        raise ValueError(f"{name} has shape {values.shape}, not ({adjacency.n_nodes},)")
    total = values.sum()
    if not np.isfinite(total) or total <= 0 or values.min() < 0:
        raise ValueError(f"{name} must be finite, at least 0 and not all 0")
    return np.asarray(values[adjacency.order] / total, dtype)


def lending(
    adjacency: Adjacency, trust: Floats | None, dtype: np.dtype[Any]
) -> tuple[Floats, Floats]:
    """For each new number: the factor from score to flow, and the share not lent."""
    n = adjacency.n_nodes
    if trust is None:
        passed = np.ones(1, dtype)
    elif np.shape(trust) != (n,) or not np.all((trust >= 0) & (trust <= 1)):
        raise ValueError(f"trust must be {n} values from 0 to 1")
    else:
        passed = np.asarray(trust, dtype)[adjacency.order]
    has_out = adjacency.out_weight > 0
    lend = np.zeros(n, dtype)
    np.divide(passed, adjacency.out_weight, out=lend, where=has_out, casting="same_kind")
    return lend, np.where(has_out, 1 - passed, np.ones(1, dtype))


def power_rounds(
    adjacency: Adjacency, scores: Scores, settings: RankSettings
) -> tuple[int, float]:
    """Rounds of the power method until the tolerance holds; rounds made and the last change."""
    # In float64: mass that a rounded sum adds or loses fades only by the damping each round.
    kept = float((scores.rank * scores.keep).sum(dtype=np.float64))
    change = float("inf")
    with Crew(settings.threads) as crew:
        pull = pull_over(adjacency, crew, settings.precision)
        for made in range(1, settings.rounds + 1):
            now = Round(settings.damping, 1 - settings.damping + settings.damping * kept)
            change, kept = pull(scores, now)
            scores = scores._replace(flow=scores.next_flow, next_flow=scores.flow)
            if change < settings.tolerance:
                return made, change
    return settings.rounds, change
