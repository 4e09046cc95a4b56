"""mawj disclosure: drafts and posts held against the rules of a country."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mawj.cli.disclosure import disclosure
from mawj.cli.main import mawj

if TYPE_CHECKING:
    from pathlib import Path

GOOD, VAGUE = "#ad A lovely lamp", "In collaboration with Lumo: a lamp"


def test_a_complete_draft_from_standard_input_ends_with_0() -> None:
    said = CliRunner().invoke(disclosure, ["check", "--country", "US", "-"], input=GOOD)
    assert said.exit_code == 0
    assert "Nothing is missing" in said.output
    assert "Federal Trade Commission" in said.output


def test_what_is_missing_is_said_with_the_text_to_add(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(VAGUE, encoding="utf-8")
    said = CliRunner().invoke(disclosure, ["check", "--country", "US", str(draft)])
    assert said.exit_code == 1
    assert "Text to add: Ad" in said.output
    assert f"Ad | {VAGUE}" in said.output


@pytest.mark.parametrize(("language", "word"), [("ar", "ناقص"), ("fa", "کم است")])
def test_the_answer_speaks_the_language_asked_for(language: str, word: str) -> None:
    arguments = ["check", "--country", "SA", "--lang", language, "-"]
    assert word in CliRunner().invoke(disclosure, arguments, input="عطر جديد").output


def test_a_permit_that_is_held_is_not_missing() -> None:
    arguments = ["check", "--country", "SA", "--permit", "mawthooq=12345", "-"]
    assert CliRunner().invoke(disclosure, arguments, input="إعلان: عطر").exit_code == 0


def test_the_answer_can_be_read_by_programs() -> None:
    arguments = ["check", "--country", "US", "--format", "json", "-"]
    answer = json.loads(CliRunner().invoke(disclosure, arguments, input=VAGUE).output)
    assert answer["missing"][0]["kind"] == "too_vague"


def test_without_a_country_it_is_asked_for() -> None:
    said = CliRunner().invoke(disclosure, ["check", "-"], input=GOOD)
    assert "--country" in str(said.exception)


def test_a_post_of_the_lake_is_checked_by_its_accounts_country(built_lake: Path) -> None:
    unknown = CliRunner().invoke(disclosure, ["check", "x:none", "--lake", str(built_lake)])
    assert "no post of that id is loaded" in str(unknown.exception)


def test_the_countries_are_listed() -> None:
    said = CliRunner().invoke(mawj, ["disclosure", "rules", "--lang", "fa"])
    assert "عربستان سعودی" in said.output
