"""The find page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render

from mawj.crm.searches.asked import PAGE, Asked
from mawj.crm.watching.actions import watched
from mawj.flow import finding
from mawj.flow.facets import facets_known
from mawj.flow.facets_asked import VERDICTS
from mawj.flow.listed import ORDERS
from mawj.flow.named import names_of
from mawj.flow.sentences import name_of
from mawj.web.find.saved import asked_here, opened, shown_beside
from mawj.web.kept import kept
from mawj.web.reader import reader

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

    from mawj.crm.members.here import Here
    from mawj.lake.sight import Sight

PLATFORMS = ("instagram", "tiktok", "youtube", "x", "telegram")
LANGUAGES = ("ar", "fa", "en")


def find(request: HttpRequest, here: Here) -> HttpResponse:
    """Who moves an audience on a subject; the whole page, or its results for htmx."""
    asked, query = asked_here(request.GET, here), request.GET
    key = (query.urlencode(), here.may_change)
    results = kept(
        here, "find/results.html", key,
        lambda at: _told(at, asked, query) | {"may_save": here.may_change},
    )  # fmt: skip
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(results)
    form = kept(
        here, "find/form.html", (asked.wanted, here.may_see_prices),
        lambda at: _form(at, asked, here),
    )  # fmt: skip
    last = opened(here, query.get("saved", ""))
    told = {
        "form": form, "results": results, "searches": shown_beside(here), "opened": last,
        "new": names_of(here.lake, last.new) if last and last.new else {},
        "lists": here.workspace.lists.all() if here.may_change else [],
        "watched": watched(here.workspace, here.user, last.search) if last else None,
    }  # fmt: skip
    return render(request, "find/find.html", told)


def _form(sight: Sight, asked: Asked, here: Here) -> dict[str, Any]:
    wanted, known = asked.wanted, facets_known(sight)
    more = (
        wanted.trust, wanted.audience_country, wanted.audience_language, wanted.price,
        wanted.fee_at_most,
    )  # fmt: skip
    return {
        "more": any(more), "known": known, "with_prices": here.may_see_prices,
        "trusts": [(key, known.trust.get(key)) for key in VERDICTS],
        "currency": wanted.fee_currency if here.may_see_prices else "",
        "wanted": wanted, "orders": tuple(ORDERS), "platforms": PLATFORMS,
        "languages": LANGUAGES, "tiers": ("nano", "micro", "mid", "macro", "mega"),
        "kinds": ("specialist", "celebrity"),
    }  # fmt: skip


def _told(sight: Sight, asked: Asked, query: QueryDict) -> dict[str, Any]:
    shortlist = finding.find(sight, asked.wanted)
    shown = shortlist.found[asked.first :]
    return {
        "wanted": asked.wanted,
        "query": query,
        "shortlist": shortlist,
        "shown": [
            (asked.first + place, one, _reasons(one)) for place, one in enumerate(shown, 1)
        ],
        "page": asked.page,
        "has_more": shortlist.n_matching > asked.page * PAGE,
        "topics": [shortlist.name_of(t, reader().language) for t in shortlist.topic_ids],
    }


def _reasons(one: finding.Found) -> list[tuple[str, float]]:
    """What moves an account most, by name in the reader's language."""
    return [(name_of(finding, reader().language), points) for finding, points in one.reasons]
