"""The sign that no text has and PostgreSQL cannot store: a request that holds it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from mawj.web.wording import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

NUL = "\x00"


class NoNulMiddleware:
    """Refuses addresses, queries and forms with NUL on a page that says so, before any view.

    The API refuses it by its schemas, in JSON.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; `process_view` decides."""
        return self.get_response(request)

    # After the check of forged requests, which reads the form first and knows broken ones.
    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _named: Any
    ) -> HttpResponse | None:
        """400 for a request with NUL; the view's turn for every other."""
        if request.path.startswith("/api/") or not _has_nul(request):
            return None
        return render(request, "400.html", {"why": said("house.nul")}, status=400)


def _has_nul(request: HttpRequest) -> bool:
    if NUL in request.path:
        return True
    return any(
        NUL in name or any(NUL in value for value in values)
        for query in (request.GET, request.POST)
        for name, values in query.lists()
    )
