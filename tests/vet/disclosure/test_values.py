"""Values stated of oneself, in three languages."""

from __future__ import annotations

import pytest

from mawj.vet.disclosure.values import against, stated, values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Honest reviews, I never do ads", "no_ads"),
        ("الحساب شخصي وما أقبل إعلانات", "no_ads"),
        ("روزمره‌های من، تبلیغ نمی‌گیرم", "no_ads"),
        ("I'm vegan and proud", "vegan"),
        ("أنا نباتية منذ سنوات", "vegan"),
        ("قند رو ترک کردم و حالم بهتره", "sugar_free"),
        ("I never promote forex", "no_quick_money"),
        ("Travel and tea. I do not touch tobacco", "no_smoking"),
        ("يومياتي، لا سجائر ولا شيشة عندي", "no_smoking"),
        ("من لب به سیگار نمی‌زنم", "no_smoking"),
        ("No brand deals on this page", "no_ads"),
    ],
)
def test_a_stated_value_is_found(text: str, value: str) -> None:
    assert value in {found for found, _ in stated([text])[0]}


@pytest.mark.parametrize(
    "text",
    [
        "Vegan recipes for everybody", "no ads on this app", "وصفات نباتية سهلة", "", None,
        "No casino in this town is open. I walked home", "Smoking is not allowed in trains",
    ],
)  # fmt: skip
def test_talk_of_a_subject_states_no_value(text: str | None) -> None:
    assert stated([text]) == [[]]


def test_what_goes_against_a_value_is_found() -> None:
    (hits,) = against(["The best steak in town, code SARA15"])
    assert ("vegan", "steak") in hits


def test_every_value_has_three_names() -> None:
    assert all(set(value.name) == {"en", "ar", "fa"} for value in values().values())
