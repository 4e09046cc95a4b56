"""Who did what to whom, from everything loaded; and how accounts and audiences talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.post_counts import own_posts
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

ANSWERING = ("comment", "reply")
ADDRESSED = (
    ("reply", "reply_to_post_id", "reply_to_account_id"),
    ("repost", "repost_of_post_id", "repost_of_account_id"),
    ("quote", "quote_of_post_id", "quote_of_account_id"),
)
"""Kind of act, the post it is done to, and whose post that is."""


def acts(
    interactions: ir.Table, posts: ir.Table, comments: ir.Table, accounts: ir.Table
) -> ir.Table:
    """One thing that one account did to another: one row per actor, target, kind and proof.

    Reads:
        interactions: as loaded; the post it was done by stands as proof where it is told.
        posts: what they answer, pass on and quote, and whom they mention. The author of a
            loaded post is the target where only the post is named. A handle is the account of
            the same platform with that handle (the one with a native id before one known by
            its handle only).
        comments: the author of the post is the target; one that answers the comment of a
            third account is also a reply to that account.
        accounts: account_id, platform, handle.

    Returns:
        The declared columns. One thing told twice (as an interaction and by its post) is one
        row. A mention of the account that the same post answers, passes on or quotes is not
        counted again, nor are the mentions inside a repost: they are another's words. What an
        account does to itself is left out, and so are mentions of handles that no loaded
        account has.
    """
    addressed = _addressed(posts)
    told = [_loaded(interactions), addressed, _mentions(posts, accounts, addressed)]
    rows = ibis.union(*told, _comments(comments, posts), _answers(comments, posts))
    others = rows.filter(rows.actor_id != rows.target_id)
    once = others.group_by("act_id", "actor_id", "target_id", "kind").agg(
        post_id=_.post_id.max(), at=_.at.min()
    )
    return shaped(once, "acts")


def _loaded(interactions: ir.Table) -> ir.Table:
    return interactions.select(
        "actor_id",
        "target_id",
        "kind",
        "post_id",
        "at",
        act_id=ibis.coalesce(interactions.via_post_id, interactions.interaction_id),
    )


def _addressed(posts: ir.Table) -> ir.Table:
    """Replies, reposts and quotes of a post whose author is known, or of a named account."""
    named = ibis.union(
        *[
            posts.filter(posts[post].notnull() | posts[account].notnull()).select(
                "account_id",
                kind=ibis.literal(kind),
                target_post=posts[post],
                named=posts[account],
                at="published_at",
                act_id="post_id",
            )
            for kind, post, account in ADDRESSED
        ]
    )
    authors = posts.select(target_post="post_id", author="account_id")
    found = named.left_join(authors, "target_post").mutate(
        target_id=ibis.coalesce(_.named, _.author)
    )
    return found.filter(found.target_id.notnull()).select(
        "target_id", "kind", "at", "act_id", actor_id="account_id", post_id="target_post"
    )[_ACT]


def _mentions(posts: ir.Table, accounts: ir.Table, addressed: ir.Table) -> ir.Table:
    """Mentions in own posts of handles that a loaded account has."""
    handles = (
        accounts.filter(accounts.handle.notnull())
        .group_by("platform", "handle")
        .agg(target_id=_.account_id.min())
    )
    written = own_posts(posts).select(
        "account_id", "platform", "published_at", "post_id", handle=_.mentions.unnest()
    )
    found = written.join(handles, ["platform", "handle"]).select(
        actor_id="account_id",
        target_id="target_id",
        kind=ibis.literal("mention"),
        post_id=ibis.null("string"),
        at="published_at",
        act_id="post_id",
    )
    return found.anti_join(addressed, ["act_id", "target_id"])[_ACT]


def _comments(comments: ir.Table, posts: ir.Table) -> ir.Table:
    written = comments.filter(comments.account_id.notnull())
    authors = posts.select("post_id", target_id="account_id")
    return written.join(authors, "post_id").select(
        "target_id",
        "post_id",
        actor_id="account_id",
        kind=ibis.literal("comment"),
        at="published_at",
        act_id="comment_id",
    )[_ACT]


def _answers(comments: ir.Table, posts: ir.Table) -> ir.Table:
    """Comments that answer the comment of an account other than the post's author."""
    written = comments.filter(
        comments.account_id.notnull(), comments.parent_comment_id.notnull()
    ).select("account_id", "comment_id", "post_id", "published_at", "parent_comment_id")
    parents = comments.filter(comments.account_id.notnull()).select(
        parent_comment_id="comment_id", target_id="account_id"
    )
    authors = posts.select("post_id", author="account_id")
    answers = written.join(parents, "parent_comment_id").left_join(authors, "post_id")
    # The author is told of the comment already.
    third = answers.filter(answers.author.isnull() | (answers.author != answers.target_id))
    return third.select(
        "target_id",
        actor_id="account_id",
        kind=ibis.literal("reply"),
        post_id=ibis.null("string"),
        at="published_at",
        act_id="comment_id",
    )[_ACT]


_ACT = ["actor_id", "target_id", "kind", "post_id", "at", "act_id"]


def conversation(post_counts: ir.Table, acts: ir.Table) -> ir.Table:
    """How one account and its audience talk: one row per account.

    Reads:
        post_counts: comments, reposts and quotes of own posts.
        acts: comments and replies, by and to the account.

    Returns:
        The declared columns. `reposts_per_post` is the median of reposts + quotes. A commenter
        is answered when the account has replied to it, or commented under a post of its, at
        any time.

    Nulls:
        Medians are over posts that tell the count. Without a single loaded comment or reply
        `commenters` and `answered_share` are NULL, for then they were most likely not loaded.

    Source:
        Comments per post is the conversation rate, reposts per post the amplification rate of
        A. Kaushik (kaushik.net, "Best social media metrics", 2011), as medians.
    """
    passed_on = post_counts.reposts + post_counts.quotes.fill_null(0.0)
    counts = post_counts.mutate(passed_on=passed_on)
    per_account = counts.group_by("account_id").agg(
        comments_per_post=_.comments.median(),
        reposts_per_post=_.passed_on.median(),
        n_posts=(_.comments.notnull() | _.passed_on.notnull()).sum(),
    )
    answering = acts.filter(acts.kind.isin(ANSWERING))
    pairs = answering.select("actor_id", "target_id").distinct()
    answered = pairs.select(account_id="actor_id", other="target_id", answered=ibis.literal(1))
    asked = pairs.select(account_id="target_id", other="actor_id")
    met = asked.left_join(answered, ["account_id", "other"])
    talk = met.group_by("account_id").agg(
        commenters=_.count(), answered_share=_.answered.fill_null(0).cast("float64").mean()
    )
    whole = per_account.outer_join(talk, "account_id").mutate(
        account_id=ibis.coalesce(_.account_id, _.account_id_right),
        n_posts=_.n_posts.fill_null(0),
    )
    return shaped(whole, "conversation")
