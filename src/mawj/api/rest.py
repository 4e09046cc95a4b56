"""The API: its version, its faults in one shape, its schema."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError

from mawj.api import schemas
from mawj.api.callers import BySession, ByToken, Caller, TooManyError
from mawj.api.routes import FAULTS, router
from mawj.crm.members.models import Membership
from mawj.crm.members.roles import Access
from mawj.tables.errors import (
    ActionRefused,
    LakeBusy,
    MawjError,
    NotFound,
    RunNotFound,
    SettingsError,
)

CODES = {
    400: "not_understood", 401: "not_signed_in", 403: "not_allowed", 404: "not_found",
    409: "not_now", 422: "not_valid", 429: "too_many",
}  # fmt: skip
STATUS: tuple[tuple[type[MawjError], int], ...] = (
    (NotFound, 404), (RunNotFound, 409), (LakeBusy, 409), (SettingsError, 422),
    (ActionRefused, 409),
)  # fmt: skip

api = NinjaAPI(
    title="Mawj", version="1", urls_namespace="api", auth=[ByToken(), BySession()],
    docs_url=None, openapi_url=None, description=(
        "Find who moves an audience on a subject, see why, vet, plan. Every number comes with "
        "its interval and reasons. Authorization: Bearer and a token made on the team page."
    ),
)  # fmt: skip
house = Router()


@house.get("/workspaces", response={200: list[schemas.WorkspaceSeen], **FAULTS}, tags=["team"])
def workspaces(request: HttpRequest) -> Any:
    """The workspaces that the caller belongs to; a token belongs to one."""
    if request.GET:
        raise HttpError(422, f"unknown in the address: {', '.join(sorted(request.GET))}")
    caller: Caller = request.auth  # type: ignore[attr-defined]
    found = Membership.objects.select_related("workspace").filter(user=caller.user)
    if caller.token is not None:
        found = found.filter(workspace=caller.token.workspace_id)
    return [
        {"slug": m.workspace.slug, "name": m.workspace.name, "role": m.role,
         "currency": m.workspace.currency, "is_made_up": m.workspace.is_made_up}
        for m in found.order_by("joined_at")
    ]  # fmt: skip


workspaces.access = Access.SIGNED_IN  # type: ignore[attr-defined]
api.add_router("", house)
api.add_router("/w/{slug:workspace}", router)


def openapi() -> dict[str, Any]:
    """The schema of the API (OpenAPI 3.1), as checked in at openapi.json."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1"))


def docs(request: HttpRequest) -> HttpResponse:
    """The schema for people to read: every endpoint, what it asks and gives."""
    told = openapi()
    operations = [
        {"method": method.upper(), "path": path, "summary": one.get("description", ""),
         "asks": one.get("parameters", []), "tags": one.get("tags", [])}
        for path, methods in told["paths"].items() for method, one in methods.items()
    ]  # fmt: skip
    return render(request, "api/docs.html", {"info": told["info"], "operations": operations})


def schema(request: HttpRequest) -> HttpResponse:
    """The schema for programs."""
    return api.create_response(request, openapi(), status=200)


def _fault(request: HttpRequest, status: int, said: str, where: list[str] | None = None) -> Any:
    told = {"code": CODES.get(status, "our_fault"), "said": said, "where": where or []}
    return api.create_response(request, told, status=status)


@api.exception_handler(MawjError)
def _refused(request: HttpRequest, error: MawjError) -> Any:
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 422)
    return _fault(request, status, str(error))


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> Any:
    where = [".".join(map(str, one["loc"])) for one in error.errors]
    said = "; ".join(str(one["msg"]) for one in error.errors)
    return _fault(request, 422, said, where)


@api.exception_handler(AuthenticationError)
def _not_signed_in(request: HttpRequest, error: AuthenticationError) -> Any:
    return _fault(request, 401, "send Authorization: Bearer with a token of the team page")


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> Any:
    return _fault(request, 404, "nothing of that name here")


@api.exception_handler(HttpError)
def _said(request: HttpRequest, error: HttpError) -> Any:
    answer = _fault(request, error.status_code, str(error))
    if isinstance(error, TooManyError):
        answer["Retry-After"] = str(error.wait_s)
    return answer
