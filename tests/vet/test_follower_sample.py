"""Which followers are looked at: a fixed few of each account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.vet.follower_sample import FollowerSampling, follower_sample

if TYPE_CHECKING:
    from collections.abc import Callable

SUBJECTS = "account_id | platform\nx:star | x\nx:other | x"


def follows_of(*pairs: str) -> str:
    return "follower_id | followed_id | since | ended_at\n" + "\n".join(pairs)


def sampled(table_of: Callable[..., Any], rows_of: Any, *pairs: str, most: int = 400) -> Any:
    made = follower_sample(
        table_of("vet_subjects", SUBJECTS),
        table_of("follows", follows_of(*pairs)),
        follower_sampling=FollowerSampling(most=most),
    )
    return rows_of("follower_sample", made, "account_id", "follower_id", "n_loaded")


def test_followers_of_vetted_accounts_are_drawn(table_of: Any, rows_of: Any) -> None:
    pairs = ("x:a | x:star | | ", "x:b | x:star | | ", "x:a | x:stranger | | ")
    assert sampled(table_of, rows_of, *pairs) == ["x:star | x:a | 2", "x:star | x:b | 2"]


def test_who_left_or_follows_itself_is_not_a_follower(table_of: Any, rows_of: Any) -> None:
    pairs = ("x:a | x:star | | 2024-05-01", "x:star | x:star | | ", "x:b | x:star | | ")
    assert sampled(table_of, rows_of, *pairs) == ["x:star | x:b | 1"]


def test_no_more_than_asked_and_the_same_ones_for_all(table_of: Any, rows_of: Any) -> None:
    pairs = [f"x:f{n} | x:{whom} | | " for n in range(30) for whom in ("star", "other")]
    drawn = sampled(table_of, rows_of, *pairs, most=5)
    by_account = {
        whom: [row.split(" | ")[1] for row in drawn if row.startswith(f"x:{whom}")]
        for whom in ("star", "other")
    }
    assert len(by_account["star"]) == 5
    assert by_account["star"] == by_account["other"]
    assert all(row.endswith("| 30") for row in drawn)


def test_the_order_of_follows_does_not_matter(table_of: Any, rows_of: Any) -> None:
    pairs = [f"x:f{n} | x:star | | " for n in range(30)]
    assert sampled(table_of, rows_of, *pairs, most=7) == sampled(
        table_of, rows_of, *reversed(pairs), most=7
    )
