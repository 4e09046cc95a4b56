"""What every template knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from mawj.web.menu import menu
from mawj.web.reader import CALENDARS, reader

if TYPE_CHECKING:
    from django.http import HttpRequest


def context(request: HttpRequest) -> dict[str, Any]:
    """The reader, where they stand, the menu, and what they may choose to read in."""
    here = getattr(request, "here", None)
    match = request.resolver_match
    return {
        "reader": reader(),
        "here": here,
        "menu": menu(here, (match.url_name if match else "") or "") if here else [],
        "languages_spoken": settings.LANGUAGES,
        "calendars": list(CALENDARS),
    }
