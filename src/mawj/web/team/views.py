"""Members, invitations, tokens, the trail, and what the workspace is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.mail import send_mail
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from mawj.crm.members import actions
from mawj.crm.members.models import ApiToken, Invitation, Membership, User
from mawj.crm.members.roles import Role
from mawj.web.joining.forms import JoinForm
from mawj.web.team.forms import InviteForm, WorkspaceForm
from mawj.web.wording import said

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ON_A_PAGE = 50


def team(request: HttpRequest, here: Here) -> HttpResponse:
    """Everybody here; for owners, what can be changed."""
    members = here.workspace.memberships.select_related("user").order_by("joined_at")
    secured = set(
        Authenticator.objects.filter(user__memberships__workspace=here.workspace).values_list(
            "user_id", flat=True
        )
    )
    told = {
        "members": [(one, one.user_id in secured) for one in members],
        "invitations": here.workspace.invitations.filter(
            accepted_at=None, ends_at__gt=timezone.now()
        ),
        "tokens": _tokens(here),
        "roles": [role.value for role in Role],
        "invite": InviteForm(), "settings_form": WorkspaceForm(instance=here.workspace),
        "shown_once": request.session.pop("shown_once", None),
    }  # fmt: skip
    return render(request, "team/team.html", told)


@require_POST
def invite(request: HttpRequest, here: Here) -> HttpResponse:
    """Invite somebody: by mail, and by a link that is shown once."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        messages.error(request, said("team.no_address"))
        return redirect("team", workspace=here.workspace.slug)
    role = Role(form.cleaned_data["role"])
    invitation, secret = actions.invite(
        here.workspace, form.cleaned_data["email"], role, here.user
    )
    link = request.build_absolute_uri(reverse("team_join", args=[secret]))
    send_mail(
        said("team.mail_title", team=here.workspace.name),
        said("team.mail", team=here.workspace.name, by=str(here.user), link=link),
        settings.DEFAULT_FROM_EMAIL, [invitation.email], fail_silently=True,
    )  # fmt: skip
    request.session["shown_once"] = {"what": "invitation", "text": link}
    return redirect("team", workspace=here.workspace.slug)


@require_POST
def withdraw(request: HttpRequest, here: Here, invitation: int) -> HttpResponse:  # noqa: ARG001
    """Withdraw an invitation."""
    found = get_object_or_404(Invitation, pk=invitation, workspace=here.workspace)
    actions.withdraw(found, here.user)
    return redirect("team", workspace=here.workspace.slug)


def join(request: HttpRequest, secret: str) -> HttpResponse:
    """What an invitation's link opens: joining, as who is signed in or as somebody new."""
    invitation = actions.open_invitation(secret, timezone.now())
    if invitation is None:
        raise Http404
    is_known = User.objects.filter(email=invitation.email).exists()
    user = request.user if request.user.is_authenticated else None
    form = JoinForm(request.POST or None, email=invitation.email) if not user else None
    if request.method == "POST":
        if user is None and form is not None and form.is_valid():
            user = User.objects.create_user(
                invitation.email, form.cleaned_data["password"], name=form.cleaned_data["name"]
            )
            login(request, user, backend=BACKEND)
        if user is not None:
            actions.accept_invitation(invitation, user, timezone.now())
            return redirect("start", workspace=invitation.workspace.slug)
    told = {"invitation": invitation, "form": form, "is_known": is_known and not user}
    response = render(request, "team/join.html", told)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def role(request: HttpRequest, here: Here, member: int) -> HttpResponse:
    """Make a member something else, or have them leave."""
    found = get_object_or_404(Membership, pk=member, workspace=here.workspace)
    wanted = request.POST.get("role", "")
    if wanted in set(Role):
        actions.change_role(found, Role(wanted), here.user)
    elif wanted == "remove":
        actions.remove_member(found, here.user)
    return redirect("team", workspace=here.workspace.slug)


@require_POST
def token(request: HttpRequest, here: Here) -> HttpResponse:
    """Make a token, which is shown once."""
    name = request.POST.get("name", "").strip()[:80]
    if not name:
        messages.error(request, said("team.name_token"))
        return redirect("team", workspace=here.workspace.slug)
    may_write = request.POST.get("may_write") == "1"
    _, secret = actions.make_token(here.workspace, here.user, name, may_write=may_write)
    request.session["shown_once"] = {"what": "token", "text": secret}
    return redirect("team", workspace=here.workspace.slug)


@require_POST
def revoke(request: HttpRequest, here: Here, token: int) -> HttpResponse:  # noqa: ARG001
    """Revoke a token of one's own; an owner any."""
    actions.revoke_token(get_object_or_404(_tokens(here), pk=token), here.user)
    return redirect("team", workspace=here.workspace.slug)


@require_POST
def change(request: HttpRequest, here: Here) -> HttpResponse:
    """Name and currency of the workspace."""
    form = WorkspaceForm(request.POST, instance=here.workspace)
    if form.is_valid():
        form.save()
        actions.record(here.workspace, here.user, "changed workspace", here.workspace.name)
    else:
        messages.error(request, said("house.not_understood"))
    return redirect("team", workspace=here.workspace.slug)


def trail(request: HttpRequest, here: Here) -> HttpResponse:
    """What was done, newest first; `by` and `about` narrow it."""
    found = here.workspace.trail.select_related("user")
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("by", "about")}
    for name, text in asked.items():
        if text:
            found = found.filter(**{f"{name}__icontains": text})
    pages = Paginator(found, ON_A_PAGE)
    told = {"page": pages.get_page(request.GET.get("page")), "asked": asked}
    return render(request, "team/trail.html", told)


@require_POST
def start_another(request: HttpRequest) -> HttpResponse:
    """A new workspace of one who owns one already: guests cannot make room for themselves."""
    user: Any = request.user
    if not user.memberships.filter(role=Role.OWNER).exists():
        raise Http404
    name = request.POST.get("name", "").strip()[:120]
    if not name:
        return redirect("front")
    made = actions.start_workspace(name, "", user)
    made.lake_path = str(settings.HOME / "lakes" / made.slug)
    made.save(update_fields=["lake_path"])
    return redirect("start", workspace=made.slug)


def _tokens(here: Here) -> Any:
    found = ApiToken.objects.filter(workspace=here.workspace, revoked_at=None)
    return (found if here.is_owner else found.filter(user=here.user)).select_related("user")
