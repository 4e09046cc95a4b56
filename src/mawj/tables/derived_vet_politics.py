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

VET_POLITICS = (POLITICAL_SIGNS,)
