"""Published size tiers: whole, in order, sourced; and what an account is under each."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.identify.taxonomy.tier_schemes import tier_bounds, tier_of, tier_schemes
from mawj.tables.declared import TABLES
from mawj.tables.errors import SettingsError

SCHEMES = tier_schemes()
EACH = pytest.mark.parametrize("scheme", SCHEMES.values(), ids=list(SCHEMES))

MINE = """
[schemes.house]
names = { en = "House", ar = "البيت", fa = "خانه" }
publisher = "Us"
title = "Our lines"
published = "2026"
seen = "2026"
note = "For tests."
tiers = [
  { tier = "low", from = 10, below = 20, names = { en = "L", ar = "ص", fa = "ک" } },
  { tier = "high", from = 30, names = { en = "H", ar = "ك", fa = "ب" } },
]
"""


@pytest.fixture
def house(tmp_path):
    def read(old="", new=""):
        assert old in MINE
        file = tmp_path / "house.toml"
        file.write_text(MINE.replace(old, new) if old else MINE, encoding="utf-8")
        return tier_schemes([file])["house"]

    return read


def test_at_least_five_schemes_ship():
    assert len(SCHEMES) >= 5
    assert {"hootsuite", "later_fohr", "duel", "impact", "hypeauditor"} <= SCHEMES.keys()


@EACH
def test_each_scheme_names_its_source_without_an_address(scheme):
    for text in (scheme.publisher, scheme.title, scheme.published, scheme.seen, scheme.note):
        assert text
        assert "://" not in text
        assert "www." not in text


@EACH
def test_each_scheme_and_tier_has_three_names(scheme):
    for names in (scheme.names, *(tier.names for tier in scheme.tiers)):
        assert sorted(names) == ["ar", "en", "fa"]


@EACH
def test_tiers_are_in_order_and_do_not_overlap(scheme):
    for smaller, larger in pairwise(scheme.tiers):
        assert smaller.followers_from < smaller.followers_below <= larger.followers_from


@EACH
def test_bounds_are_as_declared_and_in_order(scheme):
    table = tier_bounds(scheme)
    assert table.schema == TABLES["tier_bounds"].schema
    assert table["n_order"].to_pylist() == list(range(1, len(scheme.tiers) + 1))
    assert table["tier"].to_pylist() == [tier.tier for tier in scheme.tiers]


def test_the_bounds_of_one_scheme():
    rows = [tuple(row.values()) for row in tier_bounds(SCHEMES["duel"]).to_pylist()]
    assert rows == [
        ("duel", "nano", 1, 1_000, 10_000),
        ("duel", "micro", 2, 10_000, 50_000),
        ("duel", "mid", 3, 50_000, 250_000),
        ("duel", "macro", 4, 250_000, 1_000_000),
        ("duel", "mega", 5, 1_000_000, None),
    ]


@pytest.mark.parametrize(
    ("scheme", "followers", "tier"),
    [
        ("hootsuite", 49_999, "micro"),
        ("hootsuite", 50_000, "mid"),
        ("later_fohr", 50_000, "micro"),
        ("hypeauditor", 50_000, "mid"),
        ("influencerhub", 50_000, "c"),
        ("hootsuite", 10**9, "mega"),
        ("later_fohr", 0, "nano"),
        ("adweek_30k", 30_000, "small"),
        ("alkamli_100k", 100_000, "small"),
        ("arabic_two_classes", 300_000, "small"),
        ("arabic_two_classes", 3_000_000, "large"),
    ],
)
def test_the_same_account_is_of_another_tier_under_another_scheme(scheme, followers, tier):
    assert tier_of(followers, SCHEMES[scheme]) == tier


@pytest.mark.parametrize(
    ("scheme", "followers"),
    [
        ("hootsuite", 999),
        ("impact", 100_000),
        ("adweek_30k", 30_001),
        ("studies_10k_100k", 50_000),
        ("studies_10k_100k", 100_000),
        ("arabic_two_classes", 99_999),
    ],
)
def test_below_the_first_line_and_in_a_gap_there_is_no_tier(scheme, followers):
    assert tier_of(followers, SCHEMES[scheme]) is None


def test_unknown_followers_have_no_tier():
    assert tier_of(None, SCHEMES["later_fohr"]) is None


@settings(max_examples=50)
@given(fewer=st.integers(0, 10**8), more=st.integers(0, 10**8))
def test_more_followers_never_give_a_smaller_tier(fewer, more):
    fewer, more = sorted((fewer, more))
    for scheme in SCHEMES.values():
        order = [tier.tier for tier in scheme.tiers]
        low, high = tier_of(fewer, scheme), tier_of(more, scheme)
        if low is not None and high is not None:
            assert order.index(low) <= order.index(high)


def test_a_users_scheme_joins_the_shipped_ones(house):
    assert [tier_of(n, house()) for n in (9, 10, 20, 30)] == [None, "low", None, "high"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("below = 20", "below = 40", "'low' and 'high' overlap or are not in order"),
        (", below = 20", "", "'low' and 'high' overlap or are not in order"),
        ("below = 20", "below = 10", "ends at 10 before it begins at 10"),
        ("from = 10, ", "", "tier 1: has no lower line"),
        ("from = 10", 'from = "10"', "from must be a whole number"),
        ("from = 10", "from = -1", "from must be a whole number"),
        ('tier = "high"', 'tier = "low"', "two tiers have one id"),
        ('publisher = "Us"\n', "", "publisher must be a text"),
        (', fa = "خانه"', "", "has no name in fa"),
        (', fa = "ک"', "", "tier 1: has no name in fa"),
        ('seen = "2026"', 'seen = "2026"\ncolour = 3', "'colour' is not known"),
        (MINE[MINE.index("tiers = [") :], "tiers = []", "tiers must be a list"),
        (MINE[MINE.index("tiers = [") :], "tiers = [3]", "tier 1: must be a table"),
        (MINE, "[schemes]\nhouse = 3", "must be a table with names, a source and tiers"),
    ],
)
def test_a_bad_scheme_is_refused_with_what_and_where(house, old, new, says):
    with pytest.raises(SettingsError) as caught:
        house(old, new)
    assert says in str(caught.value)
    assert "house.toml: scheme 'house'" in str(caught.value)
