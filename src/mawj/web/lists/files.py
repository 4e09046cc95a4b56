"""Lists out as files, and files of handles or links in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mawj.crm.creators import list_files
from mawj.crm.creators.models import CreatorList, ListFile
from mawj.flow.list_file import Columns, list_seen
from mawj.flow.named import names_of
from mawj.tables.errors import SourceError
from mawj.tables.observed import PLATFORMS
from mawj.web.csv_answers import csv_answer
from mawj.web.templatetags.mawj import named
from mawj.web.wording import said
from mawj.web.xlsx_answers import xlsx_answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here
    from mawj.flow.list_file import ListSeen

COLUMNS = ("account", "name", "stage", "tags", "owner", "remind_on", "added_on", "notes")
SHOWN = 50
"""Rows left out that a page shows; the rest comes as a file."""


def export(request: HttpRequest, here: Here, found: int) -> HttpResponse:  # noqa: ARG001
    """A list as CSV, with its notes, headings in the reader's language."""
    shown = _list(here, found)
    return csv_answer(f"{shown.name}.csv", _headings(), _rows(shown))  # type: ignore[return-value]


def export_sheet(request: HttpRequest, here: Here, found: int) -> HttpResponse:  # noqa: ARG001
    """The same as XLSX."""
    shown = _list(here, found)
    return xlsx_answer(f"{shown.name}.xlsx", _headings(), _rows(shown))


@require_POST
def bring(request: HttpRequest, here: Here, found: int) -> HttpResponse:
    """Keep a file that was dropped on a list; it is looked at next."""
    shown = _list(here, found)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, said("start.no_file"))
        return redirect("lists_one", workspace=here.workspace.slug, found=found)
    kept = list_files.keep_list_file(shown, here.user, file)
    return redirect("lists_file", workspace=here.workspace.slug, found=found, file=kept.pk)


def file(request: HttpRequest, here: Here, found: int, file: int) -> HttpResponse:
    """What a file would put on its list, or did; POST takes it in."""
    shown = _file(here, found, file)
    told: dict[str, Any] = {"file": shown, "list": shown.list, "platforms": PLATFORMS}
    if shown.upload is None:
        told["left_out"] = shown.left_out.all()[:SHOWN]
        told["n_left_out"] = shown.left_out.count()
        return render(request, "lists/file.html", told)
    query = request.POST if request.method == "POST" else request.GET
    try:
        seen = list_seen(here.lake, shown.upload.path, shown.name, _said(query))
    except SourceError as error:
        return render(request, "lists/file.html", told | {"refused": str(error)})
    if request.method == "POST":
        names = names_of(here.lake, list(seen.found))
        n = list_files.take_in(shown, here.user, seen, names)
        messages.success(request, said("lists.added", n=n, name=shown.list.name))
        return redirect("lists_file", workspace=here.workspace.slug, found=found, file=file)
    return render(request, "lists/file.html", told | _shown(seen))


@require_POST
def drop(request: HttpRequest, here: Here, found: int, file: int) -> HttpResponse:  # noqa: ARG001
    """Throw a file away."""
    list_files.drop_list_file(_file(here, found, file), here.user)
    return redirect("lists_one", workspace=here.workspace.slug, found=found)


def left_out(request: HttpRequest, here: Here, found: int, file: int) -> HttpResponse:  # noqa: ARG001
    """The rows of a file that named no account or several, as they came, with the reason."""
    shown = _file(here, found, file)
    headings = [*(said(f"lists.{key}") for key in ("row", "reason", "fits")), *shown.headings]
    rows = (
        (one.row, said(f"lists.left_{one.reason}"), ", ".join(one.accounts), *one.cells)
        for one in shown.left_out.all()
    )
    return csv_answer(f"left-out-{shown.pk}.csv", headings, rows)  # type: ignore[return-value]


def _shown(seen: ListSeen) -> dict[str, Any]:
    columns = zip(seen.headings, seen.samples, strict=True)
    return {
        "seen": seen, "left_out": seen.left_out[:SHOWN], "n_left_out": len(seen.left_out),
        "columns": [(at, heading, cells) for at, (heading, cells) in enumerate(columns)],
    }  # fmt: skip


def _said(query: Mapping[str, str]) -> Columns | None:
    """The columns that an address or a form says: numbers, or a platform's name."""
    account, where = query.get("account", ""), query.get("platform", "")
    if not _is_place(account):
        return None
    place = int(where) if _is_place(where) else None
    return Columns(int(account), place, "" if place is not None else where)


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6


def _headings() -> list[str]:
    return [said(f"lists.{key}") for key in COLUMNS]


def _rows(shown: CreatorList) -> Iterator[tuple[Any, ...]]:
    for e in shown.entries.select_related("owner").prefetch_related("notes"):
        yield (
            e.account_id, e.name, named(e.stage, "lists"), ", ".join(e.tags), e.owner or "",
            e.remind_on or "", e.added_at.date(), "\n".join(n.text for n in e.notes.all()),
        )  # fmt: skip


def _list(here: Here, key: int) -> CreatorList:
    return get_object_or_404(CreatorList, pk=key, workspace=here.workspace)


def _file(here: Here, found: int, key: int) -> ListFile:
    files = ListFile.objects.select_related("list", "list__workspace", "upload")
    return get_object_or_404(files, pk=key, list=found, list__workspace=here.workspace)
