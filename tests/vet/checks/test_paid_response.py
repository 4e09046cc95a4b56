"""The response to paid posts beside that to own ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
import pytest

from mawj.vet.checks.paid_response import PaidResponse, paid_response
from mawj.vet.paid_counts import paid_counts
from tests.vet.advertising import (
    clean_creators,
    counts_of,
    in_small_world,
    posts_of,
    sponsored_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa


def posts(paid: list[Any], own: list[Any], metric: str = "engagements") -> pa.Table:
    told = [{"text": "#ad code SARA15", metric: n} for n in paid]
    return posts_of(*told, *[{"text": "a quiet day", metric: n} for n in own])


def rows(given: pa.Table, **limits: Any) -> list[dict[str, Any]]:
    sponsored = ibis.memtable(sponsored_of(given))
    counts = counts_of(given)
    got = paid_counts(ibis.memtable(given), sponsored, counts).to_pyarrow()
    made = paid_response(counts.to_pyarrow(), got, paid_response=PaidResponse(**limits))
    return made.to_pylist()


OWN = [90.0, 100.0, 110.0, 95.0, 105.0] * 4


def test_an_equal_response_takes_nothing() -> None:
    (row,) = rows(posts([95.0, 100.0, 105.0] * 3, OWN))
    assert (row["contribution"], row["observed"], row["expected"]) == (0.0, 1.0, 1.0)


def test_a_far_weaker_response_takes_points() -> None:
    (row,) = rows(posts([9.0, 10.0, 11.0] * 4, OWN))
    assert row["contribution"] == -6.0
    assert row["observed_low"] <= row["observed"] <= row["observed_high"]
    assert row["compared_with"] == "engagements, 20 own posts"


def test_hidden_counts_are_left_out_and_never_zero() -> None:
    (row,) = rows(posts([*[100.0] * 6, *[None] * 6], OWN))
    assert (row["observed"], row["sample_size"]) == (1.0, 6)


def test_views_are_compared_where_engagements_are_hidden() -> None:
    (row,) = rows(posts([100.0] * 6, OWN, "views"))
    assert row["compared_with"] == "views, 20 own posts"


def test_too_few_known_counts_are_not_judged() -> None:
    assert rows(posts([1.0] * 4, OWN)) == []
    assert rows(posts([1.0] * 9, OWN[:5])) == []
    assert rows(posts([None] * 9, OWN)) == []


def test_an_account_without_paid_posts_is_clear() -> None:
    assert rows(posts([], OWN))[0]["contribution"] == 0.0


def test_own_posts_that_got_nothing_give_no_ratio() -> None:
    assert rows(posts([1.0] * 6, [0.0] * 20)) == []


def test_the_order_of_the_posts_does_not_matter() -> None:
    paid = [10.0, 40.0, 30.0, 20.0, 60.0, 50.0]
    assert rows(posts(paid, OWN)) == rows(posts(paid[::-1], OWN[::-1]))


def test_a_weaker_response_never_gives_points_back() -> None:
    taken = [rows(posts([n] * 8, OWN))[0]["contribution"] for n in (100.0, 60.0, 40.0, 5.0)]
    assert taken == sorted(taken, reverse=True)
    assert taken[-1] < 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("least_paid", 20), ("least_own", 30), ("usual", 0.9), ("full", 0.0), ("draws", 5),
     ("points", 3.0)],
)  # fmt: skip
def test_every_setting_changes_something(name: str, value: float) -> None:
    given = posts([20.0, 35.0, 50.0, 28.0, 42.0, 31.0, 25.0, 60.0, 15.0], OWN)
    assert rows(given) != rows(given, **{name: value})


def test_no_clean_creator_of_the_small_world_is_raised(built_lake: Path) -> None:
    made = in_small_world(paid_response, built_lake)
    raised = {r["account_id"] for r in made if r["contribution"] < 0}
    assert not raised & clean_creators()
