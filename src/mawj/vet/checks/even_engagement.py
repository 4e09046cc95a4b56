"""Posts that all get nearly the same number of engagements."""

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
    "en": "even engagement",
    "ar": "تفاعل متساوٍ على غير العادة",
    "fa": "تعامل بیش از حد یکنواخت",
}
TEXT = {
    "en": "Engagements spread by {observed} from post to post; peers ({compared_with}) hardly ever come below {expected} ({sample_size} posts).",
    "ar": "تتفاوت التفاعلات من منشور إلى آخر بمقدار {observed}، ونادرًا ما تنزل الحسابات المماثلة ({compared_with}) عن {expected} (عدد المنشورات: {sample_size}).",
    "fa": "تعامل از پستی به پست دیگر {observed} پراکندگی دارد؛ حساب‌های مشابه ({compared_with}) به‌ندرت پایین‌تر از {expected} می‌آیند ({sample_size} پست).",
}
ABOUT = {
    "ar": "المنشورات الحقيقية ينجح بعضها ويفتر بعضها. تفاعل شبه متساوٍ على كل منشور قد يأتي من باقات إعجاب مشتراة بعدد ثابت أو من مجموعات تبادل، وقد يأتي من "
    "جمهور صغير وفيّ. تُهمل الحسابات القليلة التفاعل.",
    "fa": "از پست‌های واقعی بعضی می‌گیرند و بعضی نه. تعاملِ کمابیش یکسان زیر هر پست شاید از بسته‌های لایک با شمار ثابت یا گروه‌های تبادل باشد، شاید هم از مخاطبی "
    "کوچک و وفادار. حساب‌های کم‌تعامل کنار گذاشته می‌شوند.",
}
CHECK = Check(
    "credibility", "even_engagement", "spread of log engagements",
    "post_snapshots (engagements of twelve posts)", "even-engagement-1", 8.0,
)  # fmt: skip


@dataclass(frozen=True)
class EvenEngagement:
    """When engagement is called too even.

    Attributes:
        tail: share of peers that the line is drawn from; see `mawj.vet.peer_lines`; ours.
        highest: spread of log engagements above which nothing is called even, whatever peers
            have: 0.2 is about a fifth up or down from post to post; our judgement.
        full_part: part of the line from which all points are taken; our judgement.
        points: most points taken; our judgement.
        least_peers: peers with a known spread that a comparison needs; our judgement.
        least_engagements: median engagements of a post below which evenness is chance; ours.
    """

    tail: float = 0.1
    highest: float = 0.2
    full_part: float = 0.4
    points: float = 8.0
    least_peers: int = 20
    least_engagements: float = 30.0


def even_engagement(
    vet_subjects: ir.Table, post_spread: ir.Table, *, even_limits: EvenEngagement
) -> ir.Table:
    """Engagements that hardly differ from post to post, where those of peers do.

    Real posts do well and badly. Nearly equal numbers may come from likes bought in packs or
    from groups that lift every post, and also from a small faithful audience. The spread is
    robust: the quartile range of log engagements, so that one viral post hides nothing.
    """
    limits = even_limits
    rows = post_spread.filter(_.usual_engagements >= limits.least_engagements)
    rows = rows.mutate(value=ibis.greatest(_.spread, 0.001).ln())
    lined = with_peer_lines(rows, tail=limits.tail, least_peers=limits.least_peers)
    held = lined.semi_join(vet_subjects, "account_id")
    line = ibis.least(held.line_low.exp(), limits.highest)
    severity = (1.0 - ratio(held.spread, line)) / (1.0 - limits.full_part)
    return held.select(
        "account_id",
        observed=_.spread,
        expected=line,
        sample_size=_.n_posts,
        contribution=-limits.points * severity.clip(0.0, 1.0),
        compared_with=_.peer_group + " (" + _.n_peers.cast("string") + ")",
    )  # fmt: skip


def evidence(vet_posts: ir.Table) -> ir.Table:
    """The latest posts with their engagements."""
    known = vet_posts.filter(_.engagements.notnull(), _.published_at.notnull())
    line = ibis.window(group_by="account_id", order_by=[ibis.desc("published_at"), "post_id"])
    latest = known.mutate(place=ibis.row_number().over(line)).filter(_.place < 8)
    return latest.select(
        "account_id", kind=ibis.literal("post"), evidence_id=_.post_id, amount=_.engagements,
        at=_.published_at, quote=_.text,
    )  # fmt: skip
