"""Paid posts one after the other, without own ones between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import ratio
from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "paid posts in a row",
    "ar": "منشورات مدفوعة متتالية",
    "fa": "پست‌های تبلیغاتی پشت سر هم",
}
TEXT = {
    "en": "Up to {observed} paid posts follow one another; by chance it would be about {expected}.",
    "ar": "تتوالى حتى {observed} منشورات مدفوعة؛ ولو توزعت مصادفة لكانت نحو {expected}.",
    "fa": "تا {observed} پست تبلیغاتی پشت سر هم آمده است؛ به‌تصادف حدود {expected} می‌بود.",
}
ABOUT = {
    "ar": "يقيس أطول سلسلة من المنشورات المدفوعة دون محتوى خاص بينها، ويقارنها بما يُتوقع لو وُزعت بالعدد نفسه عشوائيًا. "
    "التكدس يُتعب الجمهور أكثر من العدد نفسه موزعًا.",
    "fa": "بلندترین رشتهٔ پست‌های تبلیغاتی بدون محتوای خودی را می‌سنجد و با چینش تصادفیِ همان تعداد مقایسه می‌کند. "
    "تبلیغِ فشرده مخاطب را بیش از همان تعدادِ پراکنده خسته می‌کند.",
}
CHECK = Check(
    "credibility", "crowded_ads", "posts in a row", "posts (text)", "crowded-ads-1", 5.0
)


@dataclass(frozen=True)
class CrowdedAds:
    """From how many paid posts in a row on points are taken.

    Attributes:
        least_posts: posts that the check needs; our judgement.
        least_run: paid posts in a row up to which nothing is taken; our judgement.
        beyond_chance: posts above the run expected by chance that are let pass; ours.
        full: posts above that at which all points are taken; our judgement.
        points: most points taken; our judgement.
    """

    least_posts: int = 12
    least_run: float = 3.0
    beyond_chance: float = 2.0
    full: float = 5.0
    points: float = 5.0


def crowded_ads(
    vet_posts: ir.Table, sponsored_posts: ir.Table, ad_counts: ir.Table, *, crowded: CrowdedAds
) -> ir.Table:
    """Paid posts one after the other, more than their number would give by chance.

    The longest run is held against the run expected when as many paid posts are spread at
    random: log of the own posts over log of 1 / share of paid ones (Schilling 1990, The
    Longest Run of Heads, College Mathematics Journal 21).
    """
    limits = crowded
    held = ad_counts.filter(_.n_posts >= limits.least_posts)
    joined = held.left_join(_longest(vet_posts, sponsored_posts), "account_id")
    joined = joined.mutate(run=_.longest.fill_null(0).cast("float64"))
    share = ratio(joined.n_paid, joined.n_posts)
    others = (joined.n_posts - joined.n_paid).cast("float64")
    chance = ibis.ifelse(
        (joined.n_paid > 0) & (others > 1.0),
        others.log() / (1.0 / share.nullif(0.0)).log(),
        joined.n_paid.cast("float64"),
    )
    line = ibis.greatest(chance + limits.beyond_chance, limits.least_run)
    severity = ((joined.run - line) / limits.full).clip(0.0, 1.0)
    return joined.select(
        "account_id",
        observed=_.run,
        expected=chance,
        sample_size=_.n_posts,
        contribution=-limits.points * severity,
    )


def _longest(vet_posts: ir.Table, sponsored_posts: ir.Table) -> ir.Table:
    """The longest run of paid posts of each account that has one."""
    own = vet_posts.filter(
        _.published_at.notnull(),
        _.reply_to_account_id.isnull() | (_.reply_to_account_id == _.account_id),
    )
    by_time = ibis.window(group_by="account_id", order_by=[_.published_at, _.post_id])
    placed = own.select("account_id", "post_id", "published_at").mutate(
        at=ibis.row_number().over(by_time)
    )
    paid = placed.semi_join(sponsored_posts.filter(_.is_paid), "post_id")
    # Within a run both places grow alike: their difference names the run.
    paid = paid.mutate(among=ibis.row_number().over(by_time))
    paid = paid.mutate(run=paid.at - paid.among)
    runs = paid.group_by("account_id", "run").agg(n=_.count())
    return runs.group_by("account_id").agg(longest=_.n.max())
