"""Size tiers: where each account stands under each published scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


def tiers(standing: ir.Table, tier_bounds: ir.Table) -> ir.Table:
    """The tier of each account under each scheme: one row per account and scheme.

    Reads:
        standing: followers; tier_bounds: lower line included, upper line not.

    Nulls:
        tier is NULL where followers are not known or lie outside the scheme's lines.
    """
    schemes = tier_bounds.select("scheme").distinct()
    every = standing.select("account_id", "followers").cross_join(schemes)
    bounds = tier_bounds.rename(bound_scheme="scheme")
    fits = [
        every.scheme == bounds.bound_scheme,
        every.followers >= bounds.followers_from,
        every.followers < ibis.coalesce(bounds.followers_below, 1e300),
    ]
    placed = every.left_join(bounds, fits)
    return shaped(placed.select("account_id", "scheme", tier=_.tier), "tiers")
