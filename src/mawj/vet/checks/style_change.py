"""From one day on the account writes in another way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import days_between
from mawj.vet.check_rows import Check

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "sudden change of style",
    "ar": "تغير مفاجئ في الأسلوب",
    "fa": "تغییر ناگهانی سبک",
}
TEXT = {
    "en": "The way of writing changes by {observed} spreads from one post to the next and stays so; up to {expected} nothing is said. Another hand, a team or a tool may write now.",
    "ar": "تغيّر أسلوب الكتابة بمقدار {observed} انحرافًا بين منشور والذي يليه وبقي على ذلك؛ ولا يُقال شيء حتى {expected}. فقد يكتب الآن شخص آخر أو فريق أو أداة.",
    "fa": "شیوهٔ نوشتن از یک پست تا پست بعد به اندازهٔ {observed} انحراف تغییر کرده و همان‌طور مانده است؛ تا {expected} چیزی گفته نمی‌شود. شاید اکنون دیگری، یک تیم یا یک ابزار می‌نویسد.",
}
ABOUT = {
    "ar": "يقيس طول المنشورات وعلامات الترقيم والرموز التعبيرية والوسوم وعادات الإملاء والكلمات الوظيفية، ويبحث عن يوم يتغير فيه كل ذلك معًا ويبقى متغيرًا. لا تؤثر فيه الموضوعات. "
    "تغيير المدير أو الفريق أو الأداة مشروع ومألوف؛ وما يعنيه ذلك للعلامة أن من يُشترى صوته قد لا يكون من يكتب. ويُحسب احتمال الصدفة بخلط ترتيب المنشورات.",
    "fa": "درازی پست‌ها، نشانه‌گذاری، ایموجی، هشتگ، عادت‌های املایی و واژه‌های دستوری را می‌سنجد و روزی را می‌جوید که همه با هم عوض می‌شوند و عوض‌شده می‌مانند. موضوع نوشته اثری ندارد. "
    "عوض شدن مدیر، تیم یا ابزار مجاز و رایج است؛ برای برند یعنی شاید کسی که صدایش را می‌خرد خودش نمی‌نویسد. احتمال تصادف با بُر زدن ترتیب پست‌ها حساب می‌شود.",
}
CHECK = Check("credibility", "style_change", "spreads", "posts", "style-change-1", 6.0)


@dataclass(frozen=True)
class StyleChange:
    """When a change of style is told.

    Attributes:
        floor: size of a change up to which nothing is said; spreads. In made-up worlds one
            clean account in a hundred exceeds 0.17; half as much again, our judgement, since
            people drift more than made-up ones.
        full: size above the floor at which all points are taken; spreads, our judgement.
        points: most points taken; our judgement.
        most_chance: share of shuffled rows that may change as much; 1 in 200.
        least_sudden: part of the change that must happen between the posts next to it; below
            it a style drifts. Our judgement.
        least_days: days that the posts on either side must span; our judgement.
    """

    floor: float = 0.25
    full: float = 0.5
    points: float = 6.0
    most_chance: float = 0.005
    least_sudden: float = 0.5
    least_days: float = 21.0


def style_change(style_changes: ir.Table, *, style: StyleChange) -> ir.Table:
    """A sudden and lasting change of how the account writes, whatever about.

    Lengths, punctuation, emoji, hashtags, habits of spelling and function words are compared
    on either side of every post; the strongest change must be far beyond what shuffled posts
    give. A new manager, a team or a tool is fair and usual: the voice that is bought may not
    be the one that writes.
    """
    days_before = days_between(style_changes.from_at, style_changes.changed_at)
    days_after = days_between(style_changes.changed_at, style_changes.to_at)
    is_sudden = (
        (style_changes.p_chance <= style.most_chance)
        & (style_changes.suddenness >= style.least_sudden)
        & (days_before >= style.least_days)
        & (days_after >= style.least_days)
    )
    severity = ((style_changes.size - style.floor) / style.full).clip(0.0, 1.0)
    return style_changes.select(
        "account_id", observed=_.size, expected=ibis.literal(style.floor),
        sample_size=_.n_posts, from_date=_.from_at.cast("date"), to_date=_.to_at.cast("date"),
        contribution=ibis.ifelse(is_sudden, -1.0 * (severity * style.points), 0.0),
    )  # fmt: skip


def evidence(style_changes: ir.Table, vet_posts: ir.Table) -> ir.Table:
    """The last post before the change and the first after it."""
    ends = style_changes.select("account_id", post_id=_.last_post_id, amount=1.0).union(
        style_changes.select("account_id", post_id=_.first_post_id, amount=2.0)
    )
    posts = vet_posts.select("post_id", at=_.published_at, quote=_.text.substr(0, 400))
    return ends.inner_join(posts, "post_id").select(
        "account_id", "amount", "at", "quote", kind=ibis.literal("post"), evidence_id=_.post_id
    )
