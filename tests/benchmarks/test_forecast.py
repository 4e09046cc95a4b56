"""The forecast benchmark measures what it says, on files written here."""

import csv
import json

import numpy as np
import pytest

from benchmarks import forecast, forecast_pages


def write(path, rows, delimiter=","):
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, rows[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def page(n=60):
    random = np.random.default_rng(1)
    for k in range(n):
        kind = ("Photo", "Status")[k % 3 == 0]
        reach = int(np.exp(8 + (kind == "Status") + 0.3 * random.normal()))
        yield {
            "Page_T_Likes": 1000 + 10 * k, "Type": kind, "Category": 1 + k % 3,
            "Month": 1 + k * 12 // n, "Weekday": 1 + k % 7, "Hour": k % 24, "Paid": k % 2,
            "T_Reach": reach, "T_Interactions": reach // 50,
        }  # fmt: skip


def test_no_data_is_said_and_no_failure(tmp_path):
    assert forecast.measured(tmp_path) == {"skipped": f"no set under {tmp_path}"}


def test_a_page_is_better_forecast_than_by_its_median(tmp_path):
    write(tmp_path / "dataset_Facebook.csv", list(page()), ";")
    result = forecast.measured(tmp_path)
    own = result["median_error_facebook_reach"]
    assert own < result["median_error_facebook_reach_naive_median"]
    wanted = {"median_error", "coverage_80", "coverage_80_facebook_interactions_by_month"}
    assert wanted <= set(result)
    assert json.dumps(result)


def test_missing_columns_and_rows_are_borne(tmp_path):
    rows = [
        {k: v for k, v in row.items() if k not in ("Hour", "Paid", "Category")}
        for row in page()
    ]
    rows[3]["T_Reach"] = ""
    rows[4]["T_Reach"] = 0
    write(tmp_path / "other_name.csv", rows)
    result = forecast.measured(tmp_path)
    assert result["n_facebook_reach"] == 5 * 58


def test_a_tiny_file_is_skipped(tmp_path):
    write(tmp_path / "dataset_Facebook.csv", list(page())[:4], ";")
    assert "skipped" in forecast.measured(tmp_path)


@pytest.mark.parametrize(("weekday", "day"), [(1.0, 5), (2.0, 6), (7.0, 4), (None, 6)])
def test_a_post_is_moved_to_the_nearest_day_with_its_weekday(weekday, day):
    monday = forecast_pages.datetime(2014, 1, 6, tzinfo=forecast_pages.UTC)
    assert forecast_pages.on_weekday(monday, weekday).day == day


def test_tables_of_two_dates_are_forecast_with_accounts_left_out(tmp_path):
    random = np.random.default_rng(2)
    log = np.log(1e5) + random.normal(size=80)
    for date in ("2022-06", "2022-09"):
        rows = [
            ["S.no", "Instagram name", " Name", "Subscribers", "Subscribers",
             "Audience country",
             "Authentic engagement\n", "Authentic engagement Values \n",
             "Engagement average\n",
             "Engagement average Values \n", "Category_1", "Category_2"]
        ]  # fmt: skip
        rows += [
            [k, f"name{k}", f"Name {k}", "1M", 1e6, "India", "1K", np.exp(v) / 2, "1K",
             np.exp(v),
             "", ""]
            for k, v in enumerate(log)
        ]  # fmt: skip
        with (tmp_path / f"instagram_{date}.csv").open(
            "w", newline="", encoding="utf-8"
        ) as out:
            csv.writer(out).writerows(rows)
        log = log - 0.5 + 0.1 * random.normal(size=80)
    result = forecast.measured(tmp_path)
    assert result["n_influencer_tables"] == 80
    assert result["median_error_influencer_tables"] < 0.15
    assert result["median_error_influencer_tables_naive_last"] > 0.5


def test_an_account_s_posts_are_forecast_in_turn_and_repeated_captions_left_out(tmp_path):
    random = np.random.default_rng(4)
    rows = [
        {
            "Date": f"2022-{1 + k // 28:02d}-{1 + k % 28:02d}", "Caption": f"caption {k % 50}",
            "Impressions": int(np.exp(8 + 0.2 * random.normal())), "Likes": 100, "Saves": k,
        }
        for k in range(56)
    ]  # fmt: skip
    rows[5]["Date"] = "some day"
    write(tmp_path / "insights.csv", rows)
    result = forecast.measured(tmp_path)
    # 30 posts teach, the unreadable day is lost with its caption; of the last six captions all
    # but that one were seen before.
    assert result["n_instagram_impressions"] == 56 - 1 - 30 - 5
    assert result["median_error_instagram_impressions"] < 0.3


def test_less_than_last_tells_chance_from_a_difference() -> None:
    random = np.random.default_rng(1)
    actual = random.lognormal(5, 1, 400)
    last = actual * random.lognormal(0, 0.5, 400)
    same = forecast.less_than_last({"actual": actual, "mawj": last, "naive_last": last})
    assert same == [0.0, 0.0]
    better = {"actual": actual, "mawj": actual * 1.01, "naive_last": last}
    assert forecast.less_than_last(better)[1] < 0.0
    other = {"actual": actual, "mawj": actual * random.lognormal(0, 0.5, 400)}
    low, high = forecast.less_than_last(other | {"naive_last": last})
    assert low < 0.0 < high
