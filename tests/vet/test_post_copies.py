from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mawj.vet.post_copies import CopySearch, post_copies

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITS = CopySearch()
LONG = "a b c d e f g h i j"
HEAD = "post_id | account_id | platform | published_at | terms"


def copies(
    table_of: Callable[..., Any], others: list[str], mine: str = LONG, limits: Any = LIMITS
) -> Any:
    rows = [f"x:1 | x:me | x | 2024-03-01 | {mine}", *others]
    people = "account_id | person_id\nx:me | x:me\nx:twin | x:me"
    return post_copies(
        table_of("vet_posts", "post_id | account_id | platform\nx:1 | x:me | x"),
        table_of("posts", "\n".join([HEAD, *rows])),
        table_of("people", people),
        copy_search=limits,
        keep=lambda table: table,
    )


def other(number: int, at: str, terms: str = LONG, account: str = "") -> str:
    return f"x:o{number} | {account or f'x:o{number}'} | x | {at} | {terms}"


def test_the_earliest_before_it_is_the_source(
    table_of: Callable[..., Any], rows_of: Callable[..., list[str]]
) -> None:
    others = [other(1, "2024-02-01"), other(2, "2024-01-01"), other(3, "2024-04-01")]
    made = copies(table_of, others)
    shown = rows_of("post_copies", made, "post_id", "source_post_id", "alike_share")
    assert shown == ["x:1 | x:o2 | 1"]


def test_later_own_common_and_other_posts_are_no_source(
    table_of: Callable[..., Any], rows_of: Callable[..., list[str]]
) -> None:
    for others in (
        [other(1, "2024-04-01")],
        [other(1, "2024-02-01", account="x:twin")],
        [other(n, "2024-02-01") for n in range(4)],
        [other(1, "2024-02-01", "a b c d e f z1 z2 z3 z4 z5")],
    ):
        assert rows_of("post_copies", copies(table_of, others), "post_id") == []


def test_a_common_beginning_does_not_hide_a_copy(
    table_of: Callable[..., Any], rows_of: Callable[..., list[str]]
) -> None:
    greeting = [other(n, "2024-01-01", f"a b c d e f {n} {n}1 {n}2 g h i j") for n in range(9)]
    made = copies(table_of, [*greeting, other(10, "2024-02-01")])
    assert rows_of("post_copies", made, "post_id", "source_post_id") == ["x:1 | x:o10"]


def test_what_many_say_later_is_nobody_s_either(
    table_of: Callable[..., Any], rows_of: Callable[..., list[str]]
) -> None:
    others = [other(n, "2024-02-01" if n else "2024-04-01") for n in range(4)]
    assert rows_of("post_copies", copies(table_of, others), "post_id") == []


def test_every_setting_changes_something(
    table_of: Callable[..., Any], rows_of: Callable[..., list[str]]
) -> None:
    near = [other(1, "2024-02-01", "a b c d e f g h i j k")]
    assert rows_of("post_copies", copies(table_of, near), "post_id") == ["x:1"]
    for name, value in {
        "least_terms": 12, "n_ends": 11, "least_alike": 0.95, "most_sources": 0, "most_met": 0,
    }.items():  # fmt: skip
        made = copies(table_of, near, limits=replace(LIMITS, **{name: value}))
        assert rows_of("post_copies", made, "post_id") == [], name
