"""The disclosure benchmark measures what it says, on sentences written here."""

from __future__ import annotations

import csv
import gzip
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks import disclosure

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    ("0", "A lovely lamp", "none"),
    ("0", "This is an affiliate link", "affiliate_link"),
    ("1", "We are not affiliated with the maker", "none"),
    ("1", "I earn a small commission if you buy", "explanation"),
    ("2", "Support the channel by shopping through the link", "support_channel"),
    ("2", "Another lovely lamp", "affiliate_link"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([("doc", "sentence", "disclosure"), *ROWS])
    folder = tmp_path / "affiliate-disclosures"
    folder.mkdir()
    (folder / "other_sentences.csv.gz").write_bytes(gzip.compress(text.getvalue().encode()))
    return tmp_path


def test_every_file_of_sentences_is_a_set_of_its_own(data: Path) -> None:
    assert {name: len(rows) for name, rows in disclosure.sets_of(data).items()} == {"other": 6}


def test_sentences_documents_denials_and_contradicted_labels_are_told(data: Path) -> None:
    figures = disclosure.measured(disclosure.sets_of(data)["other"])
    assert figures["sentences"]["precision"]["value"] == 1.0
    assert figures["sentences"]["recall"]["value"] == 0.75
    assert figures["documents"]["f1"]["value"] == 1.0
    assert figures["keyword"]["precision"]["value"] < 1.0
    assert figures["denials"] == {"precision": 1.0, "n": 1}
    assert figures["n_contradicted"] == 1
    assert figures["labels_kept"]["f1"]["value"] == 1.0


def test_precision_and_recall_are_what_they_are_called() -> None:
    truth, said = np.array([True, True, False, False]), np.array([True, False, True, False])
    made = disclosure.scored(truth, said, np.ones(4))
    assert made == {"precision": 0.5, "recall": 0.5, "f1": 0.5}


def test_no_denial_written_here_is_taken_for_a_disclosure() -> None:
    assert disclosure.own_denials()["precision"] == 1.0


def test_without_data_the_last_line_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["disclosure"])
    disclosure.main()
    assert capsys.readouterr().out.splitlines()[-1].startswith('RESULT {"skipped"')
