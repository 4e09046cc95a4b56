"""The same accounts comment together, within minutes, again and again."""

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
    "en": "comment rings",
    "ar": "حلقات تعليق متبادل",
    "fa": "حلقه‌های کامنت‌گذاری",
}
TEXT = {
    "en": "{observed} of the comments under its posts were written by one group of accounts that comments in the same minutes under the same accounts' posts ({compared_with}; {sample_size} comments looked at).",
    "ar": "كتبت {observed} من التعليقات على منشوراته مجموعة واحدة من الحسابات تعلّق في الدقائق نفسها على منشورات الحسابات نفسها ({compared_with}؛ فُحص {sample_size} من التعليقات).",
    "fa": "{observed} از کامنت‌های زیر پست‌هایش را یک گروه از حساب‌ها نوشته که در همان دقیقه‌ها زیر پست‌های همان حساب‌ها کامنت می‌گذارد ({compared_with}؛ {sample_size} کامنت بررسی شد).",
}
ABOUT = {
    "ar": "يبحث عن مجموعات من الحسابات تعلّق معًا على المنشورات نفسها في الدقائق نفسها وبالترتيب نفسه غالبًا، أكثر بكثير مما تسمح به الصدفة لمن "
    "يعلّق بهذا القدر. يثقل الأمر إذا كان الحساب نفسه عضوًا في المجموعة. قد تكون المجموعة اتفاقًا على رفع التفاعل، وقد تكون فريق عمل أو أصدقاء؛ "
    "الأعضاء والتعليقات معروضة للحكم عليها.",
    "fa": "گروه‌هایی از حساب‌ها را می‌یابد که زیر همان پست‌ها در همان دقیقه‌ها و اغلب به همان ترتیب با هم کامنت می‌گذارند، بسیار بیش از آنچه برای "
    "کسانی با این میزان کامنت از سر تصادف ممکن است. اگر خودِ حساب عضو گروه باشد سنگین‌تر است. گروه شاید برای بالا بردن تعامل قرار گذاشته باشد، شاید هم "
    "همکار یا دوست باشند؛ اعضا و کامنت‌ها برای داوری نشان داده می‌شوند.",
}
CHECK = Check(
    "credibility", "comment_rings", "share of comments",
    "comments with authors and times (ten of known authors at least)", "comment-rings-1", 25.0,
)  # fmt: skip


@dataclass(frozen=True)
class CommentRings:
    """How much a ring under an account's posts takes.

    Attributes:
        points: most points taken; our judgement.
        least_comments: comments with author and time below which nothing is said; ours.
        least_meetings: posts of the account at which the ring met, from which it counts; ours.
        most_meetings: posts from which that part of the points is full; our judgement.
        most_share: share of its comments by the ring from which that part is full; ours.
        crew_share: share of its comments by a ring that it is no member of, from which that
            counts: spammers visit everybody, and nobody chooses them; our judgement.
        crew_order: share of meetings in the usual order that such a ring must show, since
            quick fans come in any order; our judgement.
        crew_part: part of the points for such a ring; our judgement.
    """

    points: float = 25.0
    least_comments: int = 10
    least_meetings: int = 3
    most_meetings: int = 8
    most_share: float = 0.25
    crew_share: float = 0.25
    crew_order: float = 0.8
    crew_part: float = 0.4


def comment_rings(
    vet_comments: ir.Table,
    ring_members: ir.Table,
    ring_comments: ir.Table,
    *,
    comment_rings_limits: CommentRings,
) -> ir.Table:
    """A group of accounts that comments together under its posts, within minutes.

    Groups are found among all loaded comments: accounts that meet under the same posts in the
    same ten minutes far more often than chance lets expect for who comments so much there. It
    counts in full where the account is itself a member. The group may have agreed to lift each
    other's engagement; it may be colleagues or friends: members and comments are shown.
    """
    limits = comment_rings_limits
    dated = vet_comments.filter(_.author_id.notnull(), _.published_at.notnull())
    counted = dated.group_by("account_id").agg(
        sample_size=_.count(),
        from_date=_.published_at.min().date(),
        to_date=_.published_at.max().date(),
    )
    rings = ring_members.group_by("ring_id").agg(
        n_members=_.n_members.max(), same_order=_.same_order_share.mean()
    )
    met = ring_comments.group_by("account_id", "ring_id").agg(
        n_meetings=_.post_id.nunique(), n_by_ring=_.count()
    )
    own = ring_members.select("account_id", "ring_id", is_member=ibis.literal(value=True))
    met = met.inner_join(rings, "ring_id").left_join(own, ["account_id", "ring_id"])
    met = met.drop("account_id_right", "ring_id_right").inner_join(counted, "account_id")
    met = met.mutate(share=ratio(met.n_by_ring, met.sample_size))
    met = met.mutate(severity=_severity(met, limits))
    line = ibis.window(group_by="account_id", order_by=[ibis.desc("severity"), "ring_id"])
    worst = met.mutate(place=ibis.row_number().over(line)).filter(_.place == 0)
    worst = worst.select("account_id", "share", "severity", "n_members", "n_meetings")
    rows = counted.filter(_.sample_size >= limits.least_comments).left_join(worst, "account_id")
    words = (_.n_members.cast("string") + " × " + _.n_meetings.cast("string")).fill_null("")
    return rows.select(
        "account_id", "sample_size", "from_date", "to_date",
        observed=_.share.fill_null(0.0),
        expected=ibis.literal(0.0),
        contribution=-limits.points * _.severity.fill_null(0.0),
        compared_with=words,
    )  # fmt: skip


def _severity(met: ir.Table, limits: CommentRings) -> ir.Value:
    """0 to 1: half for how often the ring met, half for its part of the comments."""
    often = (met.n_meetings / float(limits.most_meetings)).clip(0.0, 1.0)
    much = (met.share / limits.most_share).clip(0.0, 1.0)
    whole = (often + much) / 2.0
    is_crew = (met.share >= limits.crew_share) & (met.same_order >= limits.crew_order)
    part = ibis.cases(
        (met.n_meetings < limits.least_meetings, 0.0),
        (met.is_member.notnull(), 1.0),
        (is_crew, limits.crew_part),
        else_=0.0,
    )
    return whole * part


def evidence(ring_comments: ir.Table) -> ir.Table:
    """Six accounts of the ring that came most often, and comments of its largest meetings."""
    came = ring_comments.group_by("account_id", "author_id").agg(
        amount=_.post_id.nunique().cast("float64"), at=_.published_at.max()
    )
    line = ibis.window(group_by="account_id", order_by=[ibis.desc("amount"), "author_id"])
    came = came.mutate(place=ibis.row_number().over(line)).filter(_.place < 6)
    accounts = came.select(
        "account_id", kind=ibis.literal("account"), evidence_id=_.author_id,
        amount=_.amount, at=_.at, quote=ibis.null("string"),
    )  # fmt: skip
    ordered = ibis.window(
        group_by="account_id", order_by=[ibis.desc("n_there"), "post_id", "published_at"]
    )
    said = ring_comments.mutate(place=ibis.row_number().over(ordered)).filter(_.place < 4)
    # After the accounts: amounts order what is shown, and one comment is one.
    comments = said.select(
        "account_id", kind=ibis.literal("comment"), evidence_id=_.comment_id,
        amount=ibis.literal(1.0), at=_.published_at, quote=_.text,
    )  # fmt: skip
    return accounts.union(comments)
