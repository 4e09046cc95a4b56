"""Begin and end to watch; put aside what was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from mawj.crm.creators.models import CreatorList
from mawj.crm.searches.actions import searches_of
from mawj.crm.watching import actions
from mawj.flow.accounts import account_id_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here
    from mawj.crm.searches.models import SavedSearch

LEAST, MOST, USUAL = 0.5, 100.0, 3.0


@require_POST
def watch(request: HttpRequest, here: Here, account: str) -> HttpResponse:
    """Begin to watch an account, or end."""
    known = account_id_of(here.lake, account)
    _change(request, here, known)
    return redirect("creator", workspace=here.workspace.slug, account=known)


@require_POST
def watch_list(request: HttpRequest, here: Here, found: int) -> HttpResponse:
    """Begin to watch all of a list, or end."""
    _change(request, here, get_object_or_404(CreatorList, workspace=here.workspace, pk=found))
    return redirect("lists_one", workspace=here.workspace.slug, found=found)


@require_POST
def watch_search(request: HttpRequest, here: Here, search: int) -> HttpResponse:
    """Begin to watch the first of a saved search, or end."""
    _change(request, here, get_object_or_404(searches_of(here.workspace, here.user), pk=search))
    return redirect("find_saved", workspace=here.workspace.slug, search=search)


@require_POST
def seen(request: HttpRequest, here: Here) -> HttpResponse:  # noqa: ARG001
    """Put aside what was told."""
    actions.put_aside(here.workspace, here.user)
    return redirect("start", workspace=here.workspace.slug)


def _change(request: HttpRequest, here: Here, what: str | CreatorList | SavedSearch) -> None:
    if request.POST.get("do") == "end":
        actions.unwatch(here.workspace, here.user, what)
        return
    made = actions.watch(here.workspace, here.user, what, _points(request.POST.get("points")))
    actions.begin_from_now(made, here.lake)


def _points(text: str | None) -> float:
    try:
        return min(max(float(text or ""), LEAST), MOST)
    except ValueError:
        return USUAL
