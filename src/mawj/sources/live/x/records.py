"""Rows of what the X API answers today, in the names that `ready/x_api_v2.py` reads.

X's published OpenAPI document (2.167) says "post" where answers of before say "tweet".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready import x_api_v2
from mawj.sources.ready.ready import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import Record
    from mawj.sources.ready.ready import Made

OF_BEFORE = {
    "referenced_posts": "referenced_tweets", "note_post": "note_tweet",
    "edit_history_post_ids": "edit_history_tweet_ids", "repost_count": "retweet_count",
    "post_count": "tweet_count", "posts": "tweets",
}  # fmt: skip


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one item."""
    made = list(x_api_v2.make(_renamed(record), taken_at))
    yield from made or [Fault("data", "is no post and no account of X")]


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {OF_BEFORE.get(name, name): _renamed(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one) for one in value]
    return value
