"""Who turns to it: distinct others who mention, answer or pass on an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.finding_rows import LIST_PLATFORMS, Reason, as_findings, real, tenfolds

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "attention of others",
    "ar": "اهتمام الآخرين",
    "fa": "توجه دیگران",
}
TEXT = {
    "en": "Accounts that turned to it: {sample_size}, counted as {observed} "
    "(doubtful ones count for less; on a topic: its share); reference: "
    "{expected}.",
    "ar": "الحسابات التي تفاعلت معه أو ذكرته: {sample_size}، احتُسب منها "
    "{observed} (يقل وزن الحسابات المشكوك فيها، وفي الموضوع: بقدر حصته)، "
    "والمرجع {expected}.",
    "fa": "حساب‌هایی که به آن توجه کرده‌اند: {sample_size}، محاسبه‌شده: "
    "{observed} (حساب‌های مشکوک وزن کمتری دارند؛ در موضوع: فقط سهم آن)؛ "
    "مبنا: {expected}.",
}
REASON = Reason("influence", "attention", "accounts", "interactions, comments", "attention-1")


@dataclass(frozen=True)
class AttentionScale:
    """What the attention of others is worth.

    Attributes:
        points: points for each tenfold of distinct others; as much as followers, though far
            fewer act than follow: being named measures influence where being followed does not
            (Cha et al., ICWSM 2010). The figure is our judgement.
        points_without_lists: the same on platforms without public lists, where naming somebody
            is the act that comes nearest to a list; half of a list's points go here and half
            to response. Our judgement.
        reference: distinct others that give 0 points. Our judgement.
        weight: points it usually counts at most for each point a tenfold, that is, tenfolds,
            for coverage. Our judgement.
    """

    points: float = 3.0
    points_without_lists: float = 6.0
    reference: float = 30.0
    weight: float = 4.5


def attention(
    subjects: ir.Table,
    standing: ir.Table,
    attention: ir.Table,
    cadence: ir.Table,
    *,
    attention_scale: AttentionScale,
) -> ir.Table:
    """Distinct others who acted on the account, each counted 1 less its doubt, by tenfolds.

    Where no acts are loaded, the mentions that the platform or a vendor counted stand in, and
    the row says so (`counted`); such counts may hold one person several times. Where acts on
    its platform are loaded and its own posts too, nobody turning to it is a zero and no gap.
    On a topic the others are taken in the topic's share.
    """
    scale = attention_scale
    seen = _seen(subjects, standing, attention, cadence)
    has_lists = _.platform.isin(LIST_PLATFORMS)
    points = has_lists.ifelse(real(scale.points), real(scale.points_without_lists))
    by_events = _.others.notnull()
    observed = _.others.fill_null(_.mentions_received) * _.topic_share
    rows = seen.select(
        "account_id",
        "topic_id",
        observed=observed,
        expected=real(scale.reference),
        contribution=points * tenfolds(observed, scale.reference),
        points_each=points,
        weight=points * scale.weight,
        sample_size=by_events.ifelse(_.n_others.cast("float64"), _.mentions_received),
        basis=by_events.ifelse("events", "counted"),
        from_date=_.from_date,
        to_date=_.to_date,
    )
    return as_findings(rows, REASON)


def _seen(
    subjects: ir.Table, standing: ir.Table, attention: ir.Table, cadence: ir.Table
) -> ir.Table:
    """The others and the counted mentions of each subject; both NULL where nothing is known."""
    events = attention.select("account_id", "others", "n_others", "from_date", "to_date")
    platform = standing.select("account_id", "platform", "mentions_received")
    watched = events.inner_join(platform, "account_id").select("platform").distinct()
    unnoticed = (
        platform.filter(_.mentions_received.isnull())
        .semi_join(watched, "platform")
        .semi_join(cadence, "account_id")
        .anti_join(events, "account_id")
        .select(
            "account_id",
            others=real(0.0),
            n_others=ibis.literal(0).cast("int64"),
            from_date=ibis.null("date"),
            to_date=ibis.null("date"),
        )
    )
    return (
        subjects.left_join(events.union(unnoticed), "account_id")
        .drop("account_id_right")
        .left_join(platform.drop("platform"), "account_id")
        .drop("account_id_right")
    )
