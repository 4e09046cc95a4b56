"""Where an account stands: its latest known counts, and the accounts of like size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.declared import table_named
from mawj.tables.portable import after_estimates, latest_known
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

BANDS_PER_DECADE = 2
TOP_BAND = 18
"""The band from a thousand million followers up, which has no upper line."""

_DECADES = ("1", "10", "100", "1k", "10k", "100k", "1M", "10M", "100M", "1B")
_HALVES = ("3", "32", "316", "3.2k", "32k", "316k", "3.2M", "32M", "316M")
_LINES = [line for pair in zip(_DECADES, (*_HALVES, ""), strict=True) for line in pair][:-1]


@dataclass(frozen=True)
class PeerLimits:
    """How many accounts make a comparison group.

    Attributes:
        least_members: accounts below which a size band joins its neighbour. About thirty values
            give a median whose 90 % interval spans the middle third; HypeAuditor compares in
            150 and more groups of like size (hypeauditor.com/blog/new-aqs-formula), without
            saying how small they get. Our judgement.
    """

    least_members: int = 30


def standing(accounts: ir.Table, account_snapshots: ir.Table) -> ir.Table:
    """The latest known counts of one account: one row per account.

    Reads:
        accounts: account_id, platform.
        account_snapshots: every count, taken_at.

    Returns:
        The declared columns. Each count is the latest that any snapshot gives, so that a sparse
        later snapshot does not hide an earlier fuller one; what a vendor estimated counts only
        where nobody else says it, for a creator's own figure goes before it. `as_of` is the
        latest snapshot.

    Nulls:
        An account without snapshots is kept, with every count NULL.
    """
    counts = [
        column.name
        for column in table_named("standing")
        if column.name not in {"account_id", "platform", "as_of"}
    ]
    seen = after_estimates(account_snapshots.taken_at, account_snapshots.basis)
    latest = account_snapshots.group_by("account_id").agg(
        as_of=_.taken_at.max(),
        **{name: latest_known(account_snapshots[name], seen) for name in counts},
    )
    joined = accounts.select("account_id", "platform").left_join(latest, "account_id")
    return shaped(joined, "standing")


def peers(standing: ir.Table, *, limits: PeerLimits) -> ir.Table:
    """The comparison group of one account: one row per account.

    Accounts of a platform fall into bands of half a decade of followers (1, 3, 10, 32, …).
    Going down from the largest, bands are put together until `limits.least_members` are
    reached; a run that still falls short joins the run of larger accounts before it. Every
    group thus has the least number of members, except where the platform itself has fewer.
    Groups are runs of neighbouring bands and do not overlap.

    Reads:
        standing: account_id, platform, followers.

    Nulls:
        Accounts whose followers are not known are one group of their platform.

    Source:
        Half decades follow the heavy tail of audience sizes; our judgement, like the limit.
    """
    sized = standing.select("account_id", "platform", band=_size_band(standing.followers))
    bands = sized.group_by("platform", "band").agg(n=_.count())
    labelled = _labelled(_merged(bands, limits.least_members))
    joined = sized.join(
        labelled,
        [
            sized.platform == labelled.platform,
            sized.band.fill_null(-1) == labelled.band.fill_null(-1),
        ],
    ).select("account_id", "peer_group", "n_peers")
    return shaped(joined, "peers")


def _size_band(followers: Any) -> Any:
    """Half decades above one follower; accounts with none share the lowest band."""
    at_least_one = ibis.greatest(followers, 1.0)
    band = (at_least_one.log10() * BANDS_PER_DECADE).floor().cast("int64")
    return ibis.ifelse(
        followers.isnull(),
        ibis.null("int64"),
        ibis.least(band, ibis.literal(TOP_BAND, "int64")),
    )


def _merged(bands: ir.Table, least: int) -> ir.Table:
    """Each band with the run it ends up in: `run`, the first cut being 0."""
    line = {"group_by": ["platform", _.band.isnull()], "order_by": _.band.desc()}
    before = ibis.window(preceding=(None, 1), **line)
    cut = bands.mutate(cut=_.n.sum().over(before).fill_null(0).cast("int64") // least)
    members = cut.mutate(
        in_cut=_.n.sum().over(ibis.window(group_by=["platform", _.band.isnull(), "cut"]))
    )
    # The first cut always reaches the least number if a second one exists, so there is always
    # a run before that is large enough.
    filled = members.mutate(full=ibis.ifelse(_.in_cut >= least, _.cut, ibis.null("int64")))
    so_far = ibis.window(preceding=None, following=0, **line)
    return filled.mutate(run=_.full.max().over(so_far).fill_null(0))


def _labelled(merged: ir.Table) -> ir.Table:
    """Each band with the name and number of accounts of its run."""
    run = ibis.window(group_by=["platform", _.band.isnull(), "run"])
    whole = merged.mutate(
        n_peers=_.n.sum().over(run), low=_.band.min().over(run), high=_.band.max().over(run)
    )
    return whole.select(
        "platform",
        "band",
        "n_peers",
        peer_group=ibis.ifelse(
            _.band.isnull(), _.platform + " unknown size", _.platform + " " + _span(whole)
        ),
    )


def _span(whole: ir.Table) -> Any:
    lower = whole.low.cases(*[(band, _line(band)) for band in range(TOP_BAND + 1)])
    upper = whole.high.cases(
        *[(band, f"-{_line(band + 1)}") for band in range(TOP_BAND)], (TOP_BAND, "+")
    )
    return lower + upper


def _line(band: int) -> str:
    """The lower line of a band in words; the lowest band also holds accounts with none."""
    return "0" if band == 0 else _LINES[band]
