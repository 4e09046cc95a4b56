"""Posts that other accounts published before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import ratio
from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {"en": "copied posts", "ar": "منشورات منسوخة", "fa": "پست‌های رونویسی‌شده"}
TEXT = {
    "en": "{observed} of the posts say nearly what another loaded account said before; up to {expected} nothing is said.",
    "ar": "{observed} من المنشورات تكاد تطابق ما نشره حساب آخر محمَّل قبله؛ ولا يُقال شيء حتى {expected}.",
    "fa": "{observed} از پست‌ها تقریبا همان است که حساب بارگذاری‌شدهٔ دیگری پیش از آن گفته بود؛ تا {expected} چیزی گفته نمی‌شود.",
}
ABOUT = {
    "ar": "يبحث عن منشورات طويلة تكاد تطابق ما نشره شخص آخر قبلها من الحسابات المحمَّلة. ما ينشره كثيرون (آية أو مثل أو بيان) لا يُحسب، ولا ما يعيده الشخص نفسه في حساب آخر له. "
    "ومن سبق بين الحسابات المحمَّلة قد لا يكون صاحب النص الأصلي.",
    "fa": "پست‌های بلندی را می‌جوید که تقریبا همان‌اند که شخص دیگری از میان حساب‌های بارگذاری‌شده پیش‌تر نوشته است. آنچه بسیاری می‌نویسند (آیه، ضرب‌المثل، اطلاعیه) به حساب نمی‌آید و آنچه خود شخص در حساب دیگرش بازمی‌گوید هم نه. "
    "کسی که میان این حساب‌ها زودتر نوشته شاید نویسندهٔ اصلی نباشد.",
}
CHECK = Check("credibility", "copied_posts", "share of posts", "posts", "copied-posts-2", 12.0)
EVIDENCE_UNIT = "share of the words"


@dataclass(frozen=True)
class CopiedPosts:
    """When an account is said to copy.

    Attributes:
        floor: share of copied posts up to which nothing is said; our judgement.
        full: share above the floor at which all points are taken; our judgement.
        points: most points taken; our judgement.
        least_posts: own posts with text that the check needs; our judgement.
        least_copies: copies of one other account from which they count: fewer are chance, or
            the wording of the trade. Our judgement.
    """

    floor: float = 0.05
    full: float = 0.3
    points: float = 12.0
    least_posts: int = 20
    least_copies: int = 4


def copied_posts(
    vet_posts: ir.Table, post_copies: ir.Table, *, copied: CopiedPosts
) -> ir.Table:
    """Longer posts that say nearly what another person's loaded account said before.

    What many publish (a verse, a proverb, a release) is nobody's and does not count, nor what
    a person repeats on another account of theirs; of one account several must be copied. Who was first among the loaded accounts may
    not have written it.
    """
    own = vet_posts.filter(_.text.notnull()).group_by("account_id").agg(
        n=_.count(), from_date=_.published_at.min().cast("date"),
        to_date=_.published_at.max().cast("date"),
    )  # fmt: skip
    by_source = post_copies.group_by("account_id", "source_account_id").agg(n=_.count())
    many = by_source.filter(_.n >= copied.least_copies)
    copies = many.group_by("account_id").agg(n_copies=_.n.sum())
    rows = own.filter(_.n >= copied.least_posts).left_join(copies, "account_id")
    rows = rows.drop("account_id_right")
    n_copies = rows.n_copies.coalesce(0)
    share = ratio(n_copies, rows.n)
    severity = ((share - copied.floor) / copied.full).clip(0.0, 1.0)
    return rows.select(
        "account_id", "from_date", "to_date", observed=share,
        expected=ibis.literal(copied.floor), sample_size=_.n, contribution=-1.0 * (severity * copied.points),
    )  # fmt: skip


def evidence(vet_posts: ir.Table, post_copies: ir.Table) -> ir.Table:
    """The copies, with how much of the earlier post they hold."""
    quotes = vet_posts.select("post_id", quote=_.text.substr(0, 400))
    return post_copies.inner_join(quotes, "post_id").select(
        "account_id", "quote", kind=ibis.literal("post"), evidence_id=_.post_id,
        amount=_.alike_share, at=_.published_at,
    )  # fmt: skip
