"""Labels: what members of a team say of texts, kept in the lake, to correct and to train."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.labelled_files import FileHeadings, cell, labelled_rows
from mawj.tables.declared import TABLES
from mawj.tables.errors import ActionRefused, NotFound
from mawj.text.language import languages
from mawj.text.normalise import search_form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mawj.lake.lake import Lake

MOST_CHARACTERS = 20_000
SOURCE, LOAD = "mawj label", "labels"
EXPORTED = (
    "subject", "is_yes", "text", "language", "post_id", "comment_id", "account_id",
    "labelled_by", "labelled_at",
)  # fmt: skip
_SUBJECT = re.compile(r"[\w-]{1,60}")
_OWN = ("post_id", "comment_id", "account_id", "labelled_by")


@dataclass(frozen=True)
class Said:
    """Who labels, when, and on what subject.

    Attributes:
        subject: what is asked of each text; a word without blanks.
        by: the member; empty when not said.
        at: the moment, UTC.
    """

    subject: str
    by: str
    at: datetime


def label_item(lake: Lake, item_id: str, said: Said, *, is_yes: bool) -> dict[str, Any]:
    """Label one loaded post or comment; the stored row.

    Raises:
        NotFound: when no post and no comment has that id, or it has no text.
    """
    for table, key in (("posts", "post_id"), ("comments", "comment_id")):
        found = lake.read(table).filter(_[key] == item_id)
        for item in rows(found.select("account_id", "text", "language").limit(1)):
            if not item["text"]:
                raise NotFound(f"{item_id} has no text that could be labelled")
            row = _row(said, item["text"], is_yes=is_yes)
            row |= {key: item_id, "account_id": item["account_id"]}
            return _stored(lake, [row | {"language": item["language"]}])[0]
    raise NotFound(f"no post and no comment is called {item_id!r}; --text takes the words")


def label_words(lake: Lake, text: str, said: Said, *, is_yes: bool) -> dict[str, Any]:
    """Label words that are not loaded as a post; the stored row."""
    if not text.strip():
        raise ActionRefused("there is no text to label")
    return _stored(lake, [_row(said, text, is_yes=is_yes)])[0]


def import_labels(lake: Lake, path: Path, said: Said, headings: FileHeadings) -> int:
    """Store the labelled texts of a CSV, TSV or JSON-lines file; how many rows were read."""
    found = labelled_rows(path, headings, (said.subject,))
    made = []
    for one in found:
        subject = str(one.told.get("subject") or said.subject)
        row = _row(Said(subject, said.by, said.at), one.text, is_yes=one.is_yes)
        row |= {name: one.told[name] for name in _OWN if one.told.get(name)}
        made.append(row | {"language": one.language or None, "source": f"file:{path.name}"})
    if made:
        _stored(lake, made)
    return len(made)


def labels_of(lake: Lake, subject: str = "", most: int | None = None) -> list[dict[str, Any]]:
    """The stored labels, the newest first; all subjects when none is named."""
    found = lake.read("labels")
    if subject:
        found = found.filter(_.subject == subject)
    found = found.order_by(_.labelled_at.desc(), _.label_id)
    return rows(found if most is None else found.limit(most))


def exported_labels(found: Sequence[dict[str, Any]], *, as_json: bool) -> str:
    """Labels as CSV or JSON lines that `mawj label import` reads back."""
    plain = [{name: _plain(row[name]) for name in EXPORTED} for row in found]
    if as_json:
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in plain)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(EXPORTED)
    writer.writerows([cell(value) for value in row.values()] for row in plain)
    return out.getvalue()


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, datetime) else value


def _row(said: Said, text: str, *, is_yes: bool) -> dict[str, Any]:
    if not _SUBJECT.fullmatch(said.subject):
        raise ActionRefused(
            f"{said.subject!r} is no subject: one word of letters, digits, - and _"
        )
    return {
        "subject": said.subject, "is_yes": is_yes, "text": text[:MOST_CHARACTERS],
        "labelled_by": said.by or None, "labelled_at": said.at, "source": SOURCE,
        "fetched_at": said.at, "basis": "typed_in", "load_id": LOAD,
    }  # fmt: skip


def _stored(lake: Lake, made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with their id and language, kept; a text labelled again gets the new answer."""
    untold = [row for row in made if not row.get("language")]
    for row, found in zip(untold, languages([row["text"] for row in untold]), strict=True):
        row["language"] = None if found.code == "und" else found.code
    by_id = {}
    for row in made:
        about = row.get("post_id") or row.get("comment_id") or search_form(row["text"])
        digest = blake2b(f"{row['subject']}\x00{about}".encode("utf-8", "replace"))
        by_id[digest.hexdigest()[:32]] = row
    ready = [row | {"label_id": label_id} for label_id, row in by_id.items()]
    lake.upsert("labels", pa.Table.from_pylist(ready, TABLES["labels"].schema))
    return ready
