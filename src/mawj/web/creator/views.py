"""The page of a creator: the first answer is quick, slower parts follow by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from mawj.crm.brands.actions import vet_accounts
from mawj.crm.replies.actions import hidden_topics
from mawj.crm.replies.insights import given_by
from mawj.crm.watching.actions import watched
from mawj.flow import creator as creators
from mawj.flow import pricing
from mawj.flow.accounts import account_id_of
from mawj.flow.changes import change_of
from mawj.flow.comparing import measures_of
from mawj.flow.freshness_seen import most_overdue, seen_of
from mawj.flow.price_words import (
    dated_text,
    deliverable_text,
    how_text,
    line_name,
    missing_text,
    source_text,
)
from mawj.flow.remembered import remembered
from mawj.flow.sentences import name_of, sentence
from mawj.flow.settings import settings_in_force
from mawj.flow.vet_kept import kept_report, latest_vetting_of
from mawj.flow.why import why
from mawj.plan.pricing.terms import Terms
from mawj.reports.vetting_pdf import vetting_pdf
from mawj.web import drawings
from mawj.web.kept import kept
from mawj.web.reader import reader
from mawj.web.vet.shown import shown_account

if TYPE_CHECKING:
    from django.http import HttpRequest

    from mawj.crm.members.here import Here
    from mawj.flow.why import Why
    from mawj.lake.lake import Lake
    from mawj.lake.sight import Sight

SHOWN = ("standing", "reach")
"""Measures at the head of the page."""


def creator(request: HttpRequest, here: Here, account: str) -> HttpResponse:
    """Who it is, its influence with the reasons and the posts behind them, its topics."""
    topic = request.GET.get("topic", "")[:200]
    found = remembered(here.lake, ("why", account, topic), lambda at: why(at, account, topic))
    own, hidden = found.account_id, hidden_topics(here.workspace, found.account_id)
    # What is stale changes by the day.
    asked = (own, found.topic_id, hidden, timezone.now().date())
    told = {
        "why": found,
        "who": kept(here, "creator/who.html", asked, lambda at: who(at, found)),
        "moved": kept(here, "creator/moved.html", asked, lambda at: moved(at, found, hidden)),
        "insights": given_by(here.workspace, own),
        "is_any_stale": here.may_change and is_any_stale(here.lake, own),
        "watched": watched(here.workspace, here.user, own),
    }
    return render(request, "creator/creator.html", told)


def is_any_stale(lake: Lake, own: str) -> bool:
    """Whether anything known of the account is stale today."""
    today = timezone.now()
    asked = ("is_any_stale", own, today.date())
    return remembered(lake, asked, lambda at: any(x.is_stale for x in seen_of(at, own, today)))


def who(sight: Sight, found: Why) -> dict[str, Any]:
    """The head of the page: the faces of the person and the first figures."""
    own = found.account_id
    return {
        "why": found, "faces": creators.faces(sight, own),
        "measures": measures_of(sight, own, SHOWN),
        "topic_name": found.topic_names.get(reader().language, ""),
    }  # fmt: skip


def moved(sight: Sight, found: Why, hidden: frozenset[str]) -> dict[str, Any]:
    """The reasons of the score as a waterfall, what changed, and the topics."""
    language, own = reader().language, found.account_id
    change = change_of(sight, own, found.topic_id)
    seen = seen_of(sight, own, timezone.now())
    parts = change.parts[:4] if change else ()
    return {
        "why": found,
        "reasons": [
            (one, bar, name_of(one.finding, language), sentence(one, language))
            for one, bar in zip(found.reasons, drawings.waterfall(found), strict=True)
        ],
        "topics": [
            one
            for one in creators.topics_of(sight, own, language)
            if one.topic_id not in hidden
        ],
        "change": change,
        "change_parts": [(name_of(finding, language), points) for finding, points in parts],
        "seen": seen,
        "is_any_stale": most_overdue(seen) is not None,
    }


def counts(request: HttpRequest, here: Here, account: str) -> HttpResponse:
    """Followers and engagement over time, and the neighbourhood: drawn."""
    return render(request, "creator/counts.html", drawn(here.lake, account))


def drawn(lake: Lake, account: str) -> dict[str, Any]:
    """What `counts` shows: lines over time, and the neighbourhood."""
    own = account_id_of(lake, account)
    around = creators.neighbourhood(lake, own)
    moved, moves_it = drawings.network(around)
    return {
        "followers": drawings.line(creators.followers_over_time(lake, own)),
        "engagements": drawings.line(creators.engagements_over_time(lake, own), from_zero=True),
        "around": around, "moved": moved, "moves_it": moves_it,
        "width": drawings.WIDTH, "height": drawings.HEIGHT,
    }  # fmt: skip


def vetting(request: HttpRequest, here: Here, account: str) -> HttpResponse:
    """The last vetting that was kept of the account, with the evidence."""
    own = account_id_of(here.lake, account)
    told = last_vetted(here.lake, own)
    told["jobs"] = here.workspace.jobs.filter(
        kind="vet", state__in=("waiting", "running"), title=own
    )[:1]
    return render(request, "creator/vetting.html", told)


def last_vetted(lake: Lake, own: str) -> dict[str, Any]:
    """The last vetting kept of the account `own`; neither report nor account where none is."""
    vetting_id = latest_vetting_of(lake, own)
    told: dict[str, Any] = {"account_id": own, "vetting_id": vetting_id}
    if vetting_id:
        report = kept_report(lake, vetting_id, own)
        told |= {"report": report, "vetted": shown_account(report.accounts[0])}
    return told


def vetting_paper(request: HttpRequest, here: Here, account: str) -> HttpResponse:  # noqa: ARG001
    """The last vetting as PDF, in the reader's language."""
    own = account_id_of(here.lake, account)
    report = kept_report(here.lake, latest_vetting_of(here.lake, own), own)
    response = HttpResponse(vetting_pdf(report, reader().language), "application/pdf")
    name = f"{own.replace(':', '-')}.pdf"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


@require_POST
def vet_now(request: HttpRequest, here: Here, account: str) -> HttpResponse:  # noqa: ARG001
    """Ask for a vetting of this one account."""
    own = account_id_of(here.lake, account)
    job = vet_accounts(here.workspace, here.user, [own], brand=None)
    return redirect("start_job", workspace=here.workspace.slug, job=job.pk)


def price(request: HttpRequest, here: Here, account: str) -> HttpResponse:
    """What its usual deliverables may cost, as a receipt with its sources."""
    own = account_id_of(here.lake, account)
    return render(request, "creator/price.html", priced(here, own))


def priced(here: Here, own: str) -> dict[str, Any]:
    """What `price` shows: for each deliverable of the account `own` its sum and its lines."""
    asked = pricing.PriceAsked(
        [own], Terms(currency=here.workspace.currency), timezone.now().date()
    )
    found = pricing.price(here.lake, asked, settings_in_force())
    language = reader().language
    totals = [
        total
        | {
            "name": deliverable_text(total["deliverable"], language),
            "why_not": missing_text(total["missing"], language) if total["missing"] else "",
            "lines": [
                line
                | {"name": line_name(line["line"], language), "how": how_text(line, language),
                   "said_by": dated_text(source_text(line["source"], language), line, language)}
                for line in found.lines.to_pylist()
                if line["deliverable"] == total["deliverable"]
            ],
        }
        for total in found.prices.to_pylist()
    ]  # fmt: skip
    return {"totals": totals, "priced": found}
