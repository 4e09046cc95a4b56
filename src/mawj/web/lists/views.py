"""Lists, one list, one entry."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mawj.crm.creators import actions
from mawj.crm.creators.models import STAGES, CreatorList, Entry
from mawj.crm.members.models import User
from mawj.crm.watching.actions import watched
from mawj.flow.accounts import account_ids_of
from mawj.flow.named import names_of, scores_of
from mawj.flow.vet_list import listed
from mawj.web.wording import said

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here


def lists(request: HttpRequest, here: Here) -> HttpResponse:
    """All lists; those whose reminder is due."""
    due = actions.due(here.workspace, timezone.now().date())
    told = {
        "lists": here.workspace.lists.annotate(n=Count("entries")),
        "due": due[:20] if here.may_change else [],
    }
    return render(request, "lists/lists.html", told)


@require_POST
def start(request: HttpRequest, here: Here) -> HttpResponse:
    """A new list."""
    made = actions.start_list(here.workspace, here.user, request.POST.get("name", ""))
    return redirect("lists_one", workspace=here.workspace.slug, found=made.pk)


def one(request: HttpRequest, here: Here, found: int) -> HttpResponse:
    """One list, by stage."""
    shown = _list(here, found)
    entries = list(shown.entries.select_related("owner"))
    scores = scores_of(here.lake, [entry.account_id for entry in entries])
    told = {
        "list": shown,
        "entries": [(entry, scores.get(entry.account_id, {})) for entry in entries],
        "usual": STAGES,
        "watched": watched(here.workspace, here.user, shown),
        "files": shown.files.annotate(n_left=Count("left_out")) if here.may_change else [],
    }
    return render(request, "lists/one.html", told)


@require_POST
def add(request: HttpRequest, here: Here) -> HttpResponse:
    """Put accounts on a list, by id or pasted in any form; a new list by its name."""
    name, key = request.POST.get("name", ""), request.POST.get("list", "")
    found = (
        _list(here, int(key))
        if key.isdigit()
        else actions.start_list(here.workspace, here.user, name)
    )
    ticked = request.POST.getlist("account")
    asked = [*ticked, *listed(request.POST.get("accounts", ""))]
    ids, unknown = account_ids_of(here.lake, asked, skip_unknown=True)
    n = actions.add_to_list(found, here.user, names_of(here.lake, ids))
    messages.success(request, said("lists.added", n=n, name=found.name))
    if unknown:
        messages.warning(request, said("vet.unknown", accounts=", ".join(unknown[:10])))
    return redirect("lists_one", workspace=here.workspace.slug, found=found.pk)


@require_POST
def stages(request: HttpRequest, here: Here, found: int) -> HttpResponse:
    """The stages of a list, one a line."""
    shown = _list(here, found)
    actions.set_stages(shown, here.user, request.POST.get("stages", "").splitlines())
    return redirect("lists_one", workspace=here.workspace.slug, found=found)


@require_POST
def drop(request: HttpRequest, here: Here, found: int) -> HttpResponse:  # noqa: ARG001
    """Let go of a list."""
    actions.drop_list(_list(here, found), here.user)
    return redirect("lists", workspace=here.workspace.slug)


def entry(request: HttpRequest, here: Here, entry: int) -> HttpResponse:
    """One creator on a list: stage, owner, tags, reminder, notes, history."""
    shown = _entry(here, entry)
    if request.method == "POST":
        actions.change_entry(shown, here.user, **_changed(request, here))
        return redirect("lists_entry", workspace=here.workspace.slug, entry=entry)
    told = {
        "entry": shown, "list": shown.list, "history": actions.history_of(shown)[:50],
        "notes": shown.notes.select_related("by"),
        "members": User.objects.filter(memberships__workspace=here.workspace),
    }  # fmt: skip
    return render(request, "lists/entry.html", told)


@require_POST
def note(request: HttpRequest, here: Here, entry: int) -> HttpResponse:
    """A note on an entry."""
    actions.write_note(_entry(here, entry), here.user, request.POST.get("text", ""))
    return redirect("lists_entry", workspace=here.workspace.slug, entry=entry)


@require_POST
def remove(request: HttpRequest, here: Here, entry: int) -> HttpResponse:  # noqa: ARG001
    """Take an account off its list."""
    shown = _entry(here, entry)
    found = shown.list.pk
    actions.remove_entry(shown, here.user)
    return redirect("lists_one", workspace=here.workspace.slug, found=found)


def _changed(request: HttpRequest, here: Here) -> dict[str, Any]:
    told = request.POST
    owner = told.get("owner", "")
    return {
        "stage": told.get("stage", ""),
        "tags": told.get("tags", "").replace("،", ",").split(","),
        "owner": User.objects.filter(
            memberships__workspace=here.workspace, pk=int(owner)
        ).first() if owner.isdigit() else None,
        "remind_on": _day(told.get("remind_on", "")),
    }  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _list(here: Here, key: int) -> CreatorList:
    return get_object_or_404(CreatorList, pk=key, workspace=here.workspace)


def _entry(here: Here, key: int) -> Entry:
    found = Entry.objects.select_related("list", "list__workspace")
    return get_object_or_404(found, pk=key, list__workspace=here.workspace)
