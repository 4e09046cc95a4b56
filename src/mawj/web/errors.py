"""What is shown when an address cannot be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import JsonResponse
from django.shortcuts import render

from mawj.web.wording import said

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def not_understood(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: what was sent makes no sense, or is more than is taken at once."""
    why = ""
    if isinstance(exception, RequestDataTooBig):
        why = said("house.too_large", mb=settings.UPLOAD_MOST_MB)
    elif isinstance(exception, TooManyFilesSent):
        why = said("house.too_many_files", n=settings.DATA_UPLOAD_MAX_NUMBER_FILES)
    return render(request, "400.html", {"why": why}, status=400)


def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """403: not for this role."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """404: nothing is here, or nothing that this person may know of; to programs as JSON."""
    if request.path.startswith("/api/"):
        told = {"code": "not_found", "said": "no such address", "where": []}
        return JsonResponse(told, status=404)
    return render(request, "404.html", status=404)


def our_fault(request: HttpRequest) -> HttpResponse:
    """500: something broke; the log has it."""
    if request.path.startswith("/api/"):
        told = {"code": "our_fault", "said": "something broke; the log has it", "where": []}
        return JsonResponse(told, status=500)
    return render(request, "500.html", status=500)
