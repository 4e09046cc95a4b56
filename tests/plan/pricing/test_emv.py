"""Earned media value: the published sums, recomputed line by line, and their spread."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.plan.pricing.emv import MOST_ITEMS, Prices, emv, emv_lines, emv_methods, emv_spreads
from mawj.tables.declared import TABLES
from mawj.tables.errors import ActionRefused

COUNTS = ("views", "impressions", "reached", "likes", "comments", "reposts", "saves", "clicks",
          "followers")  # fmt: skip
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("item_id", "platform", "kind")]
    + [(name, pa.float64()) for name in COUNTS]
)
REEL = {"kind": "short_video", "views": 100_000.0, "likes": 5_000.0}
PHOTO = {"kind": "photo", "likes": 5_000.0, "comments": 500.0, "impressions": 50_000.0}
NOTHING = Prices()
GIVEN = Prices(cpm=15.0, ad_cpm=6.0, cpc=0.8, cpe=0.1)


def content(*items: dict[str, Any]) -> pa.Table:
    usual = {"item_id": "1", "platform": "instagram"}
    return pa.Table.from_pylist([usual | item for item in items], SCHEMA)


def values(item: dict[str, Any], prices: Prices = NOTHING) -> dict[str, dict[str, Any]]:
    found = emv(emv_lines(content(item), prices=prices))
    return {row["method"]: row for row in found.to_pylist()}


def test_a_reel_is_worth_what_each_publisher_says() -> None:
    found = values(REEL)
    assert found["mightyscout"]["emv"] == pytest.approx(1000)
    assert found["duel"]["emv"] == pytest.approx(1080)
    assert found["aspire"]["emv"] == pytest.approx(5750)


def test_a_photo_is_worth_what_each_publisher_says() -> None:
    found = values(PHOTO)
    assert found["mightyscout"]["emv"] == pytest.approx(478.5)
    assert found["aspire"]["emv"] == pytest.approx(900)
    assert found["later_placeholder"]["emv"] == pytest.approx(1752.5)


def test_what_a_publisher_keeps_to_itself_is_said_to_be_missing() -> None:
    assert values(REEL)["duel"]["missing"] == "cpc"
    assert values(REEL)["lefty"]["emv"] is None
    assert values(REEL)["lefty"]["missing"] == "cpm"
    with_cpc = values(REEL, Prices(cpc=0.5))["duel"]
    assert (with_cpc["emv"], with_cpc["missing"]) == (pytest.approx(1080 + 2500), None)


def test_at_least_five_methods_value_the_same_reel() -> None:
    found = [row for row in values(REEL, GIVEN).values() if row["emv"] is not None]
    assert len(found) >= 7


def test_the_spread_names_the_ends() -> None:
    told = emv(emv_lines(content(REEL), prices=NOTHING))
    three = ("mightyscout", "duel", "aspire")
    rows = [row for row in told.to_pylist() if row["method"] in three]
    spread = emv_spreads(pa.Table.from_pylist(rows, told.schema))[0]
    assert (spread.least_by, spread.most_by) == ("mightyscout", "aspire")
    assert (spread.n_methods, spread.times) == (3, pytest.approx(5.75))


def test_a_hidden_count_is_no_zero() -> None:
    found = values({"kind": "photo", "likes": None, "comments": 3.0})
    assert found["mightyscout"]["emv"] is None
    assert found["mightyscout"]["missing"] == "engagements"
    assert found["popular_chips"]["emv"] is None


def test_a_method_says_nothing_of_platforms_that_it_does_not_speak_of() -> None:
    assert "duel" not in values(REEL | {"platform": "telegram"})
    assert "aspire" not in values(REEL | {"platform": "youtube"})


def test_a_floor_is_a_line_of_its_own() -> None:
    rows = emv_lines(content({"kind": "video", "views": 10.0}), prices=Prices()).to_pylist()
    mine = {row["line"]: row["value"] for row in rows if row["method"] == "mightyscout"}
    assert mine == {"views": pytest.approx(0.1), "held_at_least": pytest.approx(24.9)}


def test_a_cap_is_a_line_of_its_own() -> None:
    assert values({"kind": "video", "views": 1e12})["mightyscout"]["emv"] == 10_000_000


def test_a_story_is_valued_by_followers() -> None:
    found = values({"kind": "story", "followers": 1_000_000.0})
    assert found["mightyscout"]["emv"] == pytest.approx(300)


def test_quality_is_held_within_a_fifth() -> None:
    base = values(REEL, GIVEN)["keepface"]["emv"]
    good = Prices(ad_cpm=6.0, quality=9.0)
    assert values(REEL, good)["keepface"]["emv"] == pytest.approx(1.2 * base)


def test_a_stated_band_is_told() -> None:
    row = values(REEL, GIVEN)["keepface"]
    assert row["emv_low"] == pytest.approx(0.85 * row["emv"])
    assert row["emv_high"] == pytest.approx(1.15 * row["emv"])
    assert values(REEL, GIVEN)["lefty"]["emv_low"] is None


@settings(max_examples=30)
@given(
    st.dictionaries(st.sampled_from(COUNTS), st.floats(0, 1e7)),
    st.sampled_from(["instagram", "tiktok", "youtube", "x"]),
    st.sampled_from(["photo", "short_video", "story"]),
)
def test_every_sum_can_be_recomputed_from_its_lines(counts, platform, kind) -> None:
    lines = emv_lines(content(counts | {"platform": platform, "kind": kind}), prices=GIVEN)
    assert lines.schema.equals(TABLES["emv_lines"].schema)
    told = emv(lines)
    assert told.schema.equals(TABLES["emv"].schema)
    for row in told.to_pylist():
        mine = [line for line in lines.to_pylist() if line["method"] == row["method"]]
        for line in mine:
            if line["quantity"] is not None and line["value"] is not None:
                assert line["value"] == pytest.approx(line["quantity"] * line["value_each"])
        if row["emv"] is not None:
            assert row["emv"] == pytest.approx(sum(line["value"] or 0.0 for line in mine))


def test_every_method_has_a_source_and_a_date_that_has_been() -> None:
    assert len(emv_methods()) >= 5
    for method in emv_methods():
        assert method["source"], method["name"]
        assert method["dated_on"] <= date(2026, 11, 26), method["name"]


def test_too_much_at_once_is_refused() -> None:
    nulls = [pa.nulls(MOST_ITEMS + 1, field.type) for field in SCHEMA]
    many = pa.table(nulls, schema=SCHEMA)
    with pytest.raises(ActionRefused, match="at most"):
        emv_lines(many, prices=Prices())
