"""Posts of vetted accounts that another account published before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.tables.portable import ratio
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir


@dataclass(frozen=True)
class CopySearch:
    """When a post is taken for a copy of another.

    Attributes:
        least_terms: distinct terms of a post that is compared; our judgement.
        n_ends: first, or last, terms that two posts must share to be compared; our judgement.
        least_alike: share of the terms of both that they must have in common; our judgement.
        most_sources: other accounts that say nearly the same, before or after, up to which it
            is somebody's own: what more publish is a verse, a proverb, a release; ours.
        most_met: accounts that share a beginning or an end up to which their posts are
            compared: a greeting of half the world leads nowhere, and costs. Our judgement.
    """

    least_terms: int = 10
    n_ends: int = 6
    least_alike: float = 0.85
    most_sources: int = 3
    most_met: int = 40


def post_copies(
    vet_posts: ir.Table,
    posts: ir.Table,
    people: ir.Table,
    *,
    copy_search: CopySearch,
    keep: Callable[[Any], Any],
) -> ir.Table:
    """One post that says nearly what another person's account said before: one row a post.

    Posts are compared that begin or end with the same terms, so that the loaded posts are read
    once. What many accounts publish is nobody's; accounts of one person may repeat each other.

    Reads:
        vet_posts: whose posts. posts: terms, published_at, of all accounts. people.

    Returns:
        The declared columns; of several sources the earliest.
    """
    limits = copy_search
    long = posts.filter(
        _.terms.length() >= limits.least_terms, _.published_at.notnull(),
        _.repost_of_post_id.isnull(), _.quote_of_post_id.isnull(),
    ).select("post_id", "account_id", "published_at", "terms")  # fmt: skip
    mine = keep(long.semi_join(vet_posts, "post_id"))
    pairs = keep(
        _pairs(mine, long, limits, first=True)
        .union(_pairs(mine, long, limits, first=False))
        .distinct()
    )
    sources = pairs.group_by("post_id").agg(n_sources=_.source_account_id.nunique())
    own = pairs.semi_join(sources.filter(_.n_sources <= limits.most_sources), "post_id")
    whose = people.select("account_id", "person_id")
    told = own.filter(_.source_at < _.published_at).left_join(whose, "account_id")
    told = told.drop("account_id_right")
    theirs = whose.select(source_account_id=_.account_id, source_person_id=_.person_id)
    told = told.left_join(theirs, "source_account_id")
    is_same = (told.person_id == told.source_person_id).coalesce(False)
    earliest = (
        told.filter(~is_same)
        .group_by("post_id", "account_id", "published_at")
        .agg(
            source_post_id=_.source_post_id.argmin(_.source_at),
            source_account_id=_.source_account_id.argmin(_.source_at),
            source_at=_.source_at.min(),
            alike_share=_.alike_share.argmin(_.source_at),
        )
    )
    return shaped(earliest, "post_copies")


def _pairs(mine: ir.Table, long: ir.Table, limits: CopySearch, *, first: bool) -> ir.Table:
    """Pairs of nearly the same posts of two accounts, met by the same beginning or end."""
    n = limits.n_ends

    def keyed(table: ir.Table) -> ir.Table:
        ends = table.terms[:n] if first else table.terms[table.terms.length() - n :]
        return table.mutate(key=ends.join(" "))

    mine = keyed(mine)
    others = keyed(long).semi_join(mine, "key").select(
        "key", source_post_id=_.post_id, source_account_id=_.account_id,
        source_at=_.published_at, source_terms=_.terms,
    )  # fmt: skip
    usual = others.group_by("key").agg(n_met=_.source_account_id.nunique())
    rare = others.semi_join(usual.filter(_.n_met <= limits.most_met + 1), "key")
    met = mine.inner_join(rare, "key").filter(_.account_id != _.source_account_id)
    both = met.terms.intersect(met.source_terms).length()
    alike = ratio(both, met.terms.length() + met.source_terms.length() - both)
    return met.mutate(alike_share=alike).filter(_.alike_share >= limits.least_alike).select(
        "post_id", "account_id", "published_at", "source_post_id", "source_account_id",
        "source_at", "alike_share",
    )  # fmt: skip
