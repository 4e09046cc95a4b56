"""The receipt: its lines, their ranges, and that they add up to the smallest unit."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.plan.pricing.cards import rate_cards
from mawj.plan.pricing.money import CurrencyRates
from mawj.plan.pricing.price_scale import PriceScale
from mawj.plan.pricing.prices import prices
from mawj.plan.pricing.terms import Terms
from mawj.tables.declared import TABLES
from mawj.tables.errors import ActionRefused, NotFound
from tests.plan.priced import REEL, card, lines, offers, price, quotes, receipt

ENDS = ("amount_low_minor", "amount_minor", "amount_high_minor")
PRICE_ENDS = ("price_low_minor", "price_minor", "price_high_minor")
EVERYTHING = {
    "usage_days": 60, "exclusivity_days": 45, "boosting_days": 30, "boost_minor": 12_345,
    "due_days": 2, "extra_cuts": 1, "production_minor": 777, "is_for_cause": True,
    "platform_fee_share": 0.07, "tax_country": "SA",
}  # fmt: skip


def test_expected_views_times_the_card_is_the_fee() -> None:
    fee = lines()["views"]
    assert [fee[end] for end in ENDS] == [50_000, 100_000, 200_000]
    assert (fee["how"], fee["quantity"], fee["rate"]) == ("views_times_cpm", 100_000.0, 10.0)
    assert fee["dated_on"] == date(2026, 1, 1)


def test_independent_factors_add_up_as_squares_of_logarithms() -> None:
    wide = offers({"views_low": 50_000.0, "views_high": 200_000.0})
    fee = lines(wide)["views"]
    assert fee["amount_low_minor"] == round(100_000 / 2 ** (2**0.5))
    assert fee["amount_high_minor"] == round(100_000 * 2 ** (2**0.5))


def test_the_lines_have_the_declared_columns() -> None:
    assert receipt(**EVERYTHING).schema.equals(TABLES["price_lines"].schema)
    assert prices(receipt(**EVERYTHING)).schema.equals(TABLES["prices"].schema)


WISHES = st.fixed_dictionaries(
    {
        "currency": st.sampled_from(["USD", "SAR", "KWD", "IRR"]),
        "usage_days": st.integers(0, 400),
        "exclusivity_days": st.integers(0, 400),
        "platform_fee_share": st.floats(0, 0.9),
        "tax_country": st.sampled_from(["", "SA", "IR", "KW"]),
        "is_for_cause": st.booleans(),
        "due_days": st.sampled_from([None, 0, 1, 2, 3, 9]),
    }
)


@settings(max_examples=60)
@given(st.floats(0, 1e8), st.floats(1, 50), st.floats(1, 50), WISHES)
def test_lines_add_up_to_the_price_and_ranges_are_in_order(views, down, up, wishes) -> None:
    row = {"views": views, "views_low": views / down, "views_high": views * up}
    rates = CurrencyRates({"IRR": 420_000.0, "KWD": 0.306})
    told = receipt(offers(row), boost_minor=999, currency_rates=rates, **wishes)
    found = prices(told).to_pylist()[0]
    for end, whole in zip(ENDS, PRICE_ENDS, strict=True):
        assert sum(told[end].to_pylist()) == found[whole]
    assert 0 <= found["price_low_minor"] <= found["price_minor"] <= found["price_high_minor"]
    for line in told.to_pylist():
        sizes = [abs(line[end]) for end in ENDS]
        if line["line"] not in ("cause_discount",):
            assert sizes == sorted(sizes), line


@settings(max_examples=10)
@given(st.permutations(range(6)))
def test_the_order_and_names_of_offers_do_not_matter(order) -> None:
    rows = [{"account_id": f"x:{i}", "views": 1000.0 * (i + 1)} for i in range(6)]
    shuffled = prices(receipt(offers(*(rows[i] for i in order)))).to_pylist()
    assert [row["price_minor"] for row in shuffled] == [1000 * (i + 1) for i in order]


@settings(max_examples=20)
@given(st.floats(1, 1e7), st.floats(1, 1e7))
def test_more_views_never_cost_less(one, other) -> None:
    few, many = sorted((one, other))
    assert (
        price(offers({"views": few}))["price_minor"]
        <= price(offers({"views": many}))["price_minor"]
    )


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("usage_days", 30, "usage_rights"),
        ("exclusivity_days", 30, "exclusivity"),
        ("boosting_days", 30, "boosting"),
        ("boost_minor", 5000, "boost_budget"),
        ("due_days", 1, "urgency"),
        ("extra_cuts", 2, "production"),
        ("production_minor", 5000, "production"),
        ("is_for_cause", True, "cause_discount"),
        ("platform_fee_share", 0.1, "platform_fee"),
        ("marketplace", "archive", "platform_fee"),
        ("tax_country", "SA", "tax"),
    ],
)
def test_every_wish_is_a_line_of_its_own(field, value, line) -> None:
    before, after = lines(), lines(**{field: value})
    assert set(after) - set(before) == {line}
    assert after[line]["amount_minor"] != 0


def test_what_is_left_of_the_terms_changes_a_line() -> None:
    used = lines(usage_days=60)["usage_rights"]["rate"]
    assert lines(usage_days=60, usage_channels="paid")["usage_rights"]["rate"] != used
    kept = lines(exclusivity_days=60)["exclusivity"]["rate"]
    assert (
        lines(exclusivity_days=60, exclusivity_scope="all")["exclusivity"]["rate"] == 2 * kept
    )
    assert lines(currency="SAR")["views"]["amount_minor"] == 375_000
    told = {"": 1.0, "SA": 0.5}
    assert lines(market="SA", cards=card(markets=told))["views"]["rate"] == 5.0
    tested = {"currency", "market", "usage_channels", "exclusivity_scope", *EVERYTHING}
    assert {field.name for field in fields(Terms)} == tested | {"marketplace"}


def test_longer_rights_never_cost_less() -> None:
    asked = [
        lines(usage_days=days)["usage_rights"]["amount_minor"] for days in range(1, 500, 7)
    ]
    assert asked == sorted(asked)


def test_the_tax_is_on_everything_but_the_advertising_that_is_passed_on() -> None:
    told = lines(tax_country="AE", boost_minor=50_000)
    assert told["tax"]["amount_minor"] == round(0.05 * 100_000)


def test_unknown_views_are_no_zero() -> None:
    unknown = offers({"views": None})
    fee = lines(unknown, usage_days=30)
    assert set(fee) == {"views"}
    assert (fee["views"]["amount_minor"], fee["views"]["missing"]) == (None, "no_views")
    assert price(unknown)["price_minor"] is None
    assert price(unknown)["missing"] == "no_views"


def test_no_views_expected_is_a_fee_of_zero() -> None:
    assert lines(offers({"views": 0.0}))["views"]["amount_minor"] == 0


def test_without_a_card_there_is_no_price() -> None:
    assert price(offers({"deliverable": "telegram:post"}))["missing"] == "no_card"


def test_without_a_rate_of_exchange_there_is_no_price() -> None:
    assert price(currency="EUR")["missing"] == "no_exchange"
    told = lines(currency="EUR", currency_rates=CurrencyRates({"EUR": 0.5}))
    assert told["views"]["amount_minor"] == 50_000


def test_lines_in_two_currencies_are_refused() -> None:
    told = receipt(usage_days=30)
    mixed = told.set_column(
        told.schema.get_field_index("currency"), told.schema.field("currency"), [["USD", "SAR"]]
    )
    with pytest.raises(ActionRefused, match="several currencies"):
        prices(mixed)


def test_the_order_of_lines_does_not_matter_to_their_sum() -> None:
    two = offers({"account_id": "a"}, {"account_id": "b", "views": 5_000.0})
    told = receipt(two, usage_days=30)
    mixed = told.take([3, 0, 2, 1])
    by_account = {row["account_id"]: row for row in prices(mixed).to_pylist()}
    assert by_account == {row["account_id"]: row for row in prices(told).to_pylist()}


def test_an_offer_that_stands_twice_is_refused() -> None:
    with pytest.raises(ActionRefused, match="priced twice"):
        receipt(offers({}, {}))


def test_an_unknown_tax_is_refused_rather_than_taken_for_nothing() -> None:
    with pytest.raises(NotFound, match="no tax rate of 'XX'"):
        receipt(tax_country="XX")


def test_a_quote_that_holds_comes_before_the_card() -> None:
    found = price(None, quotes({}))
    assert [found[end] for end in PRICE_ENDS] == [70_000] * 3
    assert found["basis"] == "quote"
    assert set(lines(None, quotes({}))) == {"quoted_fee"}


def test_the_newest_quote_holds() -> None:
    two = quotes({"amount_minor": 1}, {"quoted_on": date(2026, 11, 1), "amount_minor": 2})
    assert price(None, two)["price_minor"] == 1


def test_a_quote_from_after_the_day_is_not_known_yet() -> None:
    assert price(None, quotes({"quoted_on": date(2026, 12, 1)}))["basis"] == "rate_card"


def test_terms_that_a_quote_holds_already_are_not_charged_again() -> None:
    held = quotes({"usage_days": 30.0})
    assert "usage_rights" not in lines(None, held, usage_days=30)
    plain = lines(None, quotes({}), usage_days=60)["usage_rights"]["amount_minor"]
    beyond = lines(None, held, usage_days=60)["usage_rights"]["amount_minor"]
    assert 0 < beyond < plain


def test_tax_in_a_quote_is_not_charged_twice() -> None:
    taxed = quotes({"amount_minor": 115_000, "is_tax_included": True})
    told = lines(None, taxed, tax_country="SA")
    assert (told["quoted_fee"]["amount_minor"], told["tax"]["amount_minor"]) == (
        100_000,
        15_000,
    )


def test_past_fees_draw_the_card_to_themselves_the_more_the_more_there_are() -> None:
    paid = {"is_paid": True, "amount_minor": 400_000}
    one = lines(None, quotes(paid))
    assert set(one) == {"views", "own_past"}
    assert one["own_past"]["how"] == "shrunk_to_past"
    prices_by_n = [price(None, quotes(*[paid] * n)) for n in (0, 1, 3, 9)]
    middles = [found["price_minor"] for found in prices_by_n]
    assert middles == sorted(middles)
    assert 100_000 == middles[0] < middles[1] < 400_000
    assert prices_by_n[1]["basis"] == "past"
    widths = [found["price_high_minor"] / found["price_low_minor"] for found in prices_by_n[1:]]
    assert widths == sorted(widths, reverse=True)


def test_past_fees_stand_alone_where_no_card_speaks() -> None:
    paid = quotes({"is_paid": True, "deliverable": "telegram:post"})
    told = lines(offers({"deliverable": "telegram:post"}), paid)
    assert told["own_past"]["how"] == "past_alone"
    assert told["own_past"]["amount_minor"] == 70_000


def test_a_quote_in_another_currency_is_turned_at_the_stated_rate() -> None:
    assert (
        price(None, quotes({"currency": "SAR", "amount_minor": 37_500}))["price_minor"]
        == 10_000
    )


def test_other_cards_widen_the_range_and_are_not_averaged_in() -> None:
    other = card("other", mid=40.0, low=40.0, high=40.0, dated_on=date(2025, 1, 1))
    fee = lines(cards=[*card(), *other])["views"]
    assert [fee[end] for end in ENDS] == [50_000, 100_000, 400_000]
    assert fee["source"].startswith("ours")


def test_a_card_of_the_market_comes_before_one_of_the_world() -> None:
    there = card("there", markets={"SA": 1.0}, mid=8.0, dated_on=date(2025, 1, 1))
    assert lines(market="SA", cards=[*card(), *there])["views"]["rate"] == 8.0
    assert lines(cards=[*card(), *there])["views"]["rate"] == 10.0


def test_an_old_card_prices_only_what_no_newer_one_does() -> None:
    old = card("old", mid=19.0, dated_on=date(2019, 1, 1))
    assert lines(cards=[*card(), *old])["views"]["amount_high_minor"] == 200_000
    assert lines(cards=old)["views"]["rate"] == 19.0


def test_a_card_for_a_size_needs_the_size() -> None:
    sized = card("sized", followers=[10_000, 100_000])
    assert lines(cards=sized)["views"]["rate"] == 10.0
    assert price(offers({"followers": None}), cards=sized)["missing"] == "no_card"
    assert price(offers({"followers": 100_000.0}), cards=sized)["missing"] == "no_card"


def test_a_fee_by_post_prices_what_has_no_views() -> None:
    flat = card("flat", per="post", low=100.0, mid=100.0, high=300.0)
    told = lines(offers({"views": None}), cards=[*card(), *flat])
    assert told["flat_fee"]["amount_minor"] == 10_000


def test_every_setting_of_the_scale_changes_a_receipt() -> None:
    paid = quotes({"is_paid": True, "quoted_on": date(2025, 6, 1)})
    asked = quotes({"quoted_on": date(2026, 7, 1)})
    told = {
        "oldest_card_days": (10.0, {"cards": [*card(), *card("b", per="post")]}),
        "quote_days": (30.0, {"quoted": asked}),
        "past_days": (30.0, {"quoted": paid}),
        "card_spread": (0.1, {"quoted": paid}),
        "fee_spread": (1.5, {"quoted": paid}),
        "exclusivity_named": (0.1, {"exclusivity_days": 9, "exclusivity_scope": "named"}),
        "exclusivity_all": (9.0, {"exclusivity_days": 9, "exclusivity_scope": "all"}),
        "cause_discount": (0.25, {"is_for_cause": True}),
        "cause_discount_low": (0.01, {"is_for_cause": True}),
        "cause_discount_high": (0.6, {"is_for_cause": True}),
    }
    assert set(told) == {field.name for field in fields(PriceScale)}
    for name, (value, case) in told.items():
        other = dict(case)
        if name == "oldest_card_days":
            cards = [*card("new", dated_on=date(2026, 11, 15)), *card("b", mid=15.0)]
            other = {"cards": [*cards, *card("far", low=90.0, mid=90.0, high=90.0)]}
        scale = PriceScale(**{name: value})
        before = receipt(None, **other)
        assert not before.equals(receipt(None, **other, price_scale=scale)), name


def test_the_published_cards_price_the_usual_deliverables() -> None:
    keys = (REEL, "instagram:post", "instagram:story", "tiktok:video", "youtube:video",
            "youtube:integration", "youtube:short", "x:post", "snapchat:story")  # fmt: skip
    rows = [{"account_id": key, "deliverable": key} for key in keys]
    for market in ("", "SA", "AE", "IR"):
        told = receipt(offers(*rows), cards=rate_cards(), market=market, currency="SAR")
        lacking = [row["account_id"] for row in prices(told).to_pylist() if row["missing"]]
        assert lacking == ([] if market in ("SA", "AE") else ["x:post", "snapchat:story"])
