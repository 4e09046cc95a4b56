"""Followers who look fake: raised only where the lower end of the interval is high."""

from __future__ import annotations

from typing import Any

import pytest

from mawj.vet.check_rows import GIVEN, MAY_GIVE
from mawj.vet.checks.fake_followers import CHECK, FakeFollowers, evidence, fake_followers


def found(arrow_of: Any, n_fake: int, n: int, *, platform: str = "x", **limits: Any) -> Any:
    text = (
        "account_id | platform | n_judged | n_fake | n_loaded | n_sampled\n"
        f"x:star | {platform} | {n} | {n_fake} | {n} | {n}"
    )
    return fake_followers(
        arrow_of("follower_shares", text), fake_followers=FakeFollowers(**limits)
    )


def points(*args: Any, **told: Any) -> float:
    return float(found(*args, **told)["contribution"][0].as_py())


def test_a_clean_audience_loses_nothing(arrow_of: Any) -> None:
    assert points(arrow_of, 20, 400) == 0.0


def test_an_audience_of_sold_accounts_loses_much(arrow_of: Any) -> None:
    assert points(arrow_of, 320, 400) == -CHECK.weight


def test_more_that_look_fake_never_give_points_back(arrow_of: Any) -> None:
    taken = [points(arrow_of, n, 400) for n in range(0, 401, 40)]
    assert taken == sorted(taken, reverse=True)


def test_a_small_sample_is_not_judged_or_leaves_more_open(arrow_of: Any) -> None:
    assert found(arrow_of, 15, 29).num_rows == 0
    small, large = (found(arrow_of, n // 2, n).to_pylist()[0] for n in (40, 400))
    assert small["observed_low"] < large["observed_low"]


def test_the_error_rates_are_named_and_a_platform_without_any_leaves_more_open(
    arrow_of: Any,
) -> None:
    own = found(arrow_of, 60, 400, platform="instagram").to_pylist()[0]
    other = found(arrow_of, 60, 400, platform="aparat").to_pylist()[0]
    assert "instafake" in own["compared_with"]
    assert "cresci" not in own["compared_with"]
    assert "cresci2017" in other["compared_with"]
    assert other["observed_low"] < own["observed_low"]


def test_it_gives_what_checks_may_give(arrow_of: Any) -> None:
    named = set(found(arrow_of, 100, 400).column_names)
    assert set(GIVEN) <= named <= {*GIVEN, *MAY_GIVE}


@pytest.mark.parametrize(
    ("name", "value"), [("common", 0.4), ("full", 0.9), ("most", 10.0), ("least", 500)]
)
def test_every_setting_changes_something(arrow_of: Any, name: str, value: float) -> None:
    usual = found(arrow_of, 200, 400)
    assert not found(arrow_of, 200, 400, **{name: value}).equals(usual)


def test_the_most_doubted_followers_are_shown_with_each_detectors_word(
    table_of: Any, con: Any
) -> None:
    panel = (
        "account_id | follower_id | platform | p_face | p_model | p_panel\n"
        "x:star | x:a | x | 0.913 |  | 0.98\nx:star | x:b | x | 0.1 | 0.2 | 0.2"
    )
    (row,) = con.to_pyarrow(evidence(table_of("follower_panel", panel))).to_pylist()
    assert (row["kind"], row["evidence_id"], row["amount"]) == ("account", "x:a", 0.98)
    assert row["quote"] == "face 91%"
