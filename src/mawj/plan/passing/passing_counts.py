"""Who passed on whose messages, counted from reposts, quotes and replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import whole_seconds
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

PASSING = ("repost", "quote", "reply")
"""Acts that bring a message before the actor's own audience."""


def passing_counts(
    chosen: ir.Table, acts: ir.Table, follows: ir.Table, post_counts: ir.Table
) -> ir.Table:
    """Messages of the chosen accounts that others passed on: one row per account and passer.

    Reads:
        chosen: account_id of the accounts whose messages are looked at.
        acts: reposts, quotes and replies. An act that names no post counts as one message.
        follows: who follows whom, ended or not: it tells how a passer could have seen it.
        post_counts: when the message was published.

    Returns:
        The declared columns. What an account does to itself is left out; delays below zero,
        which only wrong clocks give, are not counted as delays.
    """
    passed = acts.filter(acts.kind.isin(PASSING)).semi_join(
        chosen, acts.target_id == chosen.account_id
    )
    others = passed.filter(passed.actor_id != passed.target_id)
    published = post_counts.select("post_id", "published_at")
    dated = others.left_join(published, "post_id")
    hours = (whole_seconds(dated["at"]) - whole_seconds(dated.published_at)) / 3600.0
    told = dated.mutate(
        message=ibis.coalesce(_.post_id, _.act_id), hours=ibis.ifelse(hours >= 0, hours, None)
    )
    counted = told.group_by(account_id=_.target_id, passer_id=_.actor_id).agg(
        n_passed=_.message.nunique(),
        delay_hours=_.hours.median(),
        **{f"n_{name}": (_.kind == kind).sum() for name, kind in
           (("reposts", "repost"), ("quotes", "quote"), ("replies", "reply"))},
    )  # fmt: skip
    known = follows.select(
        account_id="followed_id", passer_id="follower_id", follower=ibis.literal(value=True)
    ).distinct()
    joined = counted.left_join(known, ["account_id", "passer_id"])
    return shaped(joined.mutate(is_follower=_.follower.fill_null(False)), "passing_counts")


def passing_sources(
    chosen: ir.Table, acts: ir.Table, follows: ir.Table, post_counts: ir.Table, peers: ir.Table
) -> ir.Table:
    """What each chosen account offered to be passed on, and before whom: one row per account.

    Reads:
        chosen: account_id of the accounts.
        acts: everybody who ever acted on an account has seen a message of it.
        follows: followers.
        post_counts: own posts, with the public counts of reposts and quotes.
        peers: the peer group.

    Returns:
        The declared columns. Posts that are known only because they were passed on count too.
    """
    own = post_counts.semi_join(chosen, "account_id")
    passed = acts.filter(acts.kind.isin(PASSING) & acts.post_id.notnull())
    known = ibis.union(
        own.select("account_id", "post_id"),
        passed.semi_join(chosen, passed.target_id == chosen.account_id).select(
            account_id="target_id", post_id="post_id"
        ),
    )
    posts = known.group_by("account_id").agg(n_posts=_.post_id.nunique())
    stated = own.group_by("account_id").agg(
        n_stated=(_.reposts.fill_null(0.0) + _.quotes.fill_null(0.0)).sum(
            where=_.reposts.notnull() | _.quotes.notnull()
        )
    )
    audience = ibis.union(
        follows.select(account_id="followed_id", member="follower_id"),
        acts.select(account_id="target_id", member="actor_id"),
    ).semi_join(chosen, "account_id")
    others = audience.filter(audience.member != audience.account_id)
    sizes = others.group_by("account_id").agg(n_audience=_.member.nunique())
    carried = acts.filter(acts.kind.isin(PASSING[:2])).select(account_id="target_id")
    loaded = carried.group_by("account_id").agg(n_loaded=_.count())
    rows = chosen.select("account_id").distinct()
    for part in (posts, sizes, stated, loaded, peers.select("account_id", "peer_group")):
        rows = rows.left_join(part, "account_id").drop("account_id_right")
    counts = ("n_posts", "n_audience", "n_loaded")
    filled = rows.mutate(**{name: rows[name].fill_null(0) for name in counts})
    return shaped(filled, "passing_sources")
