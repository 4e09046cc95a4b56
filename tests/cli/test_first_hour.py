"""first-hour as a person types it, in three languages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mawj.cli.main import mawj
from mawj.lake.lake import Lake

if TYPE_CHECKING:
    from pathlib import Path


def asked(lake: Path, *words: str) -> str:
    account = Lake.open(lake).read("accounts").limit(1).to_pyarrow().to_pylist()[0]
    pasted = f"{account['account_id']}\ninstagram @nobody.here\n"
    command = ["first-hour", "-", "--lake", str(lake), *words]
    found = CliRunner().invoke(mawj, command, input=pasted, catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.stdout


@pytest.mark.parametrize(("language", "words", "state"), [
    ("en", "The first hour", "not loaded"), ("ar", "الساعة الأولى", "غير محمَّل"),
    ("fa", "ساعت نخست", "بارگذاری نشده"),
])  # fmt: skip
def test_it_is_told_in_three_languages(
    built_lake: Path, language: str, words: str, state: str
) -> None:
    told = asked(built_lake, "--lang", language)
    assert words in told
    assert state in told


def test_it_is_told_as_json_and_csv(built_lake: Path) -> None:
    found = json.loads(asked(built_lake, "--format", "json"))
    assert [one["state"] for one in found["lines"]] == ["known", "absent"]
    assert len(asked(built_lake, "--format", "csv").splitlines()) == 3
