"""What vetting makes of comments: who comments where and when, rings, and what they wrote."""

from __future__ import annotations

from mawj.tables.column import Column, Table


def _id(name: str = "account_id", meaning: str = "the account") -> Column:
    return Column(name, "string", meaning)


def _number(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "float64", meaning, unit)


def _n(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "int64", meaning, unit, least=0)


RING_AUTHORS = Table(
    "ring_authors", "one author who comments on vetted accounts often enough to be in a ring", ("account_id",),
    (_id("account_id", "the author"), _n("number", "from 0, in the order of ids", "place")),
)  # fmt: skip

RING_VISITS = Table(
    "ring_visits", "the first comment of one such author under one post, as numbers", ("post", "author"),
    (
        _n("post", "number of the post", "place"), _n("author", "number in ring_authors", "place"),
        _n("owner", "number of the account whose post it is", "place"),
        Column("at_s", "int64", "when, since 1970", "seconds"),
        Column("delay_s", "int64", "how long after the post; -1 where that is not known", "seconds"),
        _number("post_share", "comments under the post / comments under all posts of its owner", "share"),
    ),
)  # fmt: skip

RING_DELAYS = Table(
    "ring_delays", "how many comments come in one minute after their post", ("minute",),
    (
        _n("minute", "from 0; the last is all that comes after a week", "minutes"),
        _n("n_comments", "comments in that minute", "comments"),
    ),
)  # fmt: skip

RING_MEMBERS = Table(
    "ring_members", "one account that comments in a ring", ("account_id",),
    (
        _id(), _id("ring_id", "the ring, named by its first member"),
        _n("n_members", "accounts of the ring", "accounts"),
        _n("n_ties", "members that it is tied to", "accounts"),
        _number("meetings_each", "posts at which it met one that it is tied to, on average", "posts"),
        _number("expected_each", "by chance, as often as both comment there", "posts"),
        _number("same_order_share", "share of these meetings in the pair's usual order", "share"),
    ),
)  # fmt: skip

RING_COMMENTS = Table(
    "ring_comments", "one comment that a ring wrote at a meeting under a post of a vetted account", ("comment_id",),
    (
        _id("comment_id", "the comment"), _id("account_id", "the vetted account whose post it is"),
        _id("post_id", "the post"), _id("ring_id", "the ring"), _id("author_id", "who wrote it"),
        Column("published_at", "timestamp", "when", "UTC"),
        Column("text", "string", "as written", null_means="the source does not say"),
        _n("n_there", "members of the ring at this meeting", "accounts"),
    ),
)  # fmt: skip

RING_VETTING = (RING_AUTHORS, RING_VISITS, RING_DELAYS, RING_MEMBERS, RING_COMMENTS)
