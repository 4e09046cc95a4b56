"""forecast, forecasts, results and backtest as a person types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mawj.cli.main import mawj
from mawj.lake.lake import Lake

if TYPE_CHECKING:
    from click.testing import Result


def typed(lake: Path, *words: str) -> Result:
    found = CliRunner().invoke(mawj, [*words, "--lake", str(lake)], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found


def creator(lake: Path) -> str:
    reach = Lake.open(lake).read("reach").to_pyarrow().to_pylist()
    return max(
        r["account_id"]
        for r in reach
        if r["account_id"].startswith("tiktok") and r["n_posts"] > 5
    )


@pytest.mark.parametrize(("language", "words"), [
    ("en", "What a post may bring"), ("ar", "ما يُتوقَّع"), ("fa", "انتظار از یک پست"),
])  # fmt: skip
def test_a_forecast_is_told_in_three_languages(
    built_lake: Path, language: str, words: str
) -> None:
    found = typed(
        built_lake, "forecast", creator(built_lake), "--lang", language, "--measure", "views"
    )
    assert words in found.stdout


def test_kept_forecasts_are_scored_by_a_file_of_results(own_lake: Path, tmp_path: Path) -> None:
    who = creator(own_lake)
    typed(
        own_lake,
        "forecast",
        who,
        "--deliverable",
        "tiktok:video",
        "--on",
        "2036-03-01",
        "--keep",
    )
    file = tmp_path / "results.csv"
    file.write_text(
        f"account,deliverable,published,views\n{who},tiktok:video,2036-03-02,900\n"
        f"{who},tiktok:video,2036-03-02,many\n", encoding="utf-8",
    )  # fmt: skip
    told = typed(own_lake, "results", str(file))
    assert "1 results read, 1 forecasts scored" in told.stdout
    assert "many" in told.stdout
    book = json.loads(typed(own_lake, "forecasts", "--format", "json").stdout)
    assert book["books"][0]["n_scored"] == 1
    one = typed(own_lake, "forecasts", book["books"][0]["book_id"]).stdout
    assert "900" in one
    again = typed(own_lake, "forecast", who, "--measure", "views", "--format", "csv").stdout
    assert again.startswith("account_id,platform,on") or "forecast_low" in again.splitlines()[0]


@pytest.mark.parametrize(
    ("language", "title", "cost"),
    [("en", "What one unit came to", "1,200 SAR"), ("ar", "ما كلّفته الوحدة", "1,200 SAR"),
     ("fa", "هزینهٔ واقعی هر واحد", "۱٬۲۰۰ SAR")],
)  # fmt: skip
def test_what_a_unit_came_to_is_told_of_results_with_a_fee(
    own_lake: Path, tmp_path: Path, language: str, title: str, cost: str
) -> None:
    who = creator(own_lake)
    file = tmp_path / "results.csv"
    file.write_text(
        "account,deliverable,published,views,clicks,fee,currency\n"
        f"{who},tiktok:video,2036-03-02,2000,30,2400,SAR\n"
        f"{who},tiktok:video,2036-03-09,1000,,3000,SAR\n"
        f"{who},tiktok:video,2036-03-16,1000,5,,\n", encoding="utf-8",
    )  # fmt: skip
    told = typed(own_lake, "results", str(file), "--lang", language).stdout
    assert title in told
    assert cost in told.translate({0x2068: None, 0x2069: None})
    rows = json.loads(typed(own_lake, "results", str(file), "--format", "json").stdout)
    costs = {(r["published_on"], r["unit"]): r["unit_cost"] for r in rows["unit_costs"]}
    assert costs["2036-03-02", "cpm"] == pytest.approx(1200)
    assert costs["2036-03-02", "cpc"] == pytest.approx(80)
    assert costs["2036-03-09", "cpm"] == pytest.approx(3000)
    assert not [one for one in costs if one[0] == "2036-03-16"]
    assert ("2036-03-09", "cpc") not in costs
    assert {row["basis"] for row in rows["unit_costs"]} == {"actual"}


@pytest.mark.parametrize(("language", "words"), [
    ("en", "Orders and whose they are"), ("ar", "الطلبات ولمن تُحسب"),
    ("fa", "سفارش‌ها و این‌که به حساب چه کسی است"),
])  # fmt: skip
def test_orders_and_codes_tell_whose_orders_are_whose(
    own_lake: Path, language: str, words: str
) -> None:
    shops = Path(__file__).parents[1] / "sources" / "ready" / "shops"
    names = (
        "shopify_orders.csv", "salla_dashboard.csv", "tracking_tags.csv",
        "tracking_tags_ar.csv", "google_analytics_report.csv",
    )  # fmt: skip
    files = [str(shops / name) for name in names]
    told = typed(own_lake, "results", *files, "--lang", language).stdout
    assert words in told
    assert "does not say the currency" in told
    found = json.loads(typed(own_lake, "results", *files, "--format", "json").stdout)["orders"]
    assert [(one["account_id"], one["revenue_minor"]) for one in found["credited"]] == [
        ("instagram:lina.cooks", 124_050), ("instagram:noura.bakes", 15_000),
    ]  # fmt: skip
    assert (found["n_orders"], found["n_void"]) == (2, 3)


def test_a_file_without_the_headings_of_results_is_refused(
    own_lake: Path, tmp_path: Path
) -> None:
    file = tmp_path / "other.csv"
    file.write_text("name,colour\nx,red\n", encoding="utf-8")
    found = CliRunner().invoke(mawj, ["results", str(file), "--lake", str(own_lake)])
    assert found.exit_code != 0


def test_the_backtest_stands_beside_two_naive_ways(built_lake: Path) -> None:
    told = json.loads(typed(built_lake, "backtest", "--format", "json").stdout)
    assert {row["way"] for row in told["rows"]} == {"mawj", "last", "median"}
    shown = typed(built_lake, "backtest", "--lang", "fa").stdout
    assert "میانه" in shown
