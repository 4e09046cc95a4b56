"""What others wrote under the posts of the accounts that are vetted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


def vet_comments(vet_posts: ir.Table, comments: ir.Table, posts: ir.Table) -> ir.Table:
    """One comment or reply by somebody else under a post of a vetted account.

    Reads:
        comments, and those posts that answer a vetted account's post, as on X and Bluesky.

    Returns:
        The declared columns; a reply is known by the id of the post that it is. Where a reply
        is loaded both ways it stands here once, as a comment.

    Nulls:
        A comment whose author is not known stays: it may be by the account itself.
    """
    mine = vet_posts.select("post_id", "account_id", post_published_at=_.published_at)
    said = comments.select(
        "comment_id", "post_id", "published_at", "text", "language", "likes",
        author_id=_.account_id,
    )  # fmt: skip
    answers = posts.filter(_.reply_to_post_id.notnull()).select(
        "published_at", "text", "language",
        comment_id=_.post_id, post_id=_.reply_to_post_id, author_id=_.account_id,
    )  # fmt: skip
    answers = answers.anti_join(comments.select("comment_id"), "comment_id")
    answers = answers.mutate(
        likes=answers.comment_id.nullif(answers.comment_id).cast("float64")
    )
    every = said.union(answers.select(*said.columns)).inner_join(mine, "post_id")
    others = every.filter(every.author_id.isnull() | (every.author_id != every.account_id))
    return shaped(others, "vet_comments")
