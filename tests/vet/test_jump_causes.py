"""What may explain a jump: the platform's week, a post that went far, a giveaway, talk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pyarrow as pa
import pytest

from mawj.vet.jump_causes import JumpCauseLimits, jump_causes
from mawj.vet.jump_posts import JumpPostLimits, jump_posts
from mawj.vet.jump_talk import jump_talk
from mawj.vet.post_offers import are_giveaways
from tests.vet.jumping import ENGINE, START, nullable, told

LIMITS = JumpCauseLimits()
JUMP = {
    "account_id": "a", "from_at": START + timedelta(days=20),
    "to_at": START + timedelta(days=27), "gained": 1_000.0, "is_with_peers": False,
}  # fmt: skip


def cause(*posts, limits=LIMITS, talk=None, **jump):
    key = {"account_id": "a", "from_at": JUMP["from_at"]}
    usual = {"text": "مرحبا", "usual_attention": 100.0, "attention": 100.0}
    rows = [key | {"post_id": f"p{n}"} | usual | post for n, post in enumerate(posts)]
    tables = {
        "follower_jumps": [JUMP | jump],
        "jump_posts": rows,
        "jump_talk": [key | {"talk_times": talk}],
    }
    made = jump_causes(
        *(
            pa.Table.from_pylist(told_rows, nullable(name))
            for name, told_rows in tables.items()
        ),
        jump_cause_limits=limits,
    )
    (row,) = made.to_pylist()
    return row["cause"], row["cause_post_id"], round(row["explained_share"], 3), row["n_posts"]


def test_usual_posts_explain_nothing():
    assert cause({}, {}) == ("", None, 0.0, 2)


def test_a_post_that_went_far_explains_as_many_followers_as_it_drew_engagements():
    assert cause({}, {"attention": 700.0}) == ("viral_post", "p1", 0.6, 2)
    assert cause({"attention": 9_000.0}) == ("viral_post", "p0", 1.0, 1)


def test_a_giveaway_explains_a_part():
    assert cause({"text": "سحب على جائزة كبيرة"}) == ("giveaway", "p0", 0.75, 1)


def test_a_week_that_lifted_everybody_explains_all():
    assert cause({"attention": 700.0}, is_with_peers=True) == ("peers", None, 1.0, 1)


def test_talk_of_others_explains_a_part():
    assert cause(talk=5.0) == ("talked_of", None, 0.5, 0)


def test_counts_that_are_not_known_explain_nothing():
    assert cause({"attention": None}, {"usual_attention": None}) == ("", None, 0.0, 2)


@pytest.mark.parametrize(
    "changed",
    [
        {"viral_times": 20.0}, {"follows_per_engagement": 0.1}, {"talk_times": 9.0},
        {"talk_share": 0.9}, {"giveaway_share": 0.1},
    ],
)  # fmt: skip
def test_every_limit_changes_some_result(changed):
    other = replace(LIMITS, **changed)
    cases = (
        {"posts": ({"attention": 700.0},), "talk": None},
        {"posts": ({"text": "giveaway!"},), "talk": None},
        {"posts": (), "talk": 5.0},
    )
    assert any(
        cause(*case["posts"], talk=case["talk"])
        != cause(*case["posts"], talk=case["talk"], limits=other)
        for case in cases
    )


def test_calls_for_a_draw_are_known_in_three_languages_and_other_talk_is_not():
    calls = [
        "GIVEAWAY time!", "قرعه‌کشی بزرگ ما شروع شد", "ادخلوا السحب على آيفون",
        "we give thanks", "سحب نقدي من البنك", "بازی امشب", None, "",
    ]  # fmt: skip
    assert are_giveaways(calls) == [True] * 3 + [False] * 5


def posts_near(limits=None, **changed):
    days = {"before": 5, "shortly": 15, "during": 25, "after": 29}
    rows = [
        {
            "post_id": name, "account_id": "a", "published_at": START + timedelta(days=day),
            "engagements": 10.0, "comments": 2.0,
        } | changed
        for name, day in days.items()
    ]  # fmt: skip
    made = jump_posts(
        told("follower_jumps", [JUMP]), told("vet_posts", rows),
        jump_post_limits=limits or JumpPostLimits(),
    )  # fmt: skip
    return sorted(ENGINE.to_pyarrow(made).to_pylist(), key=lambda row: row["post_id"])


def test_posts_shortly_before_and_during_a_jump_stand_beside_it():
    assert [row["post_id"] for row in posts_near()] == ["during", "shortly"]


def test_hidden_likes_are_stood_for_by_comments():
    (row, _) = posts_near(engagements=None)
    assert (row["attention"], row["usual_attention"]) == (2.0, 2.0)


@pytest.mark.parametrize("changed", [{"before_days": 30}, {"most_posts": 1}])
def test_every_limit_of_posts_changes_some_result(changed):
    assert posts_near() != posts_near(replace(JumpPostLimits(), **changed))


def talk(days, posts=(1, 60)):
    acts = [{"target_id": "a", "at": START + timedelta(days=day)} for day in days]
    rows = [
        {"post_id": f"p{day}", "account_id": "a", "published_at": START + timedelta(days=day)}
        for day in posts
    ]
    made = jump_talk(
        told("follower_jumps", [JUMP]), told("acts", acts), told("vet_posts", rows)
    )
    (row,) = ENGINE.to_pyarrow(made).to_pylist()
    return row["talk_times"], row["is_between_posts"]


def test_talk_is_told_by_what_is_usual_for_the_account():
    assert talk(range(100))[0] == pytest.approx(1.0, abs=0.1)
    assert talk([*range(100), *[22] * 100])[0] == pytest.approx(3.7, abs=0.4)


def test_talk_that_is_not_loaded_is_not_known():
    assert talk([])[0] is None


def test_silence_is_only_known_between_loaded_posts():
    assert talk([], posts=(1, 60))[1] is True
    assert talk([], posts=(1, 10))[1] is False
    assert talk([], posts=())[1] is False
