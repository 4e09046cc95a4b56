"""Labels are kept with who said so, replaced when said anew, and erased with the author."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from mawj.flow.commands import erase
from mawj.flow.labelled_files import FileHeadings, cell, labelled_rows, plain_cell
from mawj.flow.labels import (
    Said,
    exported_labels,
    import_labels,
    label_item,
    label_words,
    labels_of,
)
from mawj.lake.lake import Lake
from mawj.tables.declared import TABLES
from mawj.tables.errors import ActionRefused, NotFound, SourceRefused

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 5, 2, 12, tzinfo=UTC)
SAID = Said("offence", "Alice", NOON)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.open(tmp_path / "lake")


POST = {"post_id": "x:p1", "account_id": "x:1", "platform": "x", "text": "a post"}
COMMENT = {"comment_id": "x:c1", "post_id": "x:p1", "account_id": "x:2", "text": "a comment"}


@pytest.fixture
def loaded(lake: Lake) -> Lake:
    """A lake with one post and one comment under it."""
    came = {"source": "s", "fetched_at": NOON, "basis": "public", "load_id": "l"}
    accounts = [{"account_id": f"x:{n}", "platform": "x", "handle": f"user{n}"} for n in (1, 2)]
    for name, found in (("accounts", accounts), ("posts", [POST]), ("comments", [COMMENT])):
        told = pa.Table.from_pylist([row | came for row in found], TABLES[name].schema)
        lake.upsert(name, told)
    return lake


def test_a_post_and_a_comment_are_labelled_by_their_id(loaded: Lake) -> None:
    lake, post, comment = loaded, POST, COMMENT
    label_item(lake, post["post_id"], SAID, is_yes=True)
    label_item(lake, comment["comment_id"], SAID, is_yes=False)
    by_post = {row["post_id"]: row for row in labels_of(lake, "offence")}
    told = by_post[post["post_id"]]
    assert (told["text"], told["account_id"], told["is_yes"]) == (
        post["text"], post["account_id"], True,
    )  # fmt: skip
    assert (told["labelled_by"], told["labelled_at"]) == ("Alice", NOON)
    assert by_post[None]["comment_id"] == comment["comment_id"]


def test_labels_of_an_erased_author_go(loaded: Lake) -> None:
    lake, post = loaded, POST
    label_item(lake, post["post_id"], SAID, is_yes=True)
    label_words(lake, "somebody else's words", SAID, is_yes=False)
    proof = erase(lake, [post["account_id"]], key=b"sixteen letters!", reason="asked for")
    assert [row["text"] for row in labels_of(lake)] == ["somebody else's words"]
    assert proof.scan.n_hits == 0


def test_a_label_said_anew_replaces_the_old_one(lake: Lake) -> None:
    label_words(lake, "يا كلب", SAID, is_yes=True)
    label_words(lake, "يا کلب", Said("offence", "Bob", LATER), is_yes=False)
    label_words(lake, "يا كلب", Said("hate", "Bob", LATER), is_yes=False)
    found = labels_of(lake, "offence")
    assert [(row["is_yes"], row["labelled_by"]) for row in found] == [(False, "Bob")]
    assert len(labels_of(lake)) == 2


def test_what_is_not_there_or_says_nothing_is_refused(lake: Lake) -> None:
    with pytest.raises(NotFound, match="no post and no comment"):
        label_item(lake, "x:1", SAID, is_yes=True)
    with pytest.raises(ActionRefused, match="no text"):
        label_words(lake, "  ", SAID, is_yes=True)
    with pytest.raises(ActionRefused, match="no subject"):
        label_words(lake, "text", Said("a b", "", NOON), is_yes=True)


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl"])
def test_exported_labels_come_back_the_same(lake: Lake, tmp_path: Path, name: str) -> None:
    for text, is_yes in (("=1+1", True), ('@one "you"\nfool', True), ("می‌روم", False)):
        label_words(lake, text, SAID, is_yes=is_yes)
    written = exported_labels(labels_of(lake), as_json=name.endswith("jsonl"))
    (tmp_path / name).write_text(written, "utf-8")
    other = Lake.open(tmp_path / "other")
    assert import_labels(other, tmp_path / name, SAID, FileHeadings()) == 3
    told = ("label_id", "text", "is_yes", "language", "labelled_by")
    assert [{n: row[n] for n in told} for row in labels_of(other)] == [
        {n: row[n] for n in told} for row in labels_of(lake)
    ]


def test_no_spreadsheet_takes_a_text_for_a_formula() -> None:
    for text in ("=1", "@a", "-x", "plain", "'quoted"):
        assert cell(text)[0] not in "=@-"
        assert plain_cell(cell(text)) == text


FILES = {
    "label,tweet\nOFF,one\nNOT,two\n": [("one", True), ("two", False)],
    "comment,label\nا,Offensive\nب,Neutral\n": [("ا", True), ("ب", False)],
    "text,is_gambling\nbet,1\nread,0\n,1\nlost,\n": [("bet", True), ("read", False)],
}


@pytest.mark.parametrize("content", FILES)
def test_usual_headings_and_answers_are_understood(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(content, "utf-8")
    found = labelled_rows(tmp_path / "a.csv", FileHeadings(), ("gambling",))
    assert [(row.text, row.is_yes) for row in found] == FILES[content]


def test_answers_that_are_neither_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text('words\tclass\n"one\tabusive\ntwo\tperhaps\n', "utf-8")
    headings = FileHeadings(text="words")
    with pytest.raises(SourceRefused, match="perhaps"):
        labelled_rows(path, headings)
    found = labelled_rows(path, FileHeadings("words", "class", yes=("perhaps",)))
    assert [(row.text, row.is_yes) for row in found] == [('"one', False), ("two", True)]


@pytest.mark.parametrize("name", ["absent.csv", "broken.jsonl", "no_text.csv"])
def test_files_that_cannot_be_read_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_text("{no", "utf-8")
    (tmp_path / "no_text.csv").write_text("a,label\n1,2\n", "utf-8")
    with pytest.raises(SourceRefused):
        labelled_rows(tmp_path / name, FileHeadings())
