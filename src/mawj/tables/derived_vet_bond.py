"""What vetting makes of comments: a sample of them, how each is meant, tones of an account."""

from __future__ import annotations

from mawj.tables.column import Column, Table

TONES_KNOWN = (
    "admiration", "support", "attachment", "question", "doubt", "hostility", "generic", "noise",
    "untold",
)  # fmt: skip
"""How a comment may be meant; `generic` fits under any post, `untold` is what no rule tells."""

MEASURED_KNOWN = (*TONES_KNOWN, "warm", "loop", "entry")
"""What is counted in comments: tones; warm, the first four together; exchanges of follows;
entries to giveaways (what they say, or friends named and nothing said)."""

_FEW = "too few accounts of the language to compare with"


def _id(name: str = "account_id", meaning: str = "whose post it is under") -> Column:
    return Column(name, "string", meaning)


def _text(name: str, meaning: str, null_means: str) -> Column:
    return Column(name, "string", meaning, null_means=null_means)


def _n(name: str, meaning: str, unit: str = "comments") -> Column:
    return Column(name, "int64", meaning, unit, least=0)


def _at(name: str, meaning: str) -> Column:
    return Column(name, "timestamp", meaning, "UTC", "the source does not say")


def _share(name: str, meaning: str, null_means: str | None = None) -> Column:
    return Column(name, "float64", meaning, "share", null_means, least=0, most=1)


_OF_COMMENT = (
    _id("comment_id", "the comment"), _id(),
    _text("account_language", "language that the account writes most", "not known"),
    _id("post_id", "the post commented on"),
    _text("author_id", "who wrote it", "not known, or removed"),
    _at("published_at", "when"),
    Column("place", "int64", "place by digest among the comments of the account", "place", least=1),
    Column("is_subject", "boolean", "the account is vetted"),
    Column("is_peer", "boolean", "the account is one that others are compared with"),
)  # fmt: skip

COMMENT_SAMPLE = Table(
    "comment_sample", "one comment that is read, of a vetted account or of one to compare with",
    ("comment_id",),
    (
        *_OF_COMMENT, Column("text", "string", "as written"),
        _text("language", "language of the text (BCP-47)", "the source does not say"),
    ),
)  # fmt: skip

COMMENT_READINGS = Table(
    "comment_readings", "how one comment of the sample is meant", ("comment_id",),
    (
        *_OF_COMMENT,
        _text("language", "language of the text (BCP-47)", "the source does not say"),
        Column("tone", "string", "how it is meant", one_of=TONES_KNOWN),
        _n("n_words", "words, without mentions and links", "words"),
        _n("n_mentions", "accounts named in it", "accounts"),
        Column("is_loop", "boolean", "offers to exchange follows"),
        Column("is_entry", "boolean", "says that it takes part in a giveaway"),
        Column("is_tag", "boolean", "names accounts and says next to nothing"),
    ),
)  # fmt: skip

COMMENT_TONES = Table(
    "comment_tones", "how much of what is said to one vetted account is of one kind",
    ("account_id", "tone"),
    (
        _id(meaning="the vetted account"), Column("tone", "string", "what is counted", one_of=MEASURED_KNOWN),
        _n("n", "comments of the kind"), _n("n_read", "comments read"),
        _share("share", "n / n_read"),
        _share("share_low", "lower end (Wilson 1927)"), _share("share_high", "upper end"),
        Column("languages", "strings", "languages of a tenth or more of the comments read, the most frequent first"),
        _at("from_at", "earliest comment read"), _at("to_at", "latest"),
        _text("peer_group", "language of the accounts compared with", "not known"),
        _n("n_peers", "accounts compared with", "accounts"),
        _share("peers_median", "share that half of the peers exceed", _FEW),
        _share("peers_low", "share that nineteen in twenty peers exceed", _FEW),
        _share("peers_high", "share that one in twenty peers exceeds", _FEW),
    ),
)  # fmt: skip

POST_OFFERS = Table(
    "post_offers", "one own post of a vetted account that gives something away or trades follows",
    ("post_id", "kind"),
    (
        _id("post_id", "the post"), _id(meaning="the vetted account"),
        Column("kind", "string", "what it is", one_of=("giveaway", "follow_loop")),
        _at("published_at", "when"), Column("text", "string", "its first 400 characters"),
    ),
)  # fmt: skip

BOND_VETTING = (COMMENT_SAMPLE, COMMENT_READINGS, COMMENT_TONES, POST_OFFERS)
