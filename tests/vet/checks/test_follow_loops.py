from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ibis

from mawj.vet.checks.follow_loops import CHECK, FollowLoops, evidence, follow_loops
from tests.vet.commenting import SUBJECT, WARM, peers_of, readings, sample, tones

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITS = FollowLoops()
LOOP = "follow for follow"
USUAL = peers_of([WARM] * 36 + [LOOP] * 4)


def offers(n: int) -> str:
    rows = [f"x:p{k} | x:me | follow_loop | 2024-05-02 | f4f {k}" for k in range(n)]
    return "\n".join(["post_id | account_id | kind | published_at | text", *rows])


def posts(n: int) -> str:
    return "\n".join(
        ["post_id | account_id | platform", *(f"x:p{k} | x:me | x" for k in range(n))]
    )


def points(
    table_of: Callable[..., Any], n_loops: int, n_offers: int = 0, limits: FollowLoops = LIMITS,
    **more: Any,
) -> Any:  # fmt: skip
    said = {SUBJECT: [LOOP] * n_loops + [WARM] * (more.get("n", 60) - n_loops), **USUAL}
    made = follow_loops(
        tones(sample(said)), table_of("post_offers", offers(n_offers)),
        table_of("vet_posts", posts(more.get("n_posts", 12))), loops=limits,
    )  # fmt: skip
    return made.to_pyarrow().to_pylist()[0]["contribution"]


def test_more_offers_never_raise_the_score(table_of: Callable[..., Any]) -> None:
    by_comments = [points(table_of, n) for n in (0, 6, 30, 60)]
    by_posts = [points(table_of, 0, n) for n in (0, 1, 4)]
    for made in (by_comments, by_posts):
        assert made == sorted(made, reverse=True)
        assert made[0] == 0.0 > made[-1] >= -CHECK.weight
    assert by_comments[1] == 0.0


def test_without_comments_and_posts_it_is_not_judged(table_of: Callable[..., Any]) -> None:
    assert points(table_of, 0, n=20, n_posts=5) is None
    assert points(table_of, 0, n=20) == 0.0
    assert points(table_of, 0, n_posts=5) == 0.0


def test_every_setting_changes_something(table_of: Callable[..., Any]) -> None:
    for name, value in {"floor": 0.2, "full": 0.9, "points": 1.0, "least_comments": 70}.items():
        changed = points(table_of, 20, limits=replace(LIMITS, **{name: value}))
        assert changed != points(table_of, 20), name
    assert points(table_of, 0, 1, replace(LIMITS, full_offers=1)) == -LIMITS.points
    assert points(table_of, 0, n=20, n_posts=5, limits=replace(LIMITS, least_posts=5)) == 0.0


def test_own_offers_are_shown_first(table_of: Callable[..., Any]) -> None:
    sampled = sample({SUBJECT: [LOOP, WARM]})
    shown = evidence(
        table_of("post_offers", offers(1)), ibis.memtable(readings(sampled)),
        ibis.memtable(sampled),
    ).order_by(ibis.desc("amount")).to_pyarrow().to_pylist()  # fmt: skip
    assert [(r["kind"], r["quote"]) for r in shown] == [("post", "f4f 0"), ("comment", LOOP)]
