"""Paid posts beside earlier posts of the same account that took the opposite side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

if TYPE_CHECKING:
    import ibis.expr.types as ir

ISSUES = ("government", "war", "protest", "sanctions", "public_health")
"""Subjects on which one is for or against the thing itself; of elections, offices and parties
the side depends on who is meant, so those need a name in common."""

_PAIR = ["account_id", "paid_id", "earlier_id"]


def turned(
    political_signs: ir.Table, vet_posts: ir.Table, posts: ir.Table, *, least: float
) -> ir.Table:
    """One paid post with one earlier post that took the other side on the same thing.

    Reads:
        political_signs: posts that take a side, and paid posts. vet_posts: mentions and tags of
            the paid posts. posts: their terms.

    Returns:
        account_id, paid_id, earlier_id; likeness, how much they have in common: 2 for a named
        @handle, for a #tag 1 (2 between two political posts), for a term a half (1), 2 for one
        of `ISSUES` on which both take a side; pairs with `least` at least. about, what they
        have in common; earlier_at, earlier_quote, paid_at.

    A paid post that takes no side in words is taken to be for what it is paid for.
    """
    paid, earlier = _paid(political_signs), _earlier(political_signs)
    pairs = _common(_things(paid, vet_posts, posts), _spoken(earlier))
    pairs = pairs.union(_issues(paid, political_signs))
    alike = pairs.group_by(_PAIR).agg(likeness=_.weight.sum(), about=_.thing.argmax(_.weight))
    told = alike.filter(_.likeness >= least).inner_join(
        earlier.select(
            earlier_id=_.post_id, earlier_at=_.published_at, earlier_quote=_.quote
        ).distinct(on="earlier_id"),
        "earlier_id",
    )
    dated = paid.select(paid_id=_.post_id, paid_at=_.published_at)
    return told.inner_join(dated, "paid_id")


def _paid(signs: ir.Table) -> ir.Table:
    """Paid posts: the side that each takes, `for` where it takes none in words."""
    paid = signs.filter(_.is_paid, _.published_at.notnull())
    return paid.group_by("post_id", "account_id", "published_at").agg(
        is_against=(_.stance == "against").any().fill_null(False),
        is_political=_.is_political.any(),
    )


def _earlier(signs: ir.Table) -> ir.Table:
    """Unpaid posts that take a side: a row for each, with the terms of its sentence."""
    free = signs.filter(~_.is_paid, _.stance.notnull(), _.published_at.notnull())
    return free.group_by("post_id", "account_id", "published_at").agg(
        is_against=(_.stance == "against").any(),
        is_political=_.is_political.any(),
        near_terms=_.near_terms.first(where=_.near_terms.length() > 0),
        quote=_.quote.max(),
    )


def _things(paid: ir.Table, vet_posts: ir.Table, posts: ir.Table) -> ir.Table:
    """What each paid post names: @handles, #tags and terms."""
    own = vet_posts.semi_join(paid, "post_id")
    handles = own.select("post_id", thing=_.mentions.unnest())
    tags = own.select("post_id", thing=_.hashtags.unnest())
    terms = posts.semi_join(paid, "post_id").select("post_id", thing=_.terms.unnest())
    named: Any = ibis.union(
        handles.mutate(thing=ibis.literal("@").concat(handles.thing)),
        tags.mutate(thing=ibis.literal("#").concat(tags.thing)),
        terms,
    )
    named = named.distinct().rename(paid_id="post_id")
    told = paid.rename(paid_id="post_id", paid_at="published_at", paid_against="is_against")
    return named.inner_join(told.rename(paid_political="is_political"), "paid_id").select(
        "paid_id", "thing", "account_id", "paid_at", "paid_against", "paid_political"
    )


def _spoken(earlier: ir.Table) -> ir.Table:
    return earlier.select(
        "account_id", "is_against", "is_political",
        earlier_id=_.post_id, earlier_at=_.published_at, thing=_.near_terms.unnest(),
    ).distinct()  # fmt: skip


def _common(things: ir.Table, spoken: ir.Table) -> ir.Table:
    """A row for each thing that a paid and an earlier, opposite post have in common."""
    both = things.inner_join(spoken, ["account_id", "thing"]).filter(
        _.earlier_at < _.paid_at, _.is_against != _.paid_against
    )
    is_political = both.is_political & both.paid_political
    weight = ibis.cases(
        (both.thing.startswith("@"), 2.0),
        (both.thing.startswith("#"), ibis.ifelse(is_political, 2.0, 1.0)),
        else_=ibis.ifelse(is_political, 1.0, 0.5),
    )
    return both.select(*_PAIR, "thing", weight=weight)


def _issues(paid: ir.Table, signs: ir.Table) -> ir.Table:
    """Pairs that take opposite sides, in words, on one of the issues."""
    sides = signs.filter(
        _.is_political, _.stance.notnull(), _.subject.isin(ISSUES), _.published_at.notnull()
    ).select("account_id", "post_id", "published_at", "subject", "stance", "is_paid")
    theirs = sides.filter(_.is_paid).select(
        "account_id", "subject",
        paid_id=_.post_id, paid_at=_.published_at, paid_stance=_.stance,
    )  # fmt: skip
    before = sides.filter(~_.is_paid).select(
        "account_id", "subject", "stance", earlier_id=_.post_id, earlier_at=_.published_at
    )
    both = theirs.semi_join(paid, [("paid_id", "post_id")]).inner_join(
        before, ["account_id", "subject"]
    )
    return both.filter(_.earlier_at < _.paid_at, _.stance != _.paid_stance).select(
        *_PAIR, thing=_.subject, weight=ibis.literal(2.0)
    )
