"""What vetting makes of how an account writes: traits of its style, copies of others' posts."""

from __future__ import annotations

from mawj.tables.column import Column, Table


def _id(name: str = "account_id", meaning: str = "the vetted account") -> Column:
    return Column(name, "string", meaning)


def _n(name: str, meaning: str, unit: str = "posts") -> Column:
    return Column(name, "int64", meaning, unit, least=0)


def _number(name: str, meaning: str, unit: str, null_means: str | None = None) -> Column:
    return Column(name, "float64", meaning, unit, null_means)


_NO_BREAK = "too few posts for a change to be looked for"

WRITING_STYLE = Table(
    "writing_style", "one trait of how one vetted account writes", ("account_id", "trait"),
    (
        _id(), Column("trait", "string", "what is measured: a sign, a habit of spelling, a length"),
        _n("n_posts", "posts read"),
        _number("average", "over all posts read; counts for ten words, as roots", "the trait's own"),
        _number("before", "average before the strongest change", "the trait's own", _NO_BREAK),
        _number("after", "average after it", "the trait's own", _NO_BREAK),
        _number("difference", "after less before, in spreads of the trait", "spreads", _NO_BREAK),
    ),
)  # fmt: skip

STYLE_CHANGES = Table(
    "style_changes", "the strongest change of style of one vetted account", ("account_id",),
    (
        _id(), _n("n_posts", "posts read"), _n("n_before", "of them before the change"),
        Column("first_post_id", "string", "first post after the change"),
        Column("last_post_id", "string", "last post before it"),
        Column("changed_at", "timestamp", "when the first post after it was published", "UTC"),
        Column("from_at", "timestamp", "earliest post read", "UTC"),
        Column("to_at", "timestamp", "latest post read", "UTC"),
        _number("size", "root of the mean squared difference of the traits, less what chance gives", "spreads"),
        _number("p_chance", "share of shuffled rows of its posts that change as much", "probability"),
        _number("suddenness", "difference of the posts next to it as a part of the whole", "ratio"),
    ),
)  # fmt: skip

POST_COPIES = Table(
    "post_copies", "one post of a vetted account that another person's account published before",
    ("post_id",),
    (
        _id("post_id", "the later post"), _id(),
        Column("published_at", "timestamp", "when", "UTC"),
        _id("source_post_id", "the earliest post that says it"),
        _id("source_account_id", "who published that"),
        Column("source_at", "timestamp", "when that was", "UTC"),
        _number("alike_share", "terms in common / terms of both", "share"),
    ),
)  # fmt: skip

CONTENT_VETTING = (WRITING_STYLE, STYLE_CHANGES, POST_COPIES)
