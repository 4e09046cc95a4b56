"""Sensitive subjects in the own posts of the accounts that are vetted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.text.matching import Matcher, Phrase
from mawj.vet.safety.conflicts import OWN
from mawj.vet.safety.corrections import Corrections
from mawj.vet.safety.rules import MOST_CHARACTERS, subject_scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_READ = ("post_id", "account_id", "published_at", "text", "language", "url")
_BEFORE, _QUOTED = 60, 200


def sensitive_posts(
    brand_terms: pa.Table,
    trained_models: pa.Table,
    labels: pa.Table,
    vet_posts: pa.RecordBatchReader,
) -> Iterator[pa.RecordBatch]:
    """Which sensitive subjects each own post touches: one row per post and subject it touches.

    Reads:
        brand_terms: phrases of the brand's own; subject is `own:` and the list's name.
        trained_models: what the team trained; it corrects the rules in the languages that it
            was fitted on, unless it is in doubt.
        labels: what the team said of single posts; that holds, whatever else was found.
        vet_posts: batch by batch; each post up to its first 20,000 characters.

    Returns:
        The declared columns. Bounded by the batch: a post's rows do not depend on others.
    """
    # Read last: another query on the same connection would end the stream of posts.
    own = _own_matcher(brand_terms)
    correct = Corrections(trained_models, labels)
    schema = TABLES["sensitive_posts"].schema
    for batch in vet_posts:
        posts = batch.select(_READ).to_pylist()
        rows = [*_rows_of_lists(posts, correct), *_rows_of_own(posts, own)]
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def _rows_of_lists(
    posts: Sequence[dict[str, Any]], correct: Corrections
) -> Iterator[dict[str, Any]]:
    found = subject_scores([p["text"] for p in posts], [p["language"] for p in posts])
    for post, every in zip(posts, correct.corrected(posts, found), strict=True):
        for one in every:
            yield _row(post, one.spoken.words) | {
                "subject": one.spoken.subject, "strength": one.spoken.strength,
                "is_about": one.spoken.is_about, "judged_by": one.judged_by,
            }  # fmt: skip


def _own_matcher(brand_terms: pa.Table) -> Matcher | None:
    lists: dict[str, list[Phrase]] = defaultdict(list)
    for row in brand_terms.to_pylist():
        lists[row["list"]].append(Phrase(row["phrase"], language=row["language"] or ""))
    return Matcher(lists) if lists else None


def _rows_of_own(
    posts: Sequence[dict[str, Any]], own: Matcher | None
) -> Iterator[dict[str, Any]]:
    if own is None:
        return
    texts = [(post["text"] or "")[:MOST_CHARACTERS] for post in posts]
    for post, text, hits in zip(posts, texts, own.hits_of(texts), strict=True):
        words: dict[str, list[str]] = defaultdict(list)
        for hit in hits:
            words[hit.list].append(text[hit.first : hit.last])
        for name, said in words.items():
            yield _row(post, said) | {
                "subject": OWN + name, "strength": 1.0, "is_about": False, "judged_by": "",
            }  # fmt: skip


def _row(post: dict[str, Any], words: Sequence[str]) -> dict[str, Any]:
    told = {name: post[name] for name in ("post_id", "account_id", "published_at", "url")}
    return told | {"words": list(words), "quote": quoted(post["text"], words)}


def quoted(text: str, words: Sequence[str]) -> str:
    """At most 200 characters round the first of the words, or the beginning of the text."""
    places = [at for word in words if (at := text.find(word)) >= 0]
    start = max(min(places, default=0) - _BEFORE, 0)
    cut = text[start : start + _QUOTED - 2]
    return ("…" if start else "") + cut + ("…" if start + len(cut) < len(text) else "")
