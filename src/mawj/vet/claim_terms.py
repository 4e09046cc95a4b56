"""The checked claims rated false or mixed, as terms; and how much each term tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from ibis import _

from mawj.tables.declared import TABLES
from mawj.tables.shaped import shaped
from mawj.vet.claims.words import content_terms

if TYPE_CHECKING:
    import ibis.expr.types as ir

SOUGHT = ("false", "mixed")
"""Verdicts whose claims are sought in posts."""


def claim_terms(fact_checks: pa.Table) -> pa.Table:
    """One term of one claim that was rated false or mixed.

    Reads:
        fact_checks: claim, verdict; all that are loaded.

    Returns:
        Distinct folded terms but for function words; a claim with fewer than two has no row.
    """
    made: list[dict[str, Any]] = []
    for row in fact_checks.select(["claim_id", "claim", "verdict"]).to_pylist():
        terms = content_terms(row["claim"]) if row["verdict"] in SOUGHT else []
        if len(terms) > 1:
            made += [{"claim_id": row["claim_id"], "term": term} for term in terms]
    return pa.Table.from_pylist(made, schema=TABLES["claim_terms"].schema)


def claim_weights(claim_terms: ir.Table, vet_posts: ir.Table, posts: ir.Table) -> ir.Table:
    """One term of one claim with its weight.

    Reads:
        claim_terms. vet_posts: which posts. posts: their distinct terms.

    Returns:
        weight, ln(1 + (n + 20) / (n_with + 1)) of the n own posts and those with the term: the
        inverse document frequency (Spärck Jones 1972), smoothed as if twenty posts without it
        had been read besides, so that a few posts do not decide what is rare.
    """
    own = _terms(vet_posts, posts).semi_join(claim_terms, "term")
    with_term = own.group_by("term").agg(n_with=_.count())
    n = vet_posts.filter(_.text.notnull()).agg(n=_.count())
    counted = claim_terms.left_join(with_term, "term").drop("term_right").cross_join(n)
    rare = (_.n.cast("float64") + 20.0) / (_.n_with.fill_null(0).cast("float64") + 1.0)
    return shaped(counted.mutate(weight=(rare + 1.0).ln()), "claim_weights")


def _terms(vet_posts: ir.Table, posts: ir.Table) -> ir.Table:
    own = posts.semi_join(vet_posts.filter(_.text.notnull()), "post_id")
    return own.select("post_id", term=_.terms.unnest()).distinct()
