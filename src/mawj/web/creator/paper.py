"""The whole page of a creator as PDF: all that the reader may see on it, nothing folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header

from mawj.crm.replies.actions import hidden_topics
from mawj.flow.freshness_seen import most_overdue, seen_of_each
from mawj.flow.why import why
from mawj.reports.pages import page_file
from mawj.reports.paper import on_paper
from mawj.web.creator import views
from mawj.web.reader import reader

if TYPE_CHECKING:
    from django.http import HttpRequest

    from mawj.crm.members.here import Here

COUNTERS = {("ar", "own"): ", arabic-indic", ("fa", "own"): ", persian"}
"""How CSS calls the digits of a language, where the reader chose its own."""


def whole(request: HttpRequest, here: Here, account: str) -> HttpResponse:
    """The page as a PDF file in the reader's language; on a topic as the page is."""
    page = whole_page(here, account, request.GET.get("topic", "")[:200])
    response = HttpResponse(on_paper(page, reader().language), "application/pdf")
    name = f"{account.replace(':', '-')}-page.pdf"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


def whole_page(here: Here, account: str, topic: str) -> str:
    """The page as HTML that holds all it shows; what it may cost only for whom may see it."""
    sight = here.lake.sight()
    found = why(sight, account, topic)
    own = found.account_id
    told = {
        **views.who(sight, found),
        **views.moved(sight, found, hidden_topics(here.workspace, own)),
        **views.drawn(here.lake, own),
        **views.last_vetted(here.lake, own),
    }
    faces = told["faces"]
    seen = seen_of_each(sight, [face.account_id for face in faces], timezone.now())
    told["sources"] = [
        (face, most_overdue(seen.get(face.account_id, ())) is not None) for face in faces
    ]
    if here.may_see_prices:
        told["priced"] = views.priced(here, own)
    told |= {
        "reader": reader(), "made_at": timezone.now(), "workspace": here.workspace,
        "style": "".join(page_file(f"{name}.css") for name in ("report", "vetting"))
        + _page_numbers(),
    }  # fmt: skip
    return render_to_string("creator/paper.html", told)


def _page_numbers() -> str:
    digits = COUNTERS.get((reader().language, reader().digits), "")
    count = f"counter(page{digits}) ' / ' counter(pages{digits})"
    return f"@page{{@bottom-center{{content:{count};font-size:8pt;color:#616e7c}}}}"
