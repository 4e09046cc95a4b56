"""What accounts speak of, by their own words and by those of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.identify.post_counts import own_posts
from mawj.identify.spread import wilson
from mawj.tables.portable import ratio
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAMING = ("mention", "reply", "quote")
"""Acts in which one account speaks to or of another in words of its own."""


@dataclass(frozen=True)
class TopicBlend:
    """How what an account says and what others say of it make one share.

    Attributes:
        own: weight of its own posts. What somebody writes is seen whole; our judgement.
        others: weight of what others say. That they name somebody on a subject is the stronger
            sign of standing, but rarer and thinner; our judgement.
        prior_posts: posts at the platform's mean that are added to its own, so that one post
            does not make a specialist; our judgement.
        prior_others: silent others that are added to those who name it; our judgement.
        bio: share that a description which names the topic adds to what is missing to 1; our
            judgement.
    """

    own: float = 0.7
    others: float = 0.3
    prior_posts: float = 10.0
    prior_others: float = 5.0
    bio: float = 0.1


def topics_by_others(
    post_topics: ir.Table,
    posts: ir.Table,
    acts: ir.Table,
    listings: ir.Table,
    named_topics: ir.Table,
) -> ir.Table:
    """One topic that others speak of when they name one account: one row per account, topic.

    Reads:
        acts: mentions, replies and quotes; their proof is the post that holds the words.
        posts: which of those posts have text.
        post_topics: what they speak of.
        listings, named_topics: lists with words, and the topics these name.

    Returns:
        The declared columns. Each other account counts once, however often it speaks; the
        maker of a list counts like one who posts (a list of an unknown maker as an account of
        its own).
    """
    spoken = acts.filter(acts.kind.isin(NAMING))
    worded = posts.filter(posts.terms.notnull(), posts.terms.length() > 0).select("post_id")
    by_post = spoken.join(worded, spoken.act_id == worded.post_id).select(
        account_id="target_id", other="actor_id", text_id="act_id"
    )
    listed = listings.filter(listings.terms.notnull(), listings.terms.length() > 0).select(
        "account_id", other=ibis.coalesce(listings.owner_id, listings.list_id)
    )
    others = listed.filter(listed.other != listed.account_id)
    naming = by_post.select("account_id", "other").union(others).distinct()
    on_topic = by_post.join(post_topics, by_post.text_id == post_topics.post_id).select(
        "account_id", "topic_id", "other"
    )
    lists = named_topics.filter(named_topics.place == "list").select(
        "account_id",
        "topic_id",
        other=ibis.coalesce(named_topics.named_by, named_topics.place_id),
    )
    speaking = on_topic.union(lists.filter(lists.other != lists.account_id)).distinct()
    all_naming = naming.group_by("account_id").agg(n_naming=_.count())
    counted = speaking.group_by("account_id", "topic_id").agg(n_others=_.count())
    return shaped(counted.join(all_naming, "account_id"), "topics_by_others")


def topics_by_self(
    posts: ir.Table,
    post_topics: ir.Table,
    topics_by_others: ir.Table,
    named_topics: ir.Table,
    *,
    blend: TopicBlend,
) -> ir.Table:
    """What share of its own posts one account gives to one topic: one row per account, topic.

    Reads:
        posts: own posts with text. post_topics: what they speak of.
        topics_by_others, named_topics: further topics to measure it on, where its own posts
            may be silent.

    Returns:
        The declared columns, for accounts with at least one own post with text. The share is
        shrunk: `blend.prior_posts` posts at the mean of the platform's accounts are added;
        the interval is that of the posts so enlarged.

    Source:
        Wilson 1927, JASA 22, 209-212; shrinking by prior counts as in any beta-binomial model
        (Gelman et al., Bayesian Data Analysis, 2.4).
    """
    texted = own_posts(posts).filter(posts.terms.notnull(), posts.terms.length() > 0)
    totals = texted.group_by("account_id", "platform").agg(n_text_posts=_.count())
    spoken = post_topics.group_by("account_id", "topic_id").agg(n_posts=_.count())
    pairs = ibis.union(
        *[t.select("account_id", "topic_id") for t in (spoken, topics_by_others, named_topics)]
    ).distinct()
    counted = (
        pairs.join(totals, "account_id")
        .left_join(spoken, ["account_id", "topic_id"])
        .select(
            "account_id", "topic_id", "platform", "n_text_posts", n_posts=_.n_posts.fill_null(0)
        )
    )
    means = _platform_means(counted, totals)
    known = counted.join(means, ["platform", "topic_id"])
    hits = known.n_posts + known.mean_share * blend.prior_posts
    n = known.n_text_posts + ibis.literal(blend.prior_posts)
    low, high = wilson(hits, n)
    return shaped(
        known.mutate(own_share=hits / n, own_share_low=low, own_share_high=high),
        "topics_by_self",
    )


def _platform_means(counted: ir.Table, totals: ir.Table) -> ir.Table:
    """The mean over a platform's accounts of their shares; an account that is silent has 0."""
    accounts = totals.group_by("platform").agg(n_accounts=_.count())
    shares = counted.mutate(share=ratio(counted.n_posts, counted.n_text_posts))
    summed = shares.group_by("platform", "topic_id").agg(shares=_.share.sum())
    return summed.join(accounts, "platform").select(
        "platform", "topic_id", mean_share=ratio(_.shares, _.n_accounts)
    )


def account_topics(
    topics_by_self: ir.Table,
    topics_by_others: ir.Table,
    named_topics: ir.Table,
    accounts: ir.Table,
    *,
    blend: TopicBlend,
) -> ir.Table:
    """One topic of one account, by its own words and those of others: one row per pair.

    Reads:
        topics_by_self, topics_by_others: shares and counts. named_topics: bios.
        accounts: which have a bio.

    Returns:
        The declared columns. `topic_share` is the weighted mean of `own_share` and of the share
        of others (`blend.prior_others` silent ones added), over the parts that are known; a
        bio that names the topic adds `blend.bio` of what is missing to 1.
    """
    in_bio = named_topics.filter(named_topics.place == "bio").select("account_id", "topic_id")
    pairs = ibis.union(
        *[
            t.select("account_id", "topic_id")
            for t in (topics_by_self, topics_by_others, in_bio)
        ]
    ).distinct()
    key = ["account_id", "topic_id"]
    bios = accounts.select("account_id", has_bio=accounts.bio.strip().length() > 0)
    known = (
        pairs.left_join(topics_by_self, key)
        .drop("account_id_right", "topic_id_right")
        .left_join(topics_by_others, key)
        .drop("account_id_right", "topic_id_right")
        .left_join(in_bio.mutate(named=ibis.literal(1)), key)
        .drop("account_id_right", "topic_id_right")
        .left_join(bios, "account_id")
    )
    says = known.mutate(
        others_share=ratio(known.n_others, known.n_naming),
        in_bio=ibis.ifelse(known.has_bio, known.named.notnull(), ibis.null("boolean")),
        n_posts=known.n_posts.fill_null(0),
        n_others=known.n_others.fill_null(0),
    )
    return shaped(says.mutate(topic_share=_blended(says, blend)), "account_topics")


def _blended(says: ir.Table, blend: TopicBlend) -> Any:
    heard = ratio(says.n_others, says.n_naming + ibis.literal(blend.prior_others))
    weight_own = says.own_share.notnull().cast("float64") * blend.own
    weight_others = heard.notnull().cast("float64") * blend.others
    total = weight_own * says.own_share.fill_null(0.0) + weight_others * heard.fill_null(0.0)
    mean = ratio(total, weight_own + weight_others).fill_null(0.0)
    named = says.in_bio.fill_null(False).cast("float64") * blend.bio
    return 1.0 - (1.0 - mean) * (1.0 - named)
