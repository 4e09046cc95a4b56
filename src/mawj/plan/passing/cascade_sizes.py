"""How large a running cascade becomes, told from its first hours and from past cascades.

Six ways, the simplest first, are tried on past cascades in the order of their time, and the one
with the least median error is used; a later one has to be better than the simpler ones:

- `same`: it stays as it is;
- `factor`: it grows as the median past cascade did from that age on;
- `scaling`: the mean of log growth (Szabo & Huberman, Predicting the Popularity of Online
  Content, 2010);
- `usual`: it becomes as large as the median past cascade, where it is not larger yet;
- `size`: log growth as a line in what it lacks to that and in the log of the size so far;
- `pace`: besides, in its growth in the last quarter and half of the time and in how long
  nothing has come (the early arrivals as several predictors: Pinto, Almeida & Goncalves, Using
  Early View Patterns to Predict the Popularity of YouTube Videos, 2013; Cheng et al., Can
  Cascades be Predicted?, 2014).

Lines are fitted to least absolute error, for growth has heavy tails. The interval is taken
from the errors made on past cascades by fits that did not know them (split conformal
prediction: Vovk, Gammerman & Shafer, Algorithmic Learning in a Random World, 2005), apart for
cascades expected to grow little and to grow much.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from mawj.tables.errors import NotEnoughData

if TYPE_CHECKING:
    from collections.abc import Sequence

WAYS = ("same", "factor", "scaling", "usual", "size", "pace")
SIZE = 2
FOLDS = 4
ROUNDS = 60


@dataclass(frozen=True)
class CascadeSizeSettings:
    """How sizes are forecast.

    Attributes:
        level: probability that the interval holds the final size (our judgement).
        least_cascades: past cascades below which nothing is forecast (our judgement).
        least_apart: past cascades from which on the interval is taken apart for small and great
            growth (our judgement).
        ended_hours: age from which a past cascade counts as come to its end (our judgement:
            most reposts come within two days).
        gain: part of the error that a less simple way has to save to be preferred (our
            judgement).
    """

    level: float = 0.8
    least_cascades: int = 20
    least_apart: int = 80
    ended_hours: float = 168.0
    gain: float = 0.02


@dataclass(frozen=True)
class SizeForecast:
    """The final size of some running cascades.

    Attributes:
        size, low, high: median and ends of the interval, adoptions.
        way: which of `WAYS` was used.
        error: median absolute error of the log, ways in order, on past cascades.
        n_past: past cascades that were running at that age.
    """

    size: np.ndarray
    low: np.ndarray
    high: np.ndarray
    way: str
    error: tuple[float, ...]
    n_past: int


def cascade_sizes(
    past: Sequence[np.ndarray],
    running: Sequence[np.ndarray],
    age: float,
    *,
    cascade_size_settings: CascadeSizeSettings,
) -> SizeForecast:
    """The final size of running cascades of one age.

    Args:
        past: ages of the adoptions of each past cascade that has come to its end, rising, in
            the order of the cascades' time.
        running: the same of the running ones, up to `age`; later ones are not looked at.
        age: how long the running ones have run, in the unit of the ages.
        cascade_size_settings: how.

    Raises:
        NotEnoughData: for fewer past cascades than the settings ask.
    """
    settings = cascade_size_settings
    begun = [one for one in past if _until(one, age) > 0]
    if len(begun) < settings.least_cascades:
        raise NotEnoughData(
            f"{len(begun)} past cascades are too few to tell a final size from",
            has=len(begun), needs=settings.least_cascades,
        )  # fmt: skip
    final = np.array([one.size for one in begun], np.float64)
    told = _told(begun, age, usual := float(np.median(final)))
    growth = np.log(final) - told[:, SIZE]
    errors = {way: _errors(way, told, growth) for way in WAYS}
    misses = tuple(float(np.median(np.abs(found[:, 0]))) for found in errors.values())
    way = _best(misses, settings.gain)
    expected = _grown(way, _fitted(way, told, growth), _told(running, age, usual))
    low, high = _ends(errors[way], expected, settings)
    so_far = np.array([max(_until(one, age), 1) for one in running], np.float64)
    size, least, most = (
        np.maximum(so_far, so_far * np.exp(end)) for end in (expected, low, high)
    )
    return SizeForecast(size, least, most, way, misses, len(begun))


def _until(ages: np.ndarray, age: float) -> int:
    return int(np.searchsorted(ages, age, side="right"))


def _told(cascades: Sequence[np.ndarray], age: float, usual: float) -> np.ndarray:
    """The first hours: 1, lack to the usual size, log size, late, earlier growth, silence."""
    rows = []
    for ages in cascades:
        now, half, late = (_until(ages, age * part) for part in (1.0, 0.5, 0.75))
        silence = (age - ages[now - 1]) / age if now and age > 0 else 1.0
        lack, size = np.log(max(usual / max(now, 1), 1.0)), np.log(max(now, 1))
        pace = (np.log1p(now - late), np.log1p(late - half), np.log(silence + 0.01))
        rows.append((1.0, lack, size, *pace))
    return np.array(rows, np.float64).reshape(-1, 6)


def _columns(way: str) -> slice:
    spans = {"usual": slice(1, 2), "size": slice(0, 3), "pace": slice(0, 6)}
    return spans.get(way, slice(0, 1))


def _fitted(way: str, told: np.ndarray, growth: np.ndarray) -> np.ndarray:
    if way in ("same", "usual"):
        return np.array([float(way == "usual")])
    if way == "factor":
        return np.array([np.median(growth)])
    if way == "scaling":
        return np.array([growth.mean()])
    return _least_absolute(told[:, _columns(way)], growth)


def _grown(way: str, line: np.ndarray, told: np.ndarray) -> np.ndarray:
    return np.asarray(np.maximum(told[:, _columns(way)] @ line, 0.0))


def _least_absolute(told: np.ndarray, growth: np.ndarray) -> np.ndarray:
    """Least absolute error by reweighted least squares, with a weak pull to no slope."""
    pull = np.diag([0.0, *([1.0] * (told.shape[1] - 1))])
    line = np.linalg.lstsq(told, growth, rcond=None)[0]
    for _ in range(ROUNDS):
        weight = 1.0 / np.maximum(np.abs(growth - told @ line), 0.02)
        line = np.linalg.solve((told.T * weight) @ told + pull, (told.T * weight) @ growth)
    return np.asarray(line)


def _errors(way: str, told: np.ndarray, growth: np.ndarray) -> np.ndarray:
    """Errors on later cascades by fits on the earlier ones, with what was expected: [n, 2]."""
    n = growth.size
    bounds = np.linspace(n * 0.4, n, FOLDS + 1).round().astype(int)
    rows = []
    for start, end in pairwise(bounds):
        expected = _grown(way, _fitted(way, told[:start], growth[:start]), told[start:end])
        rows.append(np.column_stack([growth[start:end] - expected, expected]))
    return np.concatenate(rows)


def _best(misses: tuple[float, ...], gain: float) -> str:
    best = 0
    for at in range(1, len(misses)):
        if misses[at] < misses[best] * (1 - gain):
            best = at
    return WAYS[best]


def _ends(
    errors: np.ndarray, expected: np.ndarray, settings: CascadeSizeSettings
) -> tuple[np.ndarray, np.ndarray]:
    middle = float(np.median(errors[:, 1]))
    is_apart = len(errors) >= settings.least_apart and len(np.unique(errors[:, 1])) > 4
    ends = [_quantiles(errors[:, 0], settings.level)] * 2
    if is_apart:
        ends = [_quantiles(errors[part, 0], settings.level)
                for part in (errors[:, 1] <= middle, errors[:, 1] > middle)]  # fmt: skip
    great = (expected > middle).astype(int)
    low, high = (np.array([ends[i][side] for i in great]) for side in (0, 1))
    return expected + low, expected + high


def _quantiles(errors: np.ndarray, level: float) -> tuple[float, float]:
    """Ends that a new error lies between with the level, one past error more either way."""
    n = errors.size
    order = np.sort(errors)
    tail = (1 - level) / 2
    low = order[max(int(np.floor(tail * (n + 1))) - 1, 0)]
    high = order[min(int(np.ceil((1 - tail) * (n + 1))) - 1, n - 1)]
    return float(low), float(high)
