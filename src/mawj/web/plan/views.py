"""Plans: those that are made, a new brief, one plan with its budget to drag, the report."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from mawj.crm.plans.actions import ask_for_plan, drop_plan
from mawj.crm.plans.models import PlanReport, SavedPlan
from mawj.flow.plan_words import deliverable_name, sector_name
from mawj.flow.sentences import say
from mawj.plan.asking.sectors import sectors
from mawj.reports.paper import on_paper
from mawj.tables.errors import SettingsError
from mawj.web.plan import brief
from mawj.web.plan.curve import curve_drawn, stops
from mawj.web.plan.overlap import NET, overlap
from mawj.web.reader import reader

if TYPE_CHECKING:
    from django.http import HttpRequest

    from mawj.crm.members.here import Here

MOST_TEXT = 100_000
NOTHING = ["'none'"]
REPORT_POLICY = {
    "default-src": NOTHING, "script-src": NOTHING, "connect-src": NOTHING,
    "font-src": NOTHING, "form-action": NOTHING, "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"], "frame-ancestors": NOTHING, "sandbox": True,
}  # fmt: skip
"""A report is one page with its style inside it; it may do nothing but be looked at."""


def plans(request: HttpRequest, here: Here) -> HttpResponse:
    """The plans that are made, the newest first."""
    told = {"plans": here.workspace.plans.select_related("job", "made_by")[:100]}
    return render(request, "plan/plans.html", told)


def new(request: HttpRequest, here: Here) -> HttpResponse:
    """A brief: as a form, or as text for all that a brief file can say."""
    language = reader().language
    told: dict[str, Any] = {
        "goals": [(key, say(language, "goals", key)) for key in brief.GOALS],
        "sectors": [(key, sector_name(key, language)) for key in sectors()],
        "form": brief.beginning(timezone.now().date(), here.workspace.currency),
        "text": "", "refused": "", "example": _example(),
    }  # fmt: skip
    if request.method == "POST":
        text = request.POST.get("text", "")[:MOST_TEXT] or brief.as_text(request.POST.dict())
        try:
            made = ask_for_plan(here.workspace, here.user, text)
        except SettingsError as error:
            told |= {"refused": str(error), "form": request.POST.dict(),
                     "text": request.POST.get("text", "")}  # fmt: skip
            return render(request, "plan/new.html", told, status=422)
        return redirect("plan_one", workspace=here.workspace.slug, plan=made.pk)
    again = request.GET.get("from", "")
    if again.isdigit():
        told["text"] = get_object_or_404(SavedPlan, pk=again, workspace=here.workspace).brief
    return render(request, "plan/new.html", told)


def one(request: HttpRequest, here: Here, plan: int) -> HttpResponse:
    """A plan: what it may bring, who is in and why, and what another budget would change."""
    saved = get_object_or_404(SavedPlan, pk=plan, workspace=here.workspace)
    if not saved.is_made:
        return render(request, "plan/waiting.html", {"plan": saved, "job": saved.job})
    told, language = saved.told, reader().language
    shown = {
        "plan": saved, "told": told, "result": told["result"], "currency": told["currency"],
        "answer": say(language, "plan", f"answer_{told['answer']}"),
        "objective": say(language, "plan", f"objective_{told['objective']}")
        if told["objective"] else "",
        "picks": [
            pick | {"why": pick["why"][language], "declined": pick["declined"][language],
                    "what": deliverable_name(pick["deliverable"], language)}
            for pick in told["picks"]
        ],
        "conflicts": told["conflicts"][language],
        "alternatives": told["alternatives"][language],
        "left_out": [one | {"why": one["why"][language]} for one in told["left_out"]],
        "scenarios": [
            s | {"called": say(language, "plan", f"scenario_{s['name']}")}
            for s in told["scenarios"]
        ],
        "dispute": told.get("dispute", {}).get(language, []),
        "ads": [
            ad | {"channel": say(language, "plan", f"channel_{ad['channel']}"),
                  "measure": say(language, "plan", f"measure_{ad['measure']}")}
            for ad in told["ads"] if ad["bought"] is not None
        ],
        "curve": curve_drawn(told), "stops": stops(told), "net": NET,
        "overlap": overlap(told), "second_step": told.get("second_step", {}).get(language, []),
    }  # fmt: skip
    return render(request, "plan/one.html", shown)


def budget(request: HttpRequest, here: Here, plan: int) -> HttpResponse:
    """What another budget would bring, and who would come and go: for htmx."""
    saved = get_object_or_404(SavedPlan, pk=plan, workspace=here.workspace)
    found = stops(saved.told) if saved.is_made else []
    place = request.GET.get("stop", "")
    if not found or not place.isdigit() or int(place) >= len(found):
        return HttpResponse(status=404)
    told = {"stop": found[int(place)], "currency": saved.told["currency"], "plan": saved}
    return render(request, "plan/stop.html", told)


@csp_replace(REPORT_POLICY)  # type: ignore[untyped-decorator]
def report(request: HttpRequest, here: Here, plan: int) -> HttpResponse:  # noqa: ARG001
    """The client's report in the reader's language, as a page of its own."""
    return HttpResponse(_report(here, plan).html)


def paper(request: HttpRequest, here: Here, plan: int) -> HttpResponse:  # noqa: ARG001
    """The client's report as PDF."""
    found = _report(here, plan)
    response = HttpResponse(on_paper(found.html, found.language), "application/pdf")
    sent_as = content_disposition_header(as_attachment=True, filename=f"{found.plan.name}.pdf")
    response["Content-Disposition"] = sent_as or "attachment"
    return response


@require_POST
def drop(request: HttpRequest, here: Here, plan: int) -> HttpResponse:  # noqa: ARG001
    """Let go of a plan."""
    drop_plan(get_object_or_404(SavedPlan, pk=plan, workspace=here.workspace), here.user)
    return redirect("plan", workspace=here.workspace.slug)


def _report(here: Here, plan: int) -> PlanReport:
    found = PlanReport.objects.select_related("plan")
    return get_object_or_404(
        found, plan=plan, plan__workspace=here.workspace, language=reader().language
    )


def _example() -> str:
    name = f"{reader().language}.toml"
    return (resources.files("mawj.flow") / "brief_templates" / name).read_text("utf-8")
