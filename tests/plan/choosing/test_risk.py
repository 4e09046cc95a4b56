"""Luck is taken out as far as it is luck, and outcomes are drawn as the intervals say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from mawj.plan.choosing.asked import PortfolioAsked, PortfolioSettings
from mawj.plan.choosing.offers import offers_of
from mawj.plan.choosing.risk import Risk, corrected, outcomes_drawn

ASKED = PortfolioAsked(10**9, "SAR", "engagements")
RAW = PortfolioSettings(correct_luck=True)
"""For values that nobody has drawn towards their peers yet."""


def guessed(n: int, error: float, n_own: int = 1, seed: int = 1) -> tuple[pa.Table, np.ndarray]:
    """Guesses of true values that scatter by half round a line against price."""
    random = np.random.default_rng(seed)
    price = random.lognormal(8, 1, n)
    truth = 0.1 * price * random.lognormal(0, 0.5, n)
    guess = truth * random.lognormal(0, error, n)
    # The interval of a single post: its own chance, as large as the error times n_own, besides.
    wide = np.exp(1.2816 * error * np.sqrt(1 + n_own))
    table = pa.table(
        {
            "account_id": [f"x:{i}" for i in range(n)],
            "deliverable": ["x:post"] * n,
            "platform": ["x" if i % 2 else "tiktok" for i in range(n)],
            "price_minor": pa.array(price.astype(np.int64) + 1),
            "currency": ["SAR"] * n,
            "value": pa.array(guess),
            "value_low": pa.array(guess / wide),
            "value_high": pa.array(guess * wide),
            "n_own": [n_own] * n,
        }
    )
    return table, truth


def test_the_luckiest_guesses_are_no_longer_overstated() -> None:
    table, truth = guessed(400, 0.6)
    offers = offers_of(table, None, ASKED)
    right, truth = corrected(offers, RAW).values, truth[offers.rows]
    best = np.argsort(-offers.value / offers.price)[:40]
    given = np.log(offers.value[best] / truth[best]).mean()
    assert given > 0.4
    assert np.log(right[best] / truth[best]).mean() == pytest.approx(0.0, abs=0.12)
    assert np.std(np.log(right / truth)) < np.std(np.log(offers.value / truth))


def test_what_is_drawn_to_its_peers_already_is_taken_at_its_word_unless_asked() -> None:
    """Posterior medians: half of the variance is error, so half of each distance was kept."""
    table, truth = guessed(400, 0.5)
    line = 0.1 * table["price_minor"].to_numpy()
    kept = line * np.sqrt(table["value"].to_numpy() / line)
    ends = np.exp(1.2816 * np.sqrt(0.125 + 0.25))
    for name, value in (
        ("value", kept),
        ("value_low", kept / ends),
        ("value_high", kept * ends),
    ):
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, pa.array(value))
    offers = offers_of(table, None, ASKED)
    truth = truth[offers.rows]
    usual = corrected(offers, PortfolioSettings())
    assert np.array_equal(usual.values, offers.value)
    twice = corrected(offers, RAW).values
    wrong = [np.std(np.log(values / truth)) for values in (offers.value, twice)]
    assert wrong[1] > 1.1 * wrong[0]
    rest = [np.log(values / line[offers.rows]) for values in (offers.value, twice)]
    came = np.log(truth / line[offers.rows])
    slopes = [np.sum(x * came) / np.sum(x**2) for x in rest]
    assert slopes[0] == pytest.approx(1.0, abs=0.15)
    assert slopes[1] > 1.5


def test_the_better_known_keep_more_of_what_sets_them_apart() -> None:
    kept = [
        corrected(offers_of(guessed(200, 0.4, n)[0], None, ASKED), RAW).kept_share
        for n in (1, 2)
    ]
    assert 0 < kept[0].mean() <= kept[1].mean() + 0.05 < 1.05


def test_without_intervals_or_with_few_offers_nothing_is_corrected() -> None:
    few = offers_of(guessed(9, 0.5)[0], None, ASKED)
    assert np.array_equal(corrected(few, RAW).values, few.value)
    bare = guessed(50, 0.5)[0].drop_columns(["value_low", "value_high"])
    plain = offers_of(bare, None, ASKED)
    assert np.array_equal(corrected(plain, RAW).values, plain.value)


def test_outcomes_have_the_spread_of_the_interval_and_the_shocks_in_common() -> None:
    offers = offers_of(guessed(20, 0.5)[0], None, ASKED)
    which = np.arange(20, dtype=np.int32)
    drawn = np.log(outcomes_drawn(offers, offers.spread, which, 4_000, asked=ASKED))
    assert np.allclose(np.median(drawn, axis=0), 0, atol=0.01)
    assert np.allclose(drawn.std(axis=0), offers.spread, rtol=0.06)
    together = np.corrcoef(drawn.T)
    platform = np.array(offers.column("platform"))
    same = together[0, (platform == platform[0]) & (which > 0)]
    other = together[0, platform != platform[0]]
    assert same.mean() == pytest.approx(PortfolioSettings().platform_share, abs=0.05)
    assert abs(other.mean()) < 0.05


def test_an_offer_meets_the_same_luck_whoever_else_can_be_picked() -> None:
    table = guessed(20, 0.5)[0]
    never = table.append_column("is_never", pa.array([i < 10 for i in range(20)]))
    every, half = (offers_of(some, None, ASKED) for some in (table, never))
    last = [int(np.flatnonzero(some.rows == 15)[0]) for some in (every, half)]
    drawn = [
        outcomes_drawn(some, some.spread, np.array([at], np.int32), 50, asked=ASKED)
        for some, at in zip((every, half), last, strict=True)
    ]
    assert np.array_equal(*drawn)
    again = replace(ASKED, seed=2)
    other = outcomes_drawn(every, every.spread, np.array(last[:1], np.int32), 50, asked=again)
    assert not np.array_equal(drawn[0], other)


def test_the_measure_of_risk_is_the_mean_and_the_mean_of_the_bad() -> None:
    outcomes = np.array([1.0, 2.0, 3.0, 10.0])
    assert Risk(PortfolioSettings(risk_weight=0.0)).of(outcomes) == 4.0
    assert Risk(PortfolioSettings(risk_weight=1.0)).of(outcomes) == 1.5
    mixed = PortfolioSettings(risk_weight=0.5, bad_share=0.25)
    assert Risk(mixed).of(outcomes) == 2.5
