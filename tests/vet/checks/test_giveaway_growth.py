from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mawj.vet.checks.giveaway_growth import CHECK, GiveawayGrowth, evidence, giveaway_growth

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITS = GiveawayGrowth()
OFFERS = """
post_id | account_id | kind | published_at | text
x:p1 | x:me | giveaway | 2024-05-02 | giveaway
x:p2 | x:me | follow_loop | 2024-07-01 | f4f
"""
STEPS = """
account_id | platform | from_at | to_at | days | followers_before | followers_after
x:me | x | 2024-05-01 | 2024-05-08 | 7 | 500 | 900
x:me | x | 2024-05-08 | 2024-05-15 | 7 | 900 | 1000
"""


def jumps(gained: float, at: str = "2024-05-01") -> str:
    told = {
        "account_id": "x:me", "from_at": at, "to_at": at, "followers_before": "500",
        "gained": str(gained), "gained_share": "0.5", "expected_share": "0.0", "spreads": "9",
        "is_with_peers": "no", "n_steps": "20",
    }  # fmt: skip
    return " | ".join(told) + "\n" + " | ".join(told.values())


def row(table_of: Callable[..., Any], jumped: str, limits: GiveawayGrowth = LIMITS) -> Any:
    made = giveaway_growth(
        table_of("post_offers", OFFERS), table_of("follower_jumps", jumped),
        table_of("follower_steps", STEPS), giveaways=limits,
    )  # fmt: skip
    return made.to_pyarrow().to_pylist()[0]


def test_the_more_came_for_giveaways_the_lower_the_score(table_of: Callable[..., Any]) -> None:
    made = [row(table_of, jumps(gained))["contribution"] for gained in (0, 50, 200, 400, 900)]
    assert made[:2] == [0.0, 0.0]
    assert made == sorted(made, reverse=True)
    assert -CHECK.weight == made[-1] < made[2] < 0
    assert row(table_of, jumps(200))["observed"] == 0.2


def test_a_gain_at_another_time_is_none_of_the_giveaway(table_of: Callable[..., Any]) -> None:
    for at in ("2024-04-20", "2024-07-01"):
        assert row(table_of, jumps(400, at))["contribution"] == 0.0
    assert row(table_of, jumps(400, "2024-05-05"))["contribution"] < 0


def test_an_account_whose_followers_are_not_known_is_not_judged(
    table_of: Callable[..., Any],
) -> None:
    made = giveaway_growth(
        table_of("post_offers", OFFERS), table_of("follower_jumps"), table_of("follower_steps"),
        giveaways=LIMITS,
    )  # fmt: skip
    assert made.to_pyarrow().num_rows == 0


def test_every_setting_changes_something(table_of: Callable[..., Any]) -> None:
    usual = row(table_of, jumps(200, "2024-05-04"))
    for name, value in {"days": 1, "floor": 0.1, "full": 0.9, "points": 1.0}.items():
        changed = row(table_of, jumps(200, "2024-05-04"), replace(LIMITS, **{name: value}))
        assert changed != usual, name


def test_the_gain_and_the_posts_are_shown(table_of: Callable[..., Any]) -> None:
    jumped = table_of("follower_jumps", jumps(200))
    found = evidence(table_of("post_offers", OFFERS), jumped, giveaways=LIMITS)
    shown = found.to_pyarrow().to_pylist()
    assert sorted((r["kind"], r["evidence_id"], r["amount"]) for r in shown) == [
        ("day", "2024-05-01", 200.0), ("post", "x:p1", 0.0),
    ]  # fmt: skip
