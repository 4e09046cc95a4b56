"""Which seed phrases a text holds, and which topics those speak for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

if TYPE_CHECKING:
    import ibis.expr.types as ir


def seeds_held(texts: ir.Table, topic_seeds: ir.Table) -> ir.Table:
    """The seeds that each text holds: one row per text and seed.

    Args:
        texts: text_id, term; one row per distinct term of a text.
        topic_seeds: as declared.

    Returns:
        text_id, seed. A seed is held when all its terms are, in any order.
    """
    parts = topic_seeds.select("seed", "term", "n_terms").distinct()
    # Most seeds are one word: they need no counting.
    whole = texts.join(parts.filter(parts.n_terms == 1), "term").select("text_id", "seed")
    met = (
        texts.join(parts.filter(parts.n_terms > 1), "term")
        .group_by("text_id", "seed", "n_terms")
        .agg(n=_.term.nunique())
    )
    return whole.union(met.filter(met.n == met.n_terms).select("text_id", "seed"))


def topics_of_seeds(topic_seeds: ir.Table, topics: ir.Table) -> ir.Table:
    """The topics each seed speaks for, its own and those above: seed, topic_id."""
    own = topic_seeds.select("seed", "topic_id").distinct()
    wider = own.join(_above(topics), "topic_id").select("seed", topic_id="above_id")
    return own.union(wider).distinct()


def _above(topics: ir.Table) -> ir.Table:
    """Every topic with each topic above it; there are three levels, so two steps."""
    one = topics.filter(topics.parent_id.notnull()).select("topic_id", above_id="parent_id")
    step = one.view().select(above_id="topic_id", top_id="above_id")
    two = one.join(step, "above_id").select("topic_id", above_id="top_id")
    return ibis.union(one, two)
