"""The team's own models and labels change what the rules found, and are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

from mawj.tables.declared import TABLES
from mawj.text.model_file import save_model
from mawj.text.ngrams import NgramSettings, named_buckets
from mawj.text.text_model import Calibration, TextModel
from mawj.vet.safety.corrections import Corrections, Judged
from mawj.vet.safety.rule_columns import COLUMNS, WORTH, columns_of, rule_columns
from mawj.vet.safety.rules import subject_scores

if TYPE_CHECKING:
    from pathlib import Path

INSULT = "you are an idiot"


def model_of(words: dict[str, float], doubt: float = 0.0) -> TextModel:
    """A model of offence that knows nothing but the weight of some words."""
    settings = NgramSettings(bits=16)
    weight = np.zeros(1 << 16, np.float32)
    for word, value in words.items():
        weight[
            next(bucket for bucket, name in named_buckets(word, settings) if name == word)
        ] = value
    card = {"extras": rule_columns("offence").name}
    return TextModel(
        settings, weight, np.zeros(len(COLUMNS)), -0.1, Calibration(doubt=doubt), card
    )


def corrected(
    texts: list[str],
    tmp_path: Path,
    *,
    model: TextModel | None = None,
    labels: dict[str, bool] | None = None,
    language: str = "en",
) -> list[list[Judged]]:
    rows = []
    if model is not None:
        save_model(model, tmp_path / "m.npz")
        rows = [{"subject": "offence", "path": str(tmp_path / "m.npz"), "name": "our model",
                 "languages": ["en"]}]  # fmt: skip
    given = pa.Table.from_pylist(rows, TABLES["trained_models"].schema)
    told = [{"post_id": post, "subject": "offence", "is_yes": yes}
            for post, yes in (labels or {}).items()]  # fmt: skip
    said = pa.Table.from_pylist(told, pa.schema([
        ("post_id", pa.string()), ("subject", pa.string()), ("is_yes", pa.bool_()),
    ]))  # fmt: skip
    posts: list[dict[str, Any]] = [
        {"post_id": f"x:{n}", "text": text, "language": language}
        for n, text in enumerate(texts)
    ]
    found = subject_scores(texts, [language] * len(texts))
    return Corrections(given, said).corrected(posts, found)


def test_without_models_and_labels_the_rules_stand(tmp_path: Path) -> None:
    (one,), none = corrected([INSULT, "good day"], tmp_path)
    assert (one.spoken.subject, one.judged_by) == ("offence", "")
    assert none == []


def test_a_model_finds_what_the_rules_do_not_know(tmp_path: Path) -> None:
    model = model_of({"zorgle": 20.0})
    (one,), none = corrected(["what a zorgle", "what a day"], tmp_path, model=model)
    assert (one.spoken.subject, one.judged_by) == ("offence", "our model")
    assert one.spoken.strength > 0.5
    assert none == []


def test_a_model_that_is_not_sure_raises_nothing_alone(tmp_path: Path) -> None:
    assert corrected(["what a zorgle"], tmp_path, model=model_of({"zorgle": 4.0})) == [[]]


def test_a_model_clears_what_the_rules_found_wrongly(tmp_path: Path) -> None:
    ((one,),) = corrected([INSULT], tmp_path, model=model_of({"idiot": -9.0}))
    assert one.spoken.strength < 0.5
    assert one.judged_by == "our model"


def test_a_model_in_doubt_leaves_the_answer_to_the_rules(tmp_path: Path) -> None:
    ((one,),) = corrected([INSULT], tmp_path, model=model_of({}, doubt=0.2))
    assert (one.spoken.strength > 0.5, one.judged_by) == (True, "")


def test_a_model_says_nothing_of_languages_it_was_not_fitted_on(tmp_path: Path) -> None:
    model = model_of({"zorgle": 9.0})
    assert corrected(["a zorgle"], tmp_path, model=model, language="fa") == [[]]


@pytest.mark.parametrize("has_model", [False, True])
def test_a_label_holds_whatever_else_was_found(tmp_path: Path, has_model: bool) -> None:
    model = model_of({"zorgle": 9.0}) if has_model else None
    first, (second,) = corrected(
        [f"{INSULT}, zorgle", "good day"], tmp_path, model=model,
        labels={"x:0": False, "x:1": True},
    )  # fmt: skip
    assert first == []
    assert (second.spoken.strength, second.judged_by) == (1.0, "label")


def test_columns_tell_what_the_rules_found() -> None:
    columns = rule_columns("offence").of([INSULT, "good day"], ["en", "en"])
    assert columns.shape == (2, len(COLUMNS))
    assert columns[0, 0] == WORTH[0]
    assert columns[0, 1] > 0
    assert not columns[1].any()
    assert not columns_of([[]], "a word of the team").any()
