"""Which followers of the vetted accounts are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class FollowerSampling:
    """How many followers are looked at.

    Attributes:
        most: followers of one account at most. 400 leave about four points of sampling error
            either way at nine in ten, less than what the detectors' own errors leave; tools of
            the trade looked at 2,000 to 5,000 and gave no interval. Our judgement.
        population: accounts of one platform that stand for all who follow somebody there;
            our judgement.
    """

    most: int = 400
    population: int = 4000


def follower_sample(
    vet_subjects: ir.Table, follows: ir.Table, *, follower_sampling: FollowerSampling
) -> ir.Table:
    """Sampled followers of the vetted accounts: one row per account and follower.

    The followers with the smallest digests of their id: the same on every engine and every day,
    and the same ones for accounts that share followers, so that they can be compared. A sample
    of what is loaded: where a source gives the newest followers only, it speaks of those.

    Reads:
        vet_subjects: account_id. follows: those that are not known to have ended.

    Returns:
        The declared columns; accounts without loaded followers have no row.
    """
    mine = follows.filter(_.ended_at.isnull(), _.follower_id != _.followed_id).semi_join(
        vet_subjects, follows.followed_id == vet_subjects.account_id
    )
    each = ibis.window(group_by="followed_id")
    by_digest = ibis.window(group_by="followed_id", order_by=["digest", "follower_id"])
    drawn = (
        mine.mutate(digest=_.follower_id.hexdigest("md5"))
        .mutate(place=ibis.row_number().over(by_digest), n_loaded=_.count().over(each))
        .filter(_.place < follower_sampling.most)
    )
    return shaped(drawn.rename(account_id="followed_id"), "follower_sample")
