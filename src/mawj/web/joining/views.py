"""The first page of all, the first owner, and the language of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mawj.crm.members.actions import start_workspace
from mawj.crm.members.models import Membership, User
from mawj.flow.sentences import LANGUAGES
from mawj.web.joining.forms import FirstForm
from mawj.web.joining.welcome import demo_owner, told_by
from mawj.web.reader import (
    CALENDARS,
    COOKIE,
    DIGITS,
    USUAL_CALENDAR,
    USUAL_DIGITS,
    reader,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
COOKIE_AGE = 365 * 24 * 3600


def front(request: HttpRequest) -> HttpResponse:
    """The reader's workspace; signing in for those who did not."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    found = Membership.objects.filter(user=request.user).select_related("workspace")
    belongs = list(found.order_by("joined_at"))
    if len(belongs) == 1:
        return redirect("start", workspace=belongs[0].workspace.slug)
    return render(request, "joining/workspaces.html", {"belongs": belongs})


def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the first owner, or sign in the owner of the demo."""
    told = told_by(secret)
    if told is None:
        raise Http404
    if told["demo"]:
        owner = demo_owner(told["demo"])
        if owner is None:
            raise Http404
        login(request, owner, backend=BACKEND)
        return redirect("start", workspace=told["demo"])
    if User.objects.exists():
        raise Http404
    form = FirstForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _first_owner(request, form)
    return render(request, "joining/welcome.html", {"form": form})


def _first_owner(request: HttpRequest, form: FirstForm) -> HttpResponse:
    told = form.cleaned_data
    owner = User.objects.create_user(told["email"], told["password"], name=told["name"])
    workspace = start_workspace(told["workspace"], "", owner)
    workspace.lake_path = str(settings.HOME / "lakes" / workspace.slug)
    workspace.save(update_fields=["lake_path"])
    login(request, owner, backend=BACKEND)
    return redirect("start", workspace=workspace.slug)


@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Change the language, digits and calendar of the reader; back to the page they were on."""
    language = request.POST.get("language", "")
    digits, calendar = request.POST.get("digits", ""), request.POST.get("calendar", "")
    back = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = redirect(back if is_ours else "/")
    if request.user.is_authenticated:
        _keep(request.user, language, digits, calendar)
    if language in LANGUAGES:
        response.set_cookie(
            COOKIE, language, max_age=COOKIE_AGE, samesite="Lax", httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response


def _keep(user: User, language: str, digits: str, calendar: str) -> None:
    """Keep what was chosen; what is usual in a language is not kept, but follows it."""
    told = {"digits": "", "calendar": ""}
    if language in LANGUAGES:
        told["language"] = language
    if language == reader().language:
        if digits in DIGITS and digits != USUAL_DIGITS[language]:
            told["digits"] = digits
        if calendar in CALENDARS and calendar != USUAL_CALENDAR[language]:
            told["calendar"] = calendar
    User.objects.filter(pk=user.pk).update(**told)
