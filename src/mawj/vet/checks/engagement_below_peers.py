"""Fewer engagements than accounts of the same platform and size get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.vet.check_rows import Check
from mawj.vet.peer_lines import with_peer_lines

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "engagement below peers",
    "ar": "تفاعل أدنى من النظراء",
    "fa": "تعامل کمتر از همتایان",
}
TEXT = {
    "en": "Engagement rate is {observed}; peers ({compared_with}) hardly ever come below {expected}.",
    "ar": "معدل التفاعل {observed}، ونادرًا ما تنزل الحسابات المماثلة ({compared_with}) عن {expected}.",
    "fa": "نرخ تعامل {observed} است؛ حساب‌های مشابه ({compared_with}) به‌ندرت پایین‌تر از {expected} می‌آیند.",
}
ABOUT = {
    "ar": "يقارن معدل التفاعل بحسابات من المنصة نفسها وبحجم مماثل. المعدل المتدني قد يدل على متابعين "
    "مشترَين أو جمهور فتر اهتمامه، وقد يدل أيضًا على محتوى يُشاهَد دون أن يُعلَّق عليه؛ فهو إشارة لا دليل.",
    "fa": "نرخ تعامل را با حساب‌های هم‌پلتفرم و هم‌اندازه می‌سنجد. نرخ پایین می‌تواند نشانهٔ دنبال‌کنندهٔ خریداری‌شده یا "
    "مخاطبِ بی‌علاقه باشد، یا محتوایی که دیده می‌شود ولی واکنش نمی‌گیرد؛ نشانه است، نه مدرک.",
}
CHECK = Check(
    "credibility", "engagement_below_peers", "share of followers",
    "post_snapshots, account_snapshots", "engagement-below-2", 10.0,
)  # fmt: skip
EVIDENCE_UNIT = CHECK.unit


@dataclass(frozen=True)
class EngagementBelow:
    """When engagement is called low, and what it takes.

    Attributes:
        tail: share of peers that the line is drawn from; see `mawj.vet.peer_lines`; ours.
        points: points taken for each tenfold below that line; our judgement.
        most: most points taken; our judgement.
        floor: share added to both sides, so that no engagement at all can be read; ours.
        least_peers: peers with a known rate that a comparison needs; our judgement.
        least_posts: posts that a rate needs; our judgement.
        variant: the formula of the rate; see docs/methods.md.
    """

    tail: float = 0.1
    points: float = 20.0
    most: float = 10.0
    floor: float = 0.0001
    least_peers: int = 20
    least_posts: int = 5
    variant: str = "by_followers"


def engagement_below_peers(
    vet_subjects: ir.Table,
    engagement: ir.Table,
    peers: ir.Table,
    *,
    engagement_below: EngagementBelow,
) -> ir.Table:
    """Engagement rate below what nearly all accounts of the same platform and size get.

    A low rate may come from bought followers or from an audience that lost interest, and also
    from content that is watched and not answered: a sign, no proof. Held against the peers in
    the loaded data, not against a published average, and told where even the high end of the
    rate's interval is below the line.
    """
    limits = engagement_below
    rates = engagement.filter(_.variant == limits.variant, _.engagement_share.notnull()).select(
        "account_id", "n_posts", "engagement_share_low", "engagement_share_high",
        observed=_.engagement_share, value=(_.engagement_share + limits.floor).log10(),
    )  # fmt: skip
    grouped = rates.inner_join(peers.select("account_id", "peer_group"), "account_id")
    lined = with_peer_lines(grouped, tail=limits.tail, least_peers=limits.least_peers)
    held = lined.semi_join(vet_subjects, "account_id").filter(_.n_posts >= limits.least_posts)
    most = held.engagement_share_high.fill_null(held.observed) + limits.floor
    below = held.line_low - most.log10()
    return held.select(
        "account_id", "observed",
        observed_low=_.engagement_share_low,
        observed_high=_.engagement_share_high,
        expected=ibis.greatest(10.0**held.line_low - limits.floor, 0.0),
        sample_size=_.n_posts,
        contribution=-1.0 * (limits.points * below).clip(0.0, limits.most),
        compared_with=_.peer_group + " (" + _.n_peers.cast("string") + ")",
    )  # fmt: skip
