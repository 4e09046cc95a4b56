"""The find page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from mawj.flow import finding
from mawj.flow.remembered import remembered
from mawj.flow.sentences import name_of
from mawj.web.find.asked import PAGE, asked_by
from mawj.web.reader import reader

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.web.pages import Here

PLATFORMS = ("instagram", "tiktok", "youtube", "x", "telegram")
LANGUAGES = ("ar", "fa", "en")


def find(request: HttpRequest, here: Here) -> HttpResponse:
    """Who moves an audience on a subject; the whole page, or its results for htmx."""
    asked = asked_by(request.GET)
    lake, wanted = here.lake, asked.wanted
    shortlist = remembered(lake, ("find", wanted), lambda: finding.find(lake, wanted))
    shown = shortlist.found[asked.first :]
    told = {
        "wanted": asked.wanted,
        "shortlist": shortlist,
        "shown": [
            (asked.first + place, one, _reasons(one)) for place, one in enumerate(shown, 1)
        ],
        "page": asked.page,
        "has_more": shortlist.n_matching > asked.page * PAGE,
        "topics": [shortlist.name_of(t, reader().language) for t in shortlist.topic_ids],
        "orders": finding.ORDERS,
        "platforms": PLATFORMS,
        "languages": LANGUAGES,
        "tiers": ("nano", "micro", "mid", "macro", "mega"),
        "kinds": ("specialist", "celebrity"),
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "find/results.html" if is_part else "find/find.html", told)


def _reasons(one: finding.Found) -> list[tuple[str, float]]:
    """What moves an account most, by name in the reader's language."""
    return [(name_of(finding, reader().language), points) for finding, points in one.reasons]
