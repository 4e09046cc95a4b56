"""Language, digits and calendar as the reader chose them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from mawj.web import days
from mawj.web.digits import in_readers_digits
from mawj.web.reader import reader_in, set_reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.people import House

AT = datetime(2026, 3, 21, 9, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english_afterwards() -> Iterator[None]:
    yield
    set_reader(reader_in("en"))


@pytest.mark.parametrize(
    ("language", "digits", "calendar", "said"),
    [
        ("en", "", "", "21 March 2026 09:05"),
        ("ar", "", "", "21 مارس 2026 09:05"),
        ("ar", "own", "hijri", "٢ شوال ١٤٤٧ ٠٩:٠٥"),
        ("fa", "", "", "۱ فروردین ۱۴۰۵ ۰۹:۰۵"),
        ("fa", "latin", "gregorian", "21 مارس 2026 09:05"),
    ],
)
def test_moments_are_said_in_digits_and_calendar_of_the_reader(
    language: str, digits: str, calendar: str, said: str
) -> None:
    set_reader(reader_in(language, digits, calendar))
    assert days.moment(AT) == said


def test_an_unknown_day_is_a_dash_and_no_day() -> None:
    assert days.day(None) == "–"


def test_letters_stay_when_digits_change() -> None:
    set_reader(reader_in("ar", "own"))
    assert in_readers_digits("قهوة 12.5K") == "قهوة ١٢.٥K"


def test_another_language_begins_with_what_is_usual_there(house: House) -> None:
    client = house.client("member")
    client.post("/reading/", {"language": "en", "digits": "latin", "calendar": "hijri"})
    client.post("/reading/", {"language": "fa", "digits": "latin", "calendar": "hijri"})
    shown = client.get(house.url())
    assert (shown.wsgi_request.user.digits, shown.wsgi_request.user.calendar) == ("", "")
    assert "۱۴۰۵" in shown.content.decode()


def test_the_way_back_leads_to_us_only(house: House) -> None:
    for elsewhere in ("https://example.com/", "//example.com/", "javascript:alert(1)"):
        gone = house.client("guest").post("/reading/", {"language": "ar", "next": elsewhere})
        assert gone["Location"] == "/"


def test_what_is_usual_follows_the_language_and_what_was_chosen_stays(house: House) -> None:
    client = house.client("member", "fa")
    told = {"language": "fa", "digits": "own", "calendar": "jalali"}
    client.post("/reading/", told)
    user = client.get(house.url()).wsgi_request.user
    assert (user.language, user.digits, user.calendar) == ("fa", "", "")
    client.post("/reading/", told | {"digits": "latin"})
    shown = client.get(house.url())
    assert shown.wsgi_request.user.digits == "latin"
    assert "1405" in shown.content.decode()
