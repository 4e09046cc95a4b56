from __future__ import annotations

from dataclasses import replace
from typing import Any

from mawj.vet.checks.political_accusations import (
    PoliticalAccusations,
    evidence,
    political_accusations,
)
from tests.vet.politics_world import ACCUSING, AS_OF, Vetted, plain, posts_of, told

LIMITS = PoliticalAccusations()


def texts(n_accusing: int) -> list[str | None]:
    return plain(30) + [ACCUSING[i % 3] for i in range(n_accusing)]


def found(*own: list[dict[str, Any]], limits: PoliticalAccusations = LIMITS) -> Any:
    made = Vetted(*own)
    return told(
        political_accusations(
            made.vet_posts, made.political_signs, accusation_limits=limits, as_of=AS_OF
        )
    )


def test_nobody_accused_is_clear() -> None:
    assert found(posts_of("x:1", texts(0)))["x:1"]["contribution"] == 0.0


def test_one_angry_post_is_no_pattern() -> None:
    row = found(posts_of("x:1", texts(1)))["x:1"]
    assert (row["observed"], row["contribution"]) == (1, 0.0)


def test_more_accusations_never_lower_the_risk() -> None:
    rows = found(*[posts_of(f"x:{n:02}", texts(n)) for n in range(0, 16, 3)])
    points = [rows[name]["contribution"] for name in sorted(rows)]
    assert points == sorted(points)
    assert points[-1] == LIMITS.points


def test_too_few_posts_are_not_judged() -> None:
    assert found(posts_of("x:1", list(ACCUSING * 3))) == {}


def test_every_setting_changes_something() -> None:
    own = posts_of("x:1", texts(5))
    usual = found(own)
    for field, value in {
        "from_posts": 2.0, "full_posts": 20.0, "points": 6.0, "half_life_days": 7.0,
        "least_posts": 100,
    }.items():  # fmt: skip
        assert found(own, limits=replace(LIMITS, **{field: value})) != usual, field


def test_the_accusing_posts_are_shown() -> None:
    shown = evidence(Vetted(posts_of("x:1", texts(2))).political_signs).to_pyarrow()
    assert sorted(shown["evidence_id"].to_pylist()) == ["x:1/30", "x:1/31"]
