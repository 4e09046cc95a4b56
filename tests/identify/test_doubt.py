"""Signs of doubt: each assessed or not, small, and multiplied."""

from __future__ import annotations

import dataclasses

import pytest

from mawj.identify.doubt import DoubtSigns, doubt

FACE = "account_id | platform | handle | name | bio | has_picture\n"
COUNTS = "account_id | platform | followers | following | posts\n"


def doubted(table_of, face="", counts="", acts=(), signs=None):
    lines = [f"a | {target} | like | {n}" for n, target in enumerate(acts)]
    heads = "actor_id | target_id | kind | act_id\n"
    return doubt(
        table_of("accounts", FACE + (face or "a | x | | | |")),
        table_of("standing", COUNTS + counts),
        table_of("acts", heads + "\n".join(lines)),
        signs=signs or DoubtSigns(),
    )


def test_an_account_of_which_nothing_is_known_is_not_doubted_but_not_assessed(
    table_of, rows_of
):
    found = doubted(table_of)
    columns = ("doubt", "n_assessed", "has_bare_face", "handle_digit_share", "has_no_posts")
    assert rows_of("doubt", found, *columns) == ["- | 0 | - | - | -"]


def test_an_ordinary_account_is_assessed_and_not_doubted(table_of, rows_of):
    found = doubted(
        table_of, "a | x | amal_84 | أمل | قهوة وكتب | yes", "a | x | 300 | 400 | 50"
    )
    assert rows_of("doubt", found, "doubt", "n_assessed", "follows_per_follower") == [
        "0 | 4 | 1.333"
    ]


@pytest.mark.parametrize(
    ("face", "is_bare"),
    [
        ("a | x | amal | '' | '' | no", "yes"),
        ("a | x | amal | Amal | '' | no", "yes"),  # the name only repeats the handle
        ("a | x | amal | أمل | '' | no", "no"),
        ("a | x | amal | '' | قهوة | no", "no"),
        ("a | x | amal | '' | '' | yes", "no"),
        ("a | x | amal | '' | | no", "-"),  # whether it has a bio is not known
    ],
)
def test_a_face_is_bare_only_when_every_part_is_known_to_be_missing(
    table_of, rows_of, face, is_bare
):
    assert rows_of("doubt", doubted(table_of, face), "has_bare_face") == [is_bare]


def test_a_bare_face_alone_takes_little(table_of, rows_of):
    found = doubted(table_of, "a | x | amal | '' | '' | no")
    assert rows_of("doubt", found, "doubt") == ["0.1"]


@pytest.mark.parametrize(
    ("counts", "taken"),
    [
        ("a | x | 100 | 900 |", "0"),
        ("a | x | 10 | 500 |", "0.3"),
        ("a | x | 0 | 7000 |", "0.3"),
        ("a | x | 0 | 90 |", "0"),  # a new account follows first
        ("a | x | 100 | 2236 |", "0.15"),  # half of the way from 10 to 50, in logarithms
        ("a | x | | 900 |", "-"),
    ],
)
def test_following_many_more_than_follow_takes_up_to_its_weight(
    table_of, rows_of, counts, taken
):
    assert rows_of("doubt", doubted(table_of, counts=counts), "doubt", digits=3) == [taken]


def test_digits_are_counted_among_letters_of_any_script(table_of, rows_of):
    found = doubted(table_of, "a | x | user_83749201 | | |\nb | x | أمل_84 | | |")
    assert rows_of("doubt", found, "account_id", "handle_digit_share", "doubt") == [
        "a | 0.6667 | 0.1",
        "b | 0.4 | 0",
    ]


def test_acts_for_one_account_alone_raise_a_sign_from_enough_acts_on(table_of, rows_of):
    assert rows_of("doubt", doubted(table_of, acts="b" * 20), "doubt", "one_target_share") == [
        "0.15 | 1"
    ]
    assert rows_of("doubt", doubted(table_of, acts="b" * 19), "doubt") == ["-"]
    assert rows_of("doubt", doubted(table_of, acts="b" * 15 + "cdefg"), "doubt") == ["0"]


def test_signs_multiply_what_they_leave(table_of, rows_of):
    found = doubted(table_of, "a | x | amal | '' | '' | no", "a | x | 10 | 500 | 0")
    # 1 - 0.7 × 0.9 × 0.85
    assert rows_of("doubt", found, "doubt", "n_assessed") == ["0.4645 | 4"]


CHANGED = {
    "follows_many": 0.2,
    "follows_many_from": 5.0,
    "follows_many_full": 40.0,
    "follows_many_least": 90,
    "bare_face": 0.2,
    "digit_handle": 0.2,
    "digit_handle_from": 0.6,
    "no_posts": 0.2,
    "one_target": 0.2,
    "one_target_from": 0.95,
    "one_target_least": 21,
}


def test_every_setting_is_tried():
    assert {field.name for field in dataclasses.fields(DoubtSigns)} == set(CHANGED)


@pytest.mark.parametrize("field", CHANGED)
def test_every_setting_changes_some_result(table_of, same_rows, field):
    known = (
        "a | x | user12345 | '' | '' | no\nb | x | amal | | |",
        "a | x | 10 | 300 | 0\nb | x | 0 | 95 |",
        "b" * 18 + "cd",
    )
    changed = dataclasses.replace(DoubtSigns(), **{field: CHANGED[field]})
    assert not same_rows(
        "doubt", doubted(table_of, *known), doubted(table_of, *known, signs=changed)
    )
