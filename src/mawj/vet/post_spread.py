"""What the counts of an account's posts look like together: for all peers of those vetted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ibis import _

from mawj.tables.portable import log1p
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

IQR_TO_SIGMA = 1.349
"""Quartile range of a normal law over its spread."""


@dataclass(frozen=True)
class SpreadLimits:
    """Which posts and accounts are looked at.

    Attributes:
        least_posts: posts with known counts that a spread needs; our judgement.
    """

    least_posts: int = 12


def post_spread(
    vet_subjects: ir.Table,
    peers: ir.Table,
    post_counts: ir.Table,
    *,
    spread_limits: SpreadLimits,
) -> ir.Table:
    """How likes, comments and engagements of one account's posts stand to each other.

    Reads:
        peers: whose groups count. post_counts: likes, comments, engagements of all of them.

    Returns:
        One row per account of a vetted account's peer group, itself among them, with at least
        `least_posts` posts of known engagements. The spread is the quartile range of the log of
        1 + engagements over that of a normal law with spread 1: robust against viral posts.
    """
    groups = peers.semi_join(vet_subjects, "account_id").select("peer_group").distinct()
    compared = peers.semi_join(groups, "peer_group").select("account_id", "peer_group")
    known = post_counts.filter(_.engagements.notnull()).select(
        "account_id", "likes", "comments", "engagements", log=log1p(_.engagements)
    )
    both = _.likes.notnull() & _.comments.notnull()
    shown = known.group_by("account_id").agg(
        n_posts=_.count(),
        likes=_.likes.sum(where=both),
        comments=_.comments.sum(where=both),
        usual_engagements=_.engagements.median().cast("float64"),
        spread=(_.log.quantile(0.75) - _.log.quantile(0.25)) / IQR_TO_SIGMA,
    )
    rows = compared.inner_join(
        shown.filter(_.n_posts >= spread_limits.least_posts), "account_id"
    )
    return shaped(rows, "post_spread")
