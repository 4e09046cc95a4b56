"""What is loaded, how fresh it is, what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from mawj.flow.commands import lake_description
from mawj.flow.coverage import coverage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.web.pages import Here


def start(request: HttpRequest, here: Here) -> HttpResponse:
    """The page that a marketer opens in the morning."""
    lake = here.lake
    run = lake.current_run()
    told = {
        "run": run,
        "coverage": coverage(lake) if run else None,
        "stored": [t for t in lake_description(lake)["tables"] if t["kind"] == "observed"],
        "jobs": here.workspace.jobs.all()[:8],
    }
    return render(request, "start/start.html", told)
