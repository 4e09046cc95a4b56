"""Checked claims found in own posts, by words and by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.text.language import language
from mawj.vet.claim_terms import SOUGHT
from mawj.vet.claims.meaning import centred, meaning_model
from mawj.vet.claims.ways import way_of
from mawj.vet.claims.words import content_terms, has_other_number, likeness, passages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mawj.text.embedding import Embedder
    from mawj.vet.claim_candidates import ClaimSearch

Rows = list[dict[str, Any]]
QUOTE = 200
POSTS_AT_ONCE = 1_000


def claim_matches(
    claim_candidates: pa.Table,
    claim_sample: pa.Table,
    claim_weights: pa.Table,
    fact_checks: pa.Table,
    *,
    claim_search: ClaimSearch,
) -> pa.Table:
    """One checked claim, rated false or mixed, found in one own post of a vetted account.

    Reads:
        claim_candidates: posts that share words with a claim. claim_sample: posts read for
        meaning. claim_weights: what each term of a claim tells. fact_checks: the claims.

    Returns:
        similarity, how much of the claim the best passage says: by words of one language, or by
        meaning, which also reaches across languages where the `semantic` extra is installed;
        way: whether the post repeats, denies or asks. Measured by benchmarks/claims.py.
    """
    claims = {
        row["claim_id"]: row
        for row in fact_checks.select(
            ["claim_id", "claim", "claim_language", "verdict", "reviewed_at"]
        ).to_pylist()
        if row["verdict"] in SOUGHT
    }
    by_words = _by_words(claim_candidates.to_pylist(), claim_weights.to_pylist(), claims)
    model = meaning_model() if claim_search.by_meaning and claims else None
    if model is None:
        found = [row for row in by_words if row["similarity"] >= claim_search.words]
    else:
        reader = _Reader(model, claims, claim_search)
        found = [row for row in by_words if reader.agrees(row)]
        for start in range(0, claim_sample.num_rows, POSTS_AT_ONCE):
            found += reader.read(claim_sample.slice(start, POSTS_AT_ONCE).to_pylist())
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for row in found:
        best.setdefault((row["post_id"], row["claim_id"]), row)
    return pa.Table.from_pylist(list(best.values()), schema=TABLES["claim_matches"].schema)


def _by_words(candidates: Rows, weights: Rows, claims: dict[str, Any]) -> Rows:
    """The best passage of each candidate, with how much of the claim it says."""
    weight_of: dict[str, dict[str, float]] = {}
    for row in weights:
        weight_of.setdefault(row["claim_id"], {})[row["term"]] = row["weight"]
    made = []
    read: dict[str, list[tuple[str, list[str]]]] = {}
    for row in candidates:
        post = row["post_id"]
        if post not in read:
            read[post] = [(one, content_terms(one)) for one in passages(row["text"])]
        told = weight_of[row["claim_id"]]
        scored = [(likeness(told, terms), -len(one), one) for one, terms in read[post]]
        if scored:
            score, _length, passage = max(scored)
            claim = claims[row["claim_id"]]["claim"]
            made.append(_match(row, claim, passage) | {"similarity": score, "how": "words"})
    return made


def _match(post: dict[str, Any], claim: str, passage: str) -> dict[str, Any]:
    return {
        "post_id": post["post_id"], "claim_id": post.get("claim_id"),
        "account_id": post["account_id"], "published_at": post["published_at"],
        "way": way_of(claim, passage, _around(post["text"], passage)),
        "quote": passage[:QUOTE],
    }  # fmt: skip


def _around(text: str, passage: str) -> str:
    """The passage with the sentence before and after it."""
    single = [one for one in passages(text) if one in passage or passage in one]
    at = text.find(single[0]) if single else -1
    return passage if at < 0 else text[max(at - QUOTE, 0) : at + len(passage) + QUOTE]


class _Reader:
    """Claims as vectors, held beside passages."""

    def __init__(self, model: Embedder, claims: dict[str, Any], limits: ClaimSearch) -> None:
        newest = sorted(claims.values(), key=lambda c: (str(c["reviewed_at"]), c["claim_id"]))
        self.claims = newest[-limits.most_claims :]
        self.place = {claim["claim_id"]: i for i, claim in enumerate(self.claims)}
        self.model, self.limits = model, limits
        self.languages = np.array([_spoken(claim["claim_language"]) for claim in self.claims])
        texts = [claim["claim"] for claim in self.claims]
        self.vectors = centred(model, texts, self.languages.tolist())

    def agrees(self, row: dict[str, Any]) -> bool:
        """Whether words are enough, or the meaning is near as well."""
        at = self.place.get(row["claim_id"])
        if at is None or row["similarity"] < self.limits.words_with_meaning:
            return bool(row["similarity"] >= self.limits.words)
        quote = row["quote"]
        vector = centred(self.model, [quote], [_spoken(language(quote).code)])[0]
        return bool(vector @ self.vectors[at] >= self.limits.near)

    def read(self, posts: Rows) -> Rows:
        """Matches by meaning in these posts."""
        told = list(_passages(posts))
        if not told:
            return []
        spoken = [_spoken(language(passage).code) for _, passage in told]
        near = centred(self.model, [passage for _, passage in told], spoken) @ self.vectors.T
        is_same = np.array(spoken)[:, None] == self.languages[None, :]
        limits = self.limits
        enough = near >= np.where(is_same, limits.same_language, limits.other_language)
        made = []
        for passage_at, claim_at in zip(*np.nonzero(enough), strict=True):
            post, passage = told[passage_at]
            claim = self.claims[claim_at]
            if has_other_number(content_terms(claim["claim"]), content_terms(passage)):
                continue
            row = _match(post | {"claim_id": claim["claim_id"]}, claim["claim"], passage)
            score = float(min(near[passage_at, claim_at], 1.0))
            made.append(row | {"similarity": score, "how": "meaning"})
        return sorted(made, key=lambda row: -row["similarity"])


def _passages(posts: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
    """Single sentences long enough to say something, and the whole of a short post."""
    for post in posts:
        found = dict.fromkeys(passages(post["text"])[:6])
        yield from ((post, passage) for passage in found if len(passage) >= 20)


def _spoken(code: str | None) -> str:
    return (code or "")[:2]
