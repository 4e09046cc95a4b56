from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.vet.comment_sample import CommentSampling, comment_sample

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = """
account_id | language | n_posts | share
x:me | en | 12 | 1.0
x:peer | en | 12 | 1.0
x:quiet | en | 3 | 1.0
"""
POSTS = """
post_id | account_id | platform | repost_of_post_id
x:p1 | x:me | x |
x:p2 | x:peer | x |
x:p3 | x:quiet | x |
x:p4 | x:peer | x | x:p1
"""


def said(n: int) -> str:
    rows = [
        f"x:c{post}{k} | x:p{post} | x:r{k} | hello {k}"
        for post in (1, 2, 3, 4)
        for k in range(n)
    ]
    return "\n".join(["comment_id | post_id | account_id | text", *rows])


def made(table_of: Callable[..., Any], limits: CommentSampling, n: int = 6) -> Any:
    comments = table_of("comments", said(n))
    mine = [
        f"x:c1{k} | x:p1 | x:me | x:r{k} | {'' if k == 0 else f'hello {k}'}" for k in range(n)
    ]
    head = "comment_id | post_id | account_id | author_id | text"
    return comment_sample(
        table_of("vet_subjects", "account_id | platform | language\nx:me | x | en-GB"),
        table_of("vet_comments", "\n".join([head, *mine])),
        table_of("account_languages", LANGUAGES),
        table_of("posts", POSTS),
        comments,
        comment_sampling=limits,
        keep=lambda table: table,
    )


def test_some_of_each_account_are_read_and_more_of_a_vetted_one(
    table_of: Callable[..., Any], rows_of: Callable[..., list[str]]
) -> None:
    table = made(table_of, CommentSampling(most=4, most_of_peer=2))
    rows = rows_of(
        "comment_sample", table, "account_id", "account_language", "is_subject", "place"
    )
    assert rows == [
        "x:me | en | yes | 1", "x:me | en | yes | 2", "x:me | en | yes | 3",
        "x:me | en | yes | 4", "x:peer | en | no | 1", "x:peer | en | no | 2",
    ]  # fmt: skip


def test_comments_without_text_are_not_read(
    table_of: Callable[..., Any], rows_of: Callable[..., list[str]]
) -> None:
    table = made(table_of, CommentSampling(most=400, most_of_peer=1))
    ids = rows_of("comment_sample", table, "comment_id")
    assert "x:c10" not in ids
    assert sum(name.startswith("x:c1") for name in ids) == 5


def test_quiet_accounts_are_compared_with_only_when_asked(
    table_of: Callable[..., Any], rows_of: Callable[..., list[str]]
) -> None:
    table = made(table_of, CommentSampling(most=1, most_of_peer=1, least_posts=3))
    assert rows_of("comment_sample", table, "account_id") == ["x:me", "x:peer", "x:quiet"]
    none = made(table_of, CommentSampling(most=1, most_of_peer=1, most_peers=0))
    assert rows_of("comment_sample", none, "account_id", "is_peer") == ["x:me | no"]
