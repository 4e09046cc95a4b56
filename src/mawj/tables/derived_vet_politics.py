"""What vetting reads of politics, of repeated claims and of the audience's sides."""

from __future__ import annotations

from mawj.tables.column import Column, Table

STANCES = ("for", "against")
PERIODS = ("before", "after")
_NOT_SAID = "the source does not say"


def _text(
    name: str, meaning: str, null_means: str | None = None, one_of: tuple[str, ...] = ()
) -> Column:
    return Column(name, "string", meaning, null_means=null_means, one_of=one_of)


def _when(name: str, meaning: str) -> Column:
    return Column(name, "timestamp", meaning, "UTC", _NOT_SAID)


POLITICAL_SIGNS = Table(
    "political_signs", "one political subject named in one own post of a vetted account",
    ("post_id", "subject"),
    (
        _text("post_id", "the post"), _text("account_id", "the vetted account"),
        _when("published_at", "when"),
        _text("subject", "elections, offices, parties, government, war, protest, sanctions, public_health; empty for a post that is on none of them, yet takes a side on something or is paid for"),
        Column("strength", "float64", "sum of the strengths of the distinct words found", "strength", least=0),
        Column("is_political", "boolean", "the words are enough for the post to count as one on the subject"),
        _text("stance", "the side that the post takes beside the subject", "no side, or both", STANCES),
        Column("near_terms", "strings", "terms, @handles and #tags of the sentence that takes the side; empty where none does"),
        Column("is_accusation", "boolean", "accuses somebody of wrongdoing, in its own words, beside the subject"),
        Column("is_paid", "boolean", "labelled, tagged or worded as paid for"),
        _text("quote", "the words around what was found, at most 200 characters"),
    ),
)  # fmt: skip

CLAIM_TERMS = Table(
    "claim_terms", "one term of one claim that was rated false or mixed", ("claim_id", "term"),
    (_text("claim_id", "the claim"), _text("term", "folded term, no function word")),
)  # fmt: skip

CLAIM_WEIGHTS = Table(
    "claim_weights", "one term of one claim with what it tells", ("claim_id", "term"),
    (
        _text("claim_id", "the claim"), _text("term", "folded term"),
        Column("weight", "float64", "how rare the term is among the posts that are vetted", "nats", least=0),
    ),
)  # fmt: skip

CLAIM_CANDIDATES = Table(
    "claim_candidates", "one own post of a vetted account that shares much with one claim", ("post_id", "claim_id"),
    (
        _text("post_id", "the post"), _text("claim_id", "the claim"), _text("account_id", "the vetted account"),
        _when("published_at", "when"), _text("text", "as written, cut"),
        Column("cover_share", "float64", "part of the claim's weight that the post holds", "share", least=0, most=1),
    ),
)  # fmt: skip

CLAIM_SAMPLE = Table(
    "claim_sample", "one own post of a vetted account that is read for meaning", ("post_id",),
    (
        _text("post_id", "the post"), _text("account_id", "the vetted account"),
        _when("published_at", "when"), _text("text", "as written, cut"),
    ),
)  # fmt: skip

CLAIM_MATCHES = Table(
    "claim_matches", "one checked claim found in one own post of a vetted account", ("post_id", "claim_id"),
    (
        _text("post_id", "the post"), _text("claim_id", "the claim"), _text("account_id", "the vetted account"),
        _when("published_at", "when"),
        Column("similarity", "float64", "how much of the claim the passage says", "share", least=0, most=1),
        _text("how", "by words of one language, or by meaning", one_of=("words", "meaning")),
        _text("way", "repeats the claim, denies it, or asks whether it is so", one_of=("repeats", "denies", "asks")),
        _text("quote", "the passage, at most 200 characters"),
    ),
)  # fmt: skip

AUDIENCE_ACTORS = Table(
    "audience_actors", "one account of the audience of a vetted account that is looked at", ("account_id", "actor_id"),
    (
        _text("account_id", "the vetted account"), _text("actor_id", "somebody who acted on it"),
        Column("first_at", "timestamp", "the first act on it", "UTC"),
        Column("split_s", "float64", "where the account's time is cut in two", "seconds since 1970"),
    ),
)  # fmt: skip

AUDIENCE_TIES = Table(
    "audience_ties", "what one account of the audience of a vetted account did to one third account in one period",
    ("account_id", "actor_id", "target_id", "period"),
    (
        _text("account_id", "the vetted account, which has no ties here"),
        _text("actor_id", "somebody who acted on it"), _text("target_id", "somebody else"),
        _text("period", "before or after the date that cuts the time in two", one_of=PERIODS),
        Column("n_acts", "int64", "acts", "acts", least=1),
    ),
)  # fmt: skip

AUDIENCE_POSTS = Table(
    "audience_posts", "one post by somebody of the audience of an account that takes political sides, from before",
    ("account_id", "actor_id", "post_id"),
    (
        _text("account_id", "the vetted account"), _text("actor_id", "who wrote it or passed it on"),
        _text("post_id", "the post"), _text("text", "as written, cut"),
    ),
)  # fmt: skip

AUDIENCE_SIDES = Table(
    "audience_sides", "somebody of the audience who took a side on what the account takes a side on", ("account_id", "actor_id"),
    (
        _text("account_id", "the vetted account"), _text("actor_id", "who"),
        Column("n_agree", "int64", "times on the account's side", "times", least=0),
        Column("n_disagree", "int64", "times on the other", "times", least=0),
    ),
)  # fmt: skip

PROMOTED_COMMENTS = Table(
    "promoted_comments", "one comment by somebody else under a political post that promotes", ("comment_id",),
    (
        _text("comment_id", "the comment"), _text("post_id", "the post"), _text("account_id", "the vetted account"),
        Column("published_at", "timestamp", "when", "UTC"), _text("text", "as written, cut"),
    ),
)  # fmt: skip

VET_POLITICS = (
    POLITICAL_SIGNS, PROMOTED_COMMENTS, CLAIM_TERMS, CLAIM_WEIGHTS, CLAIM_CANDIDATES, CLAIM_SAMPLE,
    CLAIM_MATCHES, AUDIENCE_ACTORS, AUDIENCE_TIES, AUDIENCE_POSTS, AUDIENCE_SIDES,
)  # fmt: skip
