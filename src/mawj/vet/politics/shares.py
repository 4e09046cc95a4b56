"""Shares with their intervals, and how much an old post still weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.portable import SECONDS_A_DAY, ratio, whole_seconds
from mawj.vet.shares import share_interval

if TYPE_CHECKING:
    from datetime import datetime

    import ibis.expr.types as ir


def recent_weight(at: Any, as_of: datetime, half_life_days: float) -> Any:
    """1 for now, half for each half-life past; an undated post weighs as one half-life old."""
    age_s = as_of.timestamp() - whole_seconds(at).cast("float64")
    age = ibis.greatest(age_s / SECONDS_A_DAY, 0.0).fill_null(half_life_days)
    return (age * (-0.6931471805599453 / half_life_days)).exp()


def weighted_share(rows: ir.Table, flag: str) -> ir.Table:
    """Share of an account's rows in which `flag` holds, weighed by `weight`.

    Returns:
        one row an account: share, low, high, n (rows), n_flagged, from_at, to_at.
    """
    sums = rows.group_by("account_id").agg(
        whole=_.weight.sum(),
        part=ibis.ifelse(_[flag], _.weight, 0.0).sum(),
        squares=(_.weight * _.weight).sum(),
        n=_.count(),
        n_flagged=_[flag].cast("int64").sum(),
        from_at=_.published_at.min(),
        to_at=_.published_at.max(),
    )
    known = sums.mutate(
        share=ratio(_.part, _.whole), effective=ratio(_.whole * _.whole, _.squares)
    )
    low, high = share_interval(known.share * known.effective, known.effective)
    return known.mutate(low=ibis.least(low, known.share), high=ibis.greatest(high, known.share))
