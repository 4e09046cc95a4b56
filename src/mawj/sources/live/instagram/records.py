"""Rows of what the Instagram Graph API tells: of others in public, of one's own first hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.names import native_id_of
from mawj.sources.ready import instagram_graph
from mawj.sources.ready.reading_json import count, members, own_id, text
from mawj.sources.ready.ready import Fault, Made
from mawj.sources.vocabulary import country_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import Record

OWN = "first_party"
GENDERS = {"F": "female", "M": "male"}
"""As insights write them; U is whoever did not say."""


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one item."""
    if "breakdown" in record:
        yield from _audience(record, taken_at)
    elif text(record, "permalink") and not text(record, "username"):
        yield from _of_hashtag(record, taken_at)
    else:
        yield from instagram_graph.make(record, taken_at)
        yield from _insights(record, taken_at)


def _of_hashtag(media: Record, taken_at: datetime) -> Iterator[Made]:
    """The counts of a post that a hashtag found: whose it is, Instagram does not tell."""
    counts = {"likes": count(media, "like_count"), "comments": count(media, "comments_count")}
    yield Made("post_snapshots", _snapshot(media, taken_at) | counts)


def _insights(media: Record, taken_at: datetime) -> Iterator[Made]:
    """What only the owner of a post is told."""
    found = {
        text(one, "name"): count(next(members(one, "values"), None), "value")
        for one in members(media, "insights", "data")
    }
    if found:
        own = {
            "reached": found.get("reach"), "saves": found.get("saved"),
            "reposts": found.get("shares"), "views": found.get("views"),
        }  # fmt: skip
        yield Made("post_snapshots", _snapshot(media, taken_at) | own, OWN)


def _snapshot(media: Record, taken_at: datetime) -> dict[str, Any]:
    post_id = native_id_of(text(media, "permalink") or "", "instagram")
    return {"post_id": post_id, "taken_at": taken_at}


def _audience(record: Record, taken_at: datetime) -> Iterator[Made]:
    """The shares of one breakdown of the followers; those who did not say are left out."""
    dimension, handle = text(record, "breakdown") or "", text(record, "username") or ""
    values = [
        (text(result, "dimension_values_0"), count(result, "value") or 0.0)
        for result in _results(record)
    ]
    total = sum(n for _, n in values)
    for said, n in values:
        value = _value(dimension, said or "")
        if value is not None and total:
            row = {
                "account_id": own_id("instagram", handle.lower()), "slice": "followers",
                "dimension": dimension, "value": value, "share": n / total, "n": n,
                "method": "first-party insights", "as_of": taken_at,
            }  # fmt: skip
            yield Made("audiences", row, OWN)


def _results(record: Record) -> Iterator[Record]:
    for breakdown in members(record, "total_value", "breakdowns"):
        for one in members(breakdown, "results"):
            values = one.get("dimension_values")
            first = values[0] if isinstance(values, list) and values else None
            yield {"dimension_values_0": first, "value": one.get("value")}


def _value(dimension: str, said: str) -> str | None:
    if dimension == "gender":
        return GENDERS.get(said)
    return country_of(said) if dimension == "country" else said or None
