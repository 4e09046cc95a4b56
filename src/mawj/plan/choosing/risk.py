"""What forecasts do not know: luck taken out of the values, outcomes drawn, risk weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.plan.choosing.offers import floats
from mawj.plan.choosing.search import LEAST_GAIN, Found, found, swap_pool
from mawj.plan.kernels.picking import fitting, gains, is_short, losses, put, take

if TYPE_CHECKING:
    from mawj.plan.choosing.asked import Float64s, Int32s, PortfolioSettings
    from mawj.plan.choosing.instance import Instance
    from mawj.plan.choosing.limits import Limits
    from mawj.plan.choosing.offers import Offers

LEAST_PEERS = 10
"""Offers below which no line of value against price is drawn; our judgement."""
LEAST_OF_KIND = 8
"""Offers of one deliverable from which it has a level of its own; our judgement."""
MEDIAN_ERROR = np.pi / 2
"""Variance of a median of n normal values, times n, over that of one; 1 where n is 1 or 2."""


@dataclass(frozen=True)
class Corrected:
    """Values with luck taken out.

    Attributes:
        values: as far as the evidence carries.
        spread: standard deviation of the logarithm of the outcome that remains.
        kept_share: how much of each distance from what the price suggests was kept; 1 where
            nothing was corrected.
    """

    values: Float64s
    spread: Float64s
    kept_share: Float64s


def corrected(offers: Offers, settings: PortfolioSettings) -> Corrected:
    """The values moved towards the line of value against price (empirical Bayes).

    On logarithms: value = level of the deliverable + slope × price + ability + error of the
    guess. The variance of the errors is known from the intervals; that of ability is what the
    residuals have more. A residual is kept in the share ability / (ability + error), each with
    its own error (Efron & Morris 1975). The error of a guess from n own posts is that of their
    median.
    """
    ones = np.ones(len(offers))
    usable = (offers.value > 0) & (offers.price > 0)
    if not settings.correct_luck or usable.sum() < LEAST_PEERS or not offers.spread.any():
        return Corrected(offers.value, offers.spread, ones)
    value, price = (np.log(np.where(usable, x, 1.0)) for x in (offers.value, offers.price))
    fit = _line(value, price, usable, offers)
    residual = value - fit
    own = floats(offers.table, "n_own")
    n_own = np.maximum(np.nan_to_num(own), 1.0)
    # An interval of a single post holds its chance too: of the variance of one post 1 + m / n.
    of_own = np.where(n_own <= 2, 1.0, MEDIAN_ERROR)
    share = np.where(np.nan_to_num(own) >= 1, of_own / (n_own + of_own), settings.guess_share)
    error = offers.spread**2 * share
    ability = max(float(np.mean(residual[usable] ** 2) - np.mean(error[usable])), 0.0)
    kept = np.divide(ability, ability + error, out=ones.copy(), where=error > 0)
    kept = np.where(usable, kept, 1.0)
    values = np.where(usable, np.exp(fit + kept * residual), offers.value)
    spread = np.sqrt(np.maximum(offers.spread**2 - (1 - kept) * error, 0.0))
    return Corrected(values, spread, kept)


def _line(value: Float64s, price: Float64s, usable: Any, offers: Offers) -> Float64s:
    """Value against price, with a level for each deliverable that is offered often enough."""
    kinds = np.array(offers.column("deliverable"), object).astype(str)
    names, kind = np.unique(kinds, return_inverse=True)
    n_of = np.bincount(kind[usable], minlength=names.size)
    kind = np.where(n_of[kind] >= LEAST_OF_KIND, kind, names.size)
    n = np.maximum(np.bincount(kind[usable], minlength=names.size + 1), 1)
    levels = [np.bincount(kind[usable], x[usable], names.size + 1) / n for x in (value, price)]
    y, x = value - levels[0][kind], price - levels[1][kind]
    size = float(np.sum(x[usable] ** 2))
    slope = float(np.sum(x[usable] * y[usable]) / size) if size > 0 else 0.0
    return np.asarray(levels[0][kind] + slope * x)


def outcomes_drawn(
    offers: Offers, spread: Float64s, which: Int32s, n: int, *, asked: Any
) -> Float64s:
    """Outcomes of some offers as multiples of their values: one row an outcome.

    Log-normal with median 1; of the variance of the logarithm a share is common to a platform
    and a share to a creator. Every second draw mirrors the one before, so that medians are met.
    The draws of an offer do not depend on which others are asked for or can be picked.
    """
    settings = asked.settings
    half = (n + 1) // 2
    offer, creator, platform = (some[which] for some in offers.drawn_as)
    common = _drawn(asked.seed, 0, platform, half)
    person = _drawn(asked.seed, 1, creator, half)
    own = _drawn(asked.seed, 2, offer, half)
    rest = max(1.0 - settings.platform_share - settings.creator_share, 0.0)
    z = (
        np.sqrt(settings.platform_share) * common
        + np.sqrt(settings.creator_share) * person
        + np.sqrt(rest) * own
    )
    mirrored = np.stack([z, -z], axis=1).reshape(2 * half, -1)[:n]
    return np.asarray(np.exp(mirrored * spread[which]))


def _drawn(seed: int, kind: int, places: Int32s, n: int) -> Float64s:
    """Standard normal draws, one column a place: the same for a place in every call."""
    made = np.empty((n, places.size))
    for at, place in enumerate(places.tolist()):
        made[:, at] = np.random.default_rng((seed, kind, place)).standard_normal(n)
    return made


def shares(instance: Instance, limits: Limits, picks: Int32s) -> tuple[Float64s, Float64s]:
    """What each pick contributes, adding up to the value, and what would be lost without it.

    What overlaps belongs to several; it is shared out by what each brings by itself.
    """
    state = instance.state(limits, picks)
    lost = losses(instance.arrays, limits.arrays, state, picks)
    alone = gains(instance.arrays, instance.state(limits), picks)
    rest = instance.value(limits, picks) - float(lost.sum())
    total = float(alone.sum())
    return (lost + (rest / total if total > 0 else 0.0) * alone), lost


class Risk:
    """What a set is worth where outcomes vary: the mean, and the mean of the bad ones."""

    def __init__(self, settings: PortfolioSettings) -> None:
        self.weight, self.bad = settings.risk_weight, settings.bad_share

    def of(self, outcomes: Float64s) -> Float64s:
        """The measure of outcomes along the last axis."""
        n = max(1, round(self.bad * outcomes.shape[-1]))
        low = np.partition(outcomes, n - 1, axis=-1)[..., :n].mean(axis=-1)
        return np.asarray((1 - self.weight) * outcomes.mean(axis=-1) + self.weight * low)


def steadied(
    instance: Instance, limits: Limits, start: Found, drawn: Any, settings: PortfolioSettings
) -> Found:
    """The picks after swaps that raise the measure of risk over the outcomes drawn.

    `drawn` gives outcomes of some offers as multiples, from `outcomes_drawn`.
    """
    risk = Risk(settings)
    singles = instance.by_themselves(limits)
    pool = swap_pool(instance, limits, start.picks, singles, settings.swap_pool)
    multiples = drawn(pool)
    now = start
    for _ in range(settings.swap_rounds):
        picks = now.picks
        before = _measured(instance, limits, picks, (pool, multiples), risk)
        move = _best_swap(instance, limits, picks, (pool, multiples), risk)
        if move is None:
            break
        after = _measured(instance, limits, move, (pool, multiples), risk)
        if after <= before * (1 + LEAST_GAIN):
            break
        now = found(instance, limits, move)
    return now


def _measured(
    instance: Instance, limits: Limits, picks: Int32s, pool: tuple[Int32s, Float64s], risk: Risk
) -> float:
    mine, _ = shares(instance, limits, picks)
    return float(risk.of(pool[1][:, np.searchsorted(pool[0], picks)] @ mine))


def _best_swap(
    instance: Instance, limits: Limits, picks: Int32s, pool: tuple[Int32s, Float64s], risk: Risk
) -> Int32s | None:
    """Picks with one exchanged, or one more, of the highest measure; None without any."""
    ids, multiples = pool
    state = instance.state(limits, picks)
    best, chosen = -np.inf, None
    for out in (-1, *picks.tolist()):
        rest = picks[picks != out]
        if out >= 0:
            take(instance.arrays, limits.arrays, state, out)
        may = np.flatnonzero(fitting(limits.arrays, state, ids) & (ids != out))
        if may.size:
            mine = losses(instance.arrays, limits.arrays, state, rest)
            mine = _shared_out(instance, limits, rest, mine)
            base = multiples[:, np.searchsorted(ids, rest)] @ mine
            added = gains(instance.arrays, state, ids[may])
            worth = risk.of((base[:, None] + multiples[:, may] * added).T)
            best, chosen = _better(
                limits, instance, state, (rest, ids[may], worth), best, chosen
            )
        if out >= 0:
            put(instance.arrays, limits.arrays, state, out)
    return chosen


def _shared_out(instance: Instance, limits: Limits, rest: Int32s, lost: Float64s) -> Float64s:
    alone = gains(instance.arrays, instance.state(limits), rest)
    whole = instance.value(limits, rest)
    total = float(alone.sum())
    return np.asarray(lost + ((whole - lost.sum()) / total if total > 0 else 0.0) * alone)


def _better(
    limits: Limits,
    instance: Instance,
    state: Any,
    offered: tuple[Int32s, Int32s, Float64s],
    best: float,
    chosen: Int32s | None,
) -> tuple[float, Int32s | None]:
    """The best of the offered that also keeps the lower bounds."""
    rest, ids, worth = offered
    for place in np.argsort(-worth, kind="stable").tolist():
        if worth[place] <= best:
            break
        put(instance.arrays, limits.arrays, state, int(ids[place]))
        short = is_short(limits.arrays, state)
        take(instance.arrays, limits.arrays, state, int(ids[place]))
        if not short:
            return float(worth[place]), np.sort(np.append(rest, ids[place])).astype(np.int32)
    return best, chosen
