"""How far each message is carried: reposts for each post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.finding_rows import Reason, as_findings, real, tenfolds
from mawj.tables.portable import ratio

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "reposts per post",
    "ar": "إعادة النشر",
    "fa": "بازنشر",
}
TEXT = {
    "en": "Reposts of a typical post: {observed} (posts counted: "
    "{sample_size}); reference: {expected}.",
    "ar": "إعادات نشر المنشور المعتاد: {observed} (عدد المنشورات: "
    "{sample_size})، والمرجع {expected}.",
    "fa": "بازنشر هر پست معمولی: {observed} (تعداد پست‌ها: {sample_size})؛ مبنا: {expected}.",
}
REASON = Reason(
    "influence",
    "amplification",
    "reposts per post",
    "post_snapshots, account_snapshots",
    "amplification-1",
)


@dataclass(frozen=True)
class AmplificationScale:
    """What being passed on is worth.

    Attributes:
        points: points for each tenfold of reposts per post where the posts are loaded. A ratio
            and not a volume: a hundred reposts of ten messages say more than a hundred of a
            thousand (Klout's own account of its score, 2011). The figure is our judgement.
        counted_points: the same where the ratio is made of two counts given by a platform or
            vendor, whose windows need not be the same: half. Our judgement.
        reference: reposts per post that give 0 points. Our judgement.
        weight: tenfolds that it usually counts at most, for coverage. Our judgement.
        least_posts: posts needed, since a ratio to a handful says little. Our judgement.
    """

    points: float = 2.0
    counted_points: float = 1.0
    reference: float = 1.0
    weight: float = 3.0
    least_posts: int = 5


def amplification(
    subjects: ir.Table,
    standing: ir.Table,
    post_response: ir.Table,
    *,
    amplification_scale: AmplificationScale,
) -> ir.Table:
    """Reposts and quotes of a typical post, counted by tenfolds.

    From the loaded posts (geometric mean), else from reposts received and posts of the
    source's own recent window (`counted`).
    """
    scale = amplification_scale
    enough = post_response.filter(_.n_reposts >= scale.least_posts, _.reposts.notnull()).select(
        "account_id", "topic_id", "reposts", "n_reposts", "from_date", "to_date"
    )
    given = standing.filter(_.posts_in_window >= scale.least_posts).select(
        "account_id",
        "posts_in_window",
        given=ratio(_.reposts_received, _.posts_in_window),
    )
    seen = (
        subjects.left_join(enough, ["account_id", "topic_id"])
        .drop("account_id_right", "topic_id_right")
        .left_join(given, "account_id")
        .drop("account_id_right")
    )
    has_posts = _.reposts.notnull()
    points = has_posts.ifelse(real(scale.points), real(scale.counted_points))
    whole = (_.topic_id == "").ifelse(_.given, ibis.null("float64"))
    observed = _.reposts.fill_null(whole)
    rows = seen.select(
        "account_id",
        "topic_id",
        observed=observed,
        expected=real(scale.reference),
        contribution=points * tenfolds(observed, scale.reference),
        points_each=points,
        weight=real(scale.points * scale.weight),
        sample_size=has_posts.ifelse(_.n_reposts.cast("float64"), _.posts_in_window),
        basis=has_posts.ifelse("events", "counted"),
        from_date=_.from_date,
        to_date=_.to_date,
    )
    return as_findings(rows, REASON)
