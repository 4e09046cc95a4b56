"""Fewer engagements than accounts of the same platform and size get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ibis import _

from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "engagement below peers",
    "ar": "تفاعل أدنى من النظراء",
    "fa": "تعامل کمتر از همتایان",
}
TEXT = {
    "en": "Engagement rate is {observed}; the lowest tenth of peers ({compared_with}) ends at {expected}.",
    "ar": "معدل التفاعل {observed}، بينما ينتهي أدنى عُشر من الحسابات المماثلة ({compared_with}) عند {expected}.",
    "fa": "نرخ تعامل {observed} است؛ پایین‌ترین دهکِ حساب‌های مشابه ({compared_with}) به {expected} ختم می‌شود.",
}
ABOUT = {
    "ar": "يقارن معدل التفاعل بحسابات من المنصة نفسها وبحجم مماثل. المعدل المتدني قد يدل على متابعين "
    "مشترَين أو جمهور فتر اهتمامه، وقد يدل أيضًا على محتوى يُشاهَد دون أن يُعلَّق عليه؛ فهو إشارة لا دليل.",
    "fa": "نرخ تعامل را با حساب‌های هم‌پلتفرم و هم‌اندازه می‌سنجد. نرخ پایین می‌تواند نشانهٔ دنبال‌کنندهٔ خریداری‌شده یا "
    "مخاطبِ بی‌علاقه باشد، یا محتوایی که دیده می‌شود ولی واکنش نمی‌گیرد؛ نشانه است، نه مدرک.",
}
CHECK = Check(
    "credibility", "engagement_below_peers", "share of followers",
    "post_snapshots, account_snapshots", "engagement-below-1", 10.0,
)  # fmt: skip


@dataclass(frozen=True)
class EngagementBelow:
    """When engagement is called low, and what it takes.

    Attributes:
        quantile: share of peers below which a rate is called low; a tenth, our judgement.
        points: points taken for each tenfold below that line; our judgement.
        most: most points taken; our judgement.
        floor: share added to both sides, so that no engagement at all can be read; ours.
        least_peers: peers with a known rate that a comparison needs; our judgement.
        least_posts: posts that a rate needs; our judgement.
        variant: the formula of the rate; see docs/methods.md.
    """

    quantile: float = 0.1
    points: float = 10.0
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
    from content that is watched and not answered: a sign, no proof. Held against the lowest
    tenth of the peers in the loaded data, not against a published average.
    """
    limits = engagement_below
    rates = (
        engagement.filter(_.variant == limits.variant, _.engagement_share.notnull())
        .select("account_id", "n_posts", rate=_.engagement_share)
        .inner_join(peers.select("account_id", "peer_group"), "account_id")
    )
    groups = rates.group_by("peer_group").agg(
        line=_.rate.quantile(limits.quantile), n_peers=_.count()
    )
    held = (
        rates.semi_join(vet_subjects, "account_id")
        .inner_join(groups.filter(_.n_peers >= limits.least_peers), "peer_group")
        .filter(_.n_posts >= limits.least_posts)
    )
    below = (held.line + limits.floor).log10() - (held.rate + limits.floor).log10()
    return held.select(
        "account_id",
        observed=_.rate,
        expected=_.line,
        sample_size=_.n_posts,
        contribution=-1.0 * (limits.points * below).clip(0.0, limits.most),
        compared_with=_.peer_group + " (" + _.n_peers.cast("string") + ")",
    )
