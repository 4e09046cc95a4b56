"""Which of the known passers of an account passes on its next message.

A conditional logit (McFadden, Conditional Logit Analysis of Qualitative Choice Behavior, 1974)
over the known passers of a source: at each act that passed something on, the one who did is
held against those who did not, by what was known of each just before. The signs are those of
`mawj.graph.responses`: how often it passed on, ever and lately, how active it is and at which
hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from mawj.graph.responses import N_SIGNS, signs_at
from mawj.tables.errors import NotEnoughData

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class NextPasserSettings:
    """How the signs are weighed.

    Attributes:
        moments: acts of a source, spread over its time, on which the weights are fitted (our
            judgement).
        warming_share: first part of the time, which only fills the counts (our judgement).
        pull: ridge on the weights, in acts (our judgement: a weak one).
        least_passes: acts of all sources together below which nothing is fitted.
    """

    moments: int = 300
    warming_share: float = 0.25
    pull: float = 5.0
    least_passes: int = 30


@dataclass(frozen=True)
class Responses:
    """The acts of the passers of one source, in the order of time.

    Attributes:
        time: seconds, rising.
        who: int32; the passer, numbered from 0.
        is_pass: whether the act passed on a message of the source.
        n: passers.
    """

    time: np.ndarray
    who: np.ndarray
    is_pass: np.ndarray
    n: int

    def passes(self, since: float, until: float, most: int) -> np.ndarray:
        """Places of at most `most` acts of passing on in [since, until), evenly spread."""
        at = np.flatnonzero(self.is_pass & (self.time >= since) & (self.time < until))
        places = np.linspace(0, at.size - 1, min(most, at.size)).round().astype(int)
        return np.asarray(at[places])


def passer_weights(
    sources: Sequence[Responses],
    until: Sequence[float],
    *,
    next_passer_settings: NextPasserSettings,
) -> np.ndarray:
    """The weight of each sign, from the acts of all sources before `until`.

    Raises:
        NotEnoughData: for fewer acts of passing on than the settings ask.
    """
    settings = next_passer_settings
    told, chosen = [], []
    for one, end in zip(sources, until, strict=True):
        first = float(one.time[0]) if one.time.size else end
        begin = first + settings.warming_share * (end - first)
        at = one.passes(begin, end, settings.moments)
        told.append(signs_at(one.time, one.who, one.is_pass, at, one.n))
        chosen.append(one.who[at])
    n = sum(part.size for part in chosen)
    if n < settings.least_passes:
        raise NotEnoughData(
            "too little was passed on to tell who will next", has=n, needs=settings.least_passes
        )
    return _weights(told, chosen, settings.pull)


def passer_chances(source: Responses, at: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The chance of each passer to be the one, just before the acts at `at`: [at, passers]."""
    return _chances(signs_at(source.time, source.who, source.is_pass, at, source.n), weights)


def _chances(signs: np.ndarray, weights: np.ndarray) -> np.ndarray:
    told = signs @ weights
    told = np.exp(told - told.max(axis=1, keepdims=True))
    return np.asarray(told / told.sum(axis=1, keepdims=True))


def _weights(told: list[np.ndarray], chosen: list[np.ndarray], pull: float) -> np.ndarray:
    def unlikely(weights: np.ndarray) -> tuple[float, np.ndarray]:
        loss, slope = 0.5 * pull * float(weights @ weights), pull * weights
        for signs, who in zip(told, chosen, strict=True):
            if not who.size:
                continue
            chance = _chances(signs, weights)
            at = np.arange(who.size)
            loss -= float(np.log(chance[at, who] + 1e-300).sum())
            slope = slope + np.einsum("mn,mns->s", chance, signs) - signs[at, who].sum(axis=0)
        return loss, slope

    found = minimize(unlikely, np.zeros(N_SIGNS), jac=True, method="L-BFGS-B")
    return np.asarray(found.x)
