"""Vetting a list at once: who is asked for, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from mawj.crm.brands.actions import vet_accounts
from mawj.flow.accounts import account_ids_of
from mawj.flow.sentences import say
from mawj.flow.vet_kept import kept_report, kept_vettings
from mawj.flow.vet_list import listed
from mawj.reports.vetting_pdf import vetting_pdf
from mawj.web.reader import reader
from mawj.web.vet.shown import shown_account, shown_score
from mawj.web.wording import said

if TYPE_CHECKING:
    from django.http import HttpRequest

    from mawj.crm.members.here import Here


def vet(request: HttpRequest, here: Here) -> HttpResponse:
    """Whom to vet, against which brand; the vettings that are kept."""
    if request.method == "POST":
        return _asked(request, here)
    told = {
        "kept": kept_vettings(here.lake)[:30], "brands": here.workspace.brands.all(),
        "accounts": request.GET.get("accounts", ""),
    }  # fmt: skip
    return render(request, "vet/vet.html", told)


def _asked(request: HttpRequest, here: Here) -> HttpResponse:
    ids, unknown = account_ids_of(
        here.lake, listed(request.POST.get("accounts", "")), skip_unknown=True
    )
    if unknown:
        messages.warning(request, said("vet.unknown", accounts=", ".join(unknown[:10])))
    if not ids:
        messages.error(request, said("vet.nobody"))
        return redirect("vet", workspace=here.workspace.slug)
    key = request.POST.get("brand", "")
    brand = here.workspace.brands.filter(pk=key).first() if key.isdigit() else None
    job = vet_accounts(here.workspace, here.user, ids, brand=brand)
    return redirect("start_job", workspace=here.workspace.slug, job=job.pk)


def vetting(request: HttpRequest, here: Here, vetting: str) -> HttpResponse:
    """A kept vetting: a table of all, and each account in full below."""
    report = kept_report(here.lake, vetting)
    told = {
        "report": report,
        "score_names": [say(reader().language, "vet", score) for score in report.scores],
        "lines": [
            (line, [shown_score(score) for score in line.scores]) for line in report.lines
        ],
        "accounts": [shown_account(account) for account in report.accounts],
    }
    return render(request, "vet/vetting.html", told)


def paper(request: HttpRequest, here: Here, vetting: str) -> HttpResponse:  # noqa: ARG001
    """The vetting as PDF in the reader's language."""
    response = HttpResponse(
        vetting_pdf(kept_report(here.lake, vetting), reader().language), "application/pdf"
    )
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"vetting-{vetting}.pdf")
        or "attachment"
    )
    return response
