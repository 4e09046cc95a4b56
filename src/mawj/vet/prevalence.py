"""How common something is, told from detectors that err: shares corrected, with their interval.

A detector with sensitivity Se and specificity Sp finds the share p = q Se + (1 - q)(1 - Sp)
where the true share is q. Rogan & Gladen 1978 (American Journal of Epidemiology 107, 71-76)
turn that round; Lang & Reiczigel 2014 give an interval that holds what the sample leaves open
and what the measurement of Se and Sp leaves open. Here the latter is larger: both were measured
on several sets of accounts, and they differ more between sets than within one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.stats import beta

from mawj.vet.shares import Z_90, wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats: TypeAlias = npt.NDArray[np.float64]
LEAST_SPREAD = 0.01
"""Spread between sets that is assumed at least: two or three sets say little of it; ours."""

_CELLS, _QUANTILES = 400, 24
"""Shares, and quantiles of each error rate, that are summed over: finer changes the third place
behind the point no more. Our judgement."""

_LEAST_WORTH = 0.05
"""Keeps a rate of exactly 0 or 1 a distribution; a twentieth of an account."""

RATES = Path(__file__).parent / "error_rates" / "followers.toml"


@dataclass(frozen=True)
class ErrorRates:
    """Sensitivity and specificity, each with the number of accounts that it is worth.

    Attributes:
        sensitivity, specificity: means over the sets.
        n_sensitivity, n_specificity: accounts of a simple sample that would leave as much open
            as the sets do, whose figures differ between them.
        source: the sets and the date.
    """

    sensitivity: float
    specificity: float
    n_sensitivity: float
    n_specificity: float
    source: str


@dataclass(frozen=True)
class Prevalence:
    """Corrected shares with the ends of their intervals, 0 to 1."""

    share: Floats
    low: Floats
    high: Floats


def corrected(n_found: Floats, n: Floats, rates: ErrorRates, z: float = Z_90) -> Prevalence:
    """The true share behind `n_found` of `n`, with the interval of Lang & Reiczigel.

    The share told is the middle of what the true one may be: as likely too high as too low.
    The plain correction of Rogan & Gladen is the likeliest value where sensitivity is just its
    mean; where sets differ, it often tells nearly everybody for what may be two thirds.

    Source:
        Lang & Reiczigel 2014, Preventive Veterinary Medicine 113, 13-22, formulas (6) to (8);
        the middle: `likely_share`.
    """
    n_se, n_sp = rates.n_sensitivity, rates.n_specificity
    found = (n_found + z * z / 2.0) / (n + z * z)
    se = (n_se * rates.sensitivity + 1.0) / (n_se + 2.0)
    sp = (n_sp * rates.specificity + 1.0) / (n_sp + 2.0)
    youden = se + sp - 1.0
    share = (found + sp - 1.0) / youden
    of_se, of_sp = se * (1.0 - se) / (n_se + 2.0), sp * (1.0 - sp) / (n_sp + 2.0)
    moved = share + 2.0 * z * z * (share * of_se - (1.0 - share) * of_sp)
    spread = found * (1.0 - found) / (n + z * z)
    spread = (spread + share**2 * of_se + (1.0 - share) ** 2 * of_sp) / youden**2
    half = z * np.sqrt(spread)
    low, high = np.clip(moved - half, 0.0, 1.0), np.clip(moved + half, 0.0, 1.0)
    # Here they may err less than they were measured to: then all that they found is there, or
    # no more than that. Only false alarms take from the lower end.
    plain = uncorrected(n_found, n, z)
    high = np.maximum(high, plain.high)
    low = np.minimum(low, np.clip((plain.low + sp - 1.0) / sp, 0.0, 1.0))
    return Prevalence(np.clip(likely_share(n_found, n, rates), low, high), low, high)


def likely_share(n_found: Floats, n: Floats, rates: ErrorRates) -> Floats:
    """The median of what the true share may be, given `n_found` of `n` and the error rates.

    Every true share is held equally likely before; sensitivity and specificity are beta
    distributed around their means, as wide as the accounts that they are worth.

    Source:
        Joseph, Gyorkos and Coupal 1995, American Journal of Epidemiology 141, 263-272, here
        summed over a grid instead of drawn.
    """
    places = (np.arange(_CELLS) + 0.5) / _CELLS
    counted = n_found[:, None] * np.log(places) + (n - n_found)[:, None] * np.log1p(-places)
    found_where = _found_where(rates)
    # Shares that such rates never find say nothing, however near they lie to what was found.
    counted = np.where(found_where.any(axis=1), counted, -np.inf)
    likely = np.exp(counted - counted.max(axis=1, keepdims=True))
    after = np.cumsum(likely @ found_where, axis=1)
    after /= after[:, -1:]
    ends = np.arange(1, _CELLS + 1) / _CELLS
    return np.array([np.interp(0.5, [0.0, *row], [0.0, *ends]) for row in after])


@cache
def _found_where(rates: ErrorRates) -> Floats:
    """How likely each share is found (rows) where each share is true (columns)."""
    middles = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
    se, sp = (
        beta.ppf(middles, worth * share + _LEAST_WORTH, worth * (1.0 - share) + _LEAST_WORTH)
        for share, worth in (
            (rates.sensitivity, rates.n_sensitivity),
            (rates.specificity, rates.n_specificity),
        )
    )
    true = (np.arange(_CELLS) + 0.5) / _CELLS
    found = true * se[:, None, None] + (1.0 - true) * (1.0 - sp[None, :, None])
    cell = np.clip(found.reshape(-1, _CELLS) * _CELLS - 0.5, 0.0, _CELLS - 1.0)
    first = np.minimum(cell.astype(np.int64), _CELLS - 2)
    part, column = cell - first, np.broadcast_to(np.arange(_CELLS), cell.shape)
    table = np.zeros((_CELLS, _CELLS))
    np.add.at(table, (first, column), 1.0 - part)
    np.add.at(table, (first + 1, column), part)
    return table


def uncorrected(n_found: Floats, n: Floats, z: float = Z_90) -> Prevalence:
    """The share as found, with Wilson's interval (1927): what the sample alone leaves open."""
    return Prevalence(n_found / np.maximum(n, 1.0), *wilson(n_found, n, z))


@cache
def panel_rates(platform: str) -> ErrorRates:
    """The measured error rates of the panel for a platform.

    Where no set is of that platform, those of all sets: they differ most, and leave most open.
    """
    told = tomllib.loads(RATES.read_text("utf-8"))
    here = [one for one in told["sensitivity"] if one["platform"] == platform]
    kinds = {
        kind: [one for one in told[kind] if one["platform"] == platform or not here]
        for kind in ("sensitivity", "specificity")
    }
    se, n_se = pooled([(one["share"], one["n"]) for one in kinds["sensitivity"]])
    sp, n_sp = pooled([(one["share"], one["n"]) for one in kinds["specificity"]])
    names = "+".join(dict.fromkeys(one["set"] for one in kinds["sensitivity"]))
    return ErrorRates(se, sp, n_se, n_sp, f"{names} {told['date']}")


def pooled(measured: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """(mean share over sets, accounts it is worth) of (share, accounts) of each set.

    The sets stand for the kinds of accounts there are, so each counts the same, and the spread
    between them is what a further kind would add: the variance of a beta distribution with
    their mean and spread gives the accounts that they are worth together, at least two.
    """
    shares = np.array([share for share, _ in measured])
    mean = float(shares.mean())
    within = float(sum(n for _, n in measured))
    if len(shares) < 2:
        return mean, max(min(within, 10.0), 2.0)
    between = max(float(shares.var(ddof=1)), LEAST_SPREAD**2)
    return mean, float(np.clip(mean * (1.0 - mean) / between - 1.0, 2.0, within))
