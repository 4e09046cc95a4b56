"""A creator gives their own figures by their link, and withdraws them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from mawj.crm.replies.actions import open_link
from mawj.crm.replies.insights import give_insights, given_by, withdraw_insights
from mawj.flow.own_figures import COUNTS, Figures, figures_of_file, figures_typed
from mawj.tables.errors import ActionRefused
from mawj.web.reader import reader
from mawj.web.wording import said

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, HttpResponse

    from mawj.crm.replies.models import ReplyLink

MOST_MB = 2
"""A file of insights is small; a stranger's link takes no more (our judgement)."""


@require_POST
def give(request: HttpRequest, secret: str) -> HttpResponse:
    """Give figures with consent, or withdraw them."""
    link = open_link(secret, timezone.now())
    if link is None:
        raise Http404
    if request.POST.get("do") == "withdraw":
        withdraw_insights(link, _number(request.POST.get("insights", "")))
        messages.success(request, said("insights.withdrawn"))
        return redirect("reply", secret=secret)
    figures = figures_typed(request.POST.dict(), request.POST.get("audience", "")[:20_000])
    brought: Any = request.FILES.get("file")
    if brought is not None:
        _add(figures, _read(brought))
    give_insights(
        link, figures, language=reader().language,
        has_consented=request.POST.get("consent") == "yes",
    )  # fmt: skip
    messages.success(request, said("insights.thanks"))
    if figures.faults:
        faults = "; ".join(figures.faults[:3])
        messages.warning(request, said("insights.not_read", faults=faults))
    return redirect("reply", secret=secret)


def shown(link: ReplyLink) -> dict[str, Any]:
    """What the part of the private page shows."""
    return {"count_names": COUNTS, "given": given_by(link.workspace, link.account_id)}


def _read(brought: UploadedFile[Any]) -> Figures:
    if (brought.size or 0) > MOST_MB * 2**20:
        raise ActionRefused(said("insights.too_large", mb=MOST_MB))
    with TemporaryDirectory(prefix="mawj-insights-") as folder:
        path = Path(folder) / "insights"
        path.write_bytes(brought.read())
        return figures_of_file(path, brought.name or "file")


def _add(figures: Figures, more: Figures) -> None:
    """What was typed goes before what the file says."""
    figures.counts = more.counts | figures.counts
    named = {(dimension, value) for dimension, value, _ in figures.audience}
    figures.audience += [one for one in more.audience if (one[0], one[1]) not in named]
    figures.faults += more.faults


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0
