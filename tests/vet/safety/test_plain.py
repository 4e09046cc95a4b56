"""False alarms on plain talk, and telling of a subject told apart from doing it."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from mawj.vet.safety.rules import MEANT, subject_scores
from tests.vet.safety.plain_sentences import plain_sentences

TOLD = tomllib.loads((Path(__file__).parent / "told.toml").read_text(encoding="utf-8"))


def crosses(texts: list[str], language: str) -> list[bool]:
    return [
        any(spoken.strength >= MEANT and not spoken.is_about for spoken in every)
        for every in subject_scores(texts, [language] * len(texts))
    ]


def test_there_are_sixty_plain_sentences_of_each_language_and_kind() -> None:
    counted = Counter((language, kind) for language, kind, _ in plain_sentences())
    assert len(counted) == 15
    assert min(counted.values()) >= 60


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_at_most_one_plain_sentence_in_a_hundred_is_raised(language: str) -> None:
    texts = [text for code, _, text in plain_sentences() if code == language]
    raised = [text for text, is_raised in zip(texts, crosses(texts, language), strict=True)
              if is_raised]  # fmt: skip
    assert len(raised) <= len(texts) / 100, raised


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_telling_and_doing_are_mixed_up_as_seldom_as_the_guide_says(language: str) -> None:
    told, meant = TOLD[language]["told"], TOLD[language]["meant"]
    assert len(told) + len(meant) >= 30
    wrong = sum(crosses(told, language)) + crosses(meant, language).count(False)
    assert wrong <= 2
