"""Forecasts on made-up posts with known levels."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.plan.forecasting.forecast_record import PastRecord
from mawj.plan.forecasting.forecast_settings import ForecastSettings
from mawj.plan.forecasting.forecasts import forecasts
from mawj.plan.forecasting.rates import published_rates
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotEnoughData, NotFound
from tests.plan.forecast_world import (
    AS_OF,
    ON,
    account,
    accounts_of,
    asked,
    crowd,
    one,
    post,
    posts_of,
    told,
)

if TYPE_CHECKING:
    import pyarrow as pa

LOUD = [post("loud", 10 + 7 * k, 50_000.0 * (1 + k % 3)) for k in range(12)]


def test_tables_have_their_declared_shape() -> None:
    made = forecasts(
        accounts_of(account("loud")), posts_of(*LOUD, *crowd(10)), asked(),
        forecast_settings=ForecastSettings(),
    )  # fmt: skip
    for table, name in zip(made, ("forecasts", "forecast_lines"), strict=True):
        assert table.num_rows
        assert table.schema.equals(TABLES[name].schema)


def test_an_account_with_many_posts_is_forecast_from_them() -> None:
    rows, _ = told(accounts_of(account("loud")), posts_of(*LOUD, *crowd()))
    views = one(rows)
    assert views["basis"] == "own"
    assert views["n_own"] == 12
    assert 55_000 < views["forecast"] < 130_000


def test_an_account_without_posts_is_forecast_from_its_peers() -> None:
    rows, _ = told(accounts_of(account("new")), posts_of(*crowd()))
    views = one(rows)
    assert views["basis"] == "peers"
    assert views["n_peers"] == 40
    assert 3_500 < views["forecast"] < 7_000


def test_more_own_posts_weigh_more() -> None:
    weights = []
    for n in (1, 2, 4, 8, 12):
        _, lines = told(accounts_of(account("loud")), posts_of(*LOUD[:n], *crowd()))
        (own,) = [x for x in lines if x["line"] == "own" and x["measure"] == "views"]
        weights.append(own["weight"])
    assert weights == sorted(weights)
    assert weights[0] < 0.7 < weights[-1]


def test_what_nobody_shows_is_not_known_and_never_none() -> None:
    rows, lines = told(accounts_of(account("new")), posts_of(*crowd()), rates=())
    clicks = one(rows, "clicks")
    assert clicks["forecast"] is None
    assert clicks["forecast_low"] is None
    assert clicks["basis"] is None
    assert clicks["missing"] == "post_snapshots (clicks)"
    assert not [x for x in lines if x["measure"] == "clicks"]


def test_hidden_views_leave_other_posts_alone() -> None:
    seen = [post("loud", 10 + k, 1_000.0 * (k + 1)) for k in range(6)]
    hidden = [post("loud", 20 + k, None) for k in range(6)]
    with_hidden, _ = told(accounts_of(account("loud")), posts_of(*seen, *hidden))
    without, _ = told(accounts_of(account("loud")), posts_of(*seen))
    assert with_hidden == without


def test_a_count_of_none_is_not_a_hidden_count() -> None:
    none = [post("loud", 20 + k, 0.0) for k in range(6)]
    rows, _ = told(accounts_of(account("loud")), posts_of(*none))
    assert one(rows)["n_own"] == 6
    assert one(rows)["forecast"] < 1.0


def test_views_of_one_form_are_not_guessed_from_another() -> None:
    shorts = crowd(kind="short_video")
    rows, _ = told(accounts_of(account("peer001")), posts_of(*shorts), rates=())
    assert one(rows)["forecast"] is None


def test_clicks_and_orders_follow_published_rates_with_a_wide_interval() -> None:
    rows, lines = told(accounts_of(account("loud")), posts_of(*LOUD, *crowd()))
    views, clicks, orders = (one(rows, m) for m in ("views", "clicks", "conversions"))
    assert clicks["basis"] == orders["basis"] == "rate"
    assert orders["forecast"] < clicks["forecast"] < views["forecast"]
    span = {
        m["measure"]: m["forecast_high"] / m["forecast_low"] for m in (views, clicks, orders)
    }
    assert span["views"] < span["clicks"] < span["conversions"]
    (rate,) = [x for x in lines if x["line"] == "rate" and x["measure"] == "clicks"]
    assert "creator" in rate["source"] or "smartmarketing" in rate["source"]


def test_own_clicks_go_before_a_rate() -> None:
    clicked = [dict(row, clicks=500.0) for row in LOUD]
    rows, _ = told(accounts_of(account("loud")), posts_of(*clicked))
    clicks = one(rows, "clicks")
    assert clicks["basis"] == "own"
    assert clicks["forecast"] == pytest.approx(500.0, rel=0.05)


def test_an_average_given_by_a_source_speaks_where_no_post_does() -> None:
    rows, lines = told(accounts_of(account("new", average_views=200_000.0)), posts_of(*crowd()))
    assert one(rows)["basis"] == "average"
    assert one(rows)["forecast"] > 20_000
    assert [x for x in lines if x["line"] == "average"]


def test_future_posts_do_not_leak() -> None:
    later = [post("loud", -d, 9e9) for d in (1.0, 5.0, 40.0)]
    fresh = [post("loud", 2.0, 9e9)]
    before, lines = told(accounts_of(account("loud")), posts_of(*LOUD, *crowd()))
    after, later_lines = told(
        accounts_of(account("loud")), posts_of(*LOUD, *crowd(), *later, *fresh)
    )
    assert before == after
    assert lines == later_lines


def test_paid_posts_that_do_worse_lower_a_paid_forecast() -> None:
    paid = [post("loud", 12 + 7 * k, 20_000.0, is_paid=True) for k in range(10)]
    posts = posts_of(*LOUD, *paid, *crowd())
    free, _ = told(accounts_of(account("loud")), posts)
    bought, lines = told(accounts_of(account("loud")), posts, is_paid=True)
    assert one(bought)["forecast"] < 0.8 * one(free)["forecast"]
    assert next(x for x in lines if x["line"] == "paid")["contribution"] < -0.2


def test_a_part_of_a_film_gets_less_than_the_whole() -> None:
    rows, lines = told(
        accounts_of(account("loud")), posts_of(*LOUD), measures=["views"],
        deliverables=["youtube:video", "youtube:integration"],
    )  # fmt: skip
    part, whole = rows
    assert part["deliverable"] == "youtube:integration"
    assert part["forecast"] == pytest.approx(0.7 * whole["forecast"])
    assert [x["line"] for x in lines if x["source"]] == ["part"]


def test_the_record_of_past_error_moves_and_widens() -> None:
    plain, _ = told(accounts_of(account("loud")), posts_of(*LOUD, *crowd()))
    record = {("youtube", "views"): PastRecord(10, -0.4, 4.0)}
    moved, lines = told(accounts_of(account("loud")), posts_of(*LOUD, *crowd()), record=record)
    assert one(moved)["forecast"] == pytest.approx(one(plain)["forecast"] * np.exp(-0.2))
    spans = [
        np.log(one(rows)["forecast_high"] / one(rows)["forecast_low"])
        for rows in (plain, moved)
    ]
    assert spans[1] == pytest.approx(2.0 * spans[0])
    (past,) = [x for x in lines if x["line"] == "past_error" and x["measure"] == "views"]
    assert past["width"] == pytest.approx(2.0)
    assert past["n"] == 10


def test_an_unknown_deliverable_or_no_account_is_refused() -> None:
    with pytest.raises(NotFound, match="youtube:wave"):
        told(accounts_of(account("a")), posts_of(), deliverables=["youtube:wave"])
    with pytest.raises(NotEnoughData, match="no account"):
        told(accounts_of(), posts_of())


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9])
def test_intervals_hold_as_often_as_they_say(level: float) -> None:
    """120 accounts of 12 posts with known noise: within four standard errors of the share."""
    world = crowd(120, 13, seed=5)
    cut = AS_OF - timedelta(days=60)
    known = [row for row in world if row["published_at"] <= cut - timedelta(days=7)]
    later = [row for row in world if row["published_at"] > cut]
    names = sorted({row["account_id"] for row in known})
    facts = accounts_of(*(account(name.partition(":")[2]) for name in names))
    rows, _ = told(facts, posts_of(*known), as_of=cut, level=level, measures=["views"])
    ends = {r["account_id"]: (r["forecast_low"], r["forecast_high"]) for r in rows}
    inside = [
        ends[row["account_id"]][0] <= row["views"] <= ends[row["account_id"]][1]
        for row in later
        if row["account_id"] in ends
    ]
    error = np.sqrt(level * (1 - level) / len(inside))
    assert abs(np.mean(inside) - level) < 4 * error


def test_intervals_hold_for_accounts_with_few_posts() -> None:
    world = crowd(150, 10, seed=7)
    hidden = {f"youtube:peer{k:03d}" for k in range(0, 150, 2)}
    known = [row for row in world if row["account_id"] not in hidden]
    facts = accounts_of(*(account(name.partition(":")[2]) for name in sorted(hidden)))
    rows, _ = told(facts, posts_of(*known), measures=["views"])
    ends = {r["account_id"]: (r["forecast_low"], r["forecast_high"]) for r in rows}
    inside = [
        ends[row["account_id"]][0] <= row["views"] <= ends[row["account_id"]][1]
        for row in world
        if row["account_id"] in hidden
    ]
    # Ten posts of an account share its level, so accounts and not posts are what is counted.
    assert abs(np.mean(inside) - 0.8) < 4 * np.sqrt(0.16 / len(hidden))


@given(order=st.permutations(range(40)), measure=st.sampled_from(["views", "engagements"]))
@settings(max_examples=8, deadline=None)
def test_the_order_of_rows_does_not_matter(order: list[int], measure: str) -> None:
    rows = (LOUD + crowd(3, 10))[:40]
    facts = [account("loud"), account("peer001")]
    straight, _ = told(accounts_of(*facts), posts_of(*rows), measures=[measure])
    mixed, _ = told(
        accounts_of(*facts[::-1]), posts_of(*(rows[k] for k in order)), measures=[measure]
    )
    assert straight == mixed


def test_names_do_not_matter() -> None:
    def renamed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [dict(row, account_id=row["account_id"][::-1]) for row in rows]

    facts = [account("loud"), account("peer001"), account("peer003")]
    plain, _ = told(accounts_of(*facts), posts_of(*LOUD, *crowd()))
    other, _ = told(accounts_of(*renamed(facts)), posts_of(*renamed(LOUD), *renamed(crowd())))
    values = [
        {row["account_id"]: row["forecast"] for row in rows if row["measure"] == "views"}
        for rows in (plain, other)
    ]
    assert {name[::-1]: pytest.approx(v, rel=1e-9) for name, v in values[0].items()} == values[
        1
    ]


@given(
    views=st.lists(
        st.one_of(
            st.none(), st.sampled_from([0.0, -5.0, 1e12, float("nan"), float("inf"), 0.3]),
            st.floats(0, 1e9),
        ),
        min_size=1, max_size=12,
    ),
    followers=st.one_of(st.none(), st.sampled_from([0.0, -1.0, 1.0, 1e12])),
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_hostile_values_give_numbers_that_add_up_or_nothing(
    views: list[float | None], followers: float | None
) -> None:
    mine = [post("odd", 10 + k, v, followers=followers) for k, v in enumerate(views)]
    rows, lines = told(accounts_of(account("odd", followers)), posts_of(*mine, *crowd(3, 3)))
    assert rows
    for row in rows:
        parts = [x["contribution"] for x in lines if x["measure"] == row["measure"]]
        if row["forecast"] is None:
            assert parts == []
            assert row["missing"]
            continue
        assert 0 <= row["forecast_low"] <= row["forecast"] <= row["forecast_high"] < np.inf
        assert sum(parts) == pytest.approx(np.log(row["forecast"]), abs=1e-6)


CHANGES = {
    "form": 0.1, "kind": 0.1, "ages": (5.0,), "least_gain": 0.9, "paid": 9.0, "subject": 9.0,
    "weekday": 9.0, "hour": 9.0, "size": 0.1, "window_days": 60.0, "settle_days": 60.0,
    "least_peers": 1000,
    "most_peers": 5, "prior_worth": 50.0, "average_worth": 30.0, "season_posts": 1.0,
    "occasion_log": 1.0,
    "paid_posts": 1.0, "paid_log": -2.0, "trend_posts": 1.0, "trend_damping": 0.1,
    "most_trend": 0.01, "part_share": 0.1, "record_forecasts": 1.0,
}  # fmt: skip


def about(n: int, row: dict[str, Any]) -> dict[str, Any]:
    return dict(row, subject="food" if n % 3 else "cars")


@pytest.fixture(scope="module")
def rich() -> tuple[pa.Table, pa.Table, dict[str, Any]]:
    """Accounts, posts and a question in which every setting plays a part."""
    rising = [
        post("up", 10 + 5 * k, 40_000.0 * 0.8**k * (1.1 if k % 2 else 1.0), is_paid=k % 4 == 0)
        for k in range(14)
    ]
    shorts = [
        post(name, 9 + 4 * k, 900.0 * (k + 1), kind="short_video")
        for name in ("up", "peer002", "peer005") for k in range(5)
    ]  # fmt: skip
    sizes = [dict(row, followers=10_000.0 * (1 + n % 7)) for n, row in enumerate(crowd())]
    facts = accounts_of(
        account("up", 30_000.0), account("peer003"), account("new", 90_000.0),
        account("told", average_views=70_000.0), account("early"),
    )  # fmt: skip
    early = [post("early", 11.0 + k, 3_000.0) for k in range(2)]
    question = {
        "deliverables": ["youtube:video", "youtube:short", "youtube:integration"],
        "measures": ["views"], "is_paid": True,
        "kind": "video",
        "hour": 20.0, "subject": "food",
        "on": [ON, ON + timedelta(days=2)],
        "record": {("youtube", "views"): PastRecord(4, 0.3, 1.5)},
    }  # fmt: skip
    return (
        facts,
        posts_of(*(about(n, row) for n, row in enumerate(rising + shorts + sizes + early))),
        question,
    )


def test_every_setting_is_tried() -> None:
    assert set(CHANGES) == {one.name for one in fields(ForecastSettings)}


@pytest.mark.parametrize("name", list(CHANGES))
def test_every_setting_changes_a_forecast(
    name: str, rich: tuple[pa.Table, pa.Table, dict[str, Any]]
) -> None:
    facts, posts, question = rich
    if name == "prior_worth":
        # Only where accounts are too few to tell chance from difference.
        posts = posts_of(*LOUD, *crowd(3, 4))
        facts = accounts_of(account("loud"))
    # Trends are followed only where they erred less; here they always are.
    usual = ForecastSettings(least_gain=-1.0 if "trend" in name else 0.005)
    changed = replace(usual, **{name: CHANGES[name]})
    plain, _ = told(facts, posts, settings=usual, **question)
    other, _ = told(facts, posts, settings=changed, **question)
    assert plain != other


def test_rates_of_the_file_hold() -> None:
    assert published_rates()
    for rate in published_rates():
        assert 0 < rate.low <= rate.rate <= rate.high
        assert rate.source
        assert rate.dated[:2] == "20"
