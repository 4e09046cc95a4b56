"""Whether it is there: how steadily an account publishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.finding_rows import Reason, as_findings, real, tenfolds

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "steady publishing",
    "ar": "انتظام النشر",
    "fa": "نظم انتشار",
}
TEXT = {
    "en": "Steadiness of publishing: {observed} (weeks with a post; number of "
    "posts where their dates are not loaded); reference: {expected}.",
    "ar": "انتظام النشر: {observed} (نسبة الأسابيع التي نُشر فيها، أو عدد "
    "المنشورات إن لم تُعرف تواريخها)، والمرجع {expected}.",
    "fa": "نظم انتشار: {observed} (سهم هفته‌های دارای پست، یا تعداد پست‌ها اگر "
    "تاریخشان معلوم نباشد)؛ مبنا: {expected}.",
}
REASON = Reason("influence", "consistency", "share of weeks", "posts", "consistency-1")
COUNTED = Reason("influence", "consistency", "posts in the window", "posts", "consistency-1")


@dataclass(frozen=True)
class ConsistencyScale:
    """What publishing steadily is worth.

    Attributes:
        points: points for publishing in every week of the window against none. Our judgement:
            who is silent moves nobody now, as in indices that look at a recent window only
            (Klout's was 90 days).
        reference: share of weeks with a post that gives 0 points. Our judgement.
        counted_points: points for each tenfold of posts in the source's own recent window,
            where dates are not loaded. Our judgement.
        counted_reference: posts in that window that give 0 points. Our judgement.
        most: points it can give or take at most: presence is effort, not influence.
    """

    points: float = 4.0
    reference: float = 0.5
    counted_points: float = 1.0
    counted_reference: float = 10.0
    most: float = 2.0


def consistency(
    subjects: ir.Table,
    standing: ir.Table,
    cadence: ir.Table,
    *,
    consistency_scale: ConsistencyScale,
) -> ir.Table:
    """Weeks of the window in which it published, as a share of all.

    Where posts are not loaded, the number of posts of the source's own recent window stands in
    (`counted`), by tenfolds. Not given on a topic.
    """
    seen = (
        subjects.filter(_.topic_id == "")
        .left_join(
            cadence.select("account_id", "active_weeks_share", "n_posts", "last_post_at"),
            "account_id",
        )
        .drop("account_id_right")
        .left_join(standing.select("account_id", "posts_in_window"), "account_id")
        .drop("account_id_right")
    )
    by_count = _.active_weeks_share.isnull() & _.posts_in_window.notnull()
    dated = as_findings(_by_weeks(seen.filter(~by_count), consistency_scale), REASON)
    return dated.union(
        as_findings(_by_count(seen.filter(by_count), consistency_scale), COUNTED)
    )


def _by_weeks(seen: ir.Table, scale: ConsistencyScale) -> ir.Table:
    points = scale.points * (_.active_weeks_share - scale.reference)
    return seen.select(
        "account_id",
        "topic_id",
        observed=_.active_weeks_share,
        expected=real(scale.reference),
        contribution=points.clip(-scale.most, scale.most),
        points_each=real(scale.points),
        weight=real(scale.most),
        sample_size=_.n_posts,
        basis=ibis.literal("events"),
        to_date=_.last_post_at.date(),
    )


def _by_count(seen: ir.Table, scale: ConsistencyScale) -> ir.Table:
    over = tenfolds(_.posts_in_window, scale.counted_reference)
    return seen.select(
        "account_id",
        "topic_id",
        observed=_.posts_in_window,
        expected=real(scale.counted_reference),
        contribution=(scale.counted_points * over).clip(-scale.most, scale.most),
        points_each=real(scale.counted_points),
        weight=real(scale.most),
        sample_size=_.posts_in_window,
        basis=ibis.literal("counted"),
    )
