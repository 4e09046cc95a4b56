"""How common something is, told from detectors that err: shares corrected, with their interval.

A detector with sensitivity Se and specificity Sp finds the share p = q Se + (1 - q)(1 - Sp)
where the true share is q. Rogan & Gladen 1978 turn that round; Lang & Reiczigel 2014 give an
interval that holds what the sample leaves open and what the measurement of Se and Sp leaves
open. Here the latter is larger: both were measured on several sets of accounts, and they differ
more between sets than within one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats: TypeAlias = npt.NDArray[np.float64]
Z90 = 1.6449
"""Standard normal quantile of a two-sided 90 % interval."""

LEAST_SPREAD = 0.01
"""Spread between sets that is assumed at least: two or three sets say little of it; ours."""

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


def corrected(n_found: Floats, n: Floats, rates: ErrorRates, z: float = Z90) -> Prevalence:
    """The true share behind `n_found` of `n`, with the interval of Lang & Reiczigel.

    Source:
        Rogan & Gladen 1978, American Journal of Epidemiology 107, 71-76. Lang & Reiczigel 2014,
        Preventive Veterinary Medicine 113, 13-22, formulas (6) to (8).
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
    told = (plain.share + rates.specificity - 1.0) / (
        rates.sensitivity + rates.specificity - 1.0
    )
    return Prevalence(np.clip(told, low, high), low, high)


def uncorrected(n_found: Floats, n: Floats, z: float = Z90) -> Prevalence:
    """The share as found, with Wilson's interval (1927): what the sample alone leaves open."""
    whole = np.maximum(n, 1.0)
    share = n_found / whole
    middle = (share + z * z / (2.0 * whole)) / (1.0 + z * z / whole)
    spread = share * (1.0 - share) / whole + z * z / (4.0 * whole**2)
    half = z * np.sqrt(spread) / (1.0 + z * z / whole)
    return Prevalence(share, np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0))


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
