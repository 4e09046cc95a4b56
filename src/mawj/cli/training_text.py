"""train text: a model that answers yes or no of a text, fitted on what the user labelled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mawj.cli.door import Door, door_options
from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow.labelled_files import FileHeadings
from mawj.flow.sentences import isolated, say
from mawj.flow.text_models import TrainAsked, card_lines, model_of, train_text
from mawj.text.fitting import FitSettings

if TYPE_CHECKING:
    from mawj.flow.text_models import Trained

FIGURES = (
    "rows",
    "yes",
    "macro_f1",
    "macro_f1_low",
    "macro_f1_high",
    "precision",
    "recall",
    "auc",
)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--subject", default="offence", help="What it answers (default: offence).")
@click.option(
    "--language",
    "languages",
    multiple=True,
    help="Only texts of this language; may be repeated.",
)
@click.option("--text-column", default="", help="Heading of the texts in FILES.")
@click.option("--label-column", default="", help="Heading of the answers in FILES.")
@click.option("--yes", multiple=True, help="A value that means yes; may be repeated.")
@click.option("--no-labels", is_flag=True, help="Leave out what `mawj label` stored.")
@click.option("--meaning", is_flag=True, help="Also read the meaning (semantic extra; slow).")
@click.option(
    "--try",
    "words",
    default="",
    help="Fit nothing: judge these words with the model that is there, and say why.",
)
@door_options  # fmt: skip
def text(door: Door, files: tuple[Path, ...], subject: str, words: str, **told: Any) -> None:
    """Fit a text model on labelled texts: those of FILES, and those of `mawj label`.

    The model stays in the lake (models/), and `mawj vet` uses it from then on. Its error rates,
    by language, are those on texts that it did not see.
    """
    if words:
        _tried(door, subject, words)
        return
    asked = TrainAsked(
        subject, files, datetime.now(UTC),
        FileHeadings(told["text_column"], told["label_column"], yes=told["yes"]),
        told["languages"], told["meaning"], not told["no_labels"],
    )  # fmt: skip
    done = train_text(door.lake(must_exist=False), asked, FitSettings())
    if door.form == "json":
        show_json({"path": str(done.path), "card": dict(done.model.card)})
        return
    _show(door, done)


def _show(door: Door, done: Trained) -> None:
    names = ("language", *FIGURES)
    headings = [
        Heading(name, say(door.cells, "train_text", name), name != "language") for name in names
    ]
    rows = [
        {name: _cell(value) for name, value in row.items()}
        | {"language": say(door.cells, "train_text", row["language"])}
        for row in card_lines(done.model.card)
    ]
    show(door.form, headings, rows, language=door.cells)
    if door.form == "table":
        say_line(say(door.language, "train_text", "explained"))
        path = isolated(done.path)
        say_line(say(door.language, "train_text", "kept", path=path))


def _tried(door: Door, subject: str, words: str) -> None:
    model, extras = model_of(door.lake(), subject)
    p = model.probabilities([words], [""], extras)
    answer = {1: "yes", 0: "no", -1: "unsure"}[int(model.decided(p)[0])]
    reasons = model.reasons(words, "", extras)
    if door.form == "json":
        show_json({"p": float(p[0]), "answer": answer, "reasons": reasons})
        return
    told = say(door.language, "train_text", answer)
    say_line(f"{told}: {float(p[0]):.2f}")
    for name, weight in reasons:
        say_line(f"  {weight:+.2f}  {isolated(name)}")


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else f"{value}"
