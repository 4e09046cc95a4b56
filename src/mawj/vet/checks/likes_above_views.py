"""Posts with more likes and comments than views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import ratio, share_of
from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "likes above views",
    "ar": "إعجابات أكثر من المشاهدات",
    "fa": "لایک بیش از بازدید",
}
TEXT = {
    "en": "{observed} of {sample_size} posts with known views have more likes or comments than views; {expected} may be miscounted.",
    "ar": "{observed} من {sample_size} منشورًا معروف المشاهدات فيها إعجابات أو تعليقات أكثر من المشاهدات؛ وقد يخطئ العدّ في {expected}.",
    "fa": "{observed} از {sample_size} پستِ دارای شمار بازدید بیش از بازدید لایک یا کامنت دارند؛ تا {expected} می‌تواند خطای شمارش باشد.",
}
ABOUT = {
    "ar": "من يعجب بمنشور أو يعلّق عليه يراه عادة. إعجابات أو تعليقات أكثر من المشاهدات تناقض في الأرقام: قد تكون مشتراة من دون مشاهدة، وقد يكون المصدر "
    "قد عدّ المشاهدات في وقت آخر أو بطريقة أخرى.",
    "fa": "کسی که لایک می‌کند یا کامنت می‌گذارد معمولاً پست را دیده است. لایک یا کامنتِ بیش از بازدید تناقضی در شمارش است: شاید بدون دیدن خریداری شده باشد، "
    "شاید هم منبع بازدید را در زمان یا به شیوهٔ دیگری شمرده باشد.",
}
CHECK = Check(
    "credibility", "likes_above_views", "share of posts",
    "post_snapshots (views of eight posts)", "likes-above-views-1", 8.0,
)  # fmt: skip


@dataclass(frozen=True)
class LikesAboveViews:
    """When counts contradict each other.

    Attributes:
        least_posts: posts with views and likes or comments that it takes; our judgement.
        least_likes: likes or comments below which a post says nothing; our judgement.
        least_share: share of posts that may be miscounted; our judgement.
        most_share: share from which all points are taken; our judgement.
        points: most points taken; our judgement.
    """

    least_posts: int = 8
    least_likes: float = 20.0
    least_share: float = 0.1
    most_share: float = 0.5
    points: float = 8.0


def likes_above_views(vet_posts: ir.Table, *, above_views: LikesAboveViews) -> ir.Table:
    """Posts that were liked or commented on more often than seen.

    Who likes a post has seen it. Such counts contradict each other: likes may be bought without
    views, and the source may count views at another time or in another way.
    """
    limits = above_views
    rows = _compared(vet_posts)
    counted = rows.group_by("account_id").agg(
        sample_size=_.count(),
        observed=share_of((rows.most > rows.views) & (rows.most >= limits.least_likes)),
        from_date=_.published_at.min().date(),
        to_date=_.published_at.max().date(),
    )
    severity = (_.observed - limits.least_share) / (limits.most_share - limits.least_share)
    return counted.filter(_.sample_size >= limits.least_posts).mutate(
        expected=ibis.literal(limits.least_share),
        contribution=-limits.points * severity.clip(0.0, 1.0),
    )


def _compared(vet_posts: ir.Table) -> ir.Table:
    """Posts with views, and likes or comments, whichever are more."""
    counts = vet_posts.mutate(
        most=ibis.greatest(_.likes.fill_null(0.0), _.comments.fill_null(0.0))
    )
    return counts.filter(_.views.notnull(), _.likes.notnull() | _.comments.notnull())


def evidence(vet_posts: ir.Table) -> ir.Table:
    """Posts with more likes or comments than views, with how many for each view."""
    above = _compared(vet_posts).filter(_.most > _.views)
    return above.select(
        "account_id", kind=ibis.literal("post"), evidence_id=_.post_id,
        amount=ratio(_.most, ibis.greatest(_.views, 1.0)), at=_.published_at, quote=_.text,
    )  # fmt: skip
