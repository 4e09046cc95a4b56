"""Disclosed posts that the country's rules do not accept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
import pytest

from mawj.vet.checks.disclosure_rules import DisclosureRules, disclosure_rules, evidence
from mawj.vet.paid_texts import paid_texts
from tests.vet.advertising import posts_of, sponsored_of, subjects_of

if TYPE_CHECKING:
    import pyarrow as pa

CODE = "Use code SARA15 https://oud-lane.example/sara"
GIFT = f"#gifted {CODE}"
GOOD = f"Ad: {CODE}"


def texts_of(*posts: Any) -> pa.Table:
    given = posts_of(*posts)
    return paid_texts(ibis.memtable(given), ibis.memtable(sponsored_of(given))).to_pyarrow()


def rows(country: str | None, *posts: Any, bio: str | None = None, **limits: Any) -> Any:
    subjects = subjects_of({"country": country, "bio": bio})
    made = disclosure_rules(subjects, texts_of(*posts), disclosure=DisclosureRules(**limits))
    return {row["about"]: row for row in made.to_pylist()}


def test_disclosures_that_the_country_accepts_are_clear() -> None:
    assert rows("GB", *[GOOD] * 4)["GB"]["contribution"] == 0.0


def test_disclosures_that_it_does_not_accept_take_points() -> None:
    row = rows("GB", *[GIFT] * 4)["GB"]
    assert (row["contribution"], row["observed"], row["sample_size"]) == (-8.0, 1.0, 4)
    assert row["compared_with"] == "United Kingdom"


def test_the_same_words_may_be_accepted_elsewhere() -> None:
    words = f"Collaboration with Oud Lane #collaboration {CODE}"
    assert rows("IN", *[words] * 4)["IN"]["contribution"] == 0.0
    assert rows("GB", *[words] * 4)["GB"]["contribution"] < 0.0


def test_undisclosed_posts_count_elsewhere() -> None:
    assert "GB" not in rows("GB", *[CODE] * 6)


def test_without_advertising_it_is_clear() -> None:
    assert rows("GB", "a quiet day")["GB"]["contribution"] == 0.0


@pytest.mark.parametrize("country", [None, "KP"])
def test_a_country_that_is_not_known_is_not_judged(country: str | None) -> None:
    assert rows(country, *[GIFT] * 4) == {}


def test_a_permit_is_clear_where_its_number_is_shown_and_else_not_assessed() -> None:
    shown = rows("SA", *[GOOD] * 4, bio="ترخيص موثوق 123456")["mawthooq"]
    hidden = rows("SA", *[GOOD] * 4, bio="عطور")["mawthooq"]
    assert (shown["contribution"], hidden["contribution"]) == (0.0, None)
    assert hidden["missing"] == "Mawthooq licence"


@pytest.mark.parametrize(
    ("name", "value"), [("least_posts", 9), ("usual_share", 0.6), ("points", 4.0)]
)
def test_every_setting_changes_something(name: str, value: float) -> None:
    posts = [*[GIFT] * 3, GOOD]
    assert rows("GB", *posts) != rows("GB", *posts, **{name: value})


def test_more_that_falls_short_never_gives_points_back() -> None:
    taken = [rows("GB", *[GIFT] * n, *[GOOD] * 4)["GB"]["contribution"] for n in range(5)]
    assert taken == sorted(taken, reverse=True)
    assert taken[-1] < 0


def test_the_posts_are_quoted_with_what_they_lack() -> None:
    shown = evidence(subjects_of({"country": "GB"}), texts_of(GIFT, GOOD)).to_pylist()
    assert [(r["evidence_id"], r["quote"][:11]) for r in shown] == [("a000", "[too_vague]")]
