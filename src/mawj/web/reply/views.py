"""What a scored person sees by their link, and what the team sees of replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from mawj.crm.replies import actions
from mawj.crm.replies.models import Reply, ReplyLink
from mawj.flow import creator as creators
from mawj.flow.accounts import account_id_of
from mawj.flow.sentences import name_of, sentence
from mawj.flow.shared_lakes import lake_at
from mawj.flow.vet_kept import kept_report, latest_vetting_of
from mawj.flow.why import why
from mawj.tables.errors import NotFound, RunNotFound
from mawj.web import drawings
from mawj.web.reader import reader
from mawj.web.reply import own_figures
from mawj.web.vet.shown import shown_account
from mawj.web.wording import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here
    from mawj.lake.lake import Lake


def own(request: HttpRequest, secret: str) -> HttpResponse:
    """Their own ledger: scores, reasons, evidence and sources; POST replies."""
    link = actions.open_link(secret, timezone.now())
    if link is None:
        raise Http404
    if request.method == "POST":
        told = request.POST
        actions.reply(link, told.get("kind", ""), told.get("about", ""), told.get("text", ""))
        messages.success(request, said("reply.thanks"))
        return redirect("reply", secret=secret)
    response = render(request, "reply/own.html", _ledger(link) | {"secret": secret})
    response.headers["Cache-Control"] = "no-store"
    # Not no-referrer: browsers then send forms from nowhere, and these are refused as forged.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _ledger(link: ReplyLink) -> dict[str, Any]:
    lake, language = lake_at(link.workspace.lake_path), reader().language
    said_before = {"link": link, "replies": _told(lake, link.replies.all())}
    said_before |= own_figures.shown(link)
    try:
        found = why(lake, link.account_id)
    except NotFound:
        # Whoever is erased still reads what was answered.
        return said_before
    vetting_id = latest_vetting_of(lake, link.account_id)
    report = kept_report(lake, vetting_id, link.account_id) if vetting_id else None
    return {
        "why": found, "faces": creators.faces(lake, link.account_id),
        "reasons": [
            (one, bar, name_of(one.finding, language), sentence(one, language))
            for one, bar in zip(found.reasons, drawings.waterfall(found), strict=True)
        ],
        "topics": creators.topics_of(lake, link.account_id, language),
        "hidden": actions.hidden_topics(link.workspace, link.account_id),
        "vetted": shown_account(report.accounts[0]) if report else None,
    } | said_before  # fmt: skip


def _told(lake: Lake, replies: Iterable[Reply]) -> list[tuple[Reply, str]]:
    """Each reply, and what it is about in the reader's words."""
    found, language = list(replies), reader().language
    ids = [one.about for one in found if one.kind == Reply.Kind.HIDE_TOPIC]
    try:
        topics = lake.seek("topics", {"topic_id": ids}) if ids else []
    except RunNotFound:
        topics = []
    names = {row["topic_id"]: row[f"name_{language}"] for row in topics}
    return [(one, names.get(one.about) or _about(one)) for one in found]


def _about(one: Reply) -> str:
    """The name of the finding that is disputed; as it stands where none is called so."""
    finding, _, about = one.about.partition(":")
    if one.kind != Reply.Kind.DISPUTE or not finding:
        return one.about
    try:
        return name_of(finding, reader().language, about)
    except NotFound:
        return one.about


@require_POST
def link(request: HttpRequest, here: Here, account: str) -> HttpResponse:
    """A link for one creator, shown once to whoever sends it."""
    known = account_id_of(here.lake, account)
    _, secret = actions.make_link(here.workspace, here.user, known)
    address = request.build_absolute_uri(reverse("reply", args=[secret]))
    request.session["reply_link"] = {"account": known, "text": address}
    return redirect("replies", workspace=here.workspace.slug)


def replies(request: HttpRequest, here: Here) -> HttpResponse:
    """What was replied, the unanswered first."""
    found = Reply.objects.filter(link__workspace=here.workspace).select_related("link")
    told = {
        "open": _told(here.lake, found.filter(state=Reply.State.OPEN)),
        "answered": _told(here.lake, found.exclude(state=Reply.State.OPEN)[:50]),
        "shown_once": request.session.pop("reply_link", None),
    }
    return render(request, "reply/replies.html", told)


@require_POST
def answer(request: HttpRequest, here: Here, reply: int) -> HttpResponse:
    """Answer a reply."""
    found = get_object_or_404(Reply, pk=reply, link__workspace=here.workspace)
    is_accepted = request.POST.get("do") == "accept"
    actions.answer(found, here.user, request.POST.get("text", ""), is_accepted=is_accepted)
    return redirect("replies", workspace=here.workspace.slug)
