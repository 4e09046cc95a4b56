"""A found list as XLSX: what the page shows, as far as a list can be paged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mawj.crm.searches.asked import MOST
from mawj.flow.facets_asked import NOT_ASSESSED
from mawj.flow.finding import find
from mawj.flow.sentences import name_of
from mawj.web.find.saved import asked_here
from mawj.web.reader import reader
from mawj.web.templatetags.mawj import named
from mawj.web.wording import said
from mawj.web.xlsx_answers import xlsx_answer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here
    from mawj.flow.finding import Found, Shortlist

HEADINGS = (
    "place", "creator", "handle", "platform", "account_id", "influence", "low", "high",
    "relevance", "followers", "engagement", "tier", "kind", "language", "country", "topics",
    "why", "trust",
)  # fmt: skip
"""Nothing here is a price: whoever sees the page may have the file."""


def sheet(request: HttpRequest, here: Here) -> HttpResponse:
    """The accounts found, best first, with headings in the reader's language."""
    wanted = replace(asked_here(request.GET, here).wanted, top=MOST)
    shortlist = find(here.lake.sight(), wanted)
    headings = [said(f"find.{key}") for key in HEADINGS]
    rows = [_row(place, one, shortlist) for place, one in enumerate(shortlist.found, 1)]
    name = wanted.subject.replace("/", " ")[:60] or said("find.title")
    return xlsx_answer(f"{name}.xlsx", headings, rows)


def _row(place: int, one: Found, shortlist: Shortlist) -> tuple[Any, ...]:
    language = reader().language
    topics = (shortlist.name_of(topic, language) for topic in one.topics)
    why = (f"{name_of(finding, language)} {points:+.1f}" for finding, points in one.reasons)
    return (
        place, one.name, one.handle, named(one.platform, "keys"), one.account_id,
        one.influence, one.influence_low, one.influence_high, one.relevance, one.followers,
        one.engagement_share, _named(one.tier), _named(one.kind), _named(one.language),
        one.country, ", ".join(topics), "; ".join(why),
        named(one.trust or NOT_ASSESSED, "find"),
    )  # fmt: skip


def _named(key: str | None) -> str | None:
    return named(key, "keys") if key else None
