"""Writing a brand down, as a form or as text, with what is wrong said beside it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mawj.crm.brands.actions import drop_brand, understood, write_brand
from mawj.crm.brands.models import Brand
from mawj.flow.brand_check import claims_held
from mawj.flow.brand_file import as_text, brand_slips, told_in
from mawj.tables.errors import SettingsError
from mawj.web.brand import form, shown
from mawj.web.brand.form import BrandForm
from mawj.web.reader import reader
from mawj.web.wording import said

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here

MOST_TEXT = 200_000


def brand(request: HttpRequest, here: Here, brand: int = 0) -> HttpResponse:
    """All brands, and one of them (or a new one) as a form and as text."""
    found = get_object_or_404(Brand, pk=brand, workspace=here.workspace) if brand else None
    if request.method != "POST":
        return _page(request, here, found, form.with_room(_form_of(found)))
    if "text" in request.POST:
        return _kept_text(request, here, found)
    sent = form.posted(request.POST)
    add, remove = request.POST.get("add", ""), request.POST.get("remove", "")
    if add or remove:
        return _page(request, here, found, form.changed(sent, add=add, remove=remove))
    return _kept_form(request, here, found, form.without_empty(sent))


@require_POST
def drop(request: HttpRequest, here: Here, brand: int) -> HttpResponse:  # noqa: ARG001
    """Let go of a brand."""
    drop_brand(get_object_or_404(Brand, pk=brand, workspace=here.workspace), here.user)
    return redirect("brand", workspace=here.workspace.slug)


def _kept_text(request: HttpRequest, here: Here, found: Brand | None) -> HttpResponse:
    text = request.POST["text"][:MOST_TEXT]
    try:
        return _kept(request, here, write_brand(here.workspace, here.user, text, found))
    except SettingsError as error:
        as_it_was = form.with_room(_form_of(found))
        return _page(request, here, found, as_it_was, TextSent(text, str(error)))


def _kept_form(
    request: HttpRequest, here: Here, found: Brand | None, sent: BrandForm
) -> HttpResponse:
    told = form.as_told(sent)
    if slips := brand_slips(told):
        return _page(request, here, found, form.with_room(form.with_slips(sent, slips)))
    # Notes of the text live as long as the form changes nothing.
    is_same = found is not None and told == form.as_told(_form_of(found))
    text = found.text if found is not None and is_same else as_text(told)
    return _kept(request, here, write_brand(here.workspace, here.user, text, found))


def _kept(request: HttpRequest, here: Here, kept: Brand) -> HttpResponse:
    messages.success(request, said("brand.kept", name=kept.name))
    return redirect("brand_one", workspace=here.workspace.slug, brand=kept.pk)


def _form_of(found: Brand | None) -> BrandForm:
    if found is None:
        return BrandForm()
    return form.filled(told_in(found.text, found.name), reader().language)


@dataclass(frozen=True)
class TextSent:
    """Text that was not kept, and why."""

    text: str = ""
    refused: str = ""


def _page(
    request: HttpRequest, here: Here, found: Brand | None, filled: BrandForm,
    sent: TextSent = TextSent(),
) -> HttpResponse:  # fmt: skip
    """The page with the form as it stands; 422 where something in it or the text is wrong."""
    told: dict[str, Any] = {
        "brands": here.workspace.brands.all(), "brand": found, "refused": sent.refused,
        "text": sent.text or (found.text if found else _beginning()), "form": filled,
        "once": shown.once(filled), "groups": list(shown.groups(filled)),
        "known_facts": shown.known_facts(), "most_rows": form.MOST_ROWS,
    }  # fmt: skip
    if found:
        read = understood(found.text)
        told["strange_values"] = read.strange_values
        told["held"] = list(claims_held(read, reader().language, as_of=timezone.now()))
    status = 422 if sent.refused or filled.wrong else 200
    return render(request, "brand/brand.html", told, status=status)


def _beginning() -> str:
    """The commented example in the reader's language that a new brand begins with."""
    name = f"{reader().language}.toml"
    return (resources.files("mawj.flow") / "brand_templates" / name).read_text("utf-8")
