"""Large or small: the dispute held on the loaded accounts, by tier, by kind and by both."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.stats import mannwhitneyu

from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

Floats = npt.NDArray[np.float64]

KINDS = ("specialist", "celebrity")
MEASURES = ("by_followers", "by_views", "growth", "reach_per_follower")


@dataclass(frozen=True)
class DisputeSettings:
    """When groups are compared.

    Attributes:
        least_accounts: accounts that each group needs; below, "not enough data". Our judgement:
            with fewer than ten the bootstrap interval of a median is too narrow.
        replicates: bootstrap resamples (Efron & Tibshirani 1993).
        alpha: chance of calling any difference of one scheme, measure and contrast where there
            is none, held over all its pairs (Holm 1979). 0.05 by convention.
    """

    least_accounts: int = 10
    replicates: int = 2000
    alpha: float = 0.05


class Group(NamedTuple):
    """One group of accounts under one scheme, with what was measured of them, sorted."""

    scheme: str
    measure: str
    tier: str
    kind: str
    values: Floats

    @property
    def name(self) -> str:
        """The group's name within its contrast."""
        return "/".join(part for part in (self.tier, self.kind) if part)


def tier_engagement(
    tiers: pa.Table,
    kinds: pa.Table,
    engagement: pa.Table,
    growth: pa.Table,
    reach: pa.Table,
    standing: pa.Table,
    *,
    dispute_settings: DisputeSettings,
    seed: int,
) -> pa.Table:
    """What each group reaches: one row per scheme, measure, tier and kind.

    Measures:
        by_followers and by_views, engagement rates; growth, a month's share of followers;
        reach_per_follower, views of a typical post by followers.

    Returns:
        The median over accounts with the 5 % and 95 % quantile of its bootstrap distribution;
        NULL and `not_enough_data` below `least_accounts`. Accounts that are both specialist and
        celebrity, or neither, count in their tier and in no kind.
    """
    inputs = Inputs(tiers, kinds, engagement, growth, reach, standing)
    random = np.random.default_rng(seed)
    rows = [_described(group, dispute_settings, random) for group in _groups(inputs)]
    return pa.Table.from_pylist(rows, schema=TABLES["tier_engagement"].schema)


def tier_effects(
    tiers: pa.Table,
    kinds: pa.Table,
    engagement: pa.Table,
    growth: pa.Table,
    reach: pa.Table,
    standing: pa.Table,
    *,
    dispute_settings: DisputeSettings,
    seed: int,
) -> pa.Table:
    """Two groups held against each other: one row per scheme, measure and pair.

    Contrasts:
        tier: every pair of tiers. kind: specialists against celebrities, over all and inside
        each tier, since the two claims of the dispute compare different things: specialists
        are mostly small.

    Returns:
        ratio of the medians with the 5 % and 95 % quantile of its bootstrap distribution (each
        pair for itself); p_left_greater, the chance that an account of the left group beats
        one of the right, ties halved (Cliff 1993); the verdict by the rank test of Mann &
        Whitney 1947, corrected for the number of pairs of the scheme, measure and contrast
        (Holm 1979). It does not say why groups differ.
    """
    inputs = Inputs(tiers, kinds, engagement, growth, reach, standing)
    random = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for pairs in _families(list(_groups(inputs))):
        rows += _compared(pairs, dispute_settings, random)
    return pa.Table.from_pylist(rows, schema=TABLES["tier_effects"].schema)


class Inputs(NamedTuple):
    """The tables that both steps read."""

    tiers: pa.Table
    kinds: pa.Table
    engagement: pa.Table
    growth: pa.Table
    reach: pa.Table
    standing: pa.Table


def _groups(inputs: Inputs) -> Iterator[Group]:
    """Every group under every scheme and measure: tiers, kinds, and kinds inside tiers."""
    tiers = inputs.tiers.to_pandas()
    kinds = inputs.kinds.select(["account_id", "kind"]).to_pandas()
    size = inputs.standing.select(["account_id", "followers"]).to_pandas()
    measured = _measured(inputs)
    for scheme, of_scheme in tiers.groupby("scheme"):
        placed = measured.merge(of_scheme, "left", "account_id").merge(
            kinds, "left", "account_id"
        )
        names = _small_to_large(of_scheme, size)
        for measure in MEASURES:
            rows = placed[placed["measure"] == measure]
            for tier in ("", *names):
                in_tier = rows[rows["tier"] == tier] if tier else rows
                for kind in ("", *KINDS):
                    chosen = in_tier[in_tier["kind"] == kind] if kind else in_tier
                    values = np.sort(chosen["value"].to_numpy(np.float64))
                    yield Group(str(scheme), measure, tier, kind, values)


def _small_to_large(of_scheme: pd.DataFrame, size: pd.DataFrame) -> list[str]:
    """The tiers of a scheme by the least followers of their accounts."""
    least = of_scheme.merge(size, "left", "account_id").groupby("tier")["followers"].min()
    return [str(tier) for tier in least.sort_values().index]


def _measured(inputs: Inputs) -> pd.DataFrame:
    """One measure of one account a row: account_id, measure, value."""
    import pandas as pd  # noqa: PLC0415  (heavy, and only this step needs it)

    rates = inputs.engagement.select(["account_id", "variant", "engagement_share"]).to_pandas()
    rates = rates[rates["variant"].isin(["by_followers", "by_views"])]
    growth = inputs.growth.select(["account_id", "growth_30d_share"]).to_pandas()
    reach = inputs.reach.select(["account_id", "reach"]).to_pandas()
    size = inputs.standing.select(["account_id", "followers"]).to_pandas()
    seen = reach.merge(size[size["followers"] > 0], "inner", "account_id")
    parts = [
        rates.set_axis(["account_id", "measure", "value"], axis=1),
        growth.set_axis(["account_id", "value"], axis=1).assign(measure="growth"),
        seen[["account_id"]].assign(
            measure="reach_per_follower", value=seen["reach"] / seen["followers"]
        ),
    ]
    return pd.concat(parts, ignore_index=True).dropna(subset=["value"])


def _described(group: Group, settings: DisputeSettings, random: np.random.Generator) -> Any:
    n = group.values.size
    row: dict[str, Any] = group._asdict() | {"n_accounts": n, "verdict": "not_enough_data"}
    del row["values"]
    if n < settings.least_accounts:
        return row
    low, high = np.quantile(_medians(group.values, settings.replicates, random), [0.05, 0.95])
    middle = float(np.median(group.values))
    ends = {"median_low": min(low, middle), "median_high": max(high, middle)}
    return row | ends | {"median": middle, "verdict": "measured"}


def _medians(values: Floats, replicates: int, random: np.random.Generator) -> Floats:
    """Medians of bootstrap resamples.

    The middle of n uniform draws is a Beta draw, and the resample's median stands at that
    share of the sorted values: the bootstrap distribution without drawing n numbers each time
    (David & Nagaraja 2003, Order Statistics, 2.1; for even n the two middle places are one).
    """
    half = (values.size + 1) / 2.0
    place = (random.beta(half, half, replicates) * values.size).astype(np.int64)
    return values[np.minimum(place, values.size - 1)]


def _families(groups: Sequence[Group]) -> Iterator[tuple[str, list[tuple[Group, Group]]]]:
    """The pairs of each scheme, measure and contrast: what is corrected together."""
    families: dict[tuple[str, str], list[Group]] = {}
    for group in groups:
        families.setdefault((group.scheme, group.measure), []).append(group)
    for members in families.values():
        tiers = [g for g in members if g.tier and not g.kind]
        yield "tier", list(combinations(tiers, 2))
        by_name = {(g.tier, g.kind): g for g in members}
        yield (
            "kind",
            [(by_name[t, KINDS[0]], by_name[t, KINDS[1]]) for t, k in by_name if not k],
        )


def _compared(
    family: tuple[str, list[tuple[Group, Group]]],
    settings: DisputeSettings,
    random: np.random.Generator,
) -> list[dict[str, Any]]:
    contrast, pairs = family
    rows = [_pair(contrast, left, right) for left, right in pairs]
    enough = [
        i
        for i, (left, right) in enumerate(pairs)
        if min(left.values.size, right.values.size) >= settings.least_accounts
    ]
    chances = []
    for i in enough:
        effect, chance = _effect(*pairs[i], settings, random)
        rows[i] |= effect
        chances.append(chance)
    for i, is_clear in zip(enough, _holm(chances, settings.alpha), strict=True):
        higher = "left_higher" if rows[i]["p_left_greater"] > 0.5 else "right_higher"
        rows[i]["verdict"] = higher if is_clear else "no_clear_difference"
    return rows


def _pair(contrast: str, left: Group, right: Group) -> dict[str, Any]:
    return {
        "scheme": left.scheme,
        "measure": left.measure,
        "contrast": contrast,
        "group_l": left.name,
        "group_r": right.name,
        "n_l": left.values.size,
        "n_r": right.values.size,
        "verdict": "not_enough_data",
    }


def _effect(
    left: Group, right: Group, settings: DisputeSettings, random: np.random.Generator
) -> tuple[dict[str, Any], float]:
    """How the left group stands to the right, and the rank test's chance of it by accident."""
    tested = mannwhitneyu(
        left.values, right.values, alternative="two-sided", method="asymptotic"
    )
    beats = float(tested.statistic) / (left.values.size * right.values.size)
    effect: dict[str, Any] = {"p_left_greater": beats}
    below = float(np.median(right.values))
    over = _medians(left.values, settings.replicates, random)
    under = _medians(right.values, settings.replicates, random)
    # A ratio to nothing or less says nothing: growth can be negative.
    if below > 0 and under.min() > 0:
        ratio = float(np.median(left.values)) / below
        low, high = np.quantile(over / under, [0.05, 0.95])
        effect |= {"ratio": ratio, "ratio_low": min(low, ratio), "ratio_high": max(high, ratio)}
    chance = float(tested.pvalue)
    return effect, chance if np.isfinite(chance) else 1.0


def _holm(chances: Sequence[float], alpha: float) -> list[bool]:
    """Which of several tests stay clear when all are looked at (Holm 1979)."""
    clear = [False] * len(chances)
    for step, i in enumerate(np.argsort(chances, kind="stable")):
        if chances[i] > alpha / (len(chances) - step):
            break
        clear[i] = True
    return clear
