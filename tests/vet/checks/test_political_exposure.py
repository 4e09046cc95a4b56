from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mawj.vet.checks.political_exposure import PoliticalExposure, evidence, political_exposure
from tests.vet.politics_world import AS_OF, POLITICAL, Vetted, plain, posts_of, told

LIMITS = PoliticalExposure()


def mixed(n: int, n_political: int) -> list[str | None]:
    """The political posts are the last ones."""
    return plain(n - n_political) + [POLITICAL[i % len(POLITICAL)] for i in range(n_political)]


def found(*accounts: list[dict[str, Any]], limits: PoliticalExposure = LIMITS) -> Any:
    made = Vetted(*accounts)
    return told(
        political_exposure(
            made.vet_posts, made.political_signs, political_exposure_limits=limits, as_of=AS_OF
        )
    )


def test_an_account_without_politics_is_clear() -> None:
    row = found(posts_of("x:1", plain(40)))["x:1"]
    assert (row["observed"], row["contribution"], row["sample_size"]) == (0.0, 0.0, 40)


def test_a_political_account_is_raised_within_its_interval() -> None:
    row = found(posts_of("x:1", [POLITICAL[i % 6] for i in range(40)]))["x:1"]
    assert row["contribution"] == 12.0
    assert row["observed_low"] <= row["observed"] <= row["observed_high"]


def test_a_turn_to_politics_is_told_and_weighs_more() -> None:
    turned = found(posts_of("x:1", mixed(60, 20)))["x:1"]
    before = found(posts_of("x:1", mixed(60, 20)[::-1]))["x:1"]
    assert turned["compared_with"].startswith("0.0% → ")
    assert turned["contribution"] > before["contribution"]
    assert turned["observed"] > before["observed"]


def test_too_few_posts_give_no_row() -> None:
    assert found(posts_of("x:1", mixed(14, 10))) == {}


def test_posts_without_text_are_not_counted() -> None:
    texts: list[str | None] = [*plain(20), *[None] * 30]
    assert found(posts_of("x:1", texts))["x:1"]["sample_size"] == 20


def test_undated_posts_count_and_break_nothing() -> None:
    row = found(posts_of("x:1", mixed(30, 15), published_at=None))["x:1"]
    assert row["observed"] == pytest.approx(0.5)
    assert row["from_date"] is None


def test_more_politics_never_lowers_the_risk() -> None:
    rows = found(*[posts_of(f"x:{n:02}", mixed(60, n)) for n in range(0, 61, 6)])
    points = [rows[name]["contribution"] for name in sorted(rows)]
    assert points == sorted(points)
    assert points[-1] > points[0]


def test_order_of_rows_and_other_accounts_do_not_matter() -> None:
    own = posts_of("x:1", mixed(40, 10))
    alone = found(own)["x:1"]
    beside = found(posts_of("x:2", plain(30)), own[::-1])["x:1"]
    assert alone == pytest.approx(beside)


def test_every_setting_changes_something() -> None:
    own = posts_of("x:1", mixed(60, 20))
    usual = found(own)
    for field, value in {
        "from_share": 0.1, "full_share": 0.9, "points": 5.0, "half_life_days": 30.0,
        "least_posts": 61,
    }.items():  # fmt: skip
        assert found(own, limits=replace(LIMITS, **{field: value})) != usual, field


def test_the_posts_are_shown_with_their_words() -> None:
    shown = evidence(Vetted(posts_of("x:1", mixed(20, 3))).political_signs).to_pyarrow()
    assert sorted(shown["evidence_id"].to_pylist()) == ["x:1/17", "x:1/18", "x:1/19"]
    assert all(shown["quote"].to_pylist())
