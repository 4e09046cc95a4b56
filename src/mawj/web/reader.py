"""Who reads a page: the language, digits and calendar that they chose, for this request."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation

from mawj.flow.sentences import LANGUAGES, RIGHT_TO_LEFT

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from mawj.text.months import Calendar

COOKIE = "mawj_language"
DIGITS = ("latin", "own")
CALENDARS: dict[str, Calendar] = {
    "gregorian": "gregorian", "hijri": "hijri", "jalali": "jalali",
}  # fmt: skip
# As people of the language are used to: the Gulf's dashboards and Persian ones.
USUAL_DIGITS = {"en": "latin", "ar": "latin", "fa": "own"}
USUAL_CALENDAR: dict[str, Calendar] = {
    "en": "gregorian", "ar": "gregorian", "fa": "jalali",
}  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """How a page is to be read.

    Attributes:
        language: en, ar or fa.
        digits: latin (0-9) or own (those of the language).
        calendar: gregorian, hijri or jalali.
    """

    language: str = "en"
    digits: str = "latin"
    calendar: Calendar = "gregorian"

    @property
    def direction(self) -> str:
        """Which way the page runs."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


USUAL = Reader()
_reader: ContextVar[Reader] = ContextVar("reader", default=USUAL)


def reader() -> Reader:
    """Who reads what is being made now."""
    return _reader.get()


def reader_of(request: HttpRequest) -> Reader:
    """The reader: as the user set it, else by the cookie, else by what the browser asks for."""
    user = request.user if request.user.is_authenticated else None
    language = getattr(user, "language", "") or request.COOKIES.get(COOKIE, "")
    if language not in LANGUAGES:
        language = _asked_for(request)
    return reader_in(
        language, getattr(user, "digits", "") or "", getattr(user, "calendar", "") or ""
    )


def reader_in(language: str, digits: str = "", calendar: str = "") -> Reader:
    """A reader of that language with what is usual there where nothing else is said."""
    return Reader(
        language,
        digits if digits in DIGITS else USUAL_DIGITS[language],
        CALENDARS.get(calendar, USUAL_CALENDAR[language]),
    )


def set_reader(who: Reader) -> None:
    """From now on, in this context, pages are made for `who`."""
    _reader.set(who)
    translation.activate(who.language)


class ReaderMiddleware:
    """Sets the reader of each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer for the reader of this request."""
        who = reader_of(request)
        set_reader(who)
        response = self.get_response(request)
        response.headers["Content-Language"] = who.language
        return response


def _asked_for(request: HttpRequest) -> str:
    accepted = request.headers.get("Accept-Language", "")
    for part in accepted.lower().split(","):
        code = part.split(";")[0].strip()[:2]
        if code in LANGUAGES:
            return code
    return "en"
