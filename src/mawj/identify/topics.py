"""What posts, bios and lists speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.post_counts import own_posts
from mawj.identify.seed_hits import seeds_held, topics_of_seeds
from mawj.tables.portable import ratio
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir


def post_topics(
    posts: ir.Table,
    topic_seeds: ir.Table,
    topics: ir.Table,
    *,
    keep: Callable[[ir.Table], ir.Table],
) -> ir.Table:
    """One topic that one own post speaks of: one row per post and topic.

    Reads:
        posts: post_id, account_id, terms, what it passes on.
        topic_seeds: the terms of each seed.
        topics: what lies above each topic.

    Returns:
        The declared columns. A post speaks of a topic when it holds all terms of one of its
        seeds, or of a seed of a topic under it. Each seed it holds weighs by its rarity,
        ln(1 + posts / posts with the seed); `weight` is the part of all seeds of the post that
        speaks for the topic. A wider topic has the weight of all that lies under it; a seed
        that two topics share speaks for both. Posts without a seed have no row.

    Source:
        Inverse document frequency: Sparck Jones 1972, Journal of Documentation 28, 11-21.
    """
    own = own_posts(posts).filter(posts.terms.notnull())
    texts = own.select(text_id="post_id", term=_.terms.unnest())
    # Kept: read four times below, and the join of all words of all posts is the cost.
    held = keep(seeds_held(texts, topic_seeds))
    rarity = _rarity(held, own)
    weighed = held.join(rarity, "seed").select("text_id", "seed", "idf", "place")
    per_post = weighed.group_by("text_id").agg(whole=_.idf.sum())
    per_topic = (
        weighed.join(topics_of_seeds(topic_seeds, topics), "seed")
        .group_by("text_id", "topic_id")
        .agg(n_seeds=_.seed.nunique(), idf=_.idf.sum(), place=_.place.min())
    )
    shares = (
        per_topic.join(per_post, "text_id")
        .join(rarity.select("place", strongest="seed"), "place")
        .mutate(weight=ratio(_.idf, _.whole))
    )
    authored = shares.join(own.select("post_id", "account_id"), shares.text_id == own.post_id)
    return shaped(authored.rename(seed="strongest"), "post_topics")


def _rarity(held: ir.Table, own: ir.Table) -> ir.Table:
    """Each seed met, its idf and its place: 1 is the rarest, and no two share one."""
    met = held.group_by("seed").agg(n=_.count())
    every = own.agg(n_posts=_.count())
    counted = met.cross_join(every)
    line = ibis.window(order_by=[counted.n, counted.seed])
    return counted.mutate(
        idf=(ratio(counted.n_posts, counted.n) + 1.0).ln(), place=ibis.row_number().over(line)
    ).select("seed", "idf", "place")


def named_topics(
    account_terms: ir.Table, listings: ir.Table, topic_seeds: ir.Table, topics: ir.Table
) -> ir.Table:
    """One topic named by a bio or a list: one row per account, topic and bio or list.

    Reads:
        account_terms: the terms of bios.
        listings: the terms of lists, and who is on them.
        topic_seeds, topics: as for `post_topics`.
    """
    spoken = topics_of_seeds(topic_seeds, topics)
    bios = account_terms.filter(account_terms.part == "bio")
    in_bio = seeds_held(bios.select(text_id="account_id", term="term"), topic_seeds)
    of_bio = in_bio.join(spoken, "seed").select("text_id", "topic_id").distinct()
    lists = listings.select("list_id", "account_id", "owner_id").distinct()
    words = listings.select(text_id="list_id", term=_.terms.unnest()).distinct()
    of_list = seeds_held(words, topic_seeds).join(spoken, "seed").select("text_id", "topic_id")
    listed = lists.join(of_list.distinct(), lists.list_id == of_list.distinct().text_id)
    named = of_bio.select(
        "topic_id",
        account_id="text_id",
        place=ibis.literal("bio"),
        place_id="text_id",
        named_by="text_id",
    )
    by_lists = listed.select(
        "topic_id",
        "account_id",
        place=ibis.literal("list"),
        place_id="list_id",
        named_by="owner_id",
    )
    return shaped(named.union(by_lists[named.columns]), "named_topics")
