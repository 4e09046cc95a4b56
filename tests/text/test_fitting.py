"""A text model learns what was labelled, says how sure it is, why, and how often it errs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from mawj.text.fitting import FitSettings, LabelledTexts, fit_text_model, folds_of
from mawj.text.meaning_columns import meaning_columns
from mawj.text.model_file import load_model, save_model
from mawj.text.ngrams import NgramSettings, buckets
from mawj.text.text_model import Extras, TextModel, joined_extras
from tests.text.labelled import labelled

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("sklearn")

SETTINGS = FitSettings(ngrams=NgramSettings(bits=16))


@pytest.fixture(scope="module")
def model() -> TextModel:
    return fit_text_model(labelled(200), SETTINGS, told={"data": "made up"})


def shouting() -> Extras:
    def columns(texts: Any, languages: Any) -> Any:
        marks = [
            [float("!" in t), float(lang == "fa")]
            for t, lang in zip(texts, languages, strict=True)
        ]
        return np.array(marks, np.float64).reshape(-1, 2)

    return Extras("shouting", ("has_mark", "is_persian"), columns)


def test_what_was_labelled_is_told_in_other_texts(model: TextModel) -> None:
    other = labelled(100, seed=2)
    answers = model.probabilities(other.texts) >= model.calibration.threshold
    assert (answers == other.is_yes).mean() > 0.9


def test_probabilities_are_calibrated_on_texts_not_seen(model: TextModel) -> None:
    other = labelled(400, seed=3)
    p = model.probabilities(other.texts)
    assert p[other.is_yes].mean() > 0.8
    assert p[~other.is_yes].mean() < 0.2
    assert ((p >= 0) & (p <= 1)).all()


def test_reasons_name_the_words_and_add_up_to_the_weight(model: TextModel) -> None:
    text = "you loser, morning coffee"
    reasons = model.reasons(text, most=10_000)
    assert sum(w for _, w in reasons) + model.bias == pytest.approx(
        model.weights([text])[0], abs=1e-4
    )
    assert any("los" in name or "loser" in name for name, weight in reasons[:4] if weight > 0)


def test_in_the_band_of_doubt_nothing_is_answered(model: TextModel) -> None:
    near = model.calibration.threshold + np.array([-0.2, -0.01, 0.01, 0.2])
    assert model.decided(near).tolist() == [0, -1, -1, 1]


def test_the_card_tells_the_data_and_the_figures_by_language(model: TextModel) -> None:
    card = model.card
    assert (card["rows"], card["yes"], card["data"]) == (200, 100, "made up")
    assert set(card["figures"]) == {"all", "ar", "en"}
    assert card["figures"]["all"]["macro_f1"] > 0.8


def test_labels_without_a_pattern_give_figures_of_chance() -> None:
    rows = labelled(200)
    drawn = replace(rows, is_yes=np.random.default_rng(5).permutation(rows.is_yes))
    figure = fit_text_model(drawn, SETTINGS).card["figures"]["all"]
    assert 0.35 < figure["macro_f1"] < 0.65


def test_repeated_texts_are_never_on_both_sides() -> None:
    rows = ["Good morning", "good  MORNING!", "other words", "صباحُ الخير", "صباح الخير"] * 3
    fold = folds_of(buckets(rows, SETTINGS.ngrams), SETTINGS)
    assert len(set(fold[[0, 1, 5, 6]])) == 1
    assert len(set(fold[[3, 4, 8]])) == 1


def test_a_saved_model_answers_the_same(model: TextModel, tmp_path: Path) -> None:
    save_model(model, tmp_path / "deep" / "m.npz")
    again = load_model(tmp_path / "deep" / "m.npz")
    texts = labelled(50, seed=4).texts
    assert np.array_equal(again.probabilities(texts), model.probabilities(texts))
    assert again.card == model.card
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["m.npz"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"\x80\x04cposix\nsystem\n"])
def test_a_file_that_is_no_model_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="no text model"):
        load_model(path)


def test_nothing_in_a_file_is_run_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    np.savez(path, told=np.array([{"form": "x"}], dtype=object))
    with pytest.raises(ValueError, match="no text model"):
        load_model(path)


def test_further_columns_count_and_are_asked_for_again() -> None:
    rows = labelled(120)
    shouted = replace(
        rows, texts=[f"{t}!" if y else t for t, y in zip(rows.texts, rows.is_yes, strict=True)]
    )
    model = fit_text_model(shouted, SETTINGS, extras=shouting())
    assert (
        model.weights(["zzz!"], [""], shouting())[0]
        > model.weights(["zzz"], [""], shouting())[0] + 1
    )
    assert ("has_mark" in dict(model.reasons("zzz!", "", shouting()))) is True
    with pytest.raises(ValueError, match="shouting"):
        model.weights(["zzz!"])


class Counting:
    """An embedder of two dimensions: whether a text has an a and a b."""

    name = "counting 1"

    def passages(self, texts: Any) -> Any:
        return np.array([["a" in t, "b" in t] for t in texts], np.float32)

    def query(self, text: str) -> Any:
        return self.passages([text])[0]


def test_meaning_joins_other_columns() -> None:
    both = joined_extras(shouting(), meaning_columns(Counting()))
    assert both.columns == ("has_mark", "is_persian", "meaning_0", "meaning_1")
    assert both.of(["b!"], ["fa"]).tolist() == [[1.0, 1.0, 0.0, 2.0]]
    assert both.of([], []).shape == (0, 4)


def weights_under(**changed: Any) -> Any:
    rows = labelled(120)
    shouted = [f"{text}!" if n % 3 else text for n, text in enumerate(rows.texts)]
    noisy = replace(rows, texts=shouted, is_yes=rows.is_yes ^ (np.arange(120) % 7 == 0))
    model = fit_text_model(noisy, replace(SETTINGS, **changed), extras=shouting())
    return np.concatenate(
        [model.weight[model.weight != 0][:200], model.extra_weight,
         [model.calibration.threshold, model.calibration.doubt, model.calibration.slope]]
    )  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {"penalty": 0.1}, {"extras_scale": 9.0}, {"least_texts": 9}, {"folds": 3},
        {"known_share": 0.5}, {"doubt": 0.3}, {"trust_of_line": 1.0}, {"seed": 2},
        {"ngrams": NgramSettings(longest=3, bits=16)},
    ],
)  # fmt: skip
def test_every_setting_changes_something(changed: dict[str, Any]) -> None:
    before, after = weights_under(), weights_under(**changed)
    assert before.shape != after.shape or not np.array_equal(before, after)


def test_too_few_of_one_kind_are_refused() -> None:
    rows = labelled(60)
    few = LabelledTexts(rows.texts, rows.languages, np.arange(60) < 10)
    with pytest.raises(ValueError, match="10 texts of yes"):
        fit_text_model(few, SETTINGS)
    fit_text_model(few, replace(SETTINGS, least_each=5))
