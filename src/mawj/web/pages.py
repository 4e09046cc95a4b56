"""What every page passes through: who asks, in which workspace, and whether they may.

A view is a function of the request and of `Here`, the place where the asker stands. `page()`
makes a Django view of it that lets in those whom its `Access` names and nobody else; the
addresses say the access beside the path, and a test walks them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mawj.crm.members.models import Membership, User, Workspace
from mawj.crm.members.roles import Access, Role, may
from mawj.flow.shared_lakes import lake_at
from mawj.tables.errors import MawjError, NotFound, RunNotFound

if TYPE_CHECKING:
    from mawj.lake.lake import Lake


@dataclass(frozen=True)
class Here:
    """Where a signed-in person stands: the workspace that the address names, and their role."""

    user: User
    workspace: Workspace
    role: Role

    @property
    def lake(self) -> Lake:
        """The workspace's lake."""
        return lake_at(self.workspace.lake_path)

    @property
    def may_change(self) -> bool:
        """Whether they work here; a guest only looks."""
        return may(self.role, Role.MEMBER)

    @property
    def may_see_prices(self) -> bool:
        """Prices and notes are for members."""
        return may(self.role, Role.MEMBER)

    @property
    def is_owner(self) -> bool:
        """Whether they decide who belongs here."""
        return self.role is Role.OWNER


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
        here = _here(request.user, named.pop("workspace"))
        if not may(here.role, access):
            return render(request, "403.html", status=403)
        request.here = here  # type: ignore[attr-defined]
        return view(request, here, **named)

    return guarded


def _here(user: User, slug: str) -> Here:
    found = (
        Membership.objects.select_related("workspace")
        .filter(user=user, workspace__slug=slug)
        .first()
    )
    if found is None:
        raise Http404
    return Here(user, found.workspace, Role(found.role))


def _said(request: HttpRequest, error: MawjError, template: str, status: int) -> HttpResponse:
    """What Mawj says no to is said on a page, in its own words."""
    return render(request, template, {"said": str(error)}, status=status)
