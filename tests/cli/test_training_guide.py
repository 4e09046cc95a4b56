"""The commands of docs/guides/training.md run in their order, on the small made-up world."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mawj.cli.main import mawj
from mawj.lake.lake import Lake
from tests.text.labelled import labelled

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("sklearn")

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "training.md"


def commands() -> Iterator[list[str]]:
    """Each command of the guide, without its first word."""
    for block in re.findall(r"```sh\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL):
        for line in block.splitlines():
            first, *words = shlex.split(line)
            assert first == "mawj"
            yield words


def test_the_guide_runs_from_label_to_vet(
    own_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = labelled(160)
    told = [
        {"text": text, "label": "yes" if yes else "no", "language": "ar"}
        for text, yes in zip(rows.texts, rows.is_yes, strict=True)
    ]
    lines = [f"{row['text']},{row['label']}" for row in told]
    (tmp_path / "offence.csv").write_text("\n".join(["text,label", *lines]), "utf-8")
    more = "\n".join(json.dumps(row) for row in told)
    (tmp_path / "more.jsonl").write_text(more, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAWJ_LAKE", str(own_lake))
    with Lake.open(own_lake) as lake:
        account = lake.read("posts").limit(1).to_pyarrow()["account_id"][0].as_py()
    answers = []
    for words in commands():
        said = [account if word == "x:123" else word for word in words]
        result = CliRunner().invoke(mawj, said, catch_exceptions=False)
        assert result.exit_code == 0, (said, result.output)
        answers.append(result.output)
    assert (own_lake / "models" / "text-offence.npz").exists()
    assert "macro-F1" in answers[-4]
    assert len((tmp_path / "labels.csv").read_text("utf-8").splitlines()) > 100
