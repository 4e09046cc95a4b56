from __future__ import annotations

from dataclasses import replace
from typing import Any

from mawj.vet.checks.paid_against_said import PaidAgainstSaid, evidence, paid_against_said
from tests.vet.politics_world import AS_OF, Vetted, plain, posts_of, told

LIMITS = PaidAgainstSaid()


def found(texts: list[str | None], limits: PaidAgainstSaid = LIMITS, **more: Any) -> Any:
    made = Vetted(posts_of("x:1", texts, **more))
    return told(
        paid_against_said(made.vet_posts, made.political_signs, made.posts, paid_against=limits)
    )


PAIRS = [
    (
        "I would never use @glowlab again, terrible skin after one week",
        "Paid partnership with @glowlab: my morning routine",
    ),
    (
        "I will never vote for Karim Haddad in this election",
        "Paid for by his friends: vote for Karim Haddad in the election",
    ),
    ("أرفض فرض عقوبات على البلد، العقوبات ظالمة", "محتوى ممول: أؤيد فرض عقوبات على البلد"),
    (
        "من مخالف این دولت و سیاست‌های دولت هستم",
        "همکاری تجاری: من از این دولت حمایت می‌کنم",
    ),
    (
        "I support the protesters in the capital",
        "Sponsored by the city: I oppose the protesters",
    ),
]


OTHER = [
    ("I recommend @glowlab to everybody", "Paid partnership with @glowlab: routine"),
    ("Never again @othershop, terrible", "Paid partnership with @glowlab: routine"),
    ("Worst cream for my skin ever", "Paid partnership: a new cream for my skin"),
    (
        "I will never vote for Samir Nader in the election",
        "Paid for by friends: vote for Karim Haddad in the election",
    ),
    ("I would never use @glowlab again", "My morning with @glowlab"),
]


def all_of(texts: list[list[str | None]]) -> list[dict[str, Any]]:
    """The rows of many accounts, one for each list of texts, in their order."""
    made = Vetted(*[posts_of(f"x:{i:03}", one) for i, one in enumerate(texts)])
    rows = told(
        paid_against_said(made.vet_posts, made.political_signs, made.posts, paid_against=LIMITS)
    )
    return [rows[name] for name in sorted(rows)]


def test_a_paid_post_against_what_was_said_is_raised() -> None:
    rows = all_of([[*plain(20), said, *plain(3), paid] for said, paid in PAIRS])
    assert [(row["observed"], row["sample_size"]) for row in rows] == [(1, 1)] * len(PAIRS)
    assert {row["contribution"] for row in rows} == {LIMITS.points}
    assert all(row["about"] for row in rows)


def test_what_is_said_afterwards_does_not_count() -> None:
    rows = all_of([[*plain(20), paid, *plain(3), said] for said, paid in PAIRS])
    assert [row["contribution"] for row in rows] == [0.0] * len(PAIRS)


def test_the_same_side_another_thing_or_no_payment_is_clear() -> None:
    rows = all_of([[*plain(20), said, paid] for said, paid in OTHER])
    assert [row["contribution"] for row in rows] == [0.0] * len(OTHER)


def test_the_platforms_label_counts_as_paid() -> None:
    texts: list[str | None] = [*plain(20), "Never buy @glowlab, terrible"]
    before = posts_of("x:1", texts)
    label = posts_of("x:1", ["My morning with @glowlab"], is_labelled_ad=True)
    made = Vetted(before, [label[0] | {"post_id": "x:1/paid", "published_at": AS_OF}])
    row = told(
        paid_against_said(made.vet_posts, made.political_signs, made.posts, paid_against=LIMITS)
    )["x:1"]
    assert row["observed"] == 1


def test_more_turns_never_lower_the_risk() -> None:
    said, paid = PAIRS[0]
    rows = all_of([[*plain(20), said, *[f"{paid} {i}" for i in range(n)]] for n in range(7)])
    points = [row["contribution"] for row in rows]
    assert points == sorted(points)
    assert (points[0], points[1], points[-1]) == (0.0, LIMITS.points, LIMITS.most)


def test_too_few_posts_are_not_judged() -> None:
    assert found(list(PAIRS[0])) == {}


def test_every_setting_changes_something() -> None:
    said, paid = PAIRS[0]
    texts: list[str | None] = [*plain(20), said, paid, f"{paid} again"]
    usual = found(texts)
    for field, value in {
        "likeness": 9.0, "points": 3.0, "full_posts": 9, "most": 12.0, "least_posts": 99,
    }.items():  # fmt: skip
        assert found(texts, replace(LIMITS, **{field: value})) != usual, field


def test_both_posts_are_shown() -> None:
    said, paid = PAIRS[0]
    made = Vetted(posts_of("x:1", [*plain(20), said, paid]))
    shown = evidence(made.vet_posts, made.political_signs, made.posts, paid_against=LIMITS)
    assert sorted(shown.to_pyarrow()["evidence_id"].to_pylist()) == ["x:1/20", "x:1/21"]
