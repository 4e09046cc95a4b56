"""Rings of commenters: found among fans, and nothing found where nobody agreed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mawj.vet.ring_members import RingLimits
from mawj.vet.ring_visits import RingAuthorLimits
from tests.vet.meeting import OTHERS, RING, Rings, comment, crowd, posts_of, ring

POSTS = posts_of(*RING, *OTHERS)
OWN = [post for post in POSTS if post["account_id"] in RING]
FANS = crowd(POSTS)


def test_a_ring_is_found_with_all_its_members_and_nobody_else():
    found = Rings(POSTS, FANS + ring(OWN))
    assert found.found == set(RING)
    assert {row["ring_id"] for row in found.members} == {"r0"}
    assert {row["n_members"] for row in found.members} == {6}
    assert all(row["same_order_share"] == 1.0 for row in found.members)
    assert all(row["meetings_each"] > 2 * row["expected_each"] for row in found.members)


def test_fans_who_comment_on_the_same_accounts_at_their_own_time_are_no_ring():
    assert Rings(POSTS, FANS).found == set()


def test_everybody_hurrying_to_a_new_post_is_no_ring():
    stream = np.random.default_rng(2)
    hurried = [
        comment(post, f"fan{fan}", stream.uniform(20, 500))
        for post in POSTS
        for fan in range(30)
        if stream.random() < 0.5
    ]
    assert Rings(POSTS, hurried).found == set()


def test_two_rings_are_told_apart():
    second = ("s0", "s1", "s2", "s3", "s4")
    posts = posts_of(*RING, *second)
    mine = [post for post in posts if post["account_id"] in RING]
    theirs = [post for post in posts if post["account_id"] in second]
    found = Rings(posts, crowd(posts) + ring(mine) + ring(theirs, second))
    assert {row["account_id"]: row["ring_id"] for row in found.members} == {
        name: name[0] + "0" for name in (*RING, *second)
    }


def test_four_friends_and_fans_of_one_account_are_no_ring():
    friends = RING[:4]
    assert Rings(POSTS, FANS + ring(OWN, friends)).found == set()
    only = [post for post in POSTS if post["account_id"] == "o0"]
    assert Rings(POSTS, FANS + ring(only)).found == set()


def test_comments_whose_source_knows_the_day_only_do_not_meet():
    day = [
        row | {"published_at": row["published_at"].replace(hour=0, minute=0, second=0)}
        for row in ring(OWN)
    ]
    assert Rings(POSTS, FANS + day).found == set()


def test_a_member_vetted_alone_is_found_with_its_ring():
    assert Rings(POSTS, FANS + ring(OWN), vetted=("r2",)).found == set(RING)


def test_unknown_authors_times_and_posts_are_left_out():
    broken = [
        row | {"comment_id": f"x{n}-{row['comment_id']}", name: None}
        for n, name in enumerate(("account_id", "published_at", "post_id"))
        for row in ring(OWN)
    ]
    assert Rings(POSTS, FANS + broken).found == set()
    assert Rings(POSTS, []).members == []


def test_the_order_of_rows_and_the_names_of_accounts_do_not_matter():
    said = FANS + ring(OWN)
    usual = Rings(POSTS, said)
    assert Rings(POSTS[::-1], said[::-1]).members == usual.members
    renamed = [
        {name: value.replace("r", "z") if name in ("account_id", "post_id") else value
         for name, value in row.items()}
        for row in said
    ]  # fmt: skip
    posts = posts_of(*(name.replace("r", "z") for name in RING), *OTHERS)
    other = Rings(posts, [row | {"comment_id": str(n)} for n, row in enumerate(renamed)])
    assert {name.replace("z", "r") for name in other.found} == usual.found


SMALL_POSTS = posts_of(*RING)
SAID = crowd(SMALL_POSTS) + ring(SMALL_POSTS, step=100.0)


@pytest.mark.parametrize(
    "changed",
    [
        {"window_s": 30}, {"most_next": 1}, {"least_meetings": 60}, {"least_owners": 9},
        {"chance": 0.0}, {"least_ties": 9}, {"least_members": 9},
    ],
)  # fmt: skip
def test_every_limit_changes_some_result(changed):
    limits = replace(RingLimits(), **changed)
    assert Rings(SMALL_POSTS, SAID).members != Rings(SMALL_POSTS, SAID, limits).members


@pytest.mark.parametrize("changed", [{"least_posts": 100}, {"least_owners": 9}])
def test_every_limit_of_authors_changes_some_result(changed):
    limits = RingAuthorLimits(**changed)
    other = Rings(SMALL_POSTS, SAID, author_limits=limits)
    assert Rings(SMALL_POSTS, SAID).members != other.members
