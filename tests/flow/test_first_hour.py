"""Handles and links of mixed platforms: understood, looked up, told and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mawj.flow.first_hour import MOST, WAYS, first_hour, told_in
from mawj.flow.sentences import say

if TYPE_CHECKING:
    from mawj.flow.opened import OpenLake


def known(opened: OpenLake, n: int) -> list[str]:
    found = opened.lake.read("influence").to_pyarrow().to_pylist()
    best = sorted((r for r in found if not r["topic_id"]), key=lambda r: -r["influence"])
    return [row["account_id"] for row in best[:n]]


def test_pasted_text_is_understood_in_many_forms() -> None:
    text = """• Instagram @Noura.Bakes
    @noura.bakes (انستغرام), https://www.tiktok.com/@salem؛ youtube:hind
    تیک‌تاک reza"""
    told = [(one.text.lower(), one.where) for one in told_in(text)]
    assert told == [
        ("@noura.bakes", "instagram"), ("https://www.tiktok.com/@salem", "tiktok"),
        ("youtube:hind", "youtube"), ("reza", "tiktok"),
    ]  # fmt: skip


def test_everything_is_told_of_known_absent_and_unclear_ones(opened: OpenLake) -> None:
    ids = known(opened, 4)
    platform, _, handle = ids[3].partition(":")
    said = f"{platform} @{handle}"
    pasted = "\n".join([*ids[:3], said, "tiktok @not.loaded", "onlyaname", ids[0]])
    answer = first_hour(opened.lake, pasted)
    assert [one.state for one in answer.lines] == ["known"] * 4 + ["absent", "unclear"]
    assert [one.account_id for one in answer.lines[:4]] == ids
    assert answer.to_have == (("tiktok", 1, WAYS["tiktok"]),)
    assert answer.shortlist is not None
    assert [one.account_id for one in answer.shortlist.found] == ids
    assert max(of for _, _, of in answer.told) == 4
    assert all(n <= of for _, n, of in answer.told)
    assert all(points > 0 for _, points in answer.lacking)
    gains = [points for _, points in answer.lacking]
    assert gains == sorted(gains, reverse=True)


def test_with_nobody_known_it_says_what_could_be_had(opened: OpenLake) -> None:
    answer = first_hour(opened.lake, "x @nobody1\nx @nobody2\nbluesky nobody3.bsky.social")
    assert answer.shortlist is None
    assert answer.told == ()
    assert [(name, n) for name, n, _ in answer.to_have] == [("x", 2), ("bluesky", 1)]


def test_nothing_and_too_much_are_answered(opened: OpenLake) -> None:
    assert first_hour(opened.lake, " ,, \n ").lines == ()
    many = "\n".join(f"x @nobody{n}" for n in range(MOST + 3))
    answer = first_hour(opened.lake, many)
    assert (len(answer.lines), answer.n_left_out) == (MOST, 3)


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_every_way_has_its_words(language: str) -> None:
    for way in {way for ways in WAYS.values() for way in ways} | {"table"}:
        assert say(language, "first_hour", way)
