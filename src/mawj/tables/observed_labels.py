"""What members of a team said of texts: the rows that correct and train the text models."""

from __future__ import annotations

from mawj.tables.column import Column, Table
from mawj.tables.observed import PROVENANCE

_TYPED = "the text was typed in or came from a file"


def _text(name: str, meaning: str, null_means: str | None = None) -> Column:
    return Column(name, "string", meaning, null_means=null_means)


LABELS = Table(
    "labels", "what one member said of one text on one subject", ("label_id",),
    (
        _text("label_id", "digest of the subject and of the post, comment or text"),
        _text("subject", "what was asked: offence, hate, gambling … or the team's own word"),
        Column("is_yes", "boolean", "whether the text is so"),
        _text("text", "the text as it was labelled"),
        _text("language", "language of the text (BCP-47)", "cannot be told"),
        _text("post_id", "the post", f"a comment, or {_TYPED}"),
        _text("comment_id", "the comment", f"a post, or {_TYPED}"),
        _text("account_id", "who wrote it; erased with the person", "author not known"),
        _text("labelled_by", "the member who said so", "not said"),
        Column("labelled_at", "timestamp", "when", "UTC"),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

TRAINED_MODELS = Table(
    "trained_models", "one text model that the team trained", ("subject",),
    (
        _text("subject", "what it answers"),
        _text("path", "its file"),
        _text("name", "its name with date, texts and measured error, as findings name it"),
        Column("languages", "strings", "languages it was fitted on with enough texts"),
    ),
    kind="reference",
)  # fmt: skip
