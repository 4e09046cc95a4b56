"""What holds each community together: its size, topic, language and how closed it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.portable import ratio
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


def communities(
    account_communities: ir.Table,
    account_topics: ir.Table,
    account_languages: ir.Table,
    edges: ir.Table,
) -> ir.Table:
    """One community of the attention graph a row.

    Reads:
        account_communities: account_id, community_id; account_topics: topic_share;
        account_languages: n_posts; edges: weight.

    Returns:
        n_accounts; topic_id, the topic whose mean share among the members stands furthest over
        its mean share among all accounts of communities; language, written in most posts of
        the members; inside_share, the part of the attention that members give which stays with
        members.

    Nulls:
        topic_id and language where nothing is known; ties go to the first by name.
    """
    members = account_communities.select("account_id", "community_id")
    sizes = members.group_by("community_id").agg(n_accounts=_.count())
    made = (
        sizes.left_join(_topics(members, sizes, account_topics), "community_id")
        .drop("community_id_right")
        .left_join(_languages(members, account_languages), "community_id")
        .drop("community_id_right")
        .left_join(_inside(members, edges), "community_id")
    )
    return shaped(made.mutate(inside_share=_.inside_share.fill_null(0.0)), "communities")


def _topics(members: ir.Table, sizes: ir.Table, account_topics: ir.Table) -> ir.Table:
    shares = account_topics.inner_join(members, "account_id")
    everyone = sizes.agg(n_all=_.n_accounts.sum())
    overall = shares.group_by("topic_id").agg(all_share=_.topic_share.sum())
    mean = _.share / _.n_accounts - _.all_share / _.n_all
    stands = (
        shares.group_by("community_id", "topic_id")
        .agg(share=_.topic_share.sum())
        .inner_join(overall, "topic_id")
        .inner_join(sizes, "community_id")
        .cross_join(everyone)
        .mutate(excess=mean)
    )
    return _first(stands, "topic_id", "excess")


def _languages(members: ir.Table, account_languages: ir.Table) -> ir.Table:
    written = account_languages.inner_join(members, "account_id")
    counts = written.group_by("community_id", "language").agg(n_posts=_.n_posts.sum())
    return _first(counts, "language", "n_posts")


def _first(table: ir.Table, name: str, by: str) -> ir.Table:
    """For each community the `name` with most of `by`."""
    window = ibis.window(group_by="community_id", order_by=[ibis.desc(by), name])
    placed = table.mutate(place=ibis.row_number().over(window))
    return placed.filter(_.place == 0).select("community_id", name)


def _inside(members: ir.Table, edges: ir.Table) -> ir.Table:
    source = members.rename(source_id="account_id")
    target: Any = members.select(target_id="account_id", target_community="community_id")
    given = edges.inner_join(source, "source_id").left_join(target, "target_id")
    stays = (_.community_id == _.target_community).fill_null(False)
    return given.group_by("community_id").agg(
        inside_share=ratio(_.weight.sum(where=stays).fill_null(0.0), _.weight.sum())
    )
