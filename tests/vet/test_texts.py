"""Every check tells itself in three languages, with the same numbers in each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from mawj.flow.sentences import LANGUAGES, name_of, sentence
from mawj.flow.vet_methods import about_check, methods
from mawj.flow.vet_report import VetReason
from mawj.flow.vet_steps import part_of
from mawj.identify.contributions import CONTRIBUTIONS
from mawj.tables.derived_vetting import VET_SCORES_KNOWN
from mawj.vet.checks import CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable

HOLES = {
    "observed", "observed_low", "observed_high", "expected", "compared_with", "sample_size",
    "points", "about",
}  # fmt: skip
every_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)


@every_check
def test_a_check_says_what_it_is(check: Callable[..., Any]) -> None:
    fixed = part_of(check, "CHECK")
    assert fixed.finding == check.__name__
    assert check.__module__.endswith(f".{check.__name__}")
    assert fixed.score in VET_SCORES_KNOWN
    # 0: a check that informs and moves no points.
    assert 0 <= fixed.weight <= 40
    assert fixed.missing
    assert fixed.unit
    assert re.search(r"-\d+$", fixed.rule)


@every_check
def test_its_texts_have_the_same_holes_in_three_languages(check: Callable[..., Any]) -> None:
    for part in ("NAME", "TEXT"):
        texts = part_of(check, part)
        assert set(texts) == set(LANGUAGES), part
        holes = {code: set(re.findall(r"{(\w+)}", text)) for code, text in texts.items()}
        assert holes["ar"] == holes["fa"] == holes["en"] <= HOLES, part
    assert {"ar", "fa"} <= set(part_of(check, "ABOUT"))
    assert len(about_check(check, "en")) > 60


@every_check
def test_arabic_and_persian_are_written_in_their_own_letters(
    check: Callable[..., Any],
) -> None:
    for part in ("NAME", "TEXT", "ABOUT"):
        texts = part_of(check, part)
        assert not re.search("[یکپچژگ]", texts["ar"]), (part, texts["ar"])
        assert not re.search("[يكةى]", texts["fa"]), (part, texts["fa"])
        assert re.search(r"[\u0600-\u06ff]", texts["ar"])
        assert re.search(r"[\u0600-\u06ff]", texts["fa"])


@every_check
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_sentence_can_be_filled_whatever_is_known(
    check: Callable[..., Any], language: str
) -> None:
    fixed = part_of(check, "CHECK")
    unknown = VetReason(
        fixed.finding, "something", "raised", -1.0, None, None, None, None, fixed.unit, None,
        "events", "", "", fixed.weight, None, None, fixed.rule,
    )  # fmt: skip
    said = sentence(unknown, language)
    assert "{" not in said
    assert len(said) > 10
    assert "something" in name_of(fixed.finding, language, "something")


def test_no_check_has_the_name_of_a_contribution() -> None:
    assert not {c.__name__ for c in CHECKS} & {c.__name__ for c in CONTRIBUTIONS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_methods_of_a_report_tell_every_check(language: str) -> None:
    told = methods(language)
    assert [one.finding for one in told] == [check.__name__ for check in CHECKS]
    assert all(one.about for one in told)
