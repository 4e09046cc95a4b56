"""What a person may type for YouTube, and what requests look like."""

from __future__ import annotations

import pytest

from mawj.sources.live import SOURCES
from mawj.tables.errors import SourceRefused
from tests.sources.live.small_youtube import channel_id

SOURCE = SOURCES["youtube"]
LAYLA = channel_id("layla")


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("@Layla", "layla"),
        ("layla", "layla"),
        (f"youtube:{LAYLA}", LAYLA),
        (LAYLA, LAYLA),
        (f"https://www.youtube.com/channel/{LAYLA}/videos", LAYLA),
        ("https://youtube.com/@Layla.Films?si=x", "layla.films"),
        ("https://m.youtube.com/c/LaylaFilms", "laylafilms"),
        ("https://www.youtube.com/laylafilms", "laylafilms"),
        ("https://www.youtube.com/user/OldLayla", "user/OldLayla"),
        ("https://www.youtube.com/@ليلى", "ليلى"),
        ("@لیلا", "لیلا"),
    ],
)
def test_a_channel_is_known_by_handle_id_or_address(typed: str, subject: str) -> None:
    assert SOURCE.subject_of("posts", typed) == subject


def test_an_id_tells_the_account_and_an_old_user_name_tells_nothing() -> None:
    assert SOURCE.named(LAYLA).account_id == f"youtube:{LAYLA}"
    assert SOURCE.named("layla").handle == "layla"
    told = SOURCE.named("user/OldLayla")
    assert (told.handle, told.account_id) == (None, None)


@pytest.mark.parametrize(
    "typed",
    ["https://youtu.be/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk",
     "https://www.youtube.com/shorts/abcdefghijk", "youtube:abcdefghijk", "abcdefghijk"],
)  # fmt: skip
def test_a_video_is_known_by_address_or_id(typed: str) -> None:
    assert SOURCE.subject_of("comments", typed) == "abcdefghijk"


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("posts", "two words"), ("posts", "https://www.youtube.com/watch?v=abcdefghijk"),
     ("comments", "@layla"), ("posts", ""), ("posts", "https://x.com/layla")],
)  # fmt: skip
def test_anything_else_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(SourceRefused, match="YouTube"):
        SOURCE.subject_of(kind, typed)


def test_every_kind_is_stale_before_its_terms_ask_for_it() -> None:
    assert SOURCE.keep_days == 30
    assert max(kind.every_h for kind in SOURCE.kinds.values()) < 30 * 24
