"""Fact-checks in ClaimReview form: JSON-LD as publishers put it on their pages and in feeds.

Names: schema.org/ClaimReview, schema.org/Claim, schema.org/Rating, schema.org/DataFeed; and the
answer of Google's Fact Check Tools API (claims:search), which says the same in other words.
A scale that is not given runs from 1 to 5: schema.org/bestRating and schema.org/worstRating.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from mawj.sources.ready.rating_words import verdict_of
from mawj.sources.ready.reading_json import member, members, moment, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of
from mawj.sources.vocabulary import language_of
from mawj.text.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

_LISTS = ("@graph", "dataFeedElement", "itemListElement", "review", "claimReview")
"""Where documents of schema.org keep the things that they hold."""
_DEEPEST = 5


def detect(raw: RawFile) -> bool:
    """Any record that holds a ClaimReview, or a claim with its reviews as the API gives it."""
    return any(_rows(record) for record in records_of(raw))


def make(record: Record, _: datetime) -> Iterator[Made | Fault]:
    """One row for each rating of one claim in the record."""
    rows = _rows(record)
    if not rows:
        yield Fault("", "holds no ClaimReview of schema.org")
    for row in rows:
        if row["claim"] is None:
            yield Fault("claimReviewed", "the review does not say which claim it checks")
            continue
        yield Made("fact_checks", row | _made_of(row))


def _rows(record: Any) -> list[dict[str, Any]]:
    listed = list(members(record, "claims"))
    answers = listed or ([record] if isinstance(record, dict) else [])
    found = [_of_answer(claim, review) for claim in answers for review in _reviews(claim)]
    return found or [_of_review(one) for one in _claim_reviews(record, 0)]


def _reviews(claim: dict[str, Any]) -> list[dict[str, Any]]:
    """The reviews of one claim in the API's answer; none where it is not of that shape."""
    return list(members(claim, "claimReview")) if isinstance(claim.get("text"), str) else []


def _claim_reviews(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every ClaimReview in a document, however the feed or page wraps it."""
    if isinstance(value, list):
        for one in value:
            yield from _claim_reviews(one, depth + 1)
    elif isinstance(value, dict) and depth <= _DEEPEST:
        if _is_claim_review(value):
            yield value
            return
        for name in (*_LISTS, "item"):
            yield from _claim_reviews(value.get(name), depth + 1)


def _is_claim_review(value: dict[str, Any]) -> bool:
    kinds = value.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    named = {str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in kinds}
    return "ClaimReview" in named


def _of_review(review: dict[str, Any]) -> dict[str, Any]:
    item, rating = _first(review.get("itemReviewed")), _first(review.get("reviewRating"))
    claim = text(review, "claimReviewed") or text(item, "text") or text(item, "name")
    return {
        "claim": claim,
        "claim_language": _code(review.get("inLanguage")),
        "claimant": _name(member(item, "author")),
        "rating": text(rating, "alternateName") or text(rating, "name"),
        "rating_value": _number(member(rating, "ratingValue")),
        "best_rating": _number(member(rating, "bestRating")),
        "worst_rating": _number(member(rating, "worstRating")),
        "reviewer": _name(review.get("author")) or _name(review.get("publisher")),
        "review_url": _address(review.get("url")) or _address(review.get("mainEntityOfPage")),
        "reviewed_at": moment(review, "datePublished") or moment(review, "dateModified"),
    }


def _of_answer(claim: dict[str, Any], review: dict[str, Any]) -> dict[str, Any]:
    return {
        "claim": text(claim, "text"),
        "claim_language": _code(review.get("languageCode")),
        "claimant": text(claim, "claimant"),
        "rating": text(review, "textualRating"),
        "rating_value": None, "best_rating": None, "worst_rating": None,
        "reviewer": text(review, "publisher", "name") or text(review, "publisher", "site"),
        "review_url": text(review, "url"),
        "reviewed_at": moment(review, "reviewDate"),
    }  # fmt: skip


def _made_of(row: dict[str, Any]) -> dict[str, Any]:
    told = "\x1f".join((row["claim"], row["review_url"] or row["reviewer"] or ""))
    digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:24]
    ends = (row["worst_rating"], row["best_rating"])
    # What a page says of its language is that of the page: the claim's own words come first.
    written = language(row["claim"]).code
    return {
        "claim_id": f"claim:{digest}",
        "claim_language": row["claim_language"] if written == "und" else written,
        "verdict": verdict_of(row["rating"], row["rating_value"], ends),
    }


def _first(value: Any) -> Any:
    return next(iter(value), None) if isinstance(value, list) else value


def _name(value: Any) -> str | None:
    value = _first(value)
    return text(value, "name") if isinstance(value, dict) else text(value)


def _address(value: Any) -> str | None:
    value = _first(value)
    return (
        (text(value, "@id") or text(value, "url")) if isinstance(value, dict) else text(value)
    )


def _code(value: Any) -> str | None:
    value = _first(value)
    said = text(value, "alternateName") if isinstance(value, dict) else text(value)
    return language_of(said) if said else None


def _number(value: Any) -> float | None:
    """A rating's number, which may be below 0 or a text; None where it is no number."""
    try:
        read = float(str(value).replace(",", ".")) if not isinstance(value, bool) else None
    except ValueError:
        return None
    return read if read is not None and abs(read) < 1e9 else None


READY = Ready(
    "claim_review",
    "fact-checks in ClaimReview form (schema.org): one, a list, a DataFeed, a page's @graph, "
    "JSON lines, or the answer of Google's Fact Check Tools API",
    detect,
    lambda _: RecordMapping("claim_review", make, "", basis="public"),
)
