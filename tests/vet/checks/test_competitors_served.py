"""Advertising for competitors of the brand that asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import ibis
import pyarrow as pa
import pytest

from mawj.vet.checks.competitors_served import CompetitorsServed, competitors_served, evidence
from tests.vet.advertising import counts_of, found, nullable, posts_of, sponsored_of

OUD = "#ad code SARA15 https://oud-lane.example/sara"
LUMO = "#ad code SARA15 thanks to @lumo.phones"
AS_OF = datetime(2024, 6, 1, tzinfo=UTC)


def competitors(*rows: dict[str, Any]) -> pa.Table:
    every = [{"brand_id": "b", "handle": None, "domain": None, **row} for row in rows]
    return pa.Table.from_pylist(every, schema=nullable("brand_competitors"))


BOTH = competitors({"name": "Oud Lane"}, {"name": "Lumo", "handle": "lumo_phones"})


def rows(*posts: str, of: pa.Table = BOTH, as_of: datetime = AS_OF, **limits: Any) -> Any:
    given = posts_of(*posts)
    asked = CompetitorsServed(**limits)
    made = competitors_served(
        of, counts_of(given), ibis.memtable(sponsored_of(given)), competitors=asked, as_of=as_of
    )
    made = made if isinstance(made, pa.Table) else made.to_pyarrow()
    return sorted(made.to_pylist(), key=lambda row: row["about"])


def test_work_for_competitors_takes_points_by_competitor() -> None:
    made = rows(OUD, OUD, LUMO, "a quiet day")
    assert [(r["about"], r["observed"]) for r in made] == [("Lumo", 1.0), ("Oud Lane", 2.0)]
    assert sum(r["contribution"] for r in made) == pytest.approx(-15.0 * 3 / 4)


def test_a_competitor_is_known_by_name_handle_or_site() -> None:
    by_site = competitors({"name": "Another Name", "domain": "https://www.oud-lane.example/en"})
    assert rows(OUD, of=by_site)[0]["about"] == "Another Name"


def test_work_for_others_is_clear() -> None:
    (row,) = rows("#ad code SARA15 https://nest.example")
    assert (row["contribution"], row["about"]) == (0.0, "")


def test_without_competitors_nothing_is_assessed() -> None:
    assert rows(OUD, of=competitors()) == []


def test_old_work_counts_half() -> None:
    new, old = (
        rows(OUD, as_of=day)[0]["contribution"] for day in (AS_OF, AS_OF.replace(year=2026))
    )
    assert old == new / 2


def test_more_work_never_gives_points_back() -> None:
    taken = [rows("a day", *[OUD] * n)[0]["contribution"] for n in range(6)]
    assert taken == sorted(taken, reverse=True)
    assert taken[-1] == -15.0


@pytest.mark.parametrize(
    ("name", "value"), [("full_posts", 9.0), ("fresh_days", 1.0), ("points", 7.0)]
)
def test_every_setting_changes_the_points(name: str, value: float) -> None:
    assert rows(OUD) != rows(OUD, **{name: value})


def test_the_posts_are_quoted_by_competitor() -> None:
    shown = found(lambda *t: evidence(BOTH, t[0]), sponsored_of(posts_of(OUD, "a day")))
    assert [(r["about"], r["evidence_id"]) for r in shown] == [("Oud Lane", "a000")]
