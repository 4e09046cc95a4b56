"""Whether the product can be used now: for load balancers, containers and people."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.utils import timezone

from mawj import __version__
from mawj.crm.jobs.models import Worker

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

LONG_SILENT = timedelta(minutes=3)
"""A worker signs every minute; after three it counts as gone (our judgement)."""


def last_beat() -> datetime | None:
    """The last sign of life of any worker; None where there was none yet."""
    newest = Worker.objects.order_by("-beat_at").first()
    return newest.beat_at if newest else None


def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view)
    """200 while pages can be answered, 503 while not; a worker that is gone is told, not fatal.

    It says nothing about what is stored: anybody may ask.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        beat = last_beat()
    except DatabaseError:
        return JsonResponse({"state": "ill", "database": "unreachable"}, status=503)
    works = beat is not None and timezone.now() - beat < LONG_SILENT
    answer = {"state": "well", "version": __version__, "worker": "alive" if works else "silent"}
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})
