"""What a brand wrote down of itself, and what vetting finds by it in posts."""

from __future__ import annotations

from mawj.tables.column import Column, Table
from mawj.tables.derived_vet_ads import BRAND_COMPETITORS

_ALL_TIME = "all of the history counts"


def _brand() -> Column:
    return Column(
        "brand_id", "string", "the brand; empty for the lines that hold when none is given"
    )


def _text(name: str, meaning: str, null_means: str | None = None) -> Column:
    return Column(name, "string", meaning, null_means=null_means)


def _severity() -> Column:
    return Column(
        "severity", "float64", "how much it matters; 1 is never", "share", least=0, most=1
    )


BRAND = Table(
    "brand", "the brand that asks", ("brand_id",),
    (_brand(), _text("name", "its name as written")),
    kind="reference",
)  # fmt: skip

BRAND_VALUES = Table(
    "brand_values", "one subject that goes against one value of the brand", ("brand_id", "value", "subject"),
    (
        _brand(), _text("value", "the value as the brand writes it"),
        _text("known_as", "the value of our list that it is read as", "not understood"),
        _text("subject", "a subject that goes against it; empty where the value is not understood"),
        _severity(),
    ),
    kind="reference",
)  # fmt: skip

BRAND_RED_LINES = Table(
    "brand_red_lines", "one subject that the brand will not stand beside", ("brand_id", "subject"),
    (
        _brand(), _text("subject", "one of the subjects of the term lists"), _severity(),
        Column("look_back_days", "float64", "how far back posts count", "days", _ALL_TIME, least=0),
    ),
    kind="reference",
)  # fmt: skip

BRAND_TERMS = Table(
    "brand_terms", "one phrase of a list of the brand's own", ("brand_id", "list", "phrase"),
    (
        _brand(), _text("list", "the list's name"), _text("phrase", "as the brand writes it"),
        _text("language", "ar, fa or en: whose endings it may carry", "any"),
        _severity(),
        Column("look_back_days", "float64", "how far back posts count", "days", _ALL_TIME, least=0),
    ),
    kind="reference",
)  # fmt: skip

BRAND_CLAIMS = Table(
    "brand_claims", "one thing that the brand says of itself", ("brand_id", "claim_id"),
    (
        _brand(), _text("claim_id", "claim-1, claim-2 in the order of the file"), _text("says", "in the brand's words"),
        _text("about", "the kind of claim; `own` where the brand says itself what must hold"),
        _text("fact", "the fact that it rests on", "its kind says"),
        _text("must", "at_least, at_most or is", "its kind says"),
        Column("amount", "float64", "the number claimed", "as the fact", "not a number, or not said"),
        Column("is_yes", "boolean", "what the fact must be", null_means="not a yes or no"),
    ),
    kind="reference",
)  # fmt: skip

BRAND_FACTS = Table(
    "brand_facts", "one fact that the brand entered", ("brand_id", "fact"),
    (
        _brand(), _text("fact", "its name, such as women_pay"),
        Column("amount", "float64", "the number", "as `unit` says", "not a number"),
        Column("is_yes", "boolean", "the yes or no", null_means="not a yes or no"),
        Column("on", "timestamp", "the date", "UTC", "not a date"),
        _text("unit", "what the number counts", "not said"),
        _text("source", "where it is from", "not said"),
    ),
    kind="reference",
)  # fmt: skip

BRAND_CONTRADICTIONS = Table(
    "brand_contradictions", "one condition of one claim of the brand, held against its facts",
    ("brand_id", "claim_id", "condition"),
    (
        _brand(), _text("claim_id", "the claim"), _text("says", "in the brand's words"),
        _text("about", "the kind of claim"), _text("condition", "what must hold, such as women_pay at_least men_pay"),
        Column("status", "string", "what came of it", one_of=("contradicted", "holds", "not_known")),
        _text("observed", "the fact as entered", "the fact is not entered"),
        _text("expected", "what the claim asks for", "what it is held against is not entered"),
        _text("missing", "facts to enter, with commas between; empty for none"),
    ),
)  # fmt: skip

SENSITIVE_POSTS = Table(
    "sensitive_posts", "one sensitive subject in one own post of a vetted account", ("post_id", "subject"),
    (
        _text("post_id", "the post"), _text("account_id", "the account"),
        _text("subject", "one of the subjects of the term lists"),
        Column("strength", "float64", "how plainly; from 0.5 on it is held to be so", "share", least=0, most=1),
        Column("is_about", "boolean", "quoted, reported, condemned or taught rather than done"),
        Column("words", "strings", "what was found"),
        Column("published_at", "timestamp", "when", "UTC", "the source does not say"),
        _text("quote", "the text round the words, at most 200 characters"),
        _text("url", "address of the post", "the source does not say"),
        _text("judged_by", "the model or label that said so; empty for the rules"),
    ),
)  # fmt: skip

READ_POSTS = Table(
    "read_posts", "how many own posts of one vetted account were read for subjects", ("account_id",),
    (
        _text("account_id", "the account"),
        Column("n_read", "int64", "posts in a language that the lists know", "posts", least=0),
        Column("n_other", "int64", "posts without text or in another language", "posts", least=0),
        Column("from_at", "timestamp", "the first that was read", "UTC", "none was read, or none has a date"),
        Column("to_at", "timestamp", "the last that was read", "UTC", "none was read, or none has a date"),
    ),
)  # fmt: skip

BRAND_GIVEN = (
    BRAND, BRAND_VALUES, BRAND_RED_LINES, BRAND_TERMS, BRAND_COMPETITORS, BRAND_CLAIMS,
    BRAND_FACTS,
)  # fmt: skip
"""Tables that a brand file gives."""

BRAND_VETTING = (*BRAND_GIVEN, BRAND_CONTRADICTIONS, SENSITIVE_POSTS, READ_POSTS)
