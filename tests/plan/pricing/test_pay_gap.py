"""The pay-gap audit: a planted gap is found, none is found where there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from mawj.plan.pricing.pay_gap import PayGap, PayGapScale, pay_audit
from mawj.tables.errors import ActionRefused, NotEnoughData

QUICK = PayGapScale(n_permutations=199)


def fees(seed: int, gap: float = 0.0, n: int = 240, **said: Any) -> pa.Table:
    """Made-up fees: by results and platform, and `gap` less or more for group b.

    Group b reaches fewer people on top, so that the plain means differ where pay is fair.
    """
    random = np.random.default_rng(seed)
    group = random.choice(["a", "b"], n, p=[0.6, 0.4])
    views = np.exp(random.normal(10, 1.0, n) - 0.8 * (group == "b"))
    platform = random.choice(["instagram", "tiktok"], n)
    noise = random.normal(0, said.pop("noise", 0.4), n)
    log_fee = 0.8 * np.log(views) + 0.3 * (platform == "tiktok") + noise
    columns: dict[str, Any] = {
        "account_id": [f"x:{i // said.pop('each', 1)}" for i in range(n)],
        "group": group, "amount": np.exp(log_fee) * (1 + gap * (group == "b")),
        "currency": ["USD"] * n, "views": views,
        "engagements": views * np.exp(random.normal(-3, 0.3, n)), "platform": platform,
        "deliverable": [f"{one}:video" for one in platform],
        "tier": random.choice(["micro", "mid"], n), "market": ["SA"] * n,
    }  # fmt: skip
    return pa.table(columns | said)


def gap_of(table: pa.Table, scale: PayGapScale = QUICK, seed: int = 1) -> PayGap:
    return pay_audit(table, pay_gap_scale=scale, seed=seed).gaps[0]


def test_a_planted_gap_is_found_with_an_interval_that_holds_it() -> None:
    found = [gap_of(fees(seed, -0.2), seed=seed) for seed in range(20)]
    assert all(one.group == "b" and one.verdict == "difference" for one in found)
    assert sum(one.gap_low <= -0.2 <= one.gap_high for one in found) >= 17


def test_fair_pay_is_called_different_as_rarely_as_stated() -> None:
    found = [gap_of(fees(seed), seed=seed) for seed in range(120)]
    n_alarms = sum(one.verdict == "difference" for one in found)
    # 5 % of 120 are 6; more than 13 would come by chance once in 400 times.
    assert n_alarms <= 13
    assert sum(one.gap_low <= 0.0 <= one.gap_high for one in found) >= 107


def test_like_results_are_compared_not_plain_means() -> None:
    found = gap_of(fees(3))
    assert found.raw_gap < -0.3
    assert abs(found.gap) < 0.15


def test_few_fees_of_a_group_are_not_enough_data() -> None:
    table = fees(1, -0.5, n=30)
    found = gap_of(table)
    assert (found.verdict, found.gap) == ("not_enough_data", None)


def test_a_third_group_that_is_too_small_is_named_and_does_not_disturb() -> None:
    table = fees(5, -0.2)
    group = table["group"].to_pylist()
    group[:3] = ["c"] * 3
    audit = pay_audit(
        table.set_column(1, "group", pa.array(group)), pay_gap_scale=QUICK, seed=1
    )
    assert [(gap.group, gap.verdict) for gap in audit.gaps] == [
        ("b", "difference"), ("c", "not_enough_data"),
    ]  # fmt: skip


def test_fees_without_a_group_or_results_are_left_out_and_counted() -> None:
    table = fees(5, -0.2)
    group = [None, None, *table["group"].to_pylist()[2:]]
    views = [*table["views"].to_pylist()[:-1], None]
    table = table.set_column(1, "group", pa.array(group))
    table = table.set_column(4, "views", pa.array(views))
    assert pay_audit(table, pay_gap_scale=QUICK, seed=1).n_left_out == 3


def test_results_that_are_rarely_known_are_not_held_equal() -> None:
    table = fees(5)
    bare = table.set_column(5, "engagements", pa.nulls(table.num_rows, pa.float64()))
    held = pay_audit(bare, pay_gap_scale=QUICK, seed=1).held_equal
    assert "views" in held
    assert "engagements" not in held


def test_the_order_of_fees_does_not_move_the_gap() -> None:
    table = fees(7, -0.2)
    order = np.random.default_rng(0).permutation(table.num_rows)
    one, other = gap_of(table), gap_of(table.take(order))
    assert one.gap == pytest.approx(other.gap)
    assert one.gap_low == pytest.approx(other.gap_low)


def test_dearer_currency_units_change_nothing() -> None:
    table = fees(7, -0.2)
    amounts = pa.array(np.asarray(table["amount"]) * 375)
    dear = table.set_column(2, "amount", amounts)
    assert gap_of(dear).gap == pytest.approx(gap_of(table).gap)


def test_several_fees_of_one_account_widen_the_interval() -> None:
    table = fees(7, -0.2)
    doubled = pa.concat_tables([table, table])
    alone, both = gap_of(table), gap_of(doubled)
    assert both.gap == pytest.approx(alone.gap)
    width = both.gap_high - both.gap_low
    assert width == pytest.approx(alone.gap_high - alone.gap_low, rel=0.1)


def test_two_currencies_are_refused() -> None:
    mixed = fees(1, currency=["USD", "SAR"] * 120)
    with pytest.raises(ActionRefused, match="several currencies"):
        gap_of(mixed)


def test_one_group_alone_is_no_audit() -> None:
    with pytest.raises(NotEnoughData, match="two groups"):
        gap_of(fees(1, group=["a"] * 240))


@pytest.mark.parametrize(
    "change",
    [
        {"least_members": 200}, {"n_permutations": 99}, {"level": 0.5}, {"p_clear": 0.001},
        {"least_cell": 10_000},
    ],
)  # fmt: skip
def test_every_setting_changes_a_gap(change) -> None:
    table = fees(9, -0.12)
    before, after = gap_of(table), gap_of(table, replace(QUICK, **change))
    assert before != after


def test_settings_that_cannot_be_computed_are_refused() -> None:
    with pytest.raises(ValueError, match="least_members"):
        PayGapScale(level=1.0)
