"""The benchmark of prices measures what it says, on worlds small enough to check."""

from __future__ import annotations

import json

import pytest

from benchmarks import prices


def test_what_was_paid_before_foretells_better_than_a_card() -> None:
    told = prices.foretold(300, 3, (0.7, 0.35))
    assert told["median_error"] < told["card_error"]
    assert 0.7 < told["coverage_80"] < 0.9


def test_a_world_without_noise_is_foretold_exactly() -> None:
    told = prices.foretold(50, 2, (0.7, 1e-9))
    assert told["past_error"] == pytest.approx(0.0, abs=0.01)
    assert told["coverage_80"] == 1.0


def test_a_large_gap_is_called_and_none_is_not() -> None:
    assert prices.audit_rates(-0.5, 4, 240)["called"] == 1.0
    assert prices.audit_rates(0.0, 10, 240)["called"] <= 0.4


def test_the_last_line_is_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    prices.main(["--offers", "50", "--accounts", "40", "--worlds", "2", "--data", "nowhere"])
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert last.startswith("RESULT ")
    told = json.loads(last.removeprefix("RESULT "))
    assert told["receipts"]["lines"] == 50 * 7
    assert len(told["audit"]) == 3
