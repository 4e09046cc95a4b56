"""What every page passes through: who asks, in which workspace, and whether they may.

A view is a function of the request and of `Here`, the place where the asker stands. `page()`
makes a Django view of it that lets in those whom its `Access` names and nobody else; the
addresses say the access beside the path, and a test walks them all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mawj.crm.members.here import here_of
from mawj.crm.members.roles import Access, may
from mawj.tables.errors import MawjError, NotFound, RunNotFound

View = Callable[..., HttpResponse]


def page(access: Access, view: View) -> View:
    """The view for those whom `access` names.

    Not signed in: sent to sign in. Signed in, but not of this workspace: not found, so that
    nobody learns which workspaces exist. Of this workspace, with too small a role: refused.
    """
    made = view if access in (Access.ANYONE, Access.LINK) else _guarded(access, view)

    @wraps(view)
    def answered(request: HttpRequest, /, **named: Any) -> HttpResponse:
        try:
            return made(request, **named)
        except RunNotFound as error:
            return _said(request, error, "nothing_run.html", 200)
        except NotFound as error:
            return _said(request, error, "refused.html", 404)
        except MawjError as error:
            return _said(request, error, "refused.html", 422)

    answered.access = access  # type: ignore[attr-defined]
    return answered


def _guarded(access: Access, view: View) -> View:
    def guarded(request: HttpRequest, /, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if access is Access.SIGNED_IN:
            return view(request, **named)
        here = here_of(request.user, named.pop("workspace"))
        if here is None:
            raise Http404
        if not may(here.role, access):
            return render(request, "403.html", status=403)
        request.here = here  # type: ignore[attr-defined]
        return view(request, here, **named)

    return guarded


def _said(request: HttpRequest, error: MawjError, template: str, status: int) -> HttpResponse:
    """What Mawj says no to is said on a page, in its own words."""
    return render(request, template, {"said": str(error)}, status=status)
