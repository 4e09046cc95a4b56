"""Whose audiences are the same people, and how many different people a set reaches."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from scipy.special import gammaincinv

from mawj.graph.audiences import proportion_interval, shared, union
from mawj.plan.passing.audience_members import AudienceLimits
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotEnoughData, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.graph.audiences import Shared
    from mawj.plan.passing.audience_members import Audiences

MOST_PAIRS = 2_000_000


def overlap(
    audiences: Audiences,
    audience_sizes: pa.Table,
    *,
    kind: str,
    n_population: int,
    audience_limits: AudienceLimits | None = None,
) -> pa.Table:
    """What the audiences of each pair of accounts share: one row per pair.

    Args:
        audiences: of the accounts, of one kind.
        audience_sizes: how much of each is loaded.
        kind: which kind of audience.
        n_population: distinct accounts that are loaded as audience of anybody, for `lift`.
        audience_limits: `level` of the intervals.

    Returns:
        The declared columns, the smaller id on the left. Counts are of what is loaded; what the
        whole audiences share lies between two readings of how the loaded part was drawn: the
        same members for both accounts (their share in common holds for all), or each follow by
        itself (both must be drawn, so that n_shared stands for n_shared / (share_l × share_r)).

    Raises:
        NotEnoughData: for fewer than two accounts.
    """
    ids = sorted(audiences.account_ids)
    if len(ids) < 2:
        raise NotEnoughData("an overlap needs at least two accounts", has=len(ids), needs=2)
    if len(ids) * (len(ids) - 1) // 2 > MOST_PAIRS:
        raise NotEnoughData(
            f"{len(ids)} accounts have more than {MOST_PAIRS} pairs; ask for fewer at once",
            has=len(ids), needs=2,
        )  # fmt: skip
    limits = audience_limits or AudienceLimits()
    pairs = np.array(list(combinations(audiences.places(ids), 2)), np.int64)
    left, right = pairs[:, 0], pairs[:, 1]
    found = shared(audiences.sets, left, right, level=limits.level)
    size, stated = audiences.sets.size, _stated(audiences, audience_sizes)
    columns = {
        "account_id_l": [audiences.account_ids[i] for i in left],
        "account_id_r": [audiences.account_ids[i] for i in right],
        "kind": [kind] * left.size,
        "n_l": size[left], "n_r": size[right],
        **_shares(found, size[left], size[right], n_population),
        **_of_all(found, size[pairs.T], stated[pairs.T], limits.level),
        "basis": np.where(found.is_exact, "exact", "sketch"),
    }  # fmt: skip
    return _table("overlap", columns)


def unique_reach(
    audiences: Audiences,
    audience_sizes: pa.Table,
    *,
    kind: str,
    of: Sequence[str] = (),
    audience_limits: AudienceLimits | None = None,
) -> pa.Table:
    """How many different members a set of accounts has, and what each of them adds alone.

    Args:
        audiences: of the accounts, of one kind.
        audience_sizes: how much of each is loaded.
        kind: which kind of audience.
        of: the accounts of the set; empty for all of `audiences`.
        audience_limits: `level` of the intervals.

    Returns:
        The declared columns: first the set, under the empty account, then each account with the
        members whom no other of the set has.

    Raises:
        NotFound: when an account of the set has no place among the audiences.
    """
    limits = audience_limits or AudienceLimits()
    ids = list(dict.fromkeys(of)) or list(audiences.account_ids)
    unknown = sorted(set(ids) - set(audiences.account_ids))
    if unknown:
        raise NotFound(f"no audience was read for {', '.join(unknown[:5])}")
    at = audiences.places(ids)
    own, low, high = _only(audiences, at, limits.level)
    whole = union(audiences.sets, at, level=limits.level)
    size = audiences.sets.size[at]
    loaded, stated = np.append(size.sum(), size), _stated(audiences, audience_sizes)[at]
    stated = np.append(stated.sum(), stated)
    is_empty = loaded == 0
    ends = [np.append(first, rest) for first, rest in zip(whole, (own, low, high), strict=True)]
    is_exact = audiences.sets.theta[at] >= 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = {
            "account_id": ["", *ids], "kind": [kind] * (len(ids) + 1), "n_loaded": loaded,
            **{f"n_unique{end}": _known(values, ~is_empty)
               for end, values in zip(("", "_low", "_high"), ends, strict=True)},
            "unique_share": _known(ends[0] / loaded, ~is_empty),
            "loaded_share": _known(loaded / stated, ~np.isnan(stated) & ~is_empty),
            "basis": ["exact" if is_exact.all() else "sketch"] * (len(ids) + 1),
        }  # fmt: skip
    return _table("unique_reach", columns)


def _only(audiences: Audiences, at: np.ndarray, level: float) -> tuple[np.ndarray, ...]:
    """Members whom one set alone has, by set: estimate and ends of the interval."""
    sets = audiences.sets
    theta = float(sets.theta[at].min())
    cut = sets.unit.size if theta >= 1.0 else int(np.searchsorted(sets.unit, theta))
    rows = [sets.row(int(place)) for place in at]
    rows = [row[row < cut] for row in rows]
    times = np.bincount(np.concatenate(rows), minlength=max(cut, 1))
    alone = np.array([(times[row] == 1).sum() for row in rows], np.float64)
    seen = np.array([row.size for row in rows], np.float64)
    size = sets.size[at].astype(np.float64)
    if theta >= 1.0:
        return alone, alone, alone
    low, high = proportion_interval(alone, seen, level)
    most = size - (seen - alone)
    share = alone / np.maximum(seen, 1.0)
    ends = (np.clip(end * size, alone, most) for end in (low, high))
    return (share * size, *ends)


def _shares(found: Shared, n_l: np.ndarray, n_r: np.ndarray, n_all: int) -> dict[str, Any]:
    is_known = (n_l > 0) & (n_r > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = {
            "n_shared": found.n, "n_shared_low": found.low, "n_shared_high": found.high,
            "shared_share_l": found.n / n_l, "shared_share_r": found.n / n_r,
            "jaccard": found.n / (n_l + n_r - found.n),
            "lift": found.n * max(n_all, 1) / (n_l.astype(np.float64) * n_r),
        }  # fmt: skip
    return {name: _known(values, is_known) for name, values in shares.items()}


def _of_all(
    found: Shared, size: np.ndarray, stated: np.ndarray, level: float
) -> dict[str, Any]:
    """What the whole audiences share, by the two readings of how the loaded part was drawn.

    `size` and `stated` are [2, pairs]. What was counted is itself a draw from the whole, with
    the ends of Garwood (1936) for a Poisson count.
    """
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = size / stated
        is_whole = (share >= 1).all(0)
        fewest = np.where(found.low > 0, gammaincinv(np.fmax(found.low, 1e-9), tail), 0.0)
        low = np.where(is_whole, found.low, fewest) / share.max(0)
        most = np.where(is_whole, found.high, gammaincinv(found.high + 1, 1 - tail))
        high = most / share.prod(0)
    is_known = ~np.isnan(stated).any(0) & (size > 0).all(0)
    bound = stated.min(0)
    ends = {"n_shared_all_low": low, "n_shared_all_high": high}
    return {name: _known(np.fmin(end, bound), is_known) for name, end in ends.items()}


def _stated(audiences: Audiences, audience_sizes: pa.Table) -> np.ndarray:
    """Followers by the latest count of each set; NaN where it is not known."""
    rows = audience_sizes.select(["account_id", "n_stated"]).to_pylist()
    known = {row["account_id"]: row["n_stated"] for row in rows}
    told = [known.get(one) for one in audiences.account_ids]
    return np.array([np.nan if one is None else one for one in told], np.float64)


def _known(values: Any, is_known: np.ndarray) -> Any:
    """Values, NULL where they are not known."""
    return pa.array(np.asarray(values, np.float64), mask=~np.asarray(is_known, bool))


def _table(name: str, columns: dict[str, Any]) -> pa.Table:
    schema = TABLES[name].schema
    made = {field.name: pa.array(columns[field.name]).cast(field.type) for field in schema}
    return pa.table(made, schema=schema)
