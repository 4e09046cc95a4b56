"""Posts that share much with a checked claim, and a sample of posts to be read for meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.tables.portable import ratio
from mawj.tables.shaped import shaped
from mawj.vet.claims.words import LONGEST

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class ClaimSearch:
    """How claims are sought in posts.

    Attributes:
        candidate_share: share of a claim's weight that a whole post must hold to be read
            closely; well below `words`, so that other forms of a word may still count; ours.
        least_terms: distinct terms that it must hold; our judgement.
        claims_each: claims that one post is read for at most, those it shares most with; ours.
        words: share of a claim's weight that one passage must say, by words alone; chosen on
            tests/vet/claims/claims_dev.toml, as are the next three.
        words_with_meaning: the same where the meaning is near as well.
        near: nearness in meaning that words then need.
        same_language: nearness in meaning that suffices alone within one language.
        other_language: the same across languages.
        by_meaning: use the embedding of the `semantic` extra where it is installed.
        posts_each: posts of each account that are read for meaning, a fixed sample: tens of
            posts a second, which is what bounds it; our judgement.
        most_posts: the same for all accounts of a vetting together; our judgement.
        least_letters: characters of a post that is read for meaning; a claim needs a sentence.
        most_claims: claims that are sought by meaning, the newest; our judgement.
    """

    candidate_share: float = 0.4
    least_terms: int = 2
    claims_each: int = 5
    words: float = 0.68
    words_with_meaning: float = 0.6
    near: float = 0.55
    same_language: float = 0.74
    other_language: float = 0.54
    by_meaning: bool = True
    posts_each: int = 100
    most_posts: int = 2000
    least_letters: int = 25
    most_claims: int = 5000


def claim_candidates(
    claim_weights: ir.Table,
    vet_posts: ir.Table,
    posts: ir.Table,
    *,
    claim_search: ClaimSearch,
) -> ir.Table:
    """One own post of a vetted account beside one claim that it shares much with.

    Reads:
        claim_weights. vet_posts: text. posts: distinct terms (the first 64 of a post, as they
        are loaded).

    Returns:
        cover_share, the part of the claim's weight that the post holds; the text, cut. At most
        `claims_each` claims a post.
    """
    limits = claim_search
    own = vet_posts.filter(_.text.notnull())
    terms = posts.semi_join(own, "post_id").select("post_id", term=_.terms.unnest()).distinct()
    whole = claim_weights.group_by("claim_id").agg(whole=_.weight.sum())
    met = (
        terms.inner_join(claim_weights, "term")
        .group_by("post_id", "claim_id")
        .agg(part=_.weight.sum(), n_terms=_.count())
        .filter(_.n_terms >= limits.least_terms)
        .inner_join(whole, "claim_id")
        .mutate(cover_share=ibis.least(ratio(_.part, _.whole), 1.0))
        .filter(_.cover_share >= limits.candidate_share)
    )
    order = ibis.window(group_by="post_id", order_by=[ibis.desc("cover_share"), "claim_id"])
    first = met.mutate(place=ibis.row_number().over(order))
    first = first.filter(_.place < limits.claims_each)
    texts = own.select("post_id", "account_id", "published_at", text=_.text.substr(0, LONGEST))
    return shaped(first.inner_join(texts, "post_id"), "claim_candidates")


def claim_sample(
    claim_terms: ir.Table, vet_posts: ir.Table, *, claim_search: ClaimSearch
) -> ir.Table:
    """One own post of a vetted account that is read for meaning.

    Reads:
        claim_terms: no claims, no sample. vet_posts: text.

    Returns:
        `posts_each` posts an account, by the digest of their ids, the same on every engine.
    """
    limits = claim_search
    own = vet_posts.filter(_.text.notnull(), _.text.length() >= limits.least_letters)
    own = own.cross_join(claim_terms.select("claim_id").limit(1))
    digest = own.post_id.hexdigest("md5")
    order = ibis.window(group_by="account_id", order_by=[digest, own.post_id])
    placed = own.mutate(place=ibis.row_number().over(order), digest=digest)
    few = placed.filter(_.place < limits.posts_each)
    # In turns, so that a limit on all leaves no account out.
    every = few.order_by("place", "digest", "post_id").limit(limits.most_posts)
    return shaped(every.mutate(text=_.text.substr(0, LONGEST)), "claim_sample")
