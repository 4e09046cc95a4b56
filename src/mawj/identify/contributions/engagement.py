"""How willing the audience is: engagement against accounts of the same platform and size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ibis import _

from mawj.identify.finding_rows import Reason, as_findings, real

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "engagement rate against peers",
    "ar": "معدل التفاعل مقارنةً بالنظراء",
    "fa": "نرخ تعامل نسبت به همتایان",
}
TEXT = {
    "en": "Engagement rate: {observed}; median of peers ({compared_with}): {expected}.",
    "ar": "معدل التفاعل: {observed}، ووسيط الحسابات المماثلة ({compared_with}): {expected}.",
    "fa": "نرخ تعامل: {observed}؛ میانهٔ حساب‌های مشابه ({compared_with}): {expected}.",
}
REASON = Reason(
    "influence",
    "engagement",
    "share of followers",
    "post_snapshots, account_snapshots",
    "engagement-1",
)


@dataclass(frozen=True)
class EngagementScale:
    """What engagement against peers is worth.

    Attributes:
        points: points for each tenfold over the median of the peers. Our judgement.
        most: points it can give or take at most, so that a tiny audience of friends does not
            count as influence. Our judgement.
        floor: share added to both sides, so that no engagement at all can be read. One in ten
            thousand; our judgement.
        least_peers: accounts of the group with a known rate, itself counted. Our judgement.
        variant: the formula of the rate, compared only with itself; see docs/methods.md.
        fallback: the formula used where the first is not known.
    """

    points: float = 6.0
    most: float = 6.0
    floor: float = 0.0001
    least_peers: int = 10
    variant: str = "by_followers"
    fallback: str = "as_given"


def engagement(
    subjects: ir.Table,
    engagement: ir.Table,
    peers: ir.Table,
    *,
    engagement_scale: EngagementScale,
) -> ir.Table:
    """Engagement rate against the median of accounts of the same platform and like size.

    The one contribution that depends on who else is loaded, and it says whom it is held
    against. Smaller accounts have higher rates everywhere, so a rate is only compared with like
    size. Not given on a topic.
    """
    scale = engagement_scale
    rates = _rates(engagement, peers, scale)
    seen = subjects.filter(_.topic_id == "").left_join(rates, "account_id")
    over = (_.rate + scale.floor).log10() - (_.median + scale.floor).log10()
    rows = seen.select(
        "account_id",
        "topic_id",
        observed=_.rate,
        expected=_.median,
        contribution=(scale.points * over).clip(-scale.most, scale.most),
        points_each=real(scale.points),
        weight=real(scale.most),
        sample_size=_.n_posts,
        basis=_.basis,
        compared_with=(_.peer_group + " (" + _.n_known.cast("string") + ")").fill_null(""),
    )
    return as_findings(rows, REASON)


def _rates(engagement: ir.Table, peers: ir.Table, scale: EngagementScale) -> ir.Table:
    """The rate of each account beside the median of its peers under the same formula."""
    wanted = engagement.filter(_.variant.isin([scale.variant, scale.fallback]))
    first = wanted.group_by("account_id").agg(
        has_first=(_.variant == scale.variant).cast("int64").max()
    )
    chosen = (
        wanted.inner_join(first, "account_id")
        .filter((_.variant == scale.variant) == (_.has_first == 1))
        .select("account_id", "variant", "n_posts", "basis", rate=_.engagement_share)
        .inner_join(peers.select("account_id", "peer_group"), "account_id")
    )
    groups = chosen.group_by("peer_group", "variant").agg(
        median=_.rate.median(), n_known=_.count()
    )
    enough = groups.filter(_.n_known >= scale.least_peers)
    return chosen.inner_join(enough, ["peer_group", "variant"]).drop("variant")
