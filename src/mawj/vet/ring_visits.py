"""Who comments where and when: what rings of commenters are looked for in, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.portable import whole_seconds
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

DAY_S = 86_400
WEEK_MINUTES = 7 * 24 * 60


@dataclass(frozen=True)
class RingAuthorLimits:
    """Whose comments are looked at for rings.

    Attributes:
        least_posts: posts of vetted accounts that an author must have commented on (of any
            account, where it is vetted itself); four, since fewer meetings are never told
            beyond chance; our judgement.
        least_owners: accounts on whose posts it commented in all; a ring serves several; ours.
    """

    least_posts: int = 4
    least_owners: int = 2


def ring_authors(
    vet_subjects: ir.Table,
    comments: ir.Table,
    posts: ir.Table,
    *,
    ring_author_limits: RingAuthorLimits,
) -> ir.Table:
    """One author who comments on vetted accounts often enough to be in a ring, numbered.

    Reads:
        comments and replies of all accounts, not only under posts that are vetted: a ring shows
        in what its members do elsewhere.

    Returns:
        account_id and its number from 0, in the order of ids.
    """
    limits = ring_author_limits
    said = _said(comments, posts)
    vetted = vet_subjects.select(owner_id=_.account_id, is_vetted=ibis.literal(value=True))
    counted = (
        said.left_join(vetted, "owner_id")
        .group_by("author_id")
        .agg(
            n_vetted=_.post_id.nunique(where=_.is_vetted),
            n_posts=_.post_id.nunique(),
            n_owners=_.owner_id.nunique(),
        )
        .filter(_.n_posts >= limits.least_posts, _.n_owners >= limits.least_owners)
    )
    # A vetted account is a member by what it writes elsewhere.
    selves = vetted.select(author_id=_.owner_id, is_self=_.is_vetted)
    counted = counted.left_join(selves, "author_id").drop("author_id_right")
    counted = counted.filter(
        (_.n_vetted >= limits.least_posts) | _.is_self.fill_null(ibis.literal(value=False))
    )
    numbered = counted.mutate(number=ibis.row_number().over(order_by=counted.author_id))
    return shaped(numbered.rename(account_id="author_id"), "ring_authors")


def ring_visits(ring_authors: ir.Table, comments: ir.Table, posts: ir.Table) -> ir.Table:
    """The first comment of one such author under one post, as numbers; sorted by nobody.

    Reads:
        comments, replies among posts, and when the posts were published.

    Returns:
        The declared columns. Comments at midnight to the second are left out: sources that only
        know the day write them so, and everybody would meet.
    """
    every = _said(comments, posts)
    said = every.inner_join(ring_authors.select("number", author_id=_.account_id), "author_id")
    first = said.group_by("post_id", "owner_id", "number").agg(
        at_s=_.at_s.min(), post_at=_.post_at.min()
    )
    owners = first.select("owner_id").distinct()
    owners = owners.mutate(owner=ibis.row_number().over(order_by=owners.owner_id))
    places = first.select("post_id").distinct()
    places = places.mutate(post=ibis.row_number().over(order_by=places.post_id))
    on_owner = ibis.window(group_by="owner_id")
    busy = every.group_by("post_id", "owner_id").agg(n=_.count().cast("float64"))
    busy = busy.mutate(post_share=_.n / _.n.sum().over(on_owner)).select(
        "post_id", "post_share"
    )
    rows = first.inner_join(owners, "owner_id").inner_join(places, "post_id")
    rows = rows.inner_join(busy, "post_id")
    rows = rows.mutate(author=_.number, delay_s=_delay(rows).fill_null(-1))
    return shaped(rows, "ring_visits")


def ring_delays(comments: ir.Table, posts: ir.Table) -> ir.Table:
    """How many comments come in one minute after their post: one row per minute.

    Reads:
        comments and replies of everybody to everybody, dated to the second.

    Returns:
        minute, counted from 0, of the first week; later comments are all in the last row.
    """
    timed = _said(comments, posts).filter(_.post_at.notnull())
    minute = ibis.least((_delay(timed) / 60.0).floor().cast("int64"), WEEK_MINUTES)
    return shaped(timed.group_by(minute=minute).agg(n_comments=_.count()), "ring_delays")


def _delay(rows: ir.Table) -> ir.Value:
    """Seconds after the post; a comment before it, by clocks that differ, comes with it."""
    return ibis.greatest(rows.at_s - whole_seconds(rows.post_at).cast("int64"), 0)


def _said(comments: ir.Table, posts: ir.Table) -> ir.Table:
    """Dated comments and replies of known authors under the posts of others."""
    under = posts.select("post_id", owner_id=_.account_id, post_at=_.published_at)
    columns: dict[str, Any] = {"author_id": _.account_id, "at": _.published_at}
    written = comments.select("post_id", **columns)
    answers = posts.filter(_.reply_to_post_id.notnull())
    written = written.union(answers.select(post_id=_.reply_to_post_id, **columns))
    dated = written.filter(_.author_id.notnull(), _.at.notnull()).select(
        "post_id", "author_id", at_s=whole_seconds(_.at).cast("int64")
    )
    timed = dated.filter(_.at_s % DAY_S != 0)
    return timed.inner_join(under, "post_id").filter(_.author_id != _.owner_id)
