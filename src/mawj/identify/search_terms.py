"""The words that accounts are found by: their own terms, and a precomputed weight for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
from ibis import _

from mawj.identify.post_counts import own_posts
from mawj.identify.stop_terms import stops_by_language
from mawj.tables.declared import TABLES
from mawj.tables.portable import ratio
from mawj.tables.shaped import shaped
from mawj.text.tokens import search_terms as terms_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import ibis.expr.types as ir

PARTS = ("handle", "name", "bio")


@dataclass(frozen=True)
class BM25Settings:
    """How terms of an account are weighed for search.

    Attributes:
        k1: how soon more of one term stops to matter. 1.2, the usual value (Robertson &
            Zaragoza 2009, 3.2).
        b: how far a talkative account is held to its length, 0 to 1. 0.75, the usual value.
        name: posts that a term in the name or handle stands for; our judgement.
        bio: posts that a term in the bio stands for; our judgement.
        most_posts: posts with the term that are counted at most, so that a slogan under every
            post is not a subject; our judgement.
        terms_per_account: strongest terms kept of each account; keeps the index small where
            accounts write much. Our judgement.
    """

    k1: float = 1.2
    b: float = 0.75
    name: float = 6.0
    bio: float = 4.0
    most_posts: int = 20
    terms_per_account: int = 300


def account_terms(accounts: pa.Table) -> pa.Table:
    """One folded term of the handle, name or bio of one account: one row per part and term.

    A model function, since only Python folds text: one text at a time, about 20,000 accounts a
    second and bounded by the number of accounts, not of posts.
    """
    rows = (
        (account, part, term)
        for part in PARTS
        for account, text in zip(
            accounts["account_id"].to_pylist(), accounts[part].to_pylist(), strict=True
        )
        for term in _terms(part, text)
    )
    columns: list[tuple[str, ...]] = list(zip(*rows, strict=True)) or [(), (), ()]
    schema = TABLES["account_terms"].schema
    return pa.Table.from_arrays([pa.array(c, pa.string()) for c in columns], schema=schema)


def _terms(part: str, text: str | None) -> Iterator[str]:
    if not text:
        return iter(())
    # A handle's dots part words as its underscores do.
    words = text.replace(".", " ") if part == "handle" else text
    whole = [text] if part == "handle" else []
    return iter(dict.fromkeys([*terms_of_text(words), *whole]))


def search_terms(account_terms: ir.Table, posts: ir.Table, *, bm25: BM25Settings) -> ir.Table:
    """One folded term of one account with its weight: one row per term and account.

    Reads:
        account_terms: terms of handle, name and bio.
        posts: terms of own posts.

    Returns:
        The declared columns, sorted by term. The frequency of a term is the number of own posts
        with it (`bm25.most_posts` at most), and `bm25.name` or `bm25.bio` more where name,
        handle or bio have it. Relevance to a query is the sum of the weights of its terms.
        Function words of a post's own language are left out.

    Source:
        BM25 with weighed fields: Robertson & Zaragoza 2009, "The Probabilistic Relevance
        Framework: BM25 and Beyond", 3.2 and 3.6; idf with one added, so that it is never
        negative (Apache Lucene, BM25Similarity).
    """
    said = (
        own_posts(posts)
        .select("account_id", language=_.language.fill_null("und"), term=_.terms.unnest())
        .anti_join(stops_by_language(), ["language", "term"])
        .group_by("account_id", "term")
        .agg(n_posts=_.count())
    )
    worn = account_terms.group_by("account_id", "term").agg(
        in_name=(_.part != "bio").sum() > 0, in_bio=(_.part == "bio").sum() > 0
    )
    met = said.outer_join(worn, ["account_id", "term"]).select(
        account_id=ibis.coalesce(_.account_id, _.account_id_right),
        term=ibis.coalesce(_.term, _.term_right),
        n_posts=_.n_posts.fill_null(0),
        in_name=_.in_name.fill_null(False),
        in_bio=_.in_bio.fill_null(False),
    )
    weighed = _weighed(met, bm25)
    line = ibis.window(group_by="account_id", order_by=[_.weight.desc(), _.term])
    strongest = weighed.mutate(nth=ibis.row_number().over(line)).filter(
        _.nth < bm25.terms_per_account
    )
    return shaped(strongest, "search_terms").order_by("term", "account_id")


def _weighed(met: ir.Table, bm25: BM25Settings) -> ir.Table:
    framed = met.mutate(
        frequency=ibis.least(met.n_posts, bm25.most_posts).cast("float64")
        + met.in_name.cast("float64") * bm25.name
        + met.in_bio.cast("float64") * bm25.bio
    )
    lengths = framed.group_by("account_id").agg(length=_.frequency.sum())
    rarity = framed.group_by("term").agg(n_accounts=_.count())
    corpus = lengths.agg(mean_length=_.length.mean(), n=_.count())
    joined = framed.join(lengths, "account_id").join(rarity, "term").cross_join(corpus)
    return joined.mutate(weight=_idf(joined) * _saturated(joined, bm25))


def _idf(joined: ir.Table) -> Any:
    rest = joined.n.cast("float64") - joined.n_accounts + 0.5
    return (1.0 + ratio(rest, joined.n_accounts + 0.5)).ln()


def _saturated(joined: ir.Table, bm25: BM25Settings) -> Any:
    length = ratio(joined.length, joined.mean_length)
    held = (length * bm25.b + (1.0 - bm25.b)) * bm25.k1
    return joined.frequency * (bm25.k1 + 1.0) / (joined.frequency + held)
