"""The signs that tell a specialist from a celebrity: what was observed of each account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.identify.finding_rows import LIST_PLATFORMS
from mawj.tables.portable import log10p, ratio

if TYPE_CHECKING:
    import ibis.expr.types as ir

FAME_ELSEWHERE = (
    r"\b(actor|actress|singer|rapper|musician|footballer|soccer player|athlete|olympi\w+"
    r"|comedian|politician|minister|president|prince(ss)?|tv host|presenter|model|film|cinema"
    r"|celebrity|celebrities|sports? team|football club)\b"
    r"|ممثل|مطرب|مغن|فنان|لاعب|رياضي|كوميدي|سياسي|وزير|رئيس|أمير|مذيع|إعلامي|عارضة أزياء|مشاهير"
    r"|بازیگر|خواننده|هنرپیشه|فوتبالیست|ورزشکار|کمدین|سیاستمدار|نماینده مجلس|مجری|سلبریتی|مدل"
)
"""Words of bios and categories for fame that is made off the platform; our own list."""


def topical_focus(account_topics: ir.Table) -> ir.Table:
    """Chance that two of its posts on known topics are on one and the same broad topic.

    Simpson's index (Nature 1949) over top-level topics in its unbiased form, so that few posts
    do not look like focus: sum of n (n - 1) / (N (N - 1)).
    """
    broad = account_topics.filter(~_.topic_id.contains("."))
    counts = broad.group_by("account_id").agg(
        n=_.n_posts.sum(), matching=(_.n_posts * (_.n_posts - 1)).sum()
    )
    return counts.select(
        "account_id", observed=ratio(_.matching, _.n * (_.n - 1)), sample_size=_.n
    )


def audience_homogeneity(edges: ir.Table, account_topics: ir.Table) -> ir.Table:
    """Chance that two of those who give it attention care for one and the same broad topic.

    Simpson's index over the top-level topics of those who turn to it, by the weight of their
    attention; sample_size counts those whose topics are known.
    """
    broad = account_topics.filter(~_.topic_id.contains("."), _.topic_share > 0)
    topics = broad.select("topic_id", "topic_share", source_id=_.account_id)
    givers = topics.group_by("source_id").agg(whole=_.topic_share.sum())
    given = edges.inner_join(givers, "source_id")
    n_givers = given.group_by("target_id").agg(n=_.count())
    cared = (
        given.inner_join(topics, "source_id")
        .mutate(part=_.weight * _.topic_share / _.whole)
        .group_by("target_id", "topic_id")
        .agg(part=_.part.sum())
        .group_by("target_id")
        .agg(total=_.part.sum(), squares=(_.part * _.part).sum())
        .inner_join(n_givers, "target_id")
    )
    return cared.select(
        account_id=_.target_id,
        observed=ratio(_.squares, _.total * _.total),
        sample_size=_.n,
    )


def said_by_others(account_topics: ir.Table) -> ir.Table:
    """The largest share that one topic has in what others say of it."""
    told = account_topics.filter(_.others_share.notnull())
    return told.group_by("account_id").agg(
        observed=_.others_share.max(), sample_size=_.n_others.max()
    )


def well_known(standing: ir.Table) -> ir.Table:
    """Tenfolds of followers."""
    return standing.filter(_.followers.notnull()).select(
        "account_id", observed=log10p(_.followers), sample_size=_.followers
    )


def followers_before_posts(standing: ir.Table) -> ir.Table:
    """Tenfolds of followers for each post it ever published."""
    known = standing.filter(_.followers.notnull(), _.posts.notnull())
    return known.select(
        "account_id",
        observed=log10p(_.followers) - log10p(_.posts),
        sample_size=_.posts,
    )


def listed_for_size(standing: ir.Table) -> ir.Table:
    """Tenfolds of public lists for each follower, on platforms that have lists."""
    known = standing.filter(
        _.platform.isin(LIST_PLATFORMS), _.followers.notnull(), _.lists.notnull()
    )
    return known.select(
        "account_id",
        observed=log10p(_.lists) - log10p(_.followers),
        sample_size=_.lists,
    )


def engagement_for_size(influence_findings: ir.Table) -> ir.Table:
    """Tenfolds of its engagement rate over the median of its peers."""
    told = influence_findings.filter(
        _.finding == "engagement", _.topic_id == "", _.status == "counted"
    )
    floor = 0.0001
    return told.select(
        account_id=_.subject_id,
        observed=(_.observed + floor).log10() - (_.expected + floor).log10(),
        sample_size=_.sample_size,
    )


def fame_elsewhere(accounts: ir.Table) -> ir.Table:
    """1 where badge and words together tell of fame made off the platform, 0.5 for either."""
    said = ibis.coalesce(accounts.category, "") + " " + ibis.coalesce(accounts.bio, "")
    told = accounts.category.notnull() | accounts.bio.notnull()
    words: Any = said.lower().re_search(FAME_ELSEWHERE).cast("float64")
    badge = accounts.is_verified.fill_null(False).cast("float64")
    known = accounts.mutate(observed=(words + badge) / 2.0).filter(
        told | accounts.is_verified.notnull()
    )
    return known.select("account_id", "observed", sample_size=ibis.null("float64"))
