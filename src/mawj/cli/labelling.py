"""label: say what texts are, to correct the product's errors and to train its models."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow import labels
from mawj.flow.labelled_files import FileHeadings
from mawj.flow.sentences import isolated, say
from mawj.tables.errors import SettingsError

COLUMNS = ("subject", "is_yes", "language", "about", "text", "labelled_by", "labelled_at")


@click.group()
def label() -> None:
    """Say what texts are: offensive or not, about gambling or not … in your eyes."""


@label.command()
@click.argument("item", default="")
@click.option("--text", default="", help="The words, where they are no loaded post.")
@click.option(
    "--subject", required=True, help="What is asked: offence, hate, or a word of yours."
)
@click.option("--is", "answer", type=click.Choice(["yes", "no"]), required=True)
@click.option(
    "--by", default=lambda: os.environ.get("MAWJ_MEMBER", ""), help="Who says so (MAWJ_MEMBER)."
)
@door_options  # fmt: skip
def add(door: Door, item: str, text: str, answer: str, **told: Any) -> None:
    """Label a loaded post or comment by its id ITEM, or the words of --text."""
    if bool(item) == bool(text):
        raise SettingsError("give the id of a post or comment, or --text with the words")
    lake = door.lake(must_exist=bool(item))
    said = labels.Said(told["subject"], told["by"], datetime.now(UTC))
    is_yes = answer == "yes"
    if item:
        row = labels.label_item(lake, item, said, is_yes=is_yes)
    else:
        row = labels.label_words(lake, text, said, is_yes=is_yes)
    if door.form == "json":
        show_json(row)
        return
    said_so = say(door.language, "label", answer)
    words = isolated(_short(row["text"]))
    about = isolated(said.subject)
    say_line(say(door.language, "label", "added", subject=about, answer=said_so, text=words))


@label.command(name="list")
@click.option("--subject", default="", help="Only this subject.")
@click.option("--top", type=click.IntRange(1), default=50, help="Most to show.")
@door_options
def list_(door: Door, subject: str, top: int) -> None:
    """What has been labelled, the newest first."""
    found = labels.labels_of(door.lake(), subject, most=top)
    if door.form == "json":
        show_json(found)
        return
    if not found and door.form == "table":
        say_line(say(door.language, "label", "none"))
        return
    headings = [
        Heading(name, say(door.cells, "label", name), is_wide=name == "text")
        for name in COLUMNS
    ]
    show(door.form, headings, [_shown(row, door) for row in found], language=door.cells)


@label.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--subject", required=True, help="What the file answers; a column `subject` wins."
)
@click.option(
    "--by", default=lambda: os.environ.get("MAWJ_MEMBER", ""), help="Who says so (MAWJ_MEMBER)."
)
@click.option("--text-column", default="", help="Heading of the texts.")
@click.option("--label-column", default="", help="Heading of the answers.")
@click.option("--yes", multiple=True, help="A value that means yes; may be repeated.")
@door_options  # fmt: skip
def import_(door: Door, file: Path, subject: str, by: str, **told: Any) -> None:
    """Store the labelled texts of FILE (.csv, .tsv, .jsonl; packed or not)."""
    headings = FileHeadings(told["text_column"], told["label_column"], yes=told["yes"])
    said = labels.Said(subject, by, datetime.now(UTC))
    n = labels.import_labels(door.lake(must_exist=False), file, said, headings)
    if door.form == "json":
        show_json({"labels": n})
    else:
        say_line(say(door.language, "label", "imported", n=f"{n:,}", file=isolated(file.name)))


@label.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--subject", default="", help="Only this subject.")
@door_options
def export(door: Door, file: Path, subject: str) -> None:
    """Write the labels to FILE as CSV, or as JSON lines where its name ends in .jsonl."""
    found = labels.labels_of(door.lake(), subject)
    written = labels.exported_labels(found, as_json=file.suffix == ".jsonl")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written, "utf-8")
    if door.form == "json":
        show_json({"labels": len(found)})
    else:
        n = f"{len(found):,}"
        say_line(say(door.language, "label", "exported", n=n, file=isolated(file.name)))


def _shown(row: dict[str, Any], door: Door) -> dict[str, Any]:
    about = row["post_id"] or row["comment_id"] or "–"
    answer = say(door.cells, "label", "yes" if row["is_yes"] else "no")
    at = f"{row['labelled_at']:%Y-%m-%d %H:%M}"
    return row | {
        "about": about, "is_yes": answer, "text": _short(row["text"]), "labelled_at": at,
        "labelled_by": row["labelled_by"] or "–", "language": row["language"] or "–",
    }  # fmt: skip


def _short(text: str, most: int = 80) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
