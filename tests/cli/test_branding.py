"""A brand file is begun and looked over at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mawj.cli.main import mawj

if TYPE_CHECKING:
    from pathlib import Path


def said(*arguments: str) -> str:
    done = CliRunner().invoke(mawj, ["brand", *arguments])
    assert done.exception is None, done.output
    return " ".join(done.output.split())


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_the_file_to_begin_with_holds_in_every_language(tmp_path: Path, language: str) -> None:
    file = str(tmp_path / "brand.toml")
    said("new", file, "--language", language)
    assert "women_pay" in said("check", file, "--language", language)


def test_a_contradiction_is_told_to_the_brand(tmp_path: Path) -> None:
    file = tmp_path / "brand.toml"
    said("new", str(file))
    text = file.read_text(encoding="utf-8").replace("value = 100", "value = 80", 1)
    file.write_text(text, encoding="utf-8")
    assert "Contradiction" in said("check", str(file))


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "brand.toml"
    file.write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(mawj, ["brand", "new", str(file)])
    assert done.exception is not None
    assert file.read_text(encoding="utf-8") == "mine"
