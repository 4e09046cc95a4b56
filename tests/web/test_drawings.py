"""Values beside a drawing can be told apart, in every language."""

from __future__ import annotations

import pytest

from mawj.flow.sentences import compact
from mawj.web.drawings import nice_ticks, places_of


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
@pytest.mark.parametrize(
    ("low", "high"),
    [(2_335_000, 2_401_000), (0, 300_000), (999_000, 1_004_000), (12_100, 12_140), (0, 7),
     (1.5e9, 1.5004e9), (5, 5), (0, 1_000)],
)  # fmt: skip
def test_no_two_ticks_are_written_alike(low: float, high: float, language: str) -> None:
    ticks = nice_ticks(low, high)
    written = [compact(value, language, places_of(ticks)) for value in ticks]
    assert len(set(written)) == len(ticks), written


def test_no_more_decimals_are_written_than_are_needed() -> None:
    assert places_of(nice_ticks(0, 300_000)) == 1
    assert places_of(nice_ticks(2_335_000, 2_401_000)) == 2
