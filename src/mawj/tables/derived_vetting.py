"""What vetting looks at and what it finds: findings, evidence and scores."""

from __future__ import annotations

from mawj.tables.column import Column, Table
from mawj.tables.findings import FINDING_COLUMNS

VET_SCORES_KNOWN = ("credibility", "audience_quality", "brand_safety", "risk")
"""Scores made of checks. In `risk` higher is worse; in the others higher is better."""

_END = "no interval: nothing was sampled, or the check could not be made"


def _id(name: str = "account_id", meaning: str = "the account") -> Column:
    return Column(name, "string", meaning)


def _text(name: str, meaning: str, null_means: str = "the source does not say") -> Column:
    return Column(name, "string", meaning, null_means=null_means)


def _at(name: str, meaning: str, null_means: str = "the source does not say") -> Column:
    return Column(name, "timestamp", meaning, "UTC", null_means)


def _count(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "float64", meaning, unit, "hidden or not reported", least=0)


VET_SUBJECTS = Table(
    "vet_subjects", "one account that is vetted", ("account_id",),
    (
        _id(), Column("platform", "string", "its platform"),
        _text("language", "language it is taken to write: the most used in its posts, else as stated"),
        _text("country", "ISO 3166-1 alpha-2, as stated"),
        _text("bio", "its own description"),
    ),
    kind="reference",
)  # fmt: skip

VET_POSTS = Table(
    "vet_posts", "one own post of a vetted account with its latest counts", ("post_id",),
    (
        _id("post_id", "the post"), _id(), Column("platform", "string", "its platform"),
        _at("published_at", "when"), _text("kind", "form of the post"),
        _text("text", "as written"), _text("language", "language of the text (BCP-47)"),
        _text("url", "address of the post"),
        Column("is_labelled_ad", "boolean", "carries the platform's paid-partnership label", null_means="the source does not say"),
        Column("hashtags", "strings", "tags in folded form", null_means="the post has no known text"),
        Column("mentions", "strings", "handles named", null_means="the post has no known text"),
        Column("links", "strings", "addresses in the text", null_means="the post has no known text"),
        _text("reply_to_account_id", "the account answered", "not a reply, or not said"),
        _count("likes", "likes", "likes"), _count("comments", "comments", "comments"),
        _count("reposts", "reposts", "reposts"), _count("views", "views", "views"),
        _count("engagements", "likes, comments, reposts, quotes and saves that are known", "engagements"),
        _count("followers", "followers it was published to", "accounts"),
    ),
    kind="vetting",
)  # fmt: skip

VET_COMMENTS = Table(
    "vet_comments", "one comment or reply under a post of a vetted account, by somebody else", ("comment_id",),
    (
        _id("comment_id", "the comment, or the post that answers"), _id("post_id", "the post commented on"),
        _id("account_id", "the vetted account whose post it is"),
        _text("author_id", "who wrote it", "not known, or removed"),
        _at("published_at", "when"), _at("post_published_at", "when the post was published"),
        _text("text", "as written"), _text("language", "language of the text (BCP-47)"),
        _count("likes", "likes of the comment", "likes"),
    ),
    kind="vetting",
)  # fmt: skip

VET_FINDINGS = Table(
    "vet_findings", "one reason for one score of a vetted account",
    ("subject_id", "score", "finding", "about"),
    (
        *FINDING_COLUMNS[:5],
        Column("about", "string", "what the reason is about (a subject, a brand, a rule); empty for the whole account"),
        *FINDING_COLUMNS[5:8],
        Column("observed_low", "float64", "lower end of the 90 % interval", null_means=_END),
        Column("observed_high", "float64", "upper end of the 90 % interval", null_means=_END),
        *FINDING_COLUMNS[8:],
    ),
    kind="vetting",
)  # fmt: skip

VET_EVIDENCE = Table(
    "vet_evidence", "one post, comment, account or day behind a finding",
    ("account_id", "finding", "about", "place"),
    (
        _id(), Column("finding", "string", "the check"),
        Column("about", "string", "what the finding is about; empty for the whole account"),
        Column("place", "int64", "1 is the strongest", "place", least=1),
        Column("kind", "string", "what it is", one_of=("post", "comment", "account", "day")),
        Column("evidence_id", "string", "its id; for a day the date"),
        Column("amount", "float64", "how much it shows, in the check's own unit", null_means="only that it is there"),
        _at("at", "when it was published or happened"),
        _text("quote", "the words, at most 200 characters", "nothing was said"),
    ),
    kind="vetting",
)  # fmt: skip

VET_SCORES = Table(
    "vet_scores", "one score of one vetted account", ("account_id", "score"),
    (
        _id(), Column("score", "string", "which score", one_of=VET_SCORES_KNOWN),
        Column("value", "float64", "the sum of its findings", "points", least=0, most=100),
        Column("coverage", "float64", "share of its checks, by weight, that could be made", "share", least=0, most=1),
        Column("is_scored", "boolean", "coverage is high enough for the value to be read as a verdict"),
        Column("n_raised", "int64", "checks that raised something", "checks", least=0),
        Column("n_clear", "int64", "checks that found nothing", "checks", least=0),
        Column("n_not_assessed", "int64", "checks that could not be made", "checks", least=0),
        Column("rule_version", "string", "which rule"),
    ),
    kind="vetting",
)  # fmt: skip

VETTING = (VET_POSTS, VET_COMMENTS, VET_FINDINGS, VET_EVIDENCE, VET_SCORES)
"""Tables that vetting makes; those of one kind of check stand in files of their own."""
