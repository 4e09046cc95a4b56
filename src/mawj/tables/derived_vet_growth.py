"""What vetting makes of growth: what lifts a platform, steps of followers, jumps and causes."""

from __future__ import annotations

from mawj.tables.column import Column, Table

CAUSES = ("", "peers", "viral_post", "giveaway", "talked_of")
"""What may explain a jump in followers; empty where nothing that is loaded does."""

_NOT_FOLLOWED = "not followed for long enough"
_ALONE = "too few accounts of the platform to compare with"


def _id(name: str = "account_id", meaning: str = "the account") -> Column:
    return Column(name, "string", meaning)


def _number(name: str, meaning: str, unit: str, null_means: str | None = None) -> Column:
    return Column(name, "float64", meaning, unit, null_means)


def _n(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "int64", meaning, unit, least=0)


def _at(name: str, meaning: str) -> Column:
    return Column(name, "timestamp", meaning, "UTC")


GROWTH_TIDES = Table(
    "growth_tides", "how the accounts of one platform grew in one week", ("platform", "week"),
    (
        Column("platform", "string", "the platform"),
        _n("week", "weeks since 1970, of 7 days from a Thursday", "weeks"),
        _n("n_accounts", "accounts with two counts of followers near each other", "accounts"),
        _number("daily_growth", "median daily growth of log followers", "log per day"),
        _number("daily_growth_high", "what the fastest twentieth exceeded", "log per day"),
    ),
)  # fmt: skip

FOLLOWER_STEPS = Table(
    "follower_steps", "the stretch between two counts of the followers of a vetted account",
    ("account_id", "to_at"),
    (
        _id(), Column("platform", "string", "its platform"),
        _at("from_at", "the earlier count"), _at("to_at", "the later count"),
        _number("days", "between the two", "days"),
        _number("followers_before", "at the earlier count", "accounts"),
        _number("followers_after", "at the later count", "accounts"),
        _number("tide", "growth of log followers that half of the platform had in that time", "log", _ALONE),
        _number("tide_high", "that the fastest twentieth of the platform had", "log", _ALONE),
    ),
)  # fmt: skip

FOLLOWER_JUMPS = Table(
    "follower_jumps", "one sudden gain of followers of a vetted account", ("account_id", "from_at"),
    (
        _id(), _at("from_at", "last count before it"), _at("to_at", "first count after it"),
        _number("followers_before", "before it", "accounts"),
        _number("gained", "followers gained beyond its usual growth and that of the platform", "accounts"),
        _number("gained_share", "gained / followers_before", "share of followers"),
        _number("expected_share", "its usual growth and that of the platform in that time", "share of followers"),
        _number("spreads", "the gain in spreads of its own growth", "spreads"),
        Column("is_with_peers", "boolean", "the fastest twentieth of the platform grew as much in the same days"),
        _number("lost_share", "part of the gain that was gone again later, against its usual growth", "share of the gain", _NOT_FOLLOWED),
        _number("followed_days", "days between the jump and the last count looked at", "days", _NOT_FOLLOWED),
        _n("n_steps", "stretches that its usual growth is taken from", "stretches"),
    ),
)  # fmt: skip

JUMP_POSTS = Table(
    "jump_posts", "one post of a vetted account published shortly before or during a jump",
    ("account_id", "from_at", "post_id"),
    (
        _id(), _at("from_at", "the jump: last count before it"), _id("post_id", "the post"),
        _at("published_at", "when"),
        Column("text", "string", "as written", null_means="the source does not say"),
        _number("attention", "engagements; where they are hidden, comments", "engagements", "no count is known"),
        _number("usual_attention", "median of the account's posts", "engagements", "no count is known"),
    ),
)  # fmt: skip

JUMP_CAUSES = Table(
    "jump_causes", "what may explain one sudden gain of a vetted account", ("account_id", "from_at"),
    (
        _id(), _at("from_at", "the jump: last count before it"),
        Column("cause", "string", "what explains most of it; empty: nothing loaded", one_of=CAUSES),
        Column("cause_post_id", "string", "the post behind it", null_means="no single post"),
        _number("explained_share", "part of the gain that it explains at most", "share of the gain"),
        _n("n_posts", "posts shortly before and during it", "posts"),
    ),
)  # fmt: skip

JUMP_TALK = Table(
    "jump_talk", "what others did around one sudden gain of a vetted account", ("account_id", "from_at"),
    (
        _id(), _at("from_at", "the jump: last count before it"),
        _number("talk_times", "acts of others on it in these days, by what is usual for it", "times", "no dated act of others is loaded"),
        Column("is_between_posts", "boolean", "posts of before and of after it are loaded"),
    ),
)  # fmt: skip

POST_SPREAD = Table(
    "post_spread", "how the counts of one account's posts stand to each other", ("account_id",),
    (
        _id("account_id", "a vetted account or one of its peers"),
        Column("peer_group", "string", "its comparison group"),
        _n("n_posts", "posts with known engagements", "posts"),
        _number("likes", "in all, of posts whose comments are known", "likes", "never known together"),
        _number("comments", "in all, of posts whose likes are known", "comments", "never known together"),
        _number("usual_engagements", "median of a post", "engagements"),
        _number("spread", "of the log of 1 + engagements, by quartiles", "log"),
    ),
)  # fmt: skip

GROWTH_VETTING = (
    POST_SPREAD, GROWTH_TIDES, FOLLOWER_STEPS, FOLLOWER_JUMPS, JUMP_POSTS, JUMP_TALK, JUMP_CAUSES,
)  # fmt: skip
