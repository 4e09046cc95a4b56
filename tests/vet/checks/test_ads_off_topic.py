"""Advertising on subjects that the account otherwise hardly speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from mawj.vet.checks.ads_off_topic import OffTopic, ads_off_topic, evidence
from tests.vet.advertising import counts_of, found, nullable, posts_of, sponsored_of

if TYPE_CHECKING:
    from collections.abc import Callable

PAID, OWN = "#ad Use code SARA15", "a quiet day"
TOPICS = """
topic_id | parent_id | level | name_en | name_ar | name_fa
food | | 1 | Food | طعام | غذا
food.coffee | food | 2 | Coffee | قهوة | قهوه
tech | | 1 | Tech | تقنية | فناوری
"""


def tables(n_fitting: int, n_off: int, n_own: int = 12) -> tuple[Any, ...]:
    subjects = ["food.coffee"] * n_fitting + ["tech"] * n_off + ["food.coffee"] * n_own
    posts = posts_of(*[PAID] * (n_fitting + n_off), *[OWN] * n_own)
    rows = [
        {"post_id": post_id, "account_id": "a", "topic_id": topic, "n_seeds": 1.0,
         "weight": 1.0, "seed": "x"}
        for post_id, told in zip(posts["post_id"].to_pylist(), subjects, strict=True)
        for topic in {told, told.partition(".")[0]}
    ]  # fmt: skip
    schema = nullable("post_topics")
    known = set(schema.names)
    rows = [{k: v for k, v in row.items() if k in known} for row in rows]
    spoken = pa.Table.from_pylist(rows, schema=schema)
    return counts_of(posts), spoken, sponsored_of(posts)


@pytest.fixture
def row(arrow_of: Callable[..., pa.Table]) -> Callable[..., dict[str, Any]]:
    def made(n_fitting: int, n_off: int, n_own: int = 12, **limits: Any) -> dict[str, Any]:
        counts, spoken, sponsored = tables(n_fitting, n_off, n_own)
        topics = arrow_of("topics", TOPICS)
        (only,) = found(
            ads_off_topic, counts, spoken, topics, sponsored, off_topic=OffTopic(**limits)
        )
        return only

    return made


def test_advertising_on_its_own_subjects_takes_nothing(row: Callable[..., Any]) -> None:
    assert row(8, 0)["contribution"] == 0.0


def test_advertising_off_its_subjects_takes_points(row: Callable[..., Any]) -> None:
    made = row(0, 12)
    assert (made["observed"], made["sample_size"]) == (1.0, 12)
    assert made["contribution"] < -4.0


def test_more_off_its_subjects_never_gives_points_back(row: Callable[..., Any]) -> None:
    taken = [row(4, n)["contribution"] for n in (0, 2, 6, 12, 24)]
    assert taken == sorted(taken, reverse=True)


def test_too_few_posts_with_a_subject_are_not_judged(row: Callable[..., Any]) -> None:
    assert row(0, 3)["contribution"] is None
    assert row(0, 9, n_own=5)["contribution"] is None


def test_no_advertising_is_clear(row: Callable[..., Any]) -> None:
    assert row(0, 0)["contribution"] == 0.0


@pytest.mark.parametrize(
    ("name", "value"),
    [("least_paid", 30), ("least_own", 30), ("at_home", 0.0), ("usual", 0.0), ("points", 4.0)],
)
def test_every_setting_changes_something(
    row: Callable[..., Any], name: str, value: float
) -> None:
    assert row(3, 12) != row(3, 12, **{name: value})


def test_the_posts_off_its_subjects_are_quoted(arrow_of: Callable[..., pa.Table]) -> None:
    _, spoken, sponsored = tables(1, 1)
    topics = arrow_of("topics", TOPICS)
    shown = found(evidence, spoken, topics, sponsored, off_topic=OffTopic())
    assert [r["evidence_id"] for r in shown] == ["a001"]
