"""Searches by name: kept, opened with what is new, renamed, shared, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from mawj.crm.searches import actions
from mawj.crm.searches.asked import KNOWN, asked_by
from mawj.flow.finding import find
from mawj.flow.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here
    from mawj.crm.searches.asked import Asked
    from mawj.crm.searches.models import Opening, SavedSearch


def save(request: HttpRequest, here: Here) -> HttpResponse:
    """Keep the search of this address under a name."""
    query = plain(request.GET)
    if request.method == "POST":
        name, is_shared = _said(request)
        made = actions.save_search(here.workspace, here.user, name, query, is_shared=is_shared)
        return redirect("find_saved", workspace=here.workspace.slug, search=made.pk)
    told = {"name": request.GET.get("subject", "")[:120], "query": query}
    return render(request, "find/saved.html", told)


def open_saved(request: HttpRequest, here: Here, search: int) -> HttpResponse:  # noqa: ARG001
    """The results of a search that was kept; who is new among the first is noted."""
    found = _search(here, search)
    first = _first(here, found)
    actions.open_search(found, here.user, first, timezone.now())
    query = QueryDict(found.query, mutable=True)
    query["saved"] = str(found.pk)
    return redirect(
        f"{reverse('find', kwargs={'workspace': here.workspace.slug})}?{query.urlencode()}"
    )


def change(request: HttpRequest, here: Here, search: int) -> HttpResponse:
    """Rename a search, share it or not, remove it."""
    found = _search(here, search)
    if not actions.may_change(found, here.user, here.role):
        raise Http404
    if request.method == "POST":
        if request.POST.get("do") == "remove":
            actions.remove_search(found, here.user)
        else:
            name, is_shared = _said(request)
            actions.change_search(found, here.user, name, is_shared=is_shared)
        return redirect("find", workspace=here.workspace.slug)
    told = {"search": found, "name": found.name, "is_shared": found.is_shared}
    return render(request, "find/saved.html", told)


def shown_beside(here: Here) -> list[tuple[SavedSearch, bool]]:
    """The searches beside the form, each with whether the reader may change it."""
    found = actions.searches_of(here.workspace, here.user)
    return [(one, actions.may_change(one, here.user, here.role)) for one in found]


def opened(here: Here, key: str) -> Opening | None:
    """The reader's last opening of the search that an address names."""
    if not (key.isascii() and key.isdigit() and len(key) < 16):
        return None
    seen = actions.searches_of(here.workspace, here.user).filter(pk=key).first()
    return seen.openings.filter(user=here.user).first() if seen else None


def asked_here(query: Mapping[str, str], here: Here) -> Asked:
    """The search of an address, as far as the reader may ask it."""
    return asked_by(query, here.workspace, with_prices=here.may_see_prices)


def plain(query: Mapping[str, str]) -> str:
    """What a search asks for and nothing else of its address."""
    kept = QueryDict(mutable=True)
    for name in KNOWN:
        if value := query.get(name, "").strip()[:200]:
            kept[name] = value
    return kept.urlencode()


def _said(request: HttpRequest) -> tuple[str, bool]:
    return request.POST.get("name", ""), request.POST.get("shared") == "1"


def _search(here: Here, key: int) -> SavedSearch:
    return get_object_or_404(actions.searches_of(here.workspace, here.user), pk=key)


def _first(here: Here, search: SavedSearch) -> list[str]:
    wanted = asked_here(QueryDict(search.query), here).wanted
    return remembered(
        here.lake,
        ("first", wanted),
        lambda at: [one.account_id for one in find(at, wanted).found],
    )
