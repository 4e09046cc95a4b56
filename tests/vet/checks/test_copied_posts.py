from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mawj.vet.checks.copied_posts import CHECK, CopiedPosts, copied_posts, evidence

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITS = CopiedPosts()


def posts(n: int) -> str:
    rows = [f"x:p{k} | x:me | x | words {k}" for k in range(n)]
    return "\n".join(["post_id | account_id | platform | text", *rows])


def copies(n: int) -> str:
    heads = "post_id | account_id | published_at | source_post_id | source_account_id"
    row = "x:me | 2024-02-01 | x:o | x:other | 2024-01-01 | 0.9"
    rows = [f"x:p{k} | {row}" for k in range(n)]
    return "\n".join([f"{heads} | source_at | alike_share", *rows])


def points(
    table_of: Callable[..., Any], n: int, limits: CopiedPosts = LIMITS, n_posts: int = 40
) -> Any:
    found = table_of("post_copies", copies(n)), table_of("vet_posts", posts(n_posts))
    rows = copied_posts(found[1], found[0], copied=limits).to_pyarrow().to_pylist()
    return rows[0]["contribution"] if rows else None


def test_more_copies_never_raise_the_score(table_of: Callable[..., Any]) -> None:
    made = [points(table_of, n) for n in (0, 3, 6, 12, 40)]
    assert made[:2] == [0.0, 0.0]
    assert made == sorted(made, reverse=True)
    assert made[-1] == -CHECK.weight < made[2] < 0


def test_few_posts_are_not_judged_and_every_setting_changes_something(
    table_of: Callable[..., Any],
) -> None:
    assert points(table_of, 5, n_posts=19) is None
    for name, value in {
        "floor": 0.1, "full": 0.9, "points": 1.0, "least_posts": 41, "least_copies": 7,
    }.items():  # fmt: skip
        changed = points(table_of, 6, replace(LIMITS, **{name: value}))
        assert changed != points(table_of, 6), name


def test_copies_are_shown_with_their_words(table_of: Callable[..., Any]) -> None:
    made = evidence(table_of("vet_posts", posts(3)), table_of("post_copies", copies(1)))
    rows = made.to_pyarrow().to_pylist()
    assert [(r["evidence_id"], r["amount"], r["quote"]) for r in rows] == [
        ("x:p0", 0.9, "words 0")
    ]
