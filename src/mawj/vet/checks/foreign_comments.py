"""Comments in languages that neither the account nor its audience uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ibis import _

from mawj.vet.check_rows import Check
from mawj.vet.shares import share_interval
from mawj.vet.tone_shares import quoted

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "comments in foreign languages",
    "ar": "تعليقات بلغات غريبة",
    "fa": "نظر به زبان‌های بیگانه",
}
TEXT = {
    "en": "{observed} of the comments read are in languages that neither the account nor its stated audience uses; nearly all accounts of the language stay below {expected}.",
    "ar": "{observed} من التعليقات المقروءة بلغات لا يستعملها الحساب ولا جمهوره المعلن؛ وتبقى جميع الحسابات باللغة نفسها تقريبًا دون {expected}.",
    "fa": "{observed} از نظرهای خوانده‌شده به زبان‌هایی است که نه حساب به کار می‌برد و نه مخاطبِ اعلام‌شده‌اش؛ نزدیک به همهٔ حساب‌های هم‌زبان کمتر از {expected} دارند.",
}
ABOUT = {
    "ar": "يقيس نصيب التعليقات المكتوبة بلغة لا يكتب بها الحساب ولا يذكرها توزيع جمهوره، مقارنةً بحسابات اللغة نفسها. المعلقون المأجورون كثيرًا ما يأتون من بلد آخر، "
    "وكذلك السياح والمهاجرون ومن يتابع دون أن يفهم؛ فهي إشارة لا دليل. الإنجليزية لا تُعد غريبة على أحد.",
    "fa": "سهم نظرهایی را می‌سنجد که به زبانی‌اند که نه حساب به آن می‌نویسد و نه در آمار مخاطبش آمده، در مقایسه با حساب‌های هم‌زبان. نظردهندهٔ مزدی اغلب از کشوری دیگر است؛ "
    "مهاجر و گردشگر و کسی که بی‌آنکه بفهمد دنبال می‌کند هم همین‌طور، پس نشانه است نه مدرک. انگلیسی برای هیچ حسابی بیگانه شمرده نمی‌شود.",
}
CHECK = Check(
    "credibility",
    "foreign_comments",
    "share of comments",
    "comments",
    "foreign-comments-1",
    8.0,
)


@dataclass(frozen=True)
class ForeignComments:
    """When comments are called foreign, and when they are many.

    Attributes:
        own_share: share of the account's posts from which a language is its own; our judgement.
        audience_share: share of a stated audience from which a language is theirs; ours.
        least_words: words from which the language of a comment is believed; our judgement.
        least_comments: such comments that the check needs; our judgement.
        least_peers: accounts of the same language that a comparison needs; our judgement.
        floor: share up to which nothing is said, whatever peers get; our judgement.
        full: share above the line at which all points are taken; our judgement.
        points: most points taken; our judgement.
    """

    own_share: float = 0.05
    audience_share: float = 0.05
    least_words: int = 3
    least_comments: int = 30
    least_peers: int = 20
    floor: float = 0.2
    full: float = 0.4
    points: float = 8.0


def foreign_comments(
    comment_readings: ir.Table,
    account_languages: ir.Table,
    audiences: ir.Table,
    *,
    foreign: ForeignComments,
) -> ir.Table:
    """Comments in a language that neither the account nor its stated audience uses.

    Commenters for hire often live elsewhere. So do migrants, tourists and those who follow
    without understanding, so this is a sign and no proof. English counts as foreign to nobody.
    Of each account a random few comments are read; short ones are left out, since their
    language is a guess.
    """
    told = _told(comment_readings, _home(account_languages, audiences, foreign), foreign)
    counted = told.group_by("account_id", "account_language", "is_subject", "is_peer").agg(
        n=_.count(),
        n_foreign=_.is_foreign.cast("int64").sum(),
        from_date=_.published_at.min().cast("date"),
        to_date=_.published_at.max().cast("date"),
    )
    counted = counted.filter(_.n >= foreign.least_comments)
    shares = counted.mutate(share=_.n_foreign / _.n.cast("float64"))
    peers = (
        shares.filter(_.is_peer)
        .group_by("account_language")
        .agg(line=_.share.quantile(0.95), n_peers=_.count())
        .filter(_.n_peers >= foreign.least_peers)
    )
    rows = shares.filter(_.is_subject).left_join(peers, "account_language")
    line = (rows.line.coalesce(0.0) > foreign.floor).ifelse(rows.line, foreign.floor)
    low, high = share_interval(rows.n_foreign, rows.n)
    severity = ((low - line) / foreign.full).clip(0.0, 1.0)
    group = rows.account_language + " (" + rows.n_peers.cast("string") + ")"
    return rows.select(
        "account_id", "from_date", "to_date",
        observed=_.share, observed_low=low, observed_high=high, expected=line,
        sample_size=_.n, compared_with=group.coalesce(""),
        contribution=-1.0 * (severity * foreign.points),
    )  # fmt: skip


def _home(
    account_languages: ir.Table, audiences: ir.Table, limits: ForeignComments
) -> ir.Table:
    """Languages that each account or its audience uses: account_id, code."""
    own = account_languages.filter(_.share >= limits.own_share)
    theirs = audiences.filter(
        _.dimension == "language", _.share >= limits.audience_share, _["slice"] != "commenters"
    )
    return (
        own.select("account_id", code=_.language.lower().substr(0, 2))
        .union(theirs.select("account_id", code=_.value.lower().substr(0, 2)))
        .distinct()
    )


def _told(comment_readings: ir.Table, home: ir.Table, limits: ForeignComments) -> ir.Table:
    """Comments whose language can be believed, with `is_foreign`."""
    known = comment_readings.filter(
        _.language.notnull(), _.language != "und", _.n_words >= limits.least_words
    ).mutate(code=_.language.lower().substr(0, 2))
    met = known.left_join(home, ["account_id", "code"])
    return met.mutate(is_foreign=met.code_right.isnull() & (met.code != "en")).drop(
        "account_id_right", "code_right"
    )


def evidence(
    comment_readings: ir.Table,
    comment_sample: ir.Table,
    account_languages: ir.Table,
    audiences: ir.Table,
    *,
    foreign: ForeignComments,
) -> ir.Table:
    """Comments in foreign languages, the longest first."""
    told = _told(comment_readings, _home(account_languages, audiences, foreign), foreign)
    return quoted(told.filter(_.is_foreign, _.is_subject), comment_sample)
