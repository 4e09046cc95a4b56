"""Writing a brand down, with what is wrong said beside it."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mawj.crm.brands.actions import drop_brand, understood, write_brand
from mawj.crm.brands.models import Brand
from mawj.tables.errors import SettingsError
from mawj.web.reader import reader
from mawj.web.wording import said

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here

MOST_TEXT = 200_000


def brand(request: HttpRequest, here: Here, brand: int = 0) -> HttpResponse:
    """All brands, and one of them (or a new one) as text."""
    found = get_object_or_404(Brand, pk=brand, workspace=here.workspace) if brand else None
    text = request.POST.get("text", "")[:MOST_TEXT] if request.method == "POST" else ""
    told: dict[str, Any] = {
        "brands": here.workspace.brands.all(), "brand": found, "refused": "",
        "text": text or (found.text if found else _beginning()), "read": None,
    }  # fmt: skip
    if request.method == "POST":
        try:
            kept = write_brand(here.workspace, here.user, text, found)
        except SettingsError as error:
            told["refused"] = str(error)
            return render(request, "brand/brand.html", told, status=422)
        messages.success(request, said("brand.kept", name=kept.name))
        return redirect("brand_one", workspace=here.workspace.slug, brand=kept.pk)
    if found:
        told["read"] = understood(found.text)
    return render(request, "brand/brand.html", told)


@require_POST
def drop(request: HttpRequest, here: Here, brand: int) -> HttpResponse:  # noqa: ARG001
    """Let go of a brand."""
    drop_brand(get_object_or_404(Brand, pk=brand, workspace=here.workspace), here.user)
    return redirect("brand", workspace=here.workspace.slug)


def _beginning() -> str:
    """The commented example in the reader's language that a new brand begins with."""
    name = f"{reader().language}.toml"
    return (resources.files("mawj.flow") / "brand_templates" / name).read_text("utf-8")
