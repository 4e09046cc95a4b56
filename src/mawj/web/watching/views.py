"""Begin and end to watch; put aside what was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from mawj.crm.watching import actions
from mawj.flow.accounts import account_id_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.web.pages import Here

LEAST, MOST, USUAL = 0.5, 100.0, 3.0


@require_POST
def watch(request: HttpRequest, here: Here, account: str) -> HttpResponse:
    """Begin to watch, or end."""
    known = account_id_of(here.lake, account)
    if request.POST.get("do") == "end":
        actions.unwatch(here.workspace, here.user, known)
    else:
        actions.watch(here.workspace, here.user, known, _points(request.POST.get("points", "")))
    return redirect("creator", workspace=here.workspace.slug, account=known)


@require_POST
def seen(request: HttpRequest, here: Here) -> HttpResponse:  # noqa: ARG001
    """Put aside what was told."""
    actions.put_aside(here.workspace, here.user)
    return redirect("start", workspace=here.workspace.slug)


def _points(text: str) -> float:
    try:
        return min(max(float(text), LEAST), MOST)
    except ValueError:
        return USUAL
