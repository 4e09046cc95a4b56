"""Seeing, connecting and asking sources, and having what is due fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mawj.crm.sources.access import connect, disconnect
from mawj.crm.sources.asked import Wish, ask, fetch, refresh, stop, things
from mawj.crm.sources.models import SyncSchedule
from mawj.crm.sources.schedule import EVERY_H, asked_of, set_schedule
from mawj.flow.source_states import source_named
from mawj.sources.live.public_only import check_address, networks
from mawj.tables.errors import SourceRefused
from mawj.web.digits import in_readers_digits
from mawj.web.sources import shown
from mawj.web.wording import said

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here

ON_A_PAGE = 100
MOST_REFUSED = 10
"""Things that could not be asked for which a message names (our judgement)."""


def sources(request: HttpRequest, here: Here) -> HttpResponse:
    """Every source, the last fetching, and how often it is done."""
    jobs = here.workspace.jobs.filter(kind="sync")
    told = {
        "shown": shown.all_shown(here), "job": jobs.first(), "hours": EVERY_H,
        "schedule": SyncSchedule.objects.filter(workspace=here.workspace).first(),
    }  # fmt: skip
    return render(request, "sources/sources.html", told)


def one(request: HttpRequest, here: Here, source: str) -> HttpResponse:
    """One source: what it gives, what it is asked for, and the form that connects it."""
    found, told = source_named(source), shown.one_told(here, source)
    asked = [each for each in told.asked if each.freshness != "stopped"]
    pages = Paginator(asked, ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "sources/one.html", {
        "source": found, "one": shown.shown(here, told), "page": page,
        "asked": [(each, shown.word(f"kind_{each.kind}", each.kind)) for each in page],
        "kinds": shown.kinds_shown(found),
        "basis": shown.word(f"basis_{found.name}", found.basis),
        "fields": shown.fields_shown(here, found) if here.is_owner else [],
    })  # fmt: skip


@sensitive_post_parameters()
@require_POST
def connect_it(request: HttpRequest, here: Here, source: str) -> HttpResponse:
    """Reach a source by what was typed; an address must lead to the public internet."""
    found = source_named(source)
    asked = [one for one in found.fields if not one.is_for_operator]
    told = {one.name: request.POST.get(one.name, "").strip() for one in asked}
    allowed = networks(settings.INTERNAL_ADDRESSES)
    try:
        for field in asked:
            is_typed = told[field.name] != field.default and "://" in told[field.name]
            if is_typed and not field.is_secret:
                check_address(told[field.name], allowed)
    except SourceRefused as refused:
        messages.error(request, str(refused))
    else:
        connect(here.workspace, here.user, source, told)
        messages.success(request, said("sources.is_connected"))
    return redirect("sources_one", workspace=here.workspace.slug, source=source)


@require_POST
def disconnect_it(request: HttpRequest, here: Here, source: str) -> HttpResponse:
    """Forget the addresses and keys of a source."""
    disconnect(here.workspace, here.user, source_named(source).name)
    messages.success(request, said("sources.is_disconnected"))
    return redirect("sources_one", workspace=here.workspace.slug, source=source)


@require_POST
def ask_it(request: HttpRequest, here: Here, source: str) -> HttpResponse:
    """Ask a source for what was pasted; what it cannot take is named with the reason."""
    found, kinds = source_named(source), request.POST.getlist("kind")
    are_words = any(found.kinds[k].subject == "words" for k in kinds if k in found.kinds)
    typed = things(request.POST.get("subjects", ""), are_words=are_words)
    done = ask(here.workspace, here.user, here.lake, Wish(source, typed, kinds))
    if done.subjects:
        n = in_readers_digits(str(len(done.subjects)))
        messages.success(request, said("sources.is_asked", n=n))
    for one, why in list(done.refused.items())[:MOST_REFUSED]:
        messages.error(request, f"{one}: {why}")
    if not done.subjects and not done.refused:
        messages.error(request, said("sources.nothing_typed"))
    return redirect("sources_one", workspace=here.workspace.slug, source=source)


@require_POST
def stop_it(request: HttpRequest, here: Here, source: str) -> HttpResponse:
    """Ask for one thing no more."""
    named = [request.POST.get("subject", "")]
    stop(
        here.workspace, here.user, here.lake, Wish(source, named, request.POST.getlist("kind"))
    )
    return redirect("sources_one", workspace=here.workspace.slug, source=source)


@require_POST
def fetch_now(request: HttpRequest, here: Here) -> HttpResponse:
    """Have what is due fetched now: of one source, or of all that are asked."""
    name = request.POST.get("source", "")
    names = [source_named(name).name] if name else asked_of(here.workspace)
    computes = request.POST.get("computes") == "1"
    job = fetch(here.workspace, here.user, names, computes=computes)
    return redirect("start_job", workspace=here.workspace.slug, job=job.pk)


@require_POST
def schedule(request: HttpRequest, here: Here) -> HttpResponse:
    """How often what is due is fetched by itself."""
    told = request.POST.get("every_h", "")
    every_h = int(told) if told.isdecimal() else 0
    computes = request.POST.get("computes") == "1"
    set_schedule(here.workspace, here.user, every_h, computes=computes)
    return redirect("sources", workspace=here.workspace.slug)


@require_POST
def refresh_account(request: HttpRequest, here: Here) -> HttpResponse:
    """Have one account fetched now; where no source brings it, say what to do."""
    account = request.POST.get("account", "")
    job = refresh(here.workspace, here.user, here.lake, account)
    if job is None:
        messages.error(request, said("sources.nobody_brings"))
        return redirect("sources", workspace=here.workspace.slug)
    return redirect("start_job", workspace=here.workspace.slug, job=job.pk)
