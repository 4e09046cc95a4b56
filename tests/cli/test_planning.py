"""mawj plan from the command line: what needs no run, and slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mawj.cli.planning import plan
from mawj.flow.brief_file import brief_file
from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path


def said(*words: str) -> str:
    answer = CliRunner().invoke(plan, list(words), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_a_brief_is_begun_in_any_language(tmp_path: Path, language: str) -> None:
    file = tmp_path / "b.toml"
    assert "b.toml" in said("new", str(file), "--lang", language)
    assert brief_file(file).budget_minor > 0


def test_trades_are_listed_with_where_rules_hold() -> None:
    shown = said("sectors")
    assert "food_drink" in shown
    assert "Don't: Saudi Arabia" in shown


def test_deliverables_are_listed_by_their_keys() -> None:
    assert "ريلز على إنستغرام" in said("deliverables", "--lang", "ar")


def test_occasions_are_listed_in_three_calendars() -> None:
    shown = said(
        "occasions", "--from", "2027-02-01", "--until", "2027-02-20", "--country", "SA"
    )
    assert "Ramadan" in shown
    assert "1 Ramadan 1448" in shown
    assert "Nowruz" not in shown


def test_a_first_word_that_is_no_command_is_the_brief(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="mawj plan new"):
        said(str(tmp_path / "none.toml"))
