"""Far more engagements than accounts of the same platform and size get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import ratio
from mawj.vet.check_rows import Check
from mawj.vet.peer_lines import with_peer_lines

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "engagement above peers",
    "ar": "تفاعل أعلى من النظراء بكثير",
    "fa": "تعامل بسیار بالاتر از همتایان",
}
TEXT = {
    "en": "Engagement rate is {observed}; peers ({compared_with}) hardly ever exceed {expected}.",
    "ar": "معدل التفاعل {observed}، ونادرًا ما تتجاوز الحسابات المماثلة ({compared_with}) {expected}.",
    "fa": "نرخ تعامل {observed} است؛ حساب‌های مشابه ({compared_with}) به‌ندرت از {expected} بالاتر می‌روند.",
}
ABOUT = {
    "ar": "معدل تفاعل يتجاوز بكثير أعلى عُشر من حسابات المنصة نفسها وبحجم مماثل. قد يأتي من إعجابات مشتراة أو من مجموعات تبادل تفاعل، وقد يأتي من "
    "جمهور متعلق جدًا بالحساب أو من انتشار واسع؛ فهو إشارة ضعيفة وحدها.",
    "fa": "نرخ تعاملی بسیار بالاتر از بالاترین دهکِ حساب‌های هم‌پلتفرم و هم‌اندازه. شاید از لایک خریداری‌شده یا گروه‌های تبادل تعامل باشد، شاید هم از "
    "مخاطبی بسیار دلبسته یا پستی پربازدید؛ به‌تنهایی نشانهٔ ضعیفی است.",
}
CHECK = Check(
    "credibility", "engagement_above_peers", "share of followers",
    "post_snapshots, account_snapshots", "engagement-above-1", 6.0,
)  # fmt: skip
EVIDENCE_UNIT = CHECK.unit


@dataclass(frozen=True)
class EngagementAbove:
    """When engagement is called too high.

    Attributes:
        tail: share of peers that the line is drawn from; see `mawj.vet.peer_lines`; ours.
        full_times: times the line from which all points are taken; our judgement.
        points: most points taken: high engagement is mostly earned; our judgement.
        least_peers: peers with a known rate that a comparison needs; our judgement.
        least_posts: posts that a rate needs; our judgement.
        variant: the formula of the rate; the median over posts, so that a viral one counts
            like any other; see docs/methods.md.
    """

    tail: float = 0.1
    full_times: float = 4.0
    points: float = 6.0
    least_peers: int = 20
    least_posts: int = 8
    variant: str = "by_followers_median"


def engagement_above_peers(
    vet_subjects: ir.Table,
    engagement: ir.Table,
    peers: ir.Table,
    *,
    engagement_above: EngagementAbove,
) -> ir.Table:
    """Engagement rate far above what nearly all accounts of the same platform and size get.

    It may come from bought likes or from groups that lift each other, and also from an audience
    that is very attached: a weak sign alone. Told where even the low end of the rate's interval
    is beyond the line.
    """
    limits = engagement_above
    rates = engagement.filter(_.variant == limits.variant, _.engagement_share > 0.0).select(
        "account_id", "n_posts", "engagement_share_low", "engagement_share_high",
        observed=_.engagement_share, value=_.engagement_share.ln(),
    )  # fmt: skip
    grouped = rates.inner_join(peers.select("account_id", "peer_group"), "account_id")
    lined = with_peer_lines(grouped, tail=limits.tail, least_peers=limits.least_peers)
    held = lined.semi_join(vet_subjects, "account_id").filter(_.n_posts >= limits.least_posts)
    line = held.line_high.exp()
    least = held.engagement_share_low.fill_null(held.observed)
    severity = (ratio(least, line) - 1.0) / (limits.full_times - 1.0)
    return held.select(
        "account_id", "observed",
        observed_low=_.engagement_share_low,
        observed_high=_.engagement_share_high,
        expected=line,
        sample_size=_.n_posts,
        contribution=-limits.points * severity.clip(0.0, 1.0),
        compared_with=_.peer_group + " (" + _.n_peers.cast("string") + ")",
    )  # fmt: skip


def evidence(vet_posts: ir.Table) -> ir.Table:
    """The posts with the highest rate of engagements to followers."""
    rated = vet_posts.filter(_.engagements.notnull(), _.followers > 0)
    return rated.select(
        "account_id", kind=ibis.literal("post"), evidence_id=_.post_id,
        amount=ratio(_.engagements, _.followers), at=_.published_at, quote=_.text,
    )  # fmt: skip
