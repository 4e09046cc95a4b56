"""Are people paid differently for like results? An audit by a group that the user supplies.

The group is never inferred: it comes from the user, as a file of accounts, or there is no
audit.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.tables.errors import ActionRefused, NotEnoughData

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_ROWS = 100_000
LIKE = ("platform", "deliverable", "tier", "market")
"""What is held equal besides the results: within these cells groups are exchanged."""

_RESULTS = ("views", "engagements")


@dataclass(frozen=True)
class PayGapScale:
    """How pay gaps are judged.

    Attributes:
        least_members: fewer fees of a group than this are "not enough data"; our judgement.
        least_cell: cells of like placements with fewer fees than this are put together; our
            judgement.
        n_permutations: how often groups are dealt anew within cells; our judgement.
        level: share of the interval round a gap; 0.95 as is usual in pay audits.
        p_clear: a gap with a smaller permutation p is told as a difference; Fisher's 0.05.
    """

    least_members: int = 20
    least_cell: int = 8
    n_permutations: int = 1999
    level: float = 0.95
    p_clear: float = 0.05

    def __post_init__(self) -> None:
        """Refuse what cannot be computed."""
        if self.least_members < 3 or self.n_permutations < 99 or not 0 < self.level < 1:
            raise ValueError("least_members >= 3, n_permutations >= 99, 0 < level < 1")


@dataclass(frozen=True)
class PayGap:
    """What one group is paid beside another for like results.

    Attributes:
        group, reference: the group and the one that it is held against, the largest.
        n, n_reference: fees of each.
        raw_gap: ratio of geometric mean fees less 1: nothing held equal.
        gap: the same with results, platform, deliverable, tier and market held equal; -0.2 is a
            fifth less.
        gap_low, gap_high: its interval.
        p: how often dealing groups anew gives a gap as large.
        verdict: difference, no_clear_difference or not_enough_data.
    """

    group: str
    reference: str
    n: int
    n_reference: int
    raw_gap: float | None = None
    gap: float | None = None
    gap_low: float | None = None
    gap_high: float | None = None
    p: float | None = None
    verdict: str = "not_enough_data"


@dataclass(frozen=True)
class PayAudit:
    """Every group beside the largest, and what was held equal.

    Attributes:
        gaps: one for each other group, the smaller ones included as not enough data.
        n_rows: fees that could be read.
        n_left_out: fees without an amount, results or a group.
        held_equal: what was held equal.
        level: of the intervals.
    """

    gaps: tuple[PayGap, ...]
    n_rows: int
    n_left_out: int
    held_equal: tuple[str, ...]
    level: float


def pay_audit(fees: pa.Table, *, pay_gap_scale: PayGapScale, seed: int) -> PayAudit:
    """Whether fees for like results differ by group.

    Reads:
        fees: account_id, group, amount (above 0, one currency), views and engagements (what is
            expected or what came; NULL where not known), platform, deliverable, tier, market.

    Returns:
        Each group beside the largest one.

    Raises:
        NotEnoughData: when fewer than two groups have any fee that can be read.
        ActionRefused: for more than `MOST_ROWS` fees, or fees in several currencies.

    Source:
        Least squares of the logarithm of the fee on those of the results, cells of like
        placements and the groups; errors by HC3 (MacKinnon and White 1985), which few large
        fees do not narrow, and clustered by account where one has several fees (CR1; Cameron
        and Miller 2015). The p is that of dealing groups anew to accounts within cells, on
        residuals without the groups (Freedman and Lane 1983).
    """
    if fees.num_rows > MOST_ROWS:
        raise ActionRefused(f"{fees.num_rows} fees: at most {MOST_ROWS} at once")
    rows, left_out = _readable(fees)
    groups = Counter(row["group"] for row in rows)
    if len(groups) < 2:
        raise NotEnoughData(
            "fees of two groups at least are needed; the file of groups names fewer of those "
            "that have a fee and results", has=len(groups), needs=2,
        )  # fmt: skip
    reference = min(groups, key=lambda name: (-groups[name], name))
    enough = [name for name, n in sorted(groups.items()) if n >= pay_gap_scale.least_members]
    gaps = [
        PayGap(name, reference, n, groups[reference])
        for name, n in sorted(groups.items())
        if name != reference and (name not in enough or reference not in enough)
    ]
    if reference in enough and len(enough) > 1:
        kept = [row for row in rows if row["group"] in enough]
        gaps += _gaps(kept, enough, reference, pay_gap_scale, seed)
    return PayAudit(
        tuple(sorted(gaps, key=lambda gap: gap.group)),
        len(rows), left_out, (*_results(rows), *LIKE), pay_gap_scale.level,
    )  # fmt: skip


def _readable(fees: pa.Table) -> tuple[list[dict[str, Any]], int]:
    every = fees.to_pylist()
    if len({row["currency"] for row in every if row.get("currency")}) > 1:
        raise ActionRefused("fees stand in several currencies; turn them into one first")
    told = [row for row in every if row["group"] and (row["amount"] or 0) > 0]
    measures = _results(told)
    rows = [row for row in told if all(row[name] is not None for name in measures)]
    return rows, len(every) - len(rows)


def _results(rows: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """The results held equal: those known of at least half of the fees; never none of both."""
    known = {name: sum(row[name] is not None for row in rows) for name in _RESULTS}
    found = tuple(name for name in _RESULTS if 2 * known[name] >= len(rows) > 0)
    return found or (max(_RESULTS, key=lambda name: known[name]),)


def _gaps(
    rows: list[dict[str, Any]],
    groups: list[str],
    reference: str,
    scale: PayGapScale,
    seed: int,
) -> list[PayGap]:
    """Every group with enough fees beside the reference, in one fit."""
    others = [name for name in groups if name != reference]
    cells = _cells(rows, scale.least_cell)
    fee = np.log(np.array([float(row["amount"]) for row in rows]))
    whose = np.array([row["group"] for row in rows], dtype=object)
    accounts = np.unique([row["account_id"] for row in rows], return_inverse=True)[1]
    held = _held(rows, cells)
    member = np.stack([(whose == name).astype(np.float64) for name in others], axis=1)
    effect, error = _fitted(held, member, fee, accounts)
    p = _dealt(held, member, fee, (accounts, cells), scale.n_permutations, seed)
    z = NormalDist().inv_cdf(0.5 + scale.level / 2)
    found = []
    for place, name in enumerate(others):
        log_gap, reach = effect[place], z * error[place]
        raw = fee[whose == name].mean() - fee[whose == reference].mean()
        is_told = math.isfinite(log_gap) and math.isfinite(reach)
        verdict = "difference" if p[place] < scale.p_clear else "no_clear_difference"
        found.append(
            PayGap(
                name, reference, int((whose == name).sum()), int((whose == reference).sum()),
                _less_one(raw),
                *((_less_one(log_gap), _less_one(log_gap - reach), _less_one(log_gap + reach),
                   float(p[place]), verdict) if is_told else ()),
            )
        )  # fmt: skip
    return found


def _cells(rows: list[dict[str, Any]], least: int) -> NDArray[np.int64]:
    """Like placements; cells too small to compare within are put together."""
    keys = [tuple(str(row[name] or "") for name in LIKE) for row in rows]
    sizes = Counter(keys)
    merged = [key if sizes[key] >= least else ("", *key[1:2], "", "") for key in keys]
    sizes = Counter(merged)
    merged = [key if sizes[key] >= least else ("", "", "", "") for key in merged]
    order = {key: place for place, key in enumerate(sorted(set(merged)))}
    return np.array([order[key] for key in merged], dtype=np.int64)


def _held(rows: list[dict[str, Any]], cells: NDArray[np.int64]) -> Floats:
    """Logarithms of the results and a column for each cell."""
    results = [np.log1p([float(row[name]) for row in rows]) for name in _results(rows)]
    levels = [(cells == cell).astype(np.float64) for cell in range(int(cells.max()) + 1)]
    return np.stack([*results, *levels], axis=1)


def _fitted(
    held: Floats, member: Floats, fee: Floats, accounts: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Effects of the groups, and their standard errors: the larger of HC3 and clustered."""
    design = np.hstack([member, held])
    inverse = np.linalg.pinv(design.T @ design)
    effect = inverse @ (design.T @ fee)
    left = fee - design @ effect
    leverage = ((design @ inverse) * design).sum(axis=1)
    scaled = design * (left / np.maximum(1.0 - leverage, 1e-3))[:, None]
    errors = [np.diag(inverse @ (scaled.T @ scaled) @ inverse)]
    n_accounts = int(accounts.max()) + 1
    if n_accounts < len(fee):
        sums = np.zeros((n_accounts, design.shape[1]))
        np.add.at(sums, accounts, design * left[:, None])
        small = n_accounts / max(n_accounts - 1, 1)
        errors.append(small * np.diag(inverse @ (sums.T @ sums) @ inverse))
    n_groups = member.shape[1]
    return effect[:n_groups], np.sqrt(np.max(errors, axis=0))[:n_groups]


def _dealt(
    held: Floats,
    member: Floats,
    fee: Floats,
    within: tuple[NDArray[np.int64], NDArray[np.int64]],
    times: int,
    seed: int,
) -> Floats:
    """The share of deals of groups to accounts, within cells, that give as large an effect.

    What the results explain is taken off fee and groups first, so that one product a deal is
    the effect. An account keeps its fees together; it is dealt within the cell of its first.
    """
    span = _span(held)
    left = fee - span @ (span.T @ fee)
    accounts, cells = within
    first = np.unique(accounts, return_index=True)[1]
    own, cell = member[first], cells[first]
    places = np.lexsort((np.arange(len(own)), cell))
    random = np.random.default_rng(seed)
    observed = np.abs(_effects(member, span, left))
    larger = np.ones(member.shape[1])
    dealt = np.empty_like(own)
    for _ in range(times):
        dealt[places] = own[np.lexsort((random.random(len(own)), cell))]
        larger += np.abs(_effects(dealt[accounts], span, left)) >= observed - 1e-12
    return larger / (times + 1.0)


def _span(held: Floats) -> Floats:
    """An orthonormal basis of what is held equal; columns that add nothing are left out."""
    basis, sizes, _ = np.linalg.svd(held, full_matrices=False)
    return np.asarray(basis[:, sizes > sizes[0] * len(held) * np.finfo(np.float64).eps])


def _effects(member: Floats, span: Floats, left: Floats) -> Floats:
    alone = member - span @ (span.T @ member)
    return np.asarray(np.linalg.pinv(alone.T @ alone) @ (alone.T @ left))


def _less_one(log_ratio: float) -> float:
    return float(math.expm1(log_ratio))
