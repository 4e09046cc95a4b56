"""Orders and whose they are: every order once, by the surest tag."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.flow.credited_orders import Credited, OrderCredit, credited_orders
from mawj.lake.lake import Lake
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
STAMP = {"source": "t", "fetched_at": AT, "basis": "first_party", "load_id": "l"}


def order(n: int, **more: Any) -> dict[str, Any]:
    told = {
        "order_id": f"shopify:{n}", "shop": "shopify", "ordered_at": AT, "state": "placed",
        "total_minor": 10_000, "currency": "SAR", **STAMP,
    }  # fmt: skip
    return told | more


def tag(kind: str, said: str, account: str, **more: Any) -> dict[str, Any]:
    named = {"tag_id": f"{kind}{said}{account}", "kind": kind, "tag": said}
    return named | {"account_id": account, **STAMP} | more


def credit(tmp_path: Path, orders: list[dict[str, Any]], tags: list[Any]) -> OrderCredit:
    lake = Lake.open(tmp_path / "lake")
    for name, rows in (("orders", orders), ("tracking_tags", tags)):
        if rows:
            lake.upsert(name, pa.Table.from_pylist(rows, schema=TABLES[name].schema))
    return credited_orders(lake)


def test_a_code_goes_before_a_link_and_case_does_not_matter(tmp_path: Path) -> None:
    got = credit(
        tmp_path,
        [order(1, codes=["NOURA10"], utm_content="salem"), order(2, utm_content="Salem")],
        [tag("code", "Noura10", "instagram:noura"),
         tag("utm_content", "salem", "tiktok:salem")],
    )  # fmt: skip
    assert got.credited == (
        Credited("instagram:noura", "SAR", 1, 10_000, {"code": 1}),
        Credited("tiktok:salem", "SAR", 1, 10_000, {"utm_content": 1}),
    )


def test_what_was_called_off_or_paid_back_counts_for_nobody(tmp_path: Path) -> None:
    got = credit(
        tmp_path,
        [order(1, codes=["N"], state="cancelled"), order(2, codes=["N"], state="refunded"),
         order(3, codes=["N"], state="unpaid"), order(4, codes=["N"], refunded_minor=4_000),
         order(5)],
        [tag("code", "N", "instagram:noura")],
    )  # fmt: skip
    assert got.credited == (Credited("instagram:noura", "SAR", 1, 6_000, {"code": 1}),)
    assert (got.n_orders, got.n_untold, got.n_void) == (2, 1, 3)


def test_currencies_are_never_added_and_days_bound_a_tag(tmp_path: Path) -> None:
    got = credit(
        tmp_path,
        [order(1, codes=["N"]), order(2, codes=["N"], currency="AED"),
         order(3, codes=["N"], ordered_at=datetime(2026, 5, 1, tzinfo=UTC))],
        [tag("code", "N", "instagram:noura", to_on=date(2026, 3, 10))],
    )  # fmt: skip
    assert {(one.currency, one.n_orders) for one in got.credited} == {("AED", 1), ("SAR", 1)}
    assert got.n_untold == 1


def test_a_tag_of_two_accounts_is_credited_to_neither(tmp_path: Path) -> None:
    got = credit(
        tmp_path, [order(1, referrer="t.co")],
        [tag("referrer", "t.co", "x:a"), tag("referrer", "t.co", "x:b")],
    )  # fmt: skip
    assert [(one.account_id, one.n_orders) for one in got.credited] == [("", 1)]


def test_without_orders_there_is_nothing(tmp_path: Path) -> None:
    assert credit(tmp_path, [], []) == OrderCredit((), 0, 0, 0)
