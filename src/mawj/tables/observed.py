"""What sources bring: accounts, posts, follows, comments, counts, fact-checks and the like.

Every observed row ends with its provenance. When two rows with one key meet, the row with the
better basis (then the later `fetched_at`) wins, and its unknown fields are filled from the other.
"""

from __future__ import annotations

from mawj.tables.column import Column, Table

PLATFORMS = (
    "x", "instagram", "tiktok", "youtube", "facebook", "snapchat", "bluesky", "mastodon",
    "threads", "telegram", "twitch", "linkedin", "pinterest", "aparat", "rubika", "eitaa",
    "blog", "podcast", "other",
)  # fmt: skip

BASES = ("first_party", "public", "typed_in", "estimated")
"""How a value came to us, the most trustworthy first."""

ACTS = ("mention", "reply", "repost", "quote", "comment", "like")

PROVENANCE = (
    Column("source", "string", "where the row came from: a provider, or file:<name>"),
    Column("fetched_at", "timestamp", "when it was fetched or loaded", "UTC"),
    Column("basis", "string", "how the value came to us", one_of=BASES),
    Column("load_id", "string", "the load that brought it; raw rows are kept under it"),
)

NOT_SAID = "the source does not say"
HIDDEN = "hidden by the account or not reported by the platform"


def _count(name: str, meaning: str, unit: str, null_means: str = HIDDEN) -> Column:
    return Column(name, "float64", meaning, unit, null_means, least=0)


def _text(name: str, meaning: str, null_means: str | None = NOT_SAID) -> Column:
    return Column(name, "string", meaning, null_means=null_means)


RECORD_ID = _text(
    "record_id", "platform:native id of the record, by which the source takes it back"
)


def _strings(name: str, meaning: str) -> Column:
    return Column(name, "strings", meaning, null_means="the post has no known text")


ACCOUNTS = Table(
    "accounts", "one account on one platform", ("account_id",),
    (
        Column("account_id", "string", "platform:native id, or platform:handle where no id is known"),
        Column("platform", "string", "the platform", one_of=PLATFORMS),
        _text("handle", "the public handle, lower-cased, without @"),
        _text("name", "the display name as written"),
        _text("bio", "the account's own description"),
        _text("url", "the account's page or a link it gives"),
        _text("language", "language stated by the source (BCP-47); what is written is measured elsewhere"),
        _text("country", "ISO 3166-1 alpha-2"),
        _text("place", "place as the account or the source writes it"),
        _text("category", "what the platform or a vendor says it is about, as given"),
        Column("created_at", "timestamp", "when the account was opened", "UTC", NOT_SAID),
        Column("is_verified", "boolean", "the platform's badge", null_means=NOT_SAID),
        Column("is_private", "boolean", "closed to the public", null_means=NOT_SAID),
        Column("has_picture", "boolean", "shows a picture of its own", null_means=NOT_SAID),
        Column("has_banner", "boolean", "shows a banner of its own", null_means=NOT_SAID),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

ACCOUNT_SNAPSHOTS = Table(
    "account_snapshots", "the public counts of one account at one moment", ("account_id", "taken_at"),
    (
        Column("account_id", "string", "the account"),
        Column("taken_at", "timestamp", "the moment the counts describe", "UTC"),
        _count("followers", "accounts that follow it", "accounts"),
        _count("following", "accounts that it follows", "accounts"),
        _count("posts", "posts published so far", "posts"),
        _count("lists", "public lists that others put it on", "lists"),
        _count("likes_total", "likes received so far", "likes"),
        _count("likes_given", "likes that it gave to others so far", "likes"),
        _count("views_total", "views received so far", "views"),
        _count("average_likes", "likes per post as given by the source", "likes per post"),
        _count("average_comments", "comments per post as given by the source", "comments per post"),
        _count("average_reposts", "shares per post as given by the source", "shares per post"),
        _count("average_views", "views per post as given by the source", "views per post"),
        _count("average_engagements", "engagements per post as given by the source", "engagements per post"),
        _count("authentic_engagements", "engagements per post that a vendor calls authentic", "engagements per post"),
        Column("given_engagement_share", "float64", "engagement rate as given, method unknown", "share", NOT_SAID, least=0),
        _count("mentions_received", "mentions by others, counted by the source; may be decayed", "mentions"),
        _count("reposts_received", "reposts by others, counted by the source; may be decayed", "reposts"),
        _count("replies_received", "replies by others, counted by the source", "replies"),
        _count("mentions_sent", "mentions of others, counted by the source", "mentions"),
        _count("reposts_sent", "reposts of others, counted by the source", "reposts"),
        _count("posts_in_window", "posts in the source's own recent window", "posts"),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

POSTS = Table(
    "posts", "one published post", ("post_id",),
    (
        Column("post_id", "string", "platform:native id"),
        Column("account_id", "string", "who published it"),
        Column("platform", "string", "the platform", one_of=PLATFORMS),
        Column("published_at", "timestamp", "when", "UTC", NOT_SAID),
        Column("kind", "string", "form of the post", null_means=NOT_SAID,
               one_of=("text", "photo", "carousel", "video", "short_video", "story", "live", "article", "audio", "link")),
        _text("text", "caption, title and body as written"),
        _text("language", "language of the text (BCP-47; ar-Latn and fa-Latn for romanised; und when nothing can be said)"),
        Column("language_basis", "string", "who said so", null_means="no language", one_of=("given", "detected")),
        _text("url", "address of the post"),
        _text("reply_to_post_id", "the post answered", "not a reply, or not said"),
        _text("reply_to_account_id", "the account answered", "not a reply, or not said"),
        _text("repost_of_post_id", "the post passed on unchanged", "not a repost"),
        _text("repost_of_account_id", "whose post was passed on", "not a repost, or not said"),
        _text("quote_of_post_id", "the post quoted", "not a quote"),
        _text("quote_of_account_id", "whose post was quoted", "not a quote, or not said"),
        Column("is_labelled_ad", "boolean", "carries the platform's paid-partnership label", null_means=NOT_SAID),
        Column("duration_s", "float64", "length of sound or film", "seconds", NOT_SAID, least=0),
        _strings("hashtags", "tags in folded form, without #"),
        _strings("mentions", "handles named, lower-cased, without @"),
        _strings("links", "addresses in the text"),
        _strings("terms", "distinct search terms of the text, folded and light-stemmed"),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

POST_SNAPSHOTS = Table(
    "post_snapshots", "the public counts of one post at one moment", ("post_id", "taken_at"),
    (
        Column("post_id", "string", "the post"),
        Column("taken_at", "timestamp", "the moment the counts describe", "UTC"),
        _count("views", "plays or views", "views"),
        _count("impressions", "times shown", "impressions"),
        _count("reached", "distinct accounts that saw it", "accounts"),
        _count("likes", "likes and other reactions", "likes"),
        _count("comments", "comments and replies", "comments"),
        _count("reposts", "reposts and shares", "reposts"),
        _count("quotes", "quotes", "quotes"),
        _count("saves", "saves and bookmarks", "saves"),
        _count("clicks", "clicks on its link", "clicks"),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

FOLLOWS = Table(
    "follows", "one account following another", ("follower_id", "followed_id"),
    (
        Column("follower_id", "string", "who follows"),
        Column("followed_id", "string", "who is followed"),
        Column("since", "timestamp", "when it began or was first seen", "UTC", NOT_SAID),
        Column("ended_at", "timestamp", "when it was seen to have ended", "UTC", "still follows, as far as known"),
        RECORD_ID,
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

INTERACTIONS = Table(
    "interactions", "one thing that one account did to another", ("interaction_id",),
    (
        Column("interaction_id", "string", "native id, or a digest of the other columns"),
        Column("kind", "string", "what was done", one_of=ACTS),
        Column("actor_id", "string", "who did it"),
        Column("target_id", "string", "to whom"),
        _text("post_id", "on which post of the target", "not tied to a post, or not said"),
        _text("via_post_id", "by which post of the actor", "not done by a post, or not said"),
        Column("at", "timestamp", "when", "UTC", NOT_SAID),
        RECORD_ID,
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

COMMENTS = Table(
    "comments", "one comment under a post", ("comment_id",),
    (
        Column("comment_id", "string", "platform:native id"),
        Column("post_id", "string", "the post commented on"),
        _text("account_id", "who wrote it", "the author is not known or was removed"),
        _text("parent_comment_id", "the comment answered", "answers the post itself"),
        Column("published_at", "timestamp", "when", "UTC", NOT_SAID),
        _text("text", "as written"),
        _text("language", "language of the text (BCP-47)"),
        Column("likes", "float64", "likes of the comment", "likes", HIDDEN, least=0),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

AUDIENCES = Table(
    "audiences", "one value of one dimension of one slice of an account's audience",
    ("account_id", "slice", "dimension", "value", "as_of"),
    (
        Column("account_id", "string", "whose audience"),
        Column("slice", "string", "which part of it", one_of=("followers", "engaged", "commenters", "viewers")),
        Column("dimension", "string", "what is told apart", one_of=("country", "city", "language", "age", "gender", "subject", "authenticity")),
        Column("value", "string", "for example SA, ar, 25-34"),
        Column("share", "float64", "its part of the slice", "share", least=0, most=1),
        Column("n", "float64", "accounts looked at", "accounts", NOT_SAID, least=0),
        _text("method", "how it was found"),
        Column("as_of", "timestamp", "the moment it describes", "UTC"),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

LISTINGS = Table(
    "listings", "one account put on one public list by another", ("list_id", "account_id"),
    (
        Column("list_id", "string", "platform:native id of the list"),
        Column("account_id", "string", "who is on it"),
        _text("owner_id", "who made the list"),
        _text("name", "name of the list as written"),
        _strings("terms", "search terms of the name and description"),
        RECORD_ID,
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

VERDICTS = ("false", "mixed", "true", "unknown")
"""What a rating comes down to; `unknown` where neither its words nor its number tell."""


def _rating(name: str, meaning: str) -> Column:
    return Column(name, "float64", meaning, "as the reviewer counts", NOT_SAID)


FACT_CHECKS = Table(
    "fact_checks", "one claim rated by one reviewer", ("claim_id",),
    (
        Column("claim_id", "string", "digest of the claim and the address of the review"),
        Column("claim", "string", "the claim that was checked, as the reviewer words it"),
        _text("claim_language", "language of the claim (BCP-47)", "cannot be told"),
        _text("claimant", "who is said to have made the claim"),
        _text("rating", "the rating in words, as published"),
        _rating("rating_value", "the rating as a number"),
        _rating("best_rating", "number of the best rating"),
        _rating("worst_rating", "number of the worst rating"),
        Column("verdict", "string", "what the rating comes down to: its words first, then its number", one_of=VERDICTS),
        _text("reviewer", "who checked it"),
        _text("review_url", "where the review stands"),
        Column("reviewed_at", "timestamp", "when the review was published", "UTC", NOT_SAID),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

LOADS = Table(
    "loads", "one load of one file or answer", ("load_id",),
    (
        Column("load_id", "string", "digest of content, mapping and options: the same load twice is one load"),
        Column("file", "string", "name as given"),
        Column("source", "string", "provenance written on its rows"),
        Column("mapping", "string", "the mapping used, as JSON"),
        Column("loaded_at", "timestamp", "when it was committed", "UTC"),
        Column("n_rows", "int64", "rows read", "rows", least=0),
        Column("n_kept", "int64", "rows that gave at least one stored row", "rows", least=0),
        Column("n_rejected", "int64", "rows set aside", "rows", least=0),
    ),
    kind="observed",
)  # fmt: skip

REJECTED = Table(
    "rejected", "one row that could not be used", ("load_id", "row", "field"),
    (
        Column("load_id", "string", "the load"),
        Column("row", "int64", "row number in the file, the heading not counted, from 1", "rows", least=0),
        Column("field", "string", "the field at fault; empty for the whole row"),
        Column("reason", "string", "what is wrong and what would be right"),
        Column("record", "string", "the row as it came, as JSON"),
        Column("file", "string", "name as given"),
        Column("rejected_at", "timestamp", "when", "UTC"),
    ),
    kind="observed",
)  # fmt: skip

OBSERVED = (
    ACCOUNTS, ACCOUNT_SNAPSHOTS, POSTS, POST_SNAPSHOTS, FOLLOWS, INTERACTIONS, COMMENTS,
    AUDIENCES, LISTINGS, FACT_CHECKS, LOADS, REJECTED,
)  # fmt: skip
