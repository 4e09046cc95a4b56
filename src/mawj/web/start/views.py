"""What is loaded, how fresh it is, what runs; bringing files, and computing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mawj.crm.data.actions import drop_upload, keep_upload, load_upload
from mawj.crm.jobs.actions import ask_for
from mawj.crm.jobs.models import Job
from mawj.crm.watching.actions import said as alert_said
from mawj.crm.watching.actions import unseen
from mawj.flow.commands import lake_description
from mawj.flow.coverage import coverage
from mawj.flow.previewing import grains, preview
from mawj.flow.remembered import remembered
from mawj.flow.set_aside import COLUMNS, loads, reasons, rejected_rows
from mawj.tables.errors import SourceError
from mawj.tables.observed import PLATFORMS
from mawj.web.csv_answers import csv_answer
from mawj.web.reader import reader
from mawj.web.wording import said

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from mawj.crm.data.models import Upload
    from mawj.crm.members.here import Here
    from mawj.crm.watching.models import Alert


def start(request: HttpRequest, here: Here) -> HttpResponse:
    """The page that a marketer opens in the morning."""
    lake = here.lake
    run = remembered(lake, "run", lambda at: at.run)
    described = remembered(lake, "described", lambda at: lake_description(at.lake))
    stored = [t for t in described["tables"] if t["kind"] == "observed"]
    told = {
        "run": run,
        "coverage": remembered(lake, "coverage", lambda at: coverage(at.lake)) if run else None,
        "stored": [t for t in stored if t["rows"] and t["table"] not in ("loads", "rejected")],
        "loads": remembered(lake, "loads", lambda at: loads(at.lake, 8)),
        "jobs": here.workspace.jobs.all()[:8],
        "alerts": _alerts(here) if here.may_change else [],
        "uploads": _waiting(here) if here.may_change else [],
    }
    return render(request, "start/start.html", told)


def _alerts(here: Here) -> list[tuple[str, str]]:
    """What happened to whom the reader watches: where to look, and what."""
    return [
        (_where(alert, here.workspace.slug), alert_said(alert, reader().language))
        for alert in unseen(here.workspace, here.user)
    ]


def _where(alert: Alert, slug: str) -> str:
    """The page of whom it is about: a creator, else the list or search that is watched."""
    watch = alert.watch
    if account := alert.account_id or watch.account_id:
        return reverse("creator", args=[slug, account])
    if watch.list_id is not None:
        return reverse("lists_one", args=[slug, watch.list_id])
    return reverse("find_saved", args=[slug, watch.search_id])


def _waiting(here: Here) -> QuerySet[Upload]:
    """Files that wait to be loaded; those for a list wait on its page."""
    return here.workspace.uploads.filter(job=None, list_file=None)


@require_POST
def bring(request: HttpRequest, here: Here) -> HttpResponse:
    """Keep the files that were dropped; the first of them is looked at next."""
    files = request.FILES.getlist("files")
    if not files:
        messages.error(request, said("start.no_file"))
        return redirect("start", workspace=here.workspace.slug)
    kept = [keep_upload(here.workspace, here.user, file) for file in files]
    return redirect("start_file", workspace=here.workspace.slug, upload=kept[0].pk)


def file(request: HttpRequest, here: Here, upload: int) -> HttpResponse:
    """What a file would be loaded as; POST loads it."""
    found = get_object_or_404(_waiting(here), pk=upload)
    if request.method == "POST":
        job = load_upload(
            found, here.user, mapping=request.POST.get("mapping", ""),
            grain=request.POST.get("grain", ""), platform=request.POST.get("platform", ""),
        )  # fmt: skip
        return redirect("start_job", workspace=here.workspace.slug, job=job.pk)
    grain, platform = request.GET.get("grain", ""), request.GET.get("platform", "")
    told = {
        "upload": found, "grain": grain if grain in grains() else "", "platform": platform,
        "grains": grains(), "platforms": PLATFORMS, "seen": None, "refused": "",
    }  # fmt: skip
    try:
        told["seen"] = preview(found.path, found.name, str(told["grain"]), platform)
    except SourceError as error:
        told["refused"] = str(error)
    return render(request, "start/file.html", told)


@require_POST
def drop(request: HttpRequest, here: Here, upload: int) -> HttpResponse:  # noqa: ARG001
    """Throw a file away."""
    theirs = here.workspace.uploads.filter(list_file=None)
    drop_upload(get_object_or_404(theirs, pk=upload), here.user)
    return redirect("start", workspace=here.workspace.slug)


@require_POST
def compute(request: HttpRequest, here: Here) -> HttpResponse:  # noqa: ARG001
    """Ask for everything to be computed."""
    job = ask_for(here.workspace, "run", here.user)
    return redirect("start_job", workspace=here.workspace.slug, job=job.pk)


@require_POST
def world(request: HttpRequest, here: Here) -> HttpResponse:
    """Fill an empty workspace with a made-up world."""
    if here.lake.current_run() is not None:
        messages.error(request, said("start.not_empty"))
        return redirect("start", workspace=here.workspace.slug)
    job = ask_for(here.workspace, "world", here.user, size="small")
    return redirect("start_job", workspace=here.workspace.slug, job=job.pk)


def job(request: HttpRequest, here: Here, job: int) -> HttpResponse:
    """How far a job is; htmx asks for the part that moves until it is done."""
    found = get_object_or_404(Job, pk=job, workspace=here.workspace)
    load_id = found.result.get("load_id", "") if found.kind == "load" else ""
    told = {"job": found, "reasons": reasons(here.lake, load_id) if load_id else []}
    if request.headers.get("HX-Request") == "true":
        # Once it is over the whole page is shown, with what came of it.
        part = render(request, "start/job_part.html", told)
        if not found.is_open:
            part.headers["HX-Refresh"] = "true"
        return part
    return render(request, "start/job.html", told)


def rejected(request: HttpRequest, here: Here, load: str) -> HttpResponse:  # noqa: ARG001
    """The rows of a load that were set aside, to mend and bring again."""
    found = ([row[name] for name in COLUMNS] for row in rejected_rows(here.lake, load))
    return csv_answer(f"rejected-{load[:12]}.csv", COLUMNS, found)  # type: ignore[return-value]
