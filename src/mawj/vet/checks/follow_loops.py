"""Follows that are exchanged for follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.vet.check_rows import Check
from mawj.vet.tone_shares import of_kind, quoted

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {"en": "follow loops", "ar": "تبادل المتابعات", "fa": "فالو به فالو"}
TEXT = {
    "en": "{observed} of the comments read offer a follow for a follow, or the account offers it itself; nearly all accounts of the language stay below {expected}.",
    "ar": "{observed} من التعليقات المقروءة تعرض متابعة مقابل متابعة، أو يعرضها الحساب نفسه؛ وتبقى جميع الحسابات باللغة نفسها تقريبًا دون {expected}.",
    "fa": "{observed} از نظرهای خوانده‌شده فالو در برابر فالو پیشنهاد می‌دهند، یا خود حساب چنین پیشنهادی داده است؛ نزدیک به همهٔ حساب‌های هم‌زبان کمتر از {expected} دارند.",
}
ABOUT = {
    "ar": "يبحث في التعليقات وفي منشورات الحساب عن عرض متابعة مقابل متابعة (فولو باك، تبادل متابعات). من تابع ليُتابَع لم يختر المحتوى. "
    "ووجود مثل هذه التعليقات تحت حساب كبير ليس ذنبه، ولذلك يُقارن بحسابات اللغة نفسها؛ أما عرض الحساب نفسه فدليل مباشر.",
    "fa": "در نظرها و پست‌های حساب دنبال پیشنهاد فالو در برابر فالو می‌گردد (فالو بک، حمایت متقابل). کسی که فالو کرده تا فالو شود محتوا را انتخاب نکرده است. "
    "چنین نظرهایی زیر پست حساب بزرگ تقصیر او نیست، پس با حساب‌های هم‌زبان مقایسه می‌شود؛ ولی پیشنهادِ خود حساب مدرک مستقیم است.",
}
CHECK = Check(
    "audience_quality", "follow_loops", "share of comments", "posts, comments",
    "follow-loops-1", 10.0,
)  # fmt: skip


@dataclass(frozen=True)
class FollowLoops:
    """When an account is said to take part in exchanges of follows.

    Attributes:
        floor: share of comments up to which nothing is said, whatever peers get; ours.
        full: share above the line at which all points are taken; our judgement.
        full_offers: own posts that offer it at which all points are taken; our judgement.
        points: most points taken; our judgement.
        least_comments: comments read that a share needs; our judgement.
        least_posts: own posts that are needed where there are too few comments; our judgement.
    """

    floor: float = 0.05
    full: float = 0.2
    full_offers: int = 4
    points: float = 10.0
    least_comments: int = 40
    least_posts: int = 10


def follow_loops(
    comment_tones: ir.Table, post_offers: ir.Table, vet_posts: ir.Table, *, loops: FollowLoops
) -> ir.Table:
    """Offers of a follow for a follow, in the comments read and in the account's own posts.

    Who follows to be followed did not choose what is published. Such comments under a large
    account are no fault of it, so the share is held against accounts of its language; an offer
    of its own is direct evidence. Told by wordings in three languages.
    """
    said = of_kind(comment_tones, "loop", loops.least_comments)
    offers = (
        post_offers.filter(_.kind == "follow_loop")
        .group_by("account_id")
        .agg(n_offers=_.count())
    )
    published = vet_posts.group_by("account_id").agg(n_posts=_.count())
    rows = (
        published.outer_join(said, "account_id")
        .mutate(subject_id=ibis.coalesce(_.account_id, _.account_id_right))
        .drop("account_id", "account_id_right")
        .left_join(offers, _.subject_id == offers.account_id)
    )
    line = (rows.peers_high.coalesce(0.0) > loops.floor).ifelse(rows.peers_high, loops.floor)
    by_comments = ((rows.share_low - line) / loops.full).clip(0.0, 1.0).coalesce(0.0)
    by_posts = (rows.n_offers.coalesce(0) / float(loops.full_offers)).clip(0.0, 1.0)
    severity = ibis.greatest(by_comments, by_posts)
    is_enough = rows.n_read.notnull() | (rows.n_posts >= loops.least_posts)
    points = -1.0 * (severity * loops.points)
    return rows.select(
        account_id=_.subject_id, observed=_.share, observed_low=_.share_low,
        observed_high=_.share_high, expected=line, sample_size=_.n_read,
        compared_with=_.compared_with.coalesce(""),
        contribution=ibis.ifelse(is_enough, points, None),
    )  # fmt: skip


def evidence(
    post_offers: ir.Table, comment_readings: ir.Table, comment_sample: ir.Table
) -> ir.Table:
    """The account's own offers first, then those of others under its posts."""
    own = post_offers.filter(_.kind == "follow_loop").select(
        "account_id", kind=ibis.literal("post"), evidence_id=_.post_id,
        amount=ibis.literal(1000.0), at=_.published_at, quote=_.text,
    )  # fmt: skip
    theirs = comment_readings.filter(comment_readings.is_loop, comment_readings.is_subject)
    return own.union(quoted(theirs, comment_sample))
