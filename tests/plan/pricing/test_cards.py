"""Rate cards: every figure says whose it is and of when, and a wrong card says where."""

from __future__ import annotations

from datetime import date

import pytest

from mawj.plan.asking.deliverables import deliverables
from mawj.plan.pricing.cards import DATE_BASES, PER, rate_cards, rates_of
from mawj.plan.pricing.money import digits_of
from mawj.tables.errors import NotFound, SettingsError

GOOD = {
    "title": "t", "source": "s", "what": "w", "dated_on": date(2025, 1, 1), "date_basis": "day",
    "currency": "USD", "markets": {"": 1.0, "SA": 2.0},
    "rate": [{"deliverables": ["x:post"], "per": "post", "low": 10, "high": 40}],
}  # fmt: skip


def test_every_published_rate_has_a_source_and_a_date_that_has_been() -> None:
    rates = rate_cards()
    assert len({rate.card for rate in rates}) >= 10
    for rate in rates:
        assert rate.source
        assert rate.title
        assert rate.what
        assert date(2010, 1, 1) < rate.dated_on <= date(2026, 11, 26)
        assert rate.date_basis in DATE_BASES
        assert rate.per in PER
        assert rate.deliverable in deliverables()
        assert 0 < rate.low <= rate.mid <= rate.high
        digits_of(rate.currency)


def test_a_rate_stands_in_each_market_with_its_factor() -> None:
    rates = rates_of(GOOD, "good")
    assert [(rate.market, rate.low) for rate in rates] == [("", 10.0), ("SA", 20.0)]


def test_between_low_and_high_stands_the_geometric_mean() -> None:
    assert rates_of(GOOD, "good")[0].mid == 20.0


def test_a_subject_takes_in_what_lies_under_it() -> None:
    row = GOOD["rate"][0] | {"subjects": ["beauty"]}
    rate = rates_of(GOOD | {"rate": [row]}, "good")[0]
    assert rate.fits("x:post", "", "beauty.makeup")
    assert not rate.fits("x:post", "", "beautyful")
    assert not rate.fits("x:post", "", "")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"price": 1}, "price is not known"),
        ({"dated_on": "2025"}, "dated_on must be a date"),
        ({"rate": [GOOD["rate"][0] | {"low": 50}]}, r"\[\[rate\]\] 1: 0 < low"),
        ({"rate": [GOOD["rate"][0] | {"per": "day"}]}, "per must be one of"),
        ({"rate": [GOOD["rate"][0] | {"low": "x"}]}, "must be numbers"),
    ],
)
def test_a_card_that_does_not_hold_says_where(change, says) -> None:
    with pytest.raises(SettingsError, match=says):
        rates_of(GOOD | change, "mine")


def test_a_card_that_lacks_its_source_is_refused() -> None:
    with pytest.raises(SettingsError, match="does not say source"):
        rates_of({k: v for k, v in GOOD.items() if k != "source"}, "mine")


def test_unknown_currencies_and_deliverables_are_named() -> None:
    with pytest.raises(NotFound, match="no currency is called 'XXX'"):
        rates_of(GOOD | {"currency": "XXX"}, "mine")
    with pytest.raises(NotFound, match="no deliverable is called"):
        rates_of(GOOD | {"rate": [GOOD["rate"][0] | {"deliverables": ["x:nothing"]}]}, "mine")
