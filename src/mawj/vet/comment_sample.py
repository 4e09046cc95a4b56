"""Which comments are read: a fixed random few of each account, and of its peers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.shaped import shaped
from mawj.vet.vet_comments import vet_comments as said_under

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir


@dataclass(frozen=True)
class CommentSampling:
    """How many comments are read.

    Attributes:
        most: comments read of a vetted account; 400 tell a share within 5 points either way.
            Our judgement.
        most_of_peer: comments read of an account to compare with; our judgement.
        most_peers: accounts of each language to compare with; our judgement.
        least_posts: posts that an account to compare with must have; our judgement.
    """

    most: int = 400
    most_of_peer: int = 100
    most_peers: int = 300
    least_posts: int = 10


def comment_sample(
    vet_subjects: ir.Table,
    vet_comments: ir.Table,
    account_languages: ir.Table,
    posts: ir.Table,
    comments: ir.Table,
    *,
    comment_sampling: CommentSampling,
    keep: Callable[[Any], Any],
) -> ir.Table:
    """One comment that is read: one row per comment of the sample.

    A digest of the comment's id decides, so that the same comments are read in every vetting,
    and twenty million comments cost no more text than the accounts that they are of.

    Reads:
        vet_comments: of the vetted accounts. account_languages: who writes what, for peers.
        posts, comments: of the peers.

    Returns:
        The declared columns; comments without text are left out.
    """
    limits = comment_sampling
    peers = keep(comment_peers(account_languages, limits))
    mine = vet_subjects.select("account_id", account_language=_.language.substr(0, 2))
    own = posts.filter(
        _.repost_of_post_id.isnull() & _.repost_of_account_id.isnull()
    ).semi_join(peers.anti_join(vet_subjects, "account_id"), "account_id")
    columns = [
        "comment_id",
        "post_id",
        "account_id",
        "author_id",
        "published_at",
        "text",
        "language",
    ]
    theirs = said_under(own, comments, posts).select(*columns)
    every = vet_comments.select(*columns, is_subject=True).union(
        theirs.mutate(is_subject=False)
    )
    every = every.filter(_.text.notnull())
    groups = mine.mutate(is_subject=True).union(
        peers.select("account_id", "account_language").mutate(is_subject=False)
    )
    few = _first_by_digest(every, limits).left_join(groups, ["account_id", "is_subject"])
    few = few.drop("account_id_right", "is_subject_right")
    flagged = few.left_join(peers.select("account_id", peer_id="account_id"), "account_id")
    return shaped(flagged.mutate(is_peer=_.peer_id.notnull()), "comment_sample")


def comment_peers(account_languages: ir.Table, limits: CommentSampling) -> ir.Table:
    """Accounts to compare with: by digest, so many of each language.

    Returns:
        account_id, account_language.
    """
    most = account_languages.group_by("account_id").agg(
        account_language=_.language.argmax(_.n_posts).substr(0, 2), n_posts=_.n_posts.sum()
    )
    at = ibis.row_number().over(
        group_by="account_language", order_by=[_.account_id.hexdigest("md5"), _.account_id]
    )
    placed = most.filter(_.n_posts >= limits.least_posts).mutate(at=at)
    return placed.filter(_.at < limits.most_peers).select("account_id", "account_language")


def _first_by_digest(every: ir.Table, limits: CommentSampling) -> ir.Table:
    """The first comments of each account; ranked without their texts, which are long."""
    at = ibis.row_number().over(
        group_by="account_id", order_by=[_.comment_id.hexdigest("md5"), _.comment_id]
    )
    placed = every.select("comment_id", "account_id", "is_subject").mutate(place=at + 1)
    most = ibis.ifelse(placed.is_subject, limits.most, limits.most_of_peer)
    return every.inner_join(
        placed.filter(placed.place <= most).select("comment_id", "place"), "comment_id"
    )
