"""Comments under the political posts that take somebody's part or are paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

COMMENTS_EACH = 1_000
LONGEST_COMMENT = 1_000
"""Comments of each account that are read, a fixed sample, and characters of each; ours."""


def promoted_comments(vet_comments: ir.Table, political_signs: ir.Table) -> ir.Table:
    """One comment by somebody else under a political post that promotes.

    Reads:
        political_signs: posts on a political subject that take a side for it, or are paid for.
        vet_comments: what others wrote under them.

    Returns:
        At most a thousand comments of each account, by the digest of their ids.
    """
    promoting = political_signs.filter(
        _.is_political, (_.stance == "for").fill_null(False) | _.is_paid
    )
    told = vet_comments.filter(_.text.notnull(), _.published_at.notnull()).semi_join(
        promoting, "post_id"
    )
    digest = told.comment_id.hexdigest("md5")
    order = ibis.window(group_by="account_id", order_by=[digest, told.comment_id])
    few = told.mutate(place=ibis.row_number().over(order)).filter(_.place < COMMENTS_EACH)
    return shaped(few.mutate(text=_.text.substr(0, LONGEST_COMMENT)), "promoted_comments")
