"""`mawj price` and `mawj emv` as a person types them, on the small made-up world."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from click.testing import CliRunner

from mawj.cli.main import mawj
from mawj.flow.loading import load_tables
from mawj.lake.lake import Lake
from mawj.tables.declared import TABLES
from mawj.tables.errors import ActionRefused, NotEnoughData, NotFound, SourceRefused

if TYPE_CHECKING:
    from pathlib import Path

    from mawj.flow.opened import OpenLake

PRICE_ENDS = ("price_low_minor", "price_minor", "price_high_minor")
LINE_ENDS = ("amount_low_minor", "amount_minor", "amount_high_minor")


def call(*words: str, lake: Path, form: str = "json") -> str:
    said = [*words, "--lake", str(lake), "--format", form]
    done = CliRunner().invoke(mawj, said, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def whom(built_lake: Path) -> dict[str, Any]:
    """The account of Instagram with most views a post."""
    with Lake.open(built_lake) as lake:
        reach, accounts = lake.read("reach"), lake.read("accounts")
        joined = reach.join(accounts.select("account_id", "platform", "country"), "account_id")
        mine = joined.filter(joined.platform == "instagram").order_by(joined.reach.desc())
        return dict(mine.limit(1).to_pyarrow().to_pylist()[0])


@pytest.fixture(scope="module")
def priced(built_lake: Path, whom: dict[str, Any]) -> dict[str, Any]:
    words = ("price", whom["account_id"], "--deliverable", "instagram:reel", "--usage", "30d",
             "--currency", "SAR", "--market", "SA", "--tax", "SA")  # fmt: skip
    return dict(json.loads(call(*words, lake=built_lake)))


def test_the_lines_of_a_receipt_add_up(priced: dict[str, Any]) -> None:
    total = priced["prices"][0]
    for line_end, price_end in zip(LINE_ENDS, PRICE_ENDS, strict=True):
        assert sum(row[line_end] for row in priced["lines"]) == total[price_end]
    assert [row["line"] for row in priced["lines"]] == ["views", "usage_rights", "tax"]
    assert total["currency"] == "SAR"


def test_the_fee_is_the_forecast_of_views_by_the_card(priced: dict[str, Any]) -> None:
    fee = priced["lines"][0]
    views = next(row for row in priced["forecasts"] if row["measure"] == "views")
    assert fee["quantity"] == pytest.approx(views["forecast"])
    expected = views["forecast"] / 1000 * fee["rate"] * 375
    assert fee["amount_minor"] == pytest.approx(expected, abs=1)
    used = [row for row in priced["readings"] if row["is_used"]]
    assert len(used) == 1
    assert used[0]["amount_minor"] == fee["amount_minor"]


def test_units_comparables_media_values_and_ads_stand_beside(
    priced: dict[str, Any], whom: dict[str, Any]
) -> None:
    units = {row["unit"]: row for row in priced["units"]}
    assert {"cpm", "cpv", "cpe"} <= set(units)
    price = priced["prices"][0]["price_minor"] / 100
    views = next(row for row in priced["forecasts"] if row["measure"] == "views")["forecast"]
    assert units["cpm"]["unit_cost"] == pytest.approx(1000 * price / views)
    assert 1 <= len(priced["comparables"]) <= 5
    assert whom["account_id"] not in {row["other_id"] for row in priced["comparables"]}
    valued = [row for row in priced["emv"]["values"] if row["emv"] is not None]
    assert len(valued) >= 5
    assert {row["channel"] for row in priced["ads"]} >= {"search", "meta", "tiktok", "youtube"}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Receipt"), ("ar", "البند"), ("fa", "بابت")]
)
def test_a_price_is_told_in_three_languages(
    built_lake: Path, whom: dict[str, Any], language: str, said: str
) -> None:
    words = ("price", whom["account_id"], "--usage", "30d", "--lang", language)
    shown = call(*words, lake=built_lake, form="table")
    assert said in shown or language == "en"
    assert "{" not in shown
    assert "USD" in shown


def test_the_lines_come_as_csv(built_lake: Path, whom: dict[str, Any]) -> None:
    told = csv.DictReader(
        io.StringIO(call("price", whom["account_id"], lake=built_lake, form="csv"))
    )
    assert next(iter(told))["line"] == "views"


def test_a_quote_that_is_loaded_comes_first(
    own_lake: Path, whom: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "fees.csv"
    file.write_text(
        "account,deliverable,fee,date\n"
        f"{whom['account_id']},instagram:reel,900 USD,{_today()}\n",
        encoding="utf-8",
    )
    call("load", str(file), lake=own_lake)
    words = ("price", whom["account_id"], "--deliverable", "instagram:reel")
    told = json.loads(call(*words, lake=own_lake))
    assert told["prices"][0] | {"missing": None} == told["prices"][0]
    assert (told["prices"][0]["basis"], told["prices"][0]["price_minor"]) == ("quote", 90_000)
    assert "quote" in call(*words, lake=own_lake, form="table")


def test_a_fee_among_results_counts_as_paid_once(own_lake: Path, whom: dict[str, Any]) -> None:
    day = datetime.now(UTC)
    result = {
        "result_id": "r1", "account_id": whom["account_id"], "deliverable": "instagram:reel",
        "published_on": day.date(), "amount_minor": 500_000, "currency": "USD", "views": 1e5,
        "source": "file:test", "fetched_at": day, "basis": "typed_in", "load_id": "t",
    }  # fmt: skip
    odd = result | {"result_id": "r2", "currency": "XXX"}
    table = pa.Table.from_pylist([result, odd], TABLES["campaign_results"].schema)
    with Lake.open(own_lake) as lake:
        load_tables(lake, {"campaign_results": table})
    words = ("price", whom["account_id"], "--deliverable", "instagram:reel")
    told = json.loads(call(*words, lake=own_lake))
    assert told["prices"][0]["basis"] == "past"
    past = next(row for row in told["lines"] if row["line"] == "own_past")
    assert past["quantity"] == 1.0


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def test_own_cards_come_from_a_folder(
    built_lake: Path, whom: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "mine.toml").write_text(
        'title = "mine"\nsource = "our rate card"\ndated_on = 2026-11-01\ndate_basis = "day"\n'
        'what = "ours"\ncurrency = "USD"\nmarkets = { ZZ = 1.0 }\n[[rate]]\n'
        'deliverables = ["instagram:reel"]\nper = "thousand_views"\nlow = 1\nhigh = 4\n',
        encoding="utf-8",
    )
    words = ("price", whom["account_id"], "--deliverable", "instagram:reel", "--market", "ZZ",
             "--cards", str(tmp_path))  # fmt: skip
    told = json.loads(call(*words, lake=built_lake))
    assert told["lines"][0]["rate"] == pytest.approx(2.0)


def test_a_deliverable_of_another_platform_is_refused(
    built_lake: Path, whom: dict[str, Any]
) -> None:
    with pytest.raises(ActionRefused, match="cannot be had from accounts on instagram"):
        call("price", whom["account_id"], "--deliverable", "x:post", lake=built_lake)


def test_posts_are_valued_by_several_methods(built_lake: Path, whom: dict[str, Any]) -> None:
    told = json.loads(call("emv", whom["account_id"], "--latest", "2", "--cpe", "0.1",
                           lake=built_lake))  # fmt: skip
    items = {row["item_id"] for row in told["values"]}
    assert len(items) == 2
    methods = {row["method"] for row in told["values"] if row["emv"] is not None}
    assert {"mightyscout", "popular_chips", "later_placeholder"} <= methods
    shown = call("emv", next(iter(items)), lake=built_lake, form="table")
    assert "MightyScout" in shown
    assert call("emv", whom["account_id"], lake=built_lake, form="csv").startswith("item_id")
    with pytest.raises(NotFound):
        call("emv", "instagram:nobody-at-all", lake=built_lake)


def test_an_audit_asks_for_groups_of_the_users_own(built_lake: Path, tmp_path: Path) -> None:
    with Lake.open(built_lake) as lake:
        accounts = lake.read("accounts").join(lake.read("reach"), "account_id")
        ids = sorted(accounts.to_pyarrow()["account_id"].to_pylist())[:400]
    file = tmp_path / "groups.csv"
    rows = "".join(f"{one},{'north' if n % 2 else 'south'}\n" for n, one in enumerate(ids))
    file.write_text(f"account,group\n{rows}nobody,north\n", encoding="utf-8")
    told = json.loads(call("price", "audit", "--groups", str(file), "--suggestions",
                           lake=built_lake))  # fmt: skip
    assert told["n_rows"] > 0
    assert told["gaps"][0]["verdict"] in ("no_clear_difference", "not_enough_data")
    shown = call("price", "audit", "--groups", str(file), "--suggestions", "--lang", "ar",
                 lake=built_lake, form="table")  # fmt: skip
    assert "المجموعة" in shown
    # No fee is loaded: there is nothing to audit.
    with pytest.raises(NotEnoughData, match="two groups"):
        call("price", "audit", "--groups", str(file), lake=built_lake)
    file.write_text("only one column\n", encoding="utf-8")
    with pytest.raises(SourceRefused, match="two columns"):
        call("price", "audit", "--groups", str(file), lake=built_lake)


def test_a_price_is_asked_from_python(opened: OpenLake, whom: dict[str, Any]) -> None:
    told = opened.price(whom["account_id"], deliverables=["instagram:reel"], usage_days=30)
    assert told.prices["price_minor"].to_pylist()[0] > 0


@pytest.mark.parametrize(
    ("language", "read"), [("en", "read on"), ("ar", "اطُّلع عليه في"), ("fa", "خوانده‌شده در")]
)
def test_cards_and_figures_without_a_date_say_when_they_were_read(
    built_lake: Path, whom: dict[str, Any], priced: dict[str, Any], language: str, read: str
) -> None:
    told = call("price", whom["account_id"], "--deliverable", "instagram:reel",
                "--market", "SA", "--lang", language,
                lake=built_lake, form="table")  # fmt: skip
    assert read in " ".join(told.split())
    bases = {row["date_basis"] for key in ("readings", "ads") for row in priced[key]}
    assert bases >= {"read", "day"}


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "would cost as advertising: Instagram reel by instagram:"),
     ("ar", "لو اشتُري إعلانًا: ريلز على إنستغرام لدى instagram:"),
     ("fa", "با تبلیغ چقدر تمام می‌شود: ریلز اینستاگرام از instagram:")],
)  # fmt: skip
def test_media_value_is_headed_by_what_and_whose_it_is(
    built_lake: Path, whom: dict[str, Any], language: str, heading: str
) -> None:
    told = call("price", whom["account_id"], "--deliverable", "instagram:reel",
                "--lang", language, lake=built_lake, form="table")  # fmt: skip
    plain = told.translate({0x2068: None, 0x2069: None})
    assert heading in " ".join(plain.split())
    assert f"{whom['account_id']} instagram:reel" not in plain
