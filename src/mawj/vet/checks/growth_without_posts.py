"""Followers gained in days in which nothing was published and nobody spoke of the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "growth without posts",
    "ar": "نمو بلا منشورات",
    "fa": "رشد بدون پست",
}
TEXT = {
    "en": "Followers rose by {observed} while no post was published shortly before or then and others did not speak of it more than usual; {expected} was to be expected.",
    "ar": "ارتفع عدد المتابعين {observed} من دون أي منشور قبيل ذلك أو خلاله ومن دون حديث زائد عن الحساب؛ وكان المتوقع {expected}.",
    "fa": "دنبال‌کنندگان {observed} بیشتر شدند، بی‌آنکه کمی پیش از آن یا در همان روزها پستی منتشر شود یا دیگران بیش از معمول از حساب بگویند؛ {expected} انتظار می‌رفت.",
}
ABOUT = {
    "ar": "زيادة في المتابعين في أيام لم يُنشر فيها ولا قبلها بقليل أي منشور، ولم يزد فيها حديث الآخرين عن الحساب. قد تكون شراءً، وقد يكون "
    "سببها قصة أو بث لم يُحمَّل أو محتوى قديم عاد إلى الانتشار.",
    "fa": "افزایش دنبال‌کننده در روزهایی که نه در آن‌ها و نه کمی پیش از آن پستی منتشر شده و نه دیگران بیش از معمول از حساب گفته‌اند. شاید خرید باشد، "
    "شاید هم استوری یا پخش زنده‌ای که بار نشده یا محتوای قدیمی که دوباره دیده شده است.",
}
CHECK = Check(
    "credibility", "growth_without_posts", "share of followers",
    "account_snapshots, posts of before and after the gain", "growth-silent-1", 10.0,
)  # fmt: skip
EVIDENCE_UNIT = CHECK.unit


@dataclass(frozen=True)
class SilentGrowth:
    """How much a gain in silence takes.

    Attributes:
        least_share: gain from which points are taken; our judgement.
        most_share: gain at which all points are taken; our judgement.
        points: most points taken; our judgement.
        most_talk: acts of others, by the account's usual, up to which it was not spoken of; ours.
        least_steps: stretches between counts that it takes to speak; as for the jumps.
        least_posts: loaded posts below which silence may be a gap in what is loaded; ours.
    """

    least_share: float = 0.05
    most_share: float = 0.3
    points: float = 10.0
    most_talk: float = 1.5
    least_steps: int = 8
    least_posts: int = 10


def growth_without_posts(
    follower_steps: ir.Table,
    follower_jumps: ir.Table,
    jump_causes: ir.Table,
    jump_talk: ir.Table,
    vet_posts: ir.Table,
    *,
    silent_limits: SilentGrowth,
) -> ir.Table:
    """Followers gained while nothing was published and nobody spoke of the account.

    Gains count that are far outside the account's own growth, that the platform's week does not
    explain, with no post in the ten days before or during them, though posts of before and of
    after are loaded. They may be bought, and may come from stories, live film or old posts that
    were found again.
    """
    limits = silent_limits
    counted = follower_steps.group_by("account_id").agg(
        sample_size=_.count(), from_date=_.from_at.min().date(), to_date=_.to_at.max().date()
    )
    posted = vet_posts.group_by("account_id").agg(n_posts=_.published_at.count())
    keys = ["account_id", "from_at"]
    silent = (
        follower_jumps.join(jump_causes, keys)
        .join(jump_talk, keys)
        .filter(
            _.n_posts == 0,
            _.is_between_posts,
            _.cause != "peers",
            _.talk_times.fill_null(0.0) <= limits.most_talk,
        )
        .group_by("account_id")
        .agg(gained=_.gained_share.max(), expected=_.expected_share.argmax(_.gained_share))
    )
    rows = counted.filter(_.sample_size >= limits.least_steps).inner_join(
        posted.filter(_.n_posts >= limits.least_posts), "account_id"
    )
    rows = rows.left_join(silent, "account_id")
    gained = rows.gained.fill_null(0.0)
    severity = (gained - limits.least_share) / (limits.most_share - limits.least_share)
    return rows.select(
        "account_id", "expected", "sample_size", "from_date", "to_date",
        observed=gained,
        contribution=-limits.points * severity.clip(0.0, 1.0),
        basis=ibis.literal("counted"),
    )  # fmt: skip


def evidence(follower_jumps: ir.Table, jump_causes: ir.Table) -> ir.Table:
    """The day before each gain in silence, with the share gained."""
    silent = jump_causes.filter(_.n_posts == 0, _.cause != "peers")
    return follower_jumps.semi_join(silent, ["account_id", "from_at"]).select(
        "account_id", kind=ibis.literal("day"), evidence_id=_.from_at.strftime("%Y-%m-%d"),
        amount=_.gained_share, at=_.from_at,
    )  # fmt: skip
