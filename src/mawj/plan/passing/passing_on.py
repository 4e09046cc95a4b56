"""The chance that one account passes on a message of another, with how sure that is.

Most of an audience passes on nothing and a few pass on much, so that the chance of one account
is Beta distributed over the audience of a source, and what it passed on of n messages is
Beta-binomial. The distribution is fitted by maximum likelihood over all loaded sources of a
peer group, silent members of the audience included; its mean is moved to each source as far as
the source's own counts support it; and each account's own counts move it on from there
(empirical Bayes: Efron & Morris, Data Analysis Using Stein's Estimator, 1975; the model without
its prior is the static Bernoulli model of Goyal, Bonchi & Lakshmanan, Learning Influence
Probabilities in Social Networks, 2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln, expit, logit

from mawj.tables.declared import TABLES

RULE = "passing-1"
ALL = "all"
Floats = np.ndarray


@dataclass(frozen=True)
class PassingSettings:
    """How chances of passing on are estimated.

    Attributes:
        level: probability that an interval of one chance holds the true value (our judgement).
        least_passers: accounts that passed on something below which a peer group is not fitted
            by itself but with all others (our judgement).
        prior_sources: sources beside those asked for from which the peers' rates are learnt
            (our judgement: enough for two digits).
    """

    level: float = 0.9
    least_passers: int = 50
    prior_sources: int = 2000

    def __post_init__(self) -> None:
        """Refuse a level that is no probability."""
        if not 0 < self.level < 1:
            raise ValueError("level lies between 0 and 1")


@dataclass(frozen=True)
class PassingPrior:
    """How the chance of passing on is spread over an audience.

    Attributes:
        mean: mean chance.
        weight: how many messages the prior is worth; small where few pass on much.
        source_weight: how many messages seen the peers' mean is worth against a source's own.
    """

    mean: float
    weight: float
    source_weight: float


def passing_priors(
    passing_counts: pa.Table, passing_sources: pa.Table, *, passing_settings: PassingSettings
) -> dict[str, PassingPrior]:
    """The prior of each peer group that has enough passers, and of all together.

    Without a single message passed on the chance is held to be one half of one in all that was
    seen (Jeffreys' prior).
    """
    counts = _Counts.of(passing_counts, passing_sources)
    priors = {ALL: _prior(counts, np.ones(counts.groups.size, bool))}
    for group in sorted({str(one) for one in counts.groups if one is not None}):
        here = counts.groups == group
        if here[counts.source].sum() >= passing_settings.least_passers:
            priors[group] = _prior(counts, here)
    return priors


def passes(
    passing_counts: pa.Table,
    passing_sources: pa.Table,
    *,
    priors: dict[str, PassingPrior],
    passing_settings: PassingSettings,
) -> pa.Table:
    """The chance that each passer passes on the next message, and that a silent one does.

    Args:
        passing_counts: what was passed on, by account and passer.
        passing_sources: what was offered, by account.
        priors: from `passing_priors`.
        passing_settings: level of the intervals.

    Returns:
        The declared columns: one row per account and passer, and one per account under the
        empty passer for each of its audience that never passed on anything.
    """
    counts = _Counts.of(passing_counts, passing_sources)
    a, b, names = _own_priors(counts, priors)
    silent = np.arange(counts.n_posts.size)
    at = np.concatenate([counts.source, silent])
    passed = np.concatenate([counts.passed, np.zeros(silent.size)])
    offered = np.maximum(counts.n_posts[at], passed)
    high, low = a[at] + passed, b[at] + offered - passed
    tail = (1 - passing_settings.level) / 2
    n_told, nothing = counts.source.size, pa.nulls(silent.size)
    rows = {
        "account_id": [counts.ids[i] for i in at],
        "passer_id": passing_counts["passer_id"].to_pylist() + [""] * silent.size,
        "n_posts": offered.astype(np.int64), "n_passed": passed.astype(np.int64),
        "passing_share": high / (high + low),
        "passing_share_low": betaincinv(high, low, tail),
        "passing_share_high": betaincinv(high, low, 1 - tail),
        "worth": high + low,
        "delay_hours": _joined(passing_counts["delay_hours"], nothing),
        "is_follower": _joined(passing_counts["is_follower"], nothing),
        "n_accounts": np.concatenate([np.ones(n_told), counts.n_silent]).astype(np.int64),
        "prior": [names[i] for i in at], "rule_version": [RULE] * at.size,
    }  # fmt: skip
    schema = TABLES["passes"].schema
    return pa.table([pa.array(rows[f.name]).cast(f.type) for f in schema], schema=schema)


@dataclass(frozen=True)
class _Counts:
    """Counts as arrays: by pair `source` and `passed`, by source the others."""

    ids: list[str]
    groups: Floats
    n_posts: Floats
    n_silent: Floats
    source: Floats
    passed: Floats

    @classmethod
    def of(cls, passing_counts: pa.Table, passing_sources: pa.Table) -> _Counts:
        ids = [str(one) for one in passing_sources["account_id"].to_pylist()]
        place = {one: at for at, one in enumerate(ids)}
        source = np.array(
            [place[str(one)] for one in passing_counts["account_id"].to_pylist()], np.int64
        )
        passed = passing_counts["n_passed"].to_numpy().astype(np.float64)
        n_posts = passing_sources["n_posts"].to_numpy().astype(np.float64)
        audience = passing_sources["n_audience"].to_numpy().astype(np.float64)
        told = np.bincount(source, minlength=len(ids))
        groups = np.array(passing_sources["peer_group"].to_pylist(), dtype=object)
        return cls(ids, groups, n_posts, np.maximum(audience - told, 0.0), source, passed)

    def rows(self, here: Floats) -> tuple[Floats, Floats, Floats]:
        """Messages seen, passed on, and accounts, of the sources `here`, like rows together."""
        of_pair = here[self.source]
        seen = np.concatenate([self.n_posts[self.source][of_pair], self.n_posts[here]])
        passed = np.concatenate([self.passed[of_pair], np.zeros(int(here.sum()))])
        n = np.concatenate([np.ones(int(of_pair.sum())), self.n_silent[here]])
        told = np.stack([np.maximum(seen, passed), passed])
        rows, at = np.unique(told, axis=1, return_inverse=True)
        return rows[0], rows[1], np.bincount(at.ravel(), n, rows.shape[1])


def _prior(counts: _Counts, here: Floats) -> PassingPrior:
    seen, passed, n = counts.rows(here & (counts.n_posts > 0))
    total, done = float((seen * n).sum()), float((passed * n).sum())
    if done == 0 or total == 0:
        return PassingPrior(0.5 / (total + 1.0), 1.0, 1.0)
    mean, weight = _beta_binomial(seen, passed, n, start=(done + 0.5) / (total + 1.0))
    own_seen, own_passed = _by_source(counts, here, weight)
    is_told = own_seen > 0
    weights = np.ones(int(is_told.sum()))
    _, spread = _beta_binomial(
        own_seen[is_told], own_passed[is_told], weights, start=mean, is_mean_kept=True
    )
    return PassingPrior(mean, weight, spread)


def _beta_binomial(
    seen: Floats, passed: Floats, n: Floats, *, start: float, is_mean_kept: bool = False
) -> tuple[float, float]:
    """Mean and weight of the Beta distribution under which the counts are most likely."""

    def unlikely(told: Floats) -> float:
        mean = start if is_mean_kept else float(expit(told[0]))
        weight = float(np.exp(np.clip(told[-1], -7.0, 14.0)))
        a, b = max(mean * weight, 1e-12), max((1 - mean) * weight, 1e-12)
        gain = betaln(passed + a, seen - passed + b) - betaln(a, b)
        # A weak pull to a weight of ten messages keeps few data from running away.
        return float(0.05 * (told[-1] - np.log(10.0)) ** 2 - (n * gain).sum())

    begin = [np.log(10.0)] if is_mean_kept else [float(logit(start)), np.log(10.0)]
    near: Any = {"xatol": 1e-4, "fatol": 1e-6}
    found: Any = minimize(unlikely, np.array(begin), method="Nelder-Mead", options=near)
    mean = start if is_mean_kept else float(expit(found.x[0]))
    return mean, float(np.exp(np.clip(found.x[-1], -7.0, 14.0)))


def _by_source(counts: _Counts, here: Floats, weight: float) -> tuple[Floats, Floats]:
    """Messages seen and passed on by the whole audience of each source, as independent ones.

    Messages seen by one account are alike; n of them are worth n / (1 + (n - 1) / (weight + 1))
    independent ones (Kish's design effect for the intraclass correlation of a Beta-binomial).
    """
    audience = counts.n_silent + np.bincount(counts.source, minlength=counts.n_posts.size)
    done = np.bincount(counts.source, counts.passed, counts.n_posts.size)
    alike = 1.0 + np.maximum(counts.n_posts - 1.0, 0.0) / (weight + 1.0)
    seen = audience * counts.n_posts / alike
    return seen[here], np.minimum(done / alike, seen)[here]


def _own_priors(
    counts: _Counts, priors: dict[str, PassingPrior]
) -> tuple[Floats, Floats, list[str]]:
    """The two parameters of each source's Beta distribution, and whose prior it is."""
    names = [str(g) if g is not None and str(g) in priors else ALL for g in counts.groups]
    a, b = np.zeros(len(names)), np.zeros(len(names))
    everyone = np.ones(len(names), bool)
    for name in set(names):
        prior, here = priors[name], np.array([one == name for one in names])
        seen, done = _by_source(counts, everyone, prior.weight)
        mean = (done + prior.source_weight * prior.mean) / (seen + prior.source_weight)
        mean = np.clip(mean, 1e-9, 1 - 1e-9)
        a[here], b[here] = (prior.weight * mean)[here], (prior.weight * (1 - mean))[here]
    return a, b, names


def _joined(column: Any, more: Any) -> Any:
    return pa.concat_arrays([*column.chunks, more.cast(column.type)])
