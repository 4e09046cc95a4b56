"""mawj label and mawj train text, as a user calls them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mawj.cli.main import mawj
from tests.text.labelled import labelled

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("sklearn")


def called(*words: str) -> str:
    result = CliRunner().invoke(mawj, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A lake with a model of a subject of the team's own, fitted on a file of texts."""
    folder = tmp_path_factory.mktemp("training")
    rows = labelled(160)
    lines = [
        json.dumps({"text": text, "label": "yes" if yes else "no", "language": language})
        for text, language, yes in zip(rows.texts, rows.languages, rows.is_yes, strict=True)
    ]
    (folder / "rude.jsonl").write_text("\n".join(lines), "utf-8")
    place = str(folder / "lake")
    told = called(
        "train", "text", str(folder / "rude.jsonl"), "--subject", "rude", "--lake", place
    )
    assert "macro-F1" in told
    return place


def test_the_model_says_yes_and_why(lake: str) -> None:
    told = json.loads(
        called(
            "train",
            "text",
            "--subject",
            "rude",
            "--try",
            "what trash",
            "--lake",
            lake,
            "--format",
            "json",
        )
    )
    assert told["answer"] == "yes"
    assert any("ra" in name for name, _ in told["reasons"])


@pytest.mark.parametrize(("language", "word"), [("en", "no"), ("ar", "لا"), ("fa", "خیر")])
def test_it_answers_in_three_languages(lake: str, language: str, word: str) -> None:
    told = called(
        "train", "text", "--subject", "rude", "--try", "coffee book river window",
        "--lake", lake,
        "--lang", language,
    )  # fmt: skip
    assert told.startswith(f"{word}: 0.")


def test_too_few_labels_are_told_with_what_to_do(tmp_path: Path) -> None:
    place = str(tmp_path / "lake")
    called(
        "label",
        "add",
        "--text",
        "يا كلب",
        "--subject",
        "offence",
        "--is",
        "yes",
        "--lake",
        place,
    )
    assert "يا كلب" in called("label", "list", "--lake", place, "--lang", "ar")
    result = CliRunner().invoke(mawj, ["train", "text", "--lake", place])
    assert "1 texts of yes" in str(result.exception)


def test_labels_go_out_and_come_in(tmp_path: Path) -> None:
    first, second, file = (str(tmp_path / name) for name in ("a", "b", "labels.csv"))
    called(
        "label",
        "add",
        "--text",
        "you fool",
        "--subject",
        "offence",
        "--is",
        "yes",
        "--lake",
        first,
    )
    called("label", "export", file, "--lake", first)
    called("label", "import", file, "--subject", "offence", "--lake", second)
    assert (
        json.loads(called("label", "list", "--lake", second, "--format", "json"))[0]["text"]
        == "you fool"
    )
