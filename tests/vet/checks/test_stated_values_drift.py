"""Advertising against what the account stated of itself."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa
import pytest

from mawj.tables.declared import TABLES
from mawj.vet.checks.stated_values_drift import ValuesDrift, evidence, stated_values_drift
from mawj.vet.paid_texts import paid_texts
from mawj.vet.stated_values import stated_values
from tests.vet.advertising import counts_of, posts_of, sponsored_of, subjects_of

STEAK = "#ad The best steak in town, code SARA15"
LAMP = "#ad A lovely lamp, code SARA15"


def tables(*posts: Any, bio: str | None = None) -> tuple[pa.Table, pa.Table, pa.Table]:
    given = posts_of(*posts)
    said = stated_values(subjects_of({"bio": bio}), given.to_reader())
    stated = pa.Table.from_batches(said, schema=TABLES["stated_values"].schema)
    paid = paid_texts(ibis.memtable(given), ibis.memtable(sponsored_of(given))).to_pyarrow()
    return counts_of(given).to_pyarrow(), stated, paid


def rows(*posts: Any, bio: str | None = None, **limits: Any) -> list[dict[str, Any]]:
    made = stated_values_drift(*tables(*posts, bio=bio), values_drift=ValuesDrift(**limits))
    return made.to_pylist()


def test_a_steakhouse_after_a_vegan_bio_takes_points() -> None:
    (row,) = rows(STEAK, bio="I'm vegan")
    assert (row["about"], row["observed"], row["contribution"]) == ("vegan", 1.0, -4.0)
    assert row["compared_with"] == "vegan"


def test_any_advertisement_goes_against_taking_none() -> None:
    (row,) = rows("I never do ads", "a day", LAMP)
    assert (row["about"], row["contribution"]) == ("no_ads", -4.0)


def test_what_was_advertised_before_the_statement_is_not_held_against_it() -> None:
    (row,) = rows(LAMP, "a day", "I never do ads")
    assert row["contribution"] == 0.0


def test_advertising_that_fits_takes_nothing() -> None:
    assert rows(LAMP, bio="I'm vegan")[0]["contribution"] == 0.0


def test_without_stated_values_it_is_clear() -> None:
    assert rows(STEAK)[0]["contribution"] == 0.0


def test_the_points_of_several_values_stay_within_the_weight() -> None:
    made = rows(*[STEAK] * 5, bio="I'm vegan. I never do ads")
    assert len(made) == 2
    assert sum(row["contribution"] for row in made) == -12.0


def test_more_such_posts_never_give_points_back() -> None:
    taken = [rows(LAMP, *[STEAK] * n, bio="I'm vegan")[0]["contribution"] for n in range(5)]
    assert taken == sorted(taken, reverse=True)


@pytest.mark.parametrize(
    ("name", "value"), [("full_posts", 9.0), ("grace_days", 30.0), ("points", 6.0)]
)
def test_every_setting_changes_the_points(name: str, value: float) -> None:
    posts = ("I never do ads", "a day", LAMP)
    assert rows(*posts) != rows(*posts, **{name: value})


def test_the_post_is_quoted_beside_the_statement() -> None:
    _, stated, paid = tables(STEAK, bio="I'm vegan")
    (shown,) = evidence(stated, paid, values_drift=ValuesDrift()).to_pylist()
    assert shown["evidence_id"] == "a000"
    assert shown["quote"].startswith("«I'm vegan» → #ad The best steak")
