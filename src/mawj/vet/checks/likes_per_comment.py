"""Likes for each comment far from what accounts of the same platform and size get."""

from __future__ import annotations

import math
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
    "en": "likes per comment",
    "ar": "الإعجابات مقابل كل تعليق",
    "fa": "لایک به ازای هر کامنت",
}
TEXT = {
    "en": "{observed} likes come on each comment; peers ({compared_with}) hardly ever pass {expected} on that side.",
    "ar": "لكل تعليق {observed} من الإعجابات، ونادرًا ما تتعدى الحسابات المماثلة ({compared_with}) {expected} في هذا الاتجاه.",
    "fa": "به ازای هر کامنت {observed} لایک هست؛ حساب‌های مشابه ({compared_with}) به‌ندرت در این سو از {expected} می‌گذرند.",
}
ABOUT = {
    "ar": "يقارن عدد الإعجابات لكل تعليق بالحسابات المماثلة في الاتجاهين: إعجابات كثيرة بلا كلام قد تكون مشتراة، وتعليقات كثيرة بلا إعجاب قد تكون متبادلة "
    "أو مشتراة، وقد يكون السبب مسابقة تطلب التعليق أو خلافًا أو تعليقات مقيّدة.",
    "fa": "شمار لایک به ازای هر کامنت را از هر دو سو با حساب‌های مشابه می‌سنجد: لایکِ زیادِ بی‌حرف شاید خریداری شده باشد و کامنتِ زیادِ بی‌لایک شاید تبادلی یا "
    "خریداری‌شده؛ شاید هم مسابقه‌ای که کامنت می‌خواهد، یک بحث داغ، یا کامنت‌های محدودشده در کار باشد.",
}
CHECK = Check(
    "credibility", "likes_per_comment", "likes per comment",
    "post_snapshots (likes and comments of twelve posts)", "likes-per-comment-1", 6.0,
)  # fmt: skip
EVIDENCE_UNIT = CHECK.unit


@dataclass(frozen=True)
class LikesPerComment:
    """When the ratio is called strange.

    Attributes:
        tail: share of peers that the lines are drawn from; see `mawj.vet.peer_lines`; ours.
        least_times: times the peers' median that a line is away from it at least, since
            ratios of few comments vary by chance; our judgement.
        full_times: times beyond a line from which all points are taken; our judgement.
        points: most points taken; our judgement.
        least_peers: peers with a known ratio that a comparison needs; our judgement.
        least_comments: comments in all below which the ratio is chance; our judgement.
    """

    tail: float = 0.1
    least_times: float = 4.0
    full_times: float = 4.0
    points: float = 6.0
    least_peers: int = 20
    least_comments: float = 30.0


def likes_per_comment(
    vet_subjects: ir.Table, post_spread: ir.Table, *, likes_per_comment_limits: LikesPerComment
) -> ir.Table:
    """Likes for each comment far above or below what peers get.

    Many likes without words may be bought; many comments without likes may be exchanged or
    bought, and may also come of a contest that asks for comments, a quarrel, or restricted
    comments: a weak sign alone.
    """
    limits = likes_per_comment_limits
    rows = post_spread.filter(_.comments >= limits.least_comments, _.likes > 0.0)
    rows = rows.mutate(observed=ratio(_.likes, _.comments))
    rows = rows.mutate(value=_.observed.ln())
    lined = with_peer_lines(
        rows, tail=limits.tail, least_peers=limits.least_peers,
        least_apart=math.log(limits.least_times),
    )  # fmt: skip
    held = lined.semi_join(vet_subjects, "account_id")
    is_below = held.value < (held.line_low + held.line_high) / 2.0
    line = ibis.ifelse(is_below, held.line_low, held.line_high)
    beyond = ibis.ifelse(is_below, line - held.value, held.value - line)
    severity = (beyond.exp() - 1.0) / (limits.full_times - 1.0)
    return held.select(
        "account_id", "observed",
        expected=line.exp(),
        sample_size=_.n_posts,
        contribution=-limits.points * severity.clip(0.0, 1.0),
        compared_with=_.peer_group + " (" + _.n_peers.cast("string") + ")",
    )  # fmt: skip


def evidence(vet_posts: ir.Table) -> ir.Table:
    """The posts with most likes, with the likes for each comment."""
    known = vet_posts.filter(_.likes > 0, _.comments.notnull())
    line = ibis.window(group_by="account_id", order_by=[ibis.desc("likes"), "post_id"])
    first = known.mutate(place=ibis.row_number().over(line)).filter(_.place < 5)
    return first.select(
        "account_id", kind=ibis.literal("post"), evidence_id=_.post_id,
        amount=ratio(_.likes, ibis.greatest(_.comments, 1.0)), at=_.published_at, quote=_.text,
    )  # fmt: skip
