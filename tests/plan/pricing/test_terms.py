"""What is asked for terms: published shares with their sources, and refused nonsense."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawj.plan.pricing.terms import (
    Terms,
    boosting_share,
    brand_fee,
    cut_cost,
    exclusivity_share,
    tax_share,
    urgency_share,
    usage_share,
)
from mawj.tables.errors import ActionRefused, NotFound


def rows(name: str) -> list[dict[str, object]]:
    file = tomllib.loads((resources.files("mawj.plan.pricing") / name).read_text("utf-8"))
    return [row for part in file.values() for row in part]


@pytest.mark.parametrize("name", ["price_terms.toml", "taxes.toml"])
def test_every_row_has_a_source_and_a_date_that_has_been(name) -> None:
    assert rows(name)
    for row in rows(name):
        assert row["source"], row
        assert isinstance(row["dated_on"], date), row
        assert row["dated_on"] <= date(2026, 11, 26), row


def test_several_sources_show_how_far_they_are_apart() -> None:
    asked = usage_share(30, "organic")
    assert (asked.low, asked.high) == pytest.approx((0.10, 0.30))
    assert asked.mid == pytest.approx(0.15)
    assert asked.source.count(";") == 2


@given(st.floats(0, 800), st.floats(0, 800), st.sampled_from(["organic", "paid"]))
def test_longer_is_never_cheaper_and_ranges_are_in_order(one, other, channels) -> None:
    short, long = sorted((one, other))
    for share in (lambda d: usage_share(d, channels), exclusivity_share, boosting_share):
        before, after = share(short), share(long)
        for end in ("low", "mid", "high"):
            assert getattr(before, end) <= getattr(after, end) + 1e-12
        assert 0 <= after.low <= after.mid + 1e-12 <= after.high + 2e-12


def test_no_time_is_asked_nothing_for() -> None:
    assert usage_share(0, "paid").high == 0.0


def test_haste_is_read_of_the_shortest_time_that_holds_it() -> None:
    assert urgency_share(None) is None
    assert urgency_share(10) is None
    day, two = urgency_share(0), urgency_share(3)
    assert day is not None
    assert two is not None
    assert (day.low, day.high) == (0.75, 1.0)
    assert (two.low, two.high) == (0.25, 0.6)


def test_a_marketplace_that_the_creator_pays_adds_nothing() -> None:
    assert brand_fee(Terms(marketplace="collabstr")) is None
    found = brand_fee(Terms(marketplace="archive"))
    assert found is not None
    assert found.mid == 0.10
    with pytest.raises(NotFound, match="no marketplace is called"):
        brand_fee(Terms(marketplace="nowhere"))


def test_taxes_are_the_standard_rates() -> None:
    told = {"AE": 0.05, "SA": 0.15, "GB": 0.20, "DE": 0.19, "FR": 0.20, "IR": 0.10, "KW": 0.0}
    for country, share in told.items():
        found = tax_share(country)
        assert found is not None
        assert found.mid == share
    assert tax_share("") is None


def test_a_cut_costs_what_several_sources_ask() -> None:
    cost = cut_cost()
    assert (cost.low, cost.high) == (150.0, 212.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"usage_days": -1}, {"usage_channels": "tv"}, {"exclusivity_scope": "galaxy"},
        {"platform_fee_share": 1.0}, {"due_days": -1},
    ],
)  # fmt: skip
def test_wishes_that_make_no_sense_are_refused(wrong) -> None:
    with pytest.raises(ActionRefused, match=next(iter(wrong))):
        Terms(**wrong)
