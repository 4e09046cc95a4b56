"""The list of deliverables is whole, and posts find theirs."""

from __future__ import annotations

import re

import pytest

from mawj.plan.asking.deliverables import (
    MEASURES,
    deliverable,
    deliverable_of,
    deliverables,
    placements,
)
from mawj.tables.errors import NotFound
from mawj.tables.observed import PLATFORMS, POSTS

KINDS = set(POSTS.by_name["kind"].one_of)


def test_every_platform_has_a_deliverable() -> None:
    assert {one.platform for one in deliverables().values()} == set(PLATFORMS)


def test_deliverables_speak_of_declared_forms_and_measures() -> None:
    assert deliverables()
    for one in deliverables().values():
        assert one.kinds
        assert set(one.kinds) <= KINDS, one.key
        assert set(one.measures) <= set(MEASURES), one.key
        assert one.clicks in ("link", "bio", "spoken"), one.key


def test_what_is_part_of_another_is_part_of_a_whole_one_of_the_same_platform() -> None:
    parts = [one for one in deliverables().values() if one.within]
    assert len(parts) >= 2
    for part in parts:
        whole = deliverable(part.whole)
        assert not whole.within
        assert whole.platform == part.platform
        assert part.kinds == whole.kinds


def test_names_stand_in_three_languages_in_their_own_letters() -> None:
    for one in (*deliverables().values(), *placements().values()):
        assert set(one.names) == {"en", "ar", "fa"}, one.key
        assert not re.search("[یکپچژگ]", one.names["ar"]), one.key
        assert not re.search("[يكةى]", one.names["fa"]), one.key


def test_names_of_deliverables_tell_them_apart() -> None:
    for language in ("en", "ar", "fa"):
        names = [one.names[language] for one in deliverables().values()]
        assert len(set(names)) == len(names)


def test_a_post_belongs_to_the_deliverable_of_its_form() -> None:
    assert deliverable_of("instagram", "short_video") == "instagram:reel"
    assert deliverable_of("instagram", "carousel") == "instagram:post"
    assert deliverable_of("youtube", "video") == "youtube:video"


def test_a_post_of_unknown_form_belongs_to_none() -> None:
    assert deliverable_of("instagram", None) is None


def test_a_form_of_a_platform_belongs_to_one_deliverable_only() -> None:
    whole = [one for one in deliverables().values() if not one.within]
    forms = [(one.platform, kind) for one in whole for kind in one.kinds]
    assert len(forms) > len(whole) / 2
    assert len(set(forms)) == len(forms)


def test_an_unknown_deliverable_is_refused_with_those_of_its_platform() -> None:
    with pytest.raises(NotFound, match=r"youtube:reel.*youtube:video, youtube:short"):
        deliverable("youtube:reel")


def test_earned_placements_are_of_three_kinds() -> None:
    assert sum(not one.is_paid for one in placements().values()) == 3
