"""What each card says of an offer, side by side."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mawj.plan.pricing import card_readings as module
from mawj.plan.pricing.card_readings import card_readings
from mawj.plan.pricing.money import CurrencyRates
from mawj.plan.pricing.price_scale import PriceScale
from mawj.plan.pricing.terms import Terms
from mawj.tables.declared import TABLES
from mawj.tables.errors import ActionRefused
from tests.plan.priced import AS_OF, card, offers

OLD = card("old", dated_on=date(2015, 1, 1), low=1.0, mid=2.0, high=3.0)
FOREIGN = card("foreign", currency="EUR")


def read(*cards: Any, **row: Any) -> list[dict[str, Any]]:
    told = card_readings(
        offers(row), terms=Terms(), cards=[one for some in cards for one in some],
        currency_rates=CurrencyRates(), price_scale=PriceScale(), as_of=AS_OF,
    )  # fmt: skip
    assert told.schema.equals(TABLES["card_readings"].schema)
    return told.to_pylist()


def test_the_card_in_use_stands_first_and_the_rest_say_why_not() -> None:
    told = read(OLD, FOREIGN, card())
    assert [row["card"] for row in told] == ["ours", "foreign", "old"]
    assert [row["why_not"] for row in told] == [None, "no_exchange", "too_old"]
    assert [row["amount_minor"] for row in told] == [100_000, None, 20_000]


def test_a_card_that_lacks_its_count_says_so() -> None:
    told = read(card(), views=None)
    assert (told[0]["is_used"], told[0]["why_not"]) == (False, "no_count")


def test_a_card_with_a_figure_for_the_subject_is_read_once() -> None:
    both = [*card("one", subjects=["beauty"], mid=20.0), *card("one")]
    told = read(both, subject="beauty.makeup")
    assert [row["amount_minor"] for row in told] == [200_000]


def test_too_many_offers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_OFFERS", 0)
    with pytest.raises(ActionRefused, match="side by side"):
        read(card())
