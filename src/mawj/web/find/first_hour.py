"""The first hour in the browser: accounts pasted, and what can be said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from mawj.flow.first_hour import first_hour as ask_first_hour
from mawj.flow.sentences import name_of
from mawj.web.reader import reader

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here
    from mawj.flow.first_hour import FirstHour

MOST_SIGNS = 50_000
"""Signs of one paste; five hundred links are less."""


def first_hour(request: HttpRequest, here: Here) -> HttpResponse:
    """The field to paste into, and below it the answer to what was pasted."""
    pasted = request.POST.get("pasted", "")[:MOST_SIGNS]
    told: dict[str, Any] = {"pasted": pasted}
    if pasted.strip():
        told |= _told(ask_first_hour(here.lake.sight(), pasted))
    return render(request, "find/first_hour.html", told)


def _told(answer: FirstHour) -> dict[str, Any]:
    language = reader().language
    found = answer.shortlist.found if answer.shortlist else ()
    ranked = {one.account_id for one in answer.lines if one.is_ranked}
    return {
        "answer": answer,
        "told_of": [(name_of(finding, language), n, of) for finding, n, of in answer.told],
        "shortlist": [
            (one, [name_of(finding, language) for finding, _ in one.reasons[:3]],
             one.account_id in ranked)
            for one in found
        ],
    }  # fmt: skip
