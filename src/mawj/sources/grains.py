"""What a file may be about, and where each meaning goes then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Place = tuple[str, str]

UNUSED = {
    "unused_rank": "a rank or row number; it stays in the raw rows",
    "unused_score": "a vendor's score that nothing explains; it stays in the raw rows and is "
    "never taken for a truth",
    "unused_audience": "about the audience, without its share; it stays in the raw rows",
    "unused_potential": "a formula's result and no measurement; it stays in the raw rows",
}

_GIVEN = UNUSED | {
    "unused_given": "likes that the account gave, not those it received; stays in the raw rows"
}

KINDS = {
    "name": "name", "bio": "text", "own_url": "url", "account_url": "url",
    "language": "language", "country": "country", "place": "text", "category": "text",
    "account_created": "moment", "verified": "flag", "private": "flag", "picture": "flag",
    "given_engagement_share": "share", "taken": "moment", "published": "moment",
    "post_url": "url", "text": "text", "form": "form", "duration": "duration",
    "hashtags": "strings", "ad": "flag", "platform": "platform", "handle": "account",
    "own_id": "account", "account_id": "account", "post_id": "native", "comment_id": "native",
    "parent_post": "native", "repost_of_post": "native", "quote_of_post": "native",
    "parent_comment": "native", "comment_text": "text", "comment_date": "moment",
    "follower": "account", "followed": "account", "since": "moment", "actor": "account",
    "target": "account", "act": "act", "act_date": "moment",
}  # fmt: skip
"""How the values of a meaning are read; all others are counts."""

_ACCOUNT_FACTS: dict[str, tuple[Place, ...]] = {
    meaning: (("accounts", column),)
    for meaning, column in {
        "name": "name", "bio": "bio", "account_url": "url", "own_url": "url",
        "language": "language", "country": "country", "place": "place",
        "category": "category", "account_created": "created_at", "verified": "is_verified",
        "private": "is_private", "picture": "has_picture",
    }.items()
}  # fmt: skip

ACCOUNT_COUNTS = (
    "followers", "following", "posts", "lists", "likes_total", "views_total",
    "average_likes", "average_comments", "average_reposts", "average_views",
    "average_engagements", "authentic_engagements", "given_engagement_share",
    "mentions_received", "reposts_received", "replies_received", "mentions_sent",
    "reposts_sent", "posts_in_window",
)  # fmt: skip
POST_COUNTS = (
    "views", "impressions", "reached", "likes", "comments", "reposts", "quotes", "saves",
    "clicks",
)  # fmt: skip

_ACCOUNT_COUNTS = {name: (("account_snapshots", name),) for name in ACCOUNT_COUNTS}
_POST_COUNTS = {name: (("post_snapshots", name),) for name in POST_COUNTS}
_WHO = dict.fromkeys(("handle", "account_id"), ())
_POST_FACTS: dict[str, tuple[Place, ...]] = {
    meaning: (("posts", column),)
    for meaning, column in {
        "published": "published_at", "post_url": "url", "text": "text", "form": "kind",
        "duration": "duration_s", "hashtags": "hashtags", "ad": "is_labelled_ad",
        "language": "language", "parent_post": "reply_to_post_id",
        "repost_of_post": "repost_of_post_id", "quote_of_post": "quote_of_post_id",
    }.items()
}  # fmt: skip


@dataclass(frozen=True)
class Grain:
    """What one row of a file is.

    Attributes:
        places: for each meaning the columns it fills; () where ids are made of it.
        telling: meanings of which one at least must be found, or the file is not of this grain.
        needed: groups of meanings; one of each group must be found.
        subject: which account the ids name ("account"), or "" where the grain has its own.
    """

    places: Mapping[str, tuple[Place, ...]]
    telling: frozenset[str]
    needed: tuple[frozenset[str], ...]
    tables: tuple[str, ...]
    ignored: Mapping[str, str] = field(default_factory=lambda: UNUSED)


_PLATFORM: dict[str, tuple[Place, ...]] = {"platform": ()}
_TAKEN: dict[str, tuple[Place, ...]] = {
    "taken": (("account_snapshots", "taken_at"), ("post_snapshots", "taken_at"))
}
_IS_WHO = frozenset({"handle", "account_id", "own_id", "own_url", "account_url", "name"})

GRAINS: dict[str, Grain] = {
    "interactions": Grain(
        {
            **_PLATFORM,
            "act": (("interactions", "kind"),),
            "actor": (("interactions", "actor_id"),),
            "target": (("interactions", "target_id"),),
            "post_id": (("interactions", "post_id"),),
            "act_date": (("interactions", "at"),),
        },
        frozenset({"act"}),
        tuple(frozenset({name}) for name in ("act", "actor", "target")),
        ("interactions",),
    ),
    "follows": Grain(
        {
            **_PLATFORM,
            "follower": (("follows", "follower_id"),),
            "followed": (("follows", "followed_id"),),
            "since": (("follows", "since"),),
        },
        frozenset({"follower", "followed"}),
        (frozenset({"follower"}), frozenset({"followed"})),
        ("follows",),
    ),
    "comments": Grain(
        {
            **_PLATFORM,
            "comment_id": (("comments", "comment_id"),),
            "post_id": (("comments", "post_id"),),
            "post_url": (("comments", "post_id"),),
            "handle": (("comments", "account_id"),),
            "account_id": (("comments", "account_id"),),
            "comment_text": (("comments", "text"),),
            "comment_date": (("comments", "published_at"),),
            "parent_comment": (("comments", "parent_comment_id"),),
            "likes": (("comments", "likes"),),
            "language": (("comments", "language"),),
        },
        frozenset({"comment_text", "comment_id"}),
        (frozenset({"post_id", "post_url"}), frozenset({"comment_text"})),
        ("comments",),
    ),
    "posts": Grain(
        {
            **_PLATFORM, **_WHO, **_POST_FACTS, **_POST_COUNTS, **_TAKEN,
            "post_id": (),
            "name": (("accounts", "name"),),
            "followers": (("account_snapshots", "followers"),),
            "account_url": (("accounts", "url"),),
        },
        frozenset({"text", "post_url", "post_id", *POST_COUNTS}),
        (
            frozenset({"handle", "account_id", "account_url", "name"}),
            frozenset({"post_id", "post_url", "text", "published"}),
        ),
        ("accounts", "account_snapshots", "posts", "post_snapshots"),
    ),
    "accounts": Grain(
        {**_PLATFORM, **_WHO, "own_id": (), **_ACCOUNT_FACTS, **_ACCOUNT_COUNTS, **_TAKEN},
        frozenset({*_IS_WHO, *ACCOUNT_COUNTS, "bio"}),
        (_IS_WHO,),
        ("accounts", "account_snapshots"),
        _GIVEN,
    ),
    "snapshots": Grain(
        {**_PLATFORM, **_WHO, "own_id": (), "own_url": (), **_ACCOUNT_COUNTS, **_TAKEN},
        frozenset(ACCOUNT_COUNTS),
        (_IS_WHO,),
        ("account_snapshots",),
        _GIVEN,
    ),
}  # fmt: skip

GUESSED = ("interactions", "follows", "comments", "posts", "accounts")
"""What a file is taken for unless the person says; the first of equals."""
