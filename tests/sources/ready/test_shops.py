"""Orders of shops, visits by Google Analytics, and whose code is whose: samples by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from mawj.sources.reading import open_file
from mawj.sources.ready import READY, READY_FOR
from mawj.sources.ready.orders import host_of, moment_in, state_of

HERE = Path(__file__).parent
SHOPS = HERE / "shops"
COLUMNS = ("order_id", "state", "total_minor", "currency", "codes")

WHOSE = {
    "shopify_orders.csv": "shopify_orders", "shopify_orders.json": "shopify_orders",
    "woocommerce_orders.json": "woocommerce_orders", "salla_orders.json": "salla_orders",
    "zid_orders.json": "zid_orders", "salla_dashboard.csv": "order_table",
    "woocommerce_plugin.csv": "order_table", "order_table_fa.csv": "order_table",
    "google_analytics_report.csv": "google_analytics",
    "google_analytics_exploration.csv": "google_analytics",
    "google_analytics_api.json": "google_analytics",
    "tracking_tags.csv": "tracking_tags", "tracking_tags_ar.csv": "tracking_tags",
}  # fmt: skip


def test_every_sample_is_listed() -> None:
    assert sorted(WHOSE) == sorted(one.name for one in SHOPS.iterdir())


@pytest.mark.parametrize("name", WHOSE)
def test_a_file_is_taken_for_one_tool_only_and_the_right_one(name: str) -> None:
    with open_file(SHOPS / name) as raw:
        assert [one.name for one in READY if one.detect(raw)] == [WHOSE[name]]
        assert not READY_FOR["results"].detect(raw)


@pytest.mark.parametrize("folder", ["tables", "tools"])
def test_no_other_sample_is_taken_for_orders_visits_or_codes(folder: str) -> None:
    shops = {one.name for one in READY if one.name in WHOSE.values()}
    for file in (HERE / folder).iterdir():
        with open_file(file) as raw:
            assert not shops & {one.name for one in READY if one.detect(raw)}, file.name


def test_shopifys_lines_of_one_order_are_one_order_in_utc(read: Any) -> None:
    got = read(SHOPS / "shopify_orders.csv")
    assert got.only("orders", *COLUMNS) == [
        ("shopify:9001", "placed", 20_000, "SAR", ["NOURA10"]),
        ("shopify:9002", "refunded", 8_000, "SAR", None),
        ("shopify:9003", "cancelled", 8_500, "KWD", None),
    ]
    assert got.only("orders", "ordered_at")[0] == datetime(2026, 3, 1, 19, 29, tzinfo=UTC)
    assert got.only("orders", "discount_minor", "refunded_minor")[0] == (2_000, 5_000)
    assert (got.reasons(), got.n_lost) == ([], 0)


def test_shopifys_api_tells_the_tags_of_the_link_and_the_host_only(read: Any) -> None:
    got = read(SHOPS / "shopify_orders.json")
    tags = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "referrer")
    assert got.only("orders", *tags) == [
        ("instagram", "story", "eid", "salem", "instagram.com")
    ]
    assert got.only("orders", *COLUMNS, "refunded_minor") == [
        ("shopify:9101", "placed", 5_990, "USD", ["SALEM15"], 990)
    ]


def test_woocommerce_names_its_store_and_where_a_buyer_came_from(read: Any) -> None:
    got = read(SHOPS / "woocommerce_orders.json")
    assert got.only("orders", *COLUMNS) == [
        ("woocommerce:shop.example.org:727", "placed", 4_550, "EUR", ["HIND5"]),
        ("woocommerce::728", "unpaid", 1_000, "EUR", None),
    ]
    assert got.only("orders", "ordered_at", "utm_content", "referrer")[0] == (
        datetime(2026, 3, 5, 11, tzinfo=UTC), "hind", "tiktok.com",
    )  # fmt: skip
    plugin = read(SHOPS / "woocommerce_plugin.csv")
    assert plugin.only("orders", *COLUMNS) == [("other:801", "placed", 3_000, "EUR", ["HIND5"])]


def test_sallas_clock_is_turned_into_utc_and_a_renamed_state_is_known(read: Any) -> None:
    got = read(SHOPS / "salla_orders.json")
    assert got.only("orders", *COLUMNS) == [
        ("salla:560001", "placed", 27_650, "SAR", ["LINA20"]),
        ("salla:560002", "cancelled", 10_000, "SAR", None),
    ]
    assert got.only("orders", "ordered_at")[0] == datetime(2026, 3, 5, 22, 30, tzinfo=UTC)


def test_sallas_dashboard_is_read_in_arabic(read: Any) -> None:
    got = read(SHOPS / "salla_dashboard.csv")
    assert got.only("orders", *COLUMNS, "discount_minor") == [
        ("other:٤١٠٠١٠", "placed", 124_050, "SAR", ["LINA20"], 6_000),
        ("other:410011", "unpaid", 9_000, "SAR", None, None),
    ]
    assert got.only("orders", "ordered_at")[0] == datetime(2026, 3, 6, 21, 30, tzinfo=UTC)
    assert [(row, field) for row, field, _ in got.reasons()] == [(3, "state")]


def test_tomans_and_jalali_days_are_read_in_persian(read: Any) -> None:
    got = read(SHOPS / "order_table_fa.csv")
    assert got.only("orders", "total_minor", "currency", "codes") == [
        (2_500_000, "IRR", ["SARA"])
    ]
    assert got.only("orders", "ordered_at")[0].date() == date(2026, 3, 11)


def test_zids_orders_wait_where_nobody_has_paid(read: Any) -> None:
    got = read(SHOPS / "zid_orders.json")
    assert got.only("orders", *COLUMNS, "discount_minor") == [
        ("zid:1234:27000001", "placed", 89_910, "SAR", ["OMAR10"], 9_990),
        ("zid:1234:27000002", "unpaid", 5_000, "SAR", None, None),
    ]


@pytest.mark.parametrize("name", [name for name in WHOSE if "order" in name or "dash" in name])
def test_nothing_of_a_buyer_is_kept_raw_or_with_a_fault(read: Any, name: str) -> None:
    got = read(SHOPS / name)
    kept = str(got.raw) + " ".join(one.record for one in got.rejected)
    for private in ("Buyer", "buyer.", "مشتر", "خریدار", "50000000", "private", "ring twice"):
        assert private not in kept


def test_google_analytics_takes_its_days_from_the_lines_above(read: Any) -> None:
    got = read(SHOPS / "google_analytics_report.csv")
    assert got.only("site_traffic", "from_on", "to_on", "utm_source", "utm_medium",
                    "utm_campaign", "sessions", "key_events", "revenue_minor") == [
        (date(2026, 3, 1), date(2026, 3, 31), "instagram", "story", "eid", 1204.0, 31.0, None),
        (date(2026, 3, 1), date(2026, 3, 31), "(direct)", None, None, 300.0, 4.0, None),
    ]  # fmt: skip
    assert "totals" in got.reasons()[0][2]
    exploration = read(SHOPS / "google_analytics_exploration.csv")
    assert exploration.only("site_traffic", "to_on", "utm_content", "purchases") == [
        (date(2026, 3, 7), "hind", 3.0)
    ]


def test_the_data_api_tells_days_and_the_currency(read: Any, make: Any) -> None:
    got = read(SHOPS / "google_analytics_api.json")
    assert got.only("site_traffic", "from_on", "sessions", "purchases", "revenue_minor",
                    "currency") == [(date(2026, 3, 2), 51.0, 2.0, 31_025, "SAR")]  # fmt: skip
    text = (SHOPS / "google_analytics_api.json").read_text("utf-8").replace('"date"', '"week"')
    assert "dimension `date`" in read(make("w.json", text)).reasons()[0][2]


def test_codes_and_tags_belong_to_accounts(read: Any) -> None:
    got = read(SHOPS / "tracking_tags.csv")
    assert got.only("tracking_tags", "kind", "tag", "account_id", "deliverable", "to_on") == [
        ("code", "NOURA10", "instagram:noura.bakes", "instagram:reel", date(2026, 3, 31)),
        ("code", "HIND5", "tiktok:hind", None, None),
        ("code", "HIND10", "tiktok:hind", None, None),
        ("utm_content", "hind", "tiktok:hind", None, None),
    ]
    assert "platform is not known" in got.reasons()[0][2]
    arabic = read(SHOPS / "tracking_tags_ar.csv")
    assert arabic.only("tracking_tags", "account_id", "tag") == [
        ("instagram:lina.cooks", "LINA20")
    ]


def test_clocks_states_and_hosts() -> None:
    assert moment_in("2026-03-01 00:30", "Asia/Riyadh").hour == 21
    assert moment_in("2026-03-01T00:30:00+01:00", "Asia/Riyadh").hour == 23
    with pytest.raises(ValueError, match="no time zone"):
        moment_in("2026-03-01 00:30", "Moon/Sea")
    assert state_of("on-hold") == "unpaid"
    assert state_of("whatever") is None
    assert host_of("https://www.example.org/private?mail=a@b.c") == "example.org"
    assert host_of("not a site") is None
