"""How far from its peers an account may be before that says something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

if TYPE_CHECKING:
    import ibis.expr.types as ir


def with_peer_lines(
    rows: ir.Table, *, tail: float, least_peers: int, least_apart: float = 0.0
) -> ir.Table:
    """`rows` with the lines of their peer group.

    A line lies as far beyond the outermost `tail` of the peers as that lies from their median,
    on the scale of `value`: of values spread like a normal law, and a tail of a tenth, about
    one in two hundred is beyond each line by chance. Heavier tails move the line outwards; no
    line is nearer to the median than `least_apart`, however alike the peers are.

    Reads:
        rows: account_id, peer_group and value (a logarithm), one row an account; all peers.

    Returns:
        The rows of groups with `least_peers` known values, with line_low, line_high, n_peers.
    """
    groups = rows.group_by("peer_group").agg(
        middle=_.value.median(),
        tail_low=_.value.quantile(tail),
        tail_high=_.value.quantile(1.0 - tail),
        n_peers=_.count(),
    )
    lines = groups.filter(_.n_peers >= least_peers).select(
        "peer_group",
        "n_peers",
        line_low=ibis.least(2.0 * _.tail_low - _.middle, _.middle - least_apart),
        line_high=ibis.greatest(2.0 * _.tail_high - _.middle, _.middle + least_apart),
    )
    return rows.inner_join(lines, "peer_group")
