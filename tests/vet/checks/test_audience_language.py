"""An audience that writes another language than the account."""

from __future__ import annotations

from typing import Any

import pytest

from mawj.vet.checks.audience_language import AudienceLanguage, audience_language

SUBJECTS = "account_id | platform | language\nx:star | x | ar-Latn\nx:mute | x | "


def found(arrow_of: Any, *counts: str, **limits: Any) -> list[dict[str, Any]]:
    heads = "account_id | slice | dimension | value | n | claimed_share\n"
    makeup = heads + "\n".join(f"{line} | " for line in counts)
    made = audience_language(
        arrow_of("vet_subjects", SUBJECTS),
        arrow_of("audience_makeup", makeup),
        audience_language=AudienceLanguage(**limits),
    )
    return made.to_pylist()


def comments(own: int, other: int) -> tuple[str, str]:
    return (
        f"x:star | commenters | language | ar | {own}",
        f"x:star | commenters | language | ru | {other}",
    )


def test_an_audience_of_its_own_language_is_clear(arrow_of: Any) -> None:
    (row,) = found(arrow_of, *comments(80, 20))
    assert (row["observed"], row["contribution"]) == (0.2, 0.0)
    assert row["compared_with"] == "commenters, ar"


def test_an_audience_of_another_language_is_raised(arrow_of: Any) -> None:
    assert found(arrow_of, *comments(5, 395))[0]["contribution"] == -6.0


def test_the_larger_part_of_the_audience_is_read(arrow_of: Any) -> None:
    followers = "x:star | followers | language | ar | 300"
    (row,) = found(arrow_of, *comments(0, 50), followers)
    assert (row["observed"], row["compared_with"]) == (0.0, "followers, ar")


def test_few_comments_or_an_unknown_language_are_not_judged(arrow_of: Any) -> None:
    assert found(arrow_of, *comments(5, 20)) == []
    assert found(arrow_of, "x:mute | commenters | language | ar | 90") == []
    assert found(arrow_of, "x:star | followers | country | SA | 90") == []


@pytest.mark.parametrize(
    ("name", "value"), [("common", 0.65), ("full", 0.99), ("most", 3.0), ("least", 500)]
)
def test_every_setting_changes_something(arrow_of: Any, name: str, value: float) -> None:
    assert found(arrow_of, *comments(100, 300)) != found(
        arrow_of, *comments(100, 300), **{name: value}
    )
