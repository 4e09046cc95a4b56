"""Rules of trades hold where they say so, and each has its source."""

from __future__ import annotations

import re

import pytest

from mawj.plan.asking.sectors import VERDICTS, rules_for, sector, sector_rules, sectors
from mawj.tables.errors import NotFound


def said(
    key: str, *countries: str, kinds: tuple[str, ...] = (), age: int | None = None
) -> set[str]:
    met = rules_for(key, countries, kinds=kinds, least_age=age)
    return {rule.says for rule, _ in met}


def test_every_rule_speaks_of_known_trades_and_names_its_source() -> None:
    assert sector_rules()
    for rule in sector_rules():
        assert rule.sectors
        assert set(rule.sectors) <= set(sectors()), rule.key
        assert rule.says in VERDICTS, rule.key
        assert set(rule.source) == {"en", "ar", "fa"}
        assert min(map(len, rule.source.values())) > 20, rule.key
        assert set(rule.texts) == {"en", "ar", "fa"}, rule.key
        assert not re.search("[یکپچژگ]", rule.texts["ar"]), rule.key
        assert not re.search("[يكةى]", rule.texts["fa"]), rule.key


@pytest.mark.parametrize(
    ("key", "country", "verdicts"),
    [
        ("food_drink", "SA", set()),
        ("alcohol", "SA", {"dont"}),
        ("alcohol", "IR", {"dont"}),
        ("alcohol", "GB", {"with_care"}),
        ("tobacco", "US", {"dont"}),
        ("gambling", "KW", {"dont"}),
        ("gambling", "GB", {"with_care"}),
        ("gambling", "IT", {"dont"}),
        ("medicine_prescription", "DE", {"dont"}),
        ("medicine_prescription", "US", {"with_care"}),
        ("investments", "AE", {"with_care"}),
        ("crypto", "KW", {"dont"}),
        ("infant_formula", "EG", {"dont"}),
        ("cosmetic_procedures", "FR", {"dont"}),
    ],
)
def test_a_rule_holds_in_its_countries(key: str, country: str, verdicts: set[str]) -> None:
    assert said(key, country) == verdicts


def test_a_rule_of_celebrities_holds_only_where_they_are_wanted() -> None:
    assert said("medicine_over_counter", "DE") == set()
    assert said("medicine_over_counter", "DE", kinds=("celebrity",)) == {"dont"}


def test_a_rule_of_children_holds_only_for_a_young_audience() -> None:
    assert said("games", "GB", age=25) == set()
    assert said("games", "GB", age=13) == {"with_care"}


def test_a_rule_says_in_which_of_the_countries_it_holds() -> None:
    ((_, where),) = rules_for("crypto", ["KW", "OM"], least_age=None)
    assert where == ("KW",)


def test_an_unknown_trade_is_refused_with_the_known_ones() -> None:
    with pytest.raises(NotFound, match="food_drink"):
        sector("bread")
