"""What one post sets off: the likes, comments and shares that it brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.finding_rows import LIST_PLATFORMS, Reason, as_findings, real, tenfolds

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "engagements per post",
    "ar": "التفاعلات لكل منشور",
    "fa": "تعامل هر پست",
}
TEXT = {
    "en": "Engagements of a typical post: {observed}; reference: {expected}.",
    "ar": "تفاعلات المنشور المعتاد: {observed}، والمرجع {expected}.",
    "fa": "تعامل‌های هر پست معمولی: {observed}؛ مبنا: {expected}.",
}
REASON = Reason(
    "influence",
    "response",
    "engagements per post",
    "post_snapshots, account_snapshots",
    "response-1",
)


@dataclass(frozen=True)
class ResponseScale:
    """What the answers to one post are worth.

    Attributes:
        points: points for each tenfold of engagements of a typical post; less than attention,
            since a like costs least of all acts. Answers per message, not in all, as in the
            factors that Klout published in 2011. The figure is our judgement.
        points_without_lists: the same on platforms without public lists; half of a list's
            points go here and half to attention. Our judgement.
        reference: engagements of a post that give 0 points. Our judgement.
        weight: tenfolds that it usually counts at most, for coverage. Our judgement.
        least_posts: posts needed to speak of a typical one. Our judgement.
    """

    points: float = 2.0
    points_without_lists: float = 5.0
    reference: float = 20.0
    weight: float = 4.0
    least_posts: int = 3


def response(
    subjects: ir.Table,
    standing: ir.Table,
    post_response: ir.Table,
    *,
    response_scale: ResponseScale,
) -> ir.Table:
    """Engagements of a typical post, counted by tenfolds.

    Typical is the geometric mean, so that one post that went round the world does not make a
    small account look large. Overall, an average that the source gives stands in where posts
    are not loaded (`counted`).
    """
    scale = response_scale
    enough = post_response.filter(
        _.n_engagements >= scale.least_posts, _.engagements.notnull()
    ).select("account_id", "topic_id", "engagements", "n_engagements", "from_date", "to_date")
    given = standing.select(
        "account_id",
        given=_.average_engagements.fill_null(
            _.average_likes + _.average_comments.fill_null(0.0)
        ),
    )
    seen = (
        subjects.left_join(enough, ["account_id", "topic_id"])
        .drop("account_id_right", "topic_id_right")
        .left_join(given, "account_id")
        .drop("account_id_right")
    )
    points = _.platform.isin(LIST_PLATFORMS).ifelse(
        real(scale.points), real(scale.points_without_lists)
    )
    whole = (_.topic_id == "").ifelse(_.given, ibis.null("float64"))
    observed = _.engagements.fill_null(whole)
    rows = seen.select(
        "account_id",
        "topic_id",
        observed=observed,
        expected=real(scale.reference),
        contribution=points * tenfolds(observed, scale.reference),
        points_each=points,
        weight=points * scale.weight,
        sample_size=_.n_engagements.cast("float64"),
        basis=_.engagements.notnull().ifelse("events", "counted"),
        from_date=_.from_date,
        to_date=_.to_date,
    )
    return as_findings(rows, REASON)
