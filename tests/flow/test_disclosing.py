"""Posts of the lake as drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.flow.disclosing import Draft, judged, published
from tests.vet.advertising import truth

if TYPE_CHECKING:
    from mawj.flow.opened import OpenLake


def test_a_published_post_is_a_draft_with_its_platform_and_country(opened: OpenLake) -> None:
    posts = [r["post_id"] for r in truth()["posts"].to_pylist() if r["is_paid"]]
    draft, country = published(opened.lake, posts[0], Draft(""))
    assert draft.text
    assert draft.platform == posts[0].partition(":")[0]
    assert country


def test_what_is_told_wins_over_what_is_stored(opened: OpenLake) -> None:
    posts = [r["post_id"] for r in truth()["posts"].to_pylist() if r["is_paid"]]
    draft, _ = published(opened.lake, posts[0], Draft("", "instagram", "ar", has_label=True))
    assert (draft.platform, draft.language, draft.has_label) == ("instagram", "ar", True)


def test_a_complete_draft_stays_as_it_is() -> None:
    answer = judged(Draft("#ad A lovely lamp", "x"), "US")
    assert answer.is_complete
    assert answer.corrected == "#ad A lovely lamp"
