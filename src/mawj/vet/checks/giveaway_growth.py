"""Followers who came for a giveaway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import ratio
from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {"en": "growth by giveaways", "ar": "نمو بالمسابقات والسحوبات", "fa": "رشد با قرعه‌کشی"}
TEXT = {
    "en": "{observed} of the followers came in sudden gains around giveaways of the account.",
    "ar": "{observed} من المتابعين جاؤوا في قفزات رافقت مسابقات أو سحوبات أقامها الحساب.",
    "fa": "{observed} از دنبال‌کننده‌ها در جهش‌هایی آمدند که همزمان با قرعه‌کشی‌های حساب بود.",
}
ABOUT = {
    "ar": "يبحث عن منشورات المسابقات والسحوبات بعباراتها، ثم عن قفزات في عدد المتابعين في الأيام نفسها. من جاء طلبًا لجائزة لم يختر صاحب الحساب، ويغادر كثير منهم بعدها. "
    "المسابقة نفسها مشروعة ومألوفة؛ وما يُحسب هو نصيب من جاء بها من المتابعين.",
    "fa": "پست‌های قرعه‌کشی و مسابقه را از عبارت‌هایشان پیدا می‌کند و سپس جهش‌های دنبال‌کننده را در همان روزها. کسی که برای جایزه آمده صاحب حساب را انتخاب نکرده و بسیاری پس از آن می‌روند. "
    "خودِ قرعه‌کشی مجاز و رایج است؛ آنچه به حساب می‌آید سهم کسانی است که با آن آمده‌اند.",
}
CHECK = Check(
    "audience_quality", "giveaway_growth", "share of followers", "account_snapshots, posts",
    "giveaway-growth-1", 10.0,
)  # fmt: skip


@dataclass(frozen=True)
class GiveawayGrowth:
    """When followers are said to have come for giveaways.

    Attributes:
        days: days between a giveaway post and a gain for one to be told by the other; ours.
        floor: share of followers up to which nothing is said; our judgement.
        full: share above it at which all points are taken; our judgement.
        points: most points taken; our judgement.
    """

    days: int = 3
    floor: float = 0.08
    full: float = 0.4
    points: float = 10.0


def giveaway_growth(
    post_offers: ir.Table,
    follower_jumps: ir.Table,
    follower_steps: ir.Table,
    *,
    giveaways: GiveawayGrowth,
) -> ir.Table:
    """Sudden gains of followers in the days of giveaways, as a share of all followers.

    Who comes for a prize did not choose the one who gives it, and many leave again. Giveaways
    are fair and usual; what counts is how much of the audience they brought. A giveaway is
    told by its wording, a gain by `follower_jumps`.
    """
    latest = follower_steps.group_by("account_id").agg(
        followers=_.followers_after.argmax(_.to_at),
        sample_size=_.count(),
        from_date=_.from_at.min().cast("date"),
        to_date=_.to_at.max().cast("date"),
    )
    gained = _near_giveaways(post_offers, follower_jumps, giveaways)
    gained = gained.group_by("account_id").agg(gained=_.gained.sum())
    rows = latest.left_join(gained, "account_id").drop("account_id_right")
    share = ratio(rows.gained.coalesce(0.0), rows.followers).clip(0.0, 1.0)
    severity = ((share - giveaways.floor) / giveaways.full).clip(0.0, 1.0)
    return rows.select(
        "account_id", "sample_size", "from_date", "to_date",
        observed=share, expected=ibis.literal(giveaways.floor),
        contribution=-1.0 * (severity * giveaways.points),
    )  # fmt: skip


def _near_giveaways(
    post_offers: ir.Table, follower_jumps: ir.Table, limits: GiveawayGrowth
) -> ir.Table:
    """Jumps with a giveaway in their days: one row per jump."""
    posts = post_offers.filter(_.kind == "giveaway").select("account_id", "published_at")
    days = ibis.interval(days=limits.days)
    met = follower_jumps.inner_join(posts, "account_id")
    near = met.filter(
        met.published_at >= met.from_at - days, met.published_at <= met.to_at + days
    )
    return near.group_by("account_id", "from_at").agg(
        gained=_.gained.max(), gained_share=_.gained_share.max()
    )


def evidence(
    post_offers: ir.Table, follower_jumps: ir.Table, *, giveaways: GiveawayGrowth
) -> ir.Table:
    """The gains, with followers gained, and the posts that gave something away."""
    days = _near_giveaways(post_offers, follower_jumps, giveaways).select(
        "account_id", kind=ibis.literal("day"),
        evidence_id=_.from_at.cast("date").cast("string"), amount=_.gained, at=_.from_at,
        quote=ibis.literal("").nullif(""),
    )  # fmt: skip
    posts = post_offers.filter(_.kind == "giveaway").select(
        "account_id", kind=ibis.literal("post"), evidence_id=_.post_id,
        amount=ibis.literal(0.0), at=_.published_at, quote=_.text,
    )  # fmt: skip
    return days.union(posts)
