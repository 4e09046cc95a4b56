"""What a brand wrote down is read, and what does not hold is said with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mawj.flow.brand_file import brand_file, no_brand
from mawj.tables.errors import SettingsError
from mawj.vet.safety.conflicts import USUAL_LINES

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
name = "Nour"
values = ["equality", "خانواده", "zorblax"]

[[red_line]]
subject = "الكحول"
severity = "avoid"
look_back = "2 years"

[[red_line]]
list = "recall"
words = ["old name", "تسريب"]

[[competitor]]
name = "Rival"
handle = "@Rival"
site = "https://www.rival.example/shop"

[[claim]]
says = "Women and men are paid alike"
about = "equal_pay"

[[fact]]
name = "women_pay"
value = 92

[[fact]]
name = "halal_certificate_until"
value = 2026-05-01

[[fact]]
name = "tests_on_animals"
value = false
"""


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "brand.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_subject_may_be_named_in_any_of_the_three_languages(tmp_path: Path) -> None:
    lines = brand_file(written(tmp_path, WHOLE)).tables["brand_red_lines"].to_pylist()
    alcohol = next(row for row in lines if row["subject"] == "alcohol")
    assert (alcohol["severity"], alcohol["look_back_days"]) == (0.6, 730.5)


def test_subjects_that_the_brand_does_not_name_keep_their_usual_weight(tmp_path: Path) -> None:
    lines = brand_file(written(tmp_path, WHOLE)).tables["brand_red_lines"].to_pylist()
    told = {row["subject"]: row["severity"] for row in lines}
    assert told == USUAL_LINES | {"alcohol": 0.6}


def test_words_of_its_own_become_a_list(tmp_path: Path) -> None:
    terms = brand_file(written(tmp_path, WHOLE)).tables["brand_terms"].to_pylist()
    assert [(row["list"], row["phrase"]) for row in terms] == [
        ("recall", "old name"), ("recall", "تسريب"),
    ]  # fmt: skip


def test_competitors_are_known_by_plain_handle_and_domain(tmp_path: Path) -> None:
    (row,) = brand_file(written(tmp_path, WHOLE)).tables["brand_competitors"].to_pylist()
    assert (row["handle"], row["domain"]) == ("rival", "rival.example")


def test_facts_keep_their_kind(tmp_path: Path) -> None:
    facts = brand_file(written(tmp_path, WHOLE)).tables["brand_facts"].to_pylist()
    number, day, yes = facts
    assert number["amount"] == 92.0
    assert day["on"].isoformat() == "2026-05-01T00:00:00+00:00"
    assert yes["is_yes"] is False


def test_a_value_that_is_not_understood_is_told(tmp_path: Path) -> None:
    (note,) = brand_file(written(tmp_path, WHOLE)).notes
    assert "zorblax" in note


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("values = []", "`name` is missing"),
        ('name = "N"\nvalues = "peace"', "values = ["),
        ('name = "N"\nsubject = "x"', "`subject` is not known"),
        ('name = "N"\n\n[[red_line]]\nsubject = "tea"', "line 3"),
        ('name = "N"\n[[red_line]]\nseverity = "never"', "neither `subject` nor `words`"),
        ('name = "N"\n[[red_line]]\nsubject = "hate"\nseverity = "bad"', "severity"),
        ('name = "N"\n[[red_line]]\nsubject = "hate"\nlook_back = "long"', "look_back"),
        ('name = "N"\n[[red_line]]\nsubjcet = "hate"', "`subjcet` is not known"),
        ('name = "N"\n[[red_line]]\nsubject = "hate"\n[[red_line]]\nsubject = "hate"', "twice"),
        ('name = "N"\n[[claim]]\nsays = "x"\nabout = "magic"', "equal_pay"),
        ('name = "N"\n[[claim]]\nsays = "x"\nfact = "y"', "at_least"),
        ('name = "N"\n[[fact]]\nname = "x"\nvalue = "many"', "neither a number"),
        ('name = "N"\n[[competitor]]\nhandle = "x"', "`name` is missing"),
        ("name = Nour", "quotes"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=r"brand\.toml") as error:
        brand_file(written(tmp_path, text))
    assert said in str(error.value)


def test_without_a_brand_the_usual_lines_hold_and_nothing_else() -> None:
    tables = no_brand()
    filled = [name for name, table in tables.items() if table.num_rows]
    assert filled == ["brand_red_lines"]
