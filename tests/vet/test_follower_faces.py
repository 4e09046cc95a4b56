"""What is known of a follower's face: counts, words as numbers, and what is not known."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mawj.vet.follower_faces import follower_faces, follower_population
from mawj.vet.follower_sample import FollowerSampling

AS_OF = datetime(2024, 12, 31, tzinfo=UTC)
SAMPLE = "account_id | follower_id | n_loaded\nx:star | x:a | 1"
FOLLOWS = "follower_id | followed_id\nx:a | x:star\nx:b | x:star"


def made(table_of: Any, accounts: str, population: int = 10, **texts: str) -> Any:
    return follower_faces(
        table_of("follower_sample", SAMPLE),
        table_of("follows", texts.get("follows", FOLLOWS)),
        table_of("accounts", accounts),
        table_of("account_snapshots", texts.get("snapshots", "")),
        table_of("cadence", texts.get("cadence", "")),
        table_of("acts", texts.get("acts", "")),
        table_of("account_languages", texts.get("languages", "")),
        follower_sampling=FollowerSampling(population=population),
        as_of=AS_OF,
        keep=lambda table: table,
    )


def face(table_of: Any, con: Any, columns: str, cells: str, **texts: str) -> dict[str, Any]:
    accounts = f"account_id | platform | {columns}\nx:a | x | {cells}"
    (row,) = con.to_pyarrow(made(table_of, accounts, **texts)).to_pylist()
    return row


@pytest.mark.parametrize(
    ("handle", "name", "expected"),
    [
        ("sara1990", "Sara Ahmadi", [0.5, 4, 2, 0]),
        ("sara_ahmadi", "Sara Ahmadi", [0, 4, 2, 1]),
        ("xkcdrtzq", "xkcdrtzq", [0, 7, 1, 1]),
        ("bcdfga", "مریم رضایی", [0, 5, 2, 0]),
        ("مريم", "مريم", [0, 4, 1, 1]),
    ],
)
def test_handle_and_name_become_numbers(
    table_of: Any, con: Any, handle: str, name: str, expected: list[float]
) -> None:
    told = face(table_of, con, "handle | name", f"{handle} | {name}")
    names = ("handle_digit_share", "handle_consonant_run", "name_words", "is_name_handle")
    assert [float(told[name]) for name in names] == pytest.approx(expected)


def test_an_empty_bio_is_known_and_an_absent_one_is_not(table_of: Any, con: Any) -> None:
    columns = "bio | place | has_picture"
    assert face(table_of, con, columns, "'' | '' | no")["bio_length"] == 0.0
    absent = face(table_of, con, columns, " |  | ")
    names = ("bio_length", "has_link", "has_place", "has_picture", "handle_digit_share")
    assert [absent[name] for name in names] == [None] * 5


def test_a_link_in_the_bio_is_seen(table_of: Any, con: Any) -> None:
    assert face(table_of, con, "bio", "see https://shop.example")["has_link"] == 1.0
    assert face(table_of, con, "bio", "football and tea")["has_link"] == 0.0


def test_counts_are_the_latest_known(table_of: Any, con: Any) -> None:
    snapshots = (
        "account_id | taken_at | followers | following | likes_given\n"
        "x:a | 2024-01-01 | 5 | 70 | 9\nx:a | 2024-06-01 | 8 |  | "
    )
    told = face(table_of, con, "handle", "a", snapshots=snapshots)
    assert [told[n] for n in ("followers", "following", "likes_given", "posts")] == [
        8.0, 70.0, 9.0, None,
    ]  # fmt: skip


def test_the_last_post_or_act_ends_the_silence(table_of: Any, con: Any) -> None:
    cadence = "account_id | last_post_at | n_posts\nx:a | 2024-12-01 | 3"
    acts = "act_id | actor_id | target_id | kind | at\n1 | x:a | x:star | like | 2024-12-21"
    told = face(table_of, con, "created_at", "2023-12-31", cadence=cadence, acts=acts)
    assert (told["silent_days"], told["age_days"]) == (10.0, 366.0)
    assert face(table_of, con, "handle", "a")["silent_days"] is None


def test_the_language_written_most_goes_before_the_stated_one(table_of: Any, con: Any) -> None:
    languages = (
        "account_id | language | n_posts | share\nx:a | fa | 9 | 0.9\nx:a | ar | 1 | 0.1"
    )
    assert face(table_of, con, "language", "en", languages=languages)["language"] == "fa"
    assert face(table_of, con, "language", "en")["language"] == "en"


def test_the_population_is_a_fixed_few_of_all_who_follow(table_of: Any, con: Any) -> None:
    ids = [f"x:m{n}" for n in range(20)]
    accounts = "account_id | platform\n" + "\n".join(f"{one} | x" for one in (*ids, "x:quiet"))
    follows = "follower_id | followed_id\n" + "\n".join(f"{one} | x:star" for one in ids)
    faces = made(table_of, accounts, population=6, follows=follows)
    told = con.to_pyarrow(follower_population(faces))["account_id"].to_pylist()
    assert len(told) == 6
    assert "x:quiet" not in told


@pytest.mark.parametrize("text", ["a\u202eb\u200b", "x" * 100_000, "é̴̛" * 50, "0" * 40])
def test_hostile_words_break_nothing(table_of: Any, con: Any, text: str) -> None:
    told = face(table_of, con, "handle | name | bio", f"{text} | {text} | {text}")
    assert told["bio_length"] >= 2
