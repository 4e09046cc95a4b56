"""The first hour in the browser: accounts pasted, and what can be said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mawj.crm.sources.asked import connected, fetch_pasted
from mawj.flow.first_fetch import absent_of
from mawj.flow.first_hour import OTHER_WAYS, WAYS
from mawj.flow.first_hour import first_hour as ask_first_hour
from mawj.flow.sentences import name_of
from mawj.web.reader import reader
from mawj.web.wording import said

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here
    from mawj.flow.first_hour import FirstHour

MOST_SIGNS = 50_000
"""Signs of one paste; five hundred links are less."""


def first_hour(request: HttpRequest, here: Here) -> HttpResponse:
    """The field to paste into, and below it the answer to what was pasted.

    `?job=` shows again what a job was asked to fetch, now with what came of it.
    """
    pasted = _pasted(request, here)
    told: dict[str, Any] = {"pasted": pasted}
    if pasted.strip():
        absent = absent_of(here.lake, pasted, connected(here.workspace))
        told |= {
            "absent": [(one, WAYS.get(one.platform, OTHER_WAYS)) for one in absent],
            "is_fetchable": any(one.subjects for one in absent),
        }
        told["is_not_computed"] = here.lake.current_run() is None
        if not told["is_not_computed"]:
            told |= _told(ask_first_hour(here.lake.sight(), pasted))
    return render(request, "find/first_hour.html", told)


@require_POST
def fetch(request: HttpRequest, here: Here) -> HttpResponse:
    """Have those fetched that are not loaded, and everything computed."""
    pasted = _pasted(request, here)
    job = fetch_pasted(here.workspace, here.user, here.lake, pasted)
    if job is None:
        messages.error(request, said("first_hour.nothing_to_fetch"))
        return redirect("find_first_hour", workspace=here.workspace.slug)
    return redirect("start_job", workspace=here.workspace.slug, job=job.pk)


def _pasted(request: HttpRequest, here: Here) -> str:
    told = request.GET.get("job", "")
    if request.method == "GET" and told.isdecimal():
        job = here.workspace.jobs.filter(pk=int(told[:18]), kind="first_hour").first()
        return str(job.asked["pasted"]) if job else ""
    return str(request.POST.get("pasted", ""))[:MOST_SIGNS]


def _told(answer: FirstHour) -> dict[str, Any]:
    language = reader().language
    found = answer.shortlist.found if answer.shortlist else ()
    ranked = {one.account_id for one in answer.lines if one.is_ranked}
    return {
        "answer": answer,
        "is_to_compute": any(x.account_id and x.influence is None for x in answer.lines),
        "told_of": [(name_of(finding, language), n, of) for finding, n, of in answer.told],
        "shortlist": [
            (one, [name_of(finding, language) for finding, _ in one.reasons[:3]],
             one.account_id in ranked)
            for one in found
        ],
    }  # fmt: skip
