"""Two to five creators side by side; and whether small or large moves people more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from mawj.flow import comparing
from mawj.flow.accounts import rows
from mawj.flow.sentences import name_of, say
from mawj.flow.tiers_answer import group_name, tier_effects, tier_groups
from mawj.web.reader import reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here

MOST = 5
MEASURES = (
    ("standing", "followers", "compact"), ("standing", "following", "compact"),
    ("reach", "reach", "compact"), ("growth", "growth_30d_share", "percent"),
    ("cadence", "posts_per_week", "number"),
)  # fmt: skip
SCHEME = "hootsuite"
RATIOS = frozenset({"reach_per_follower"})
"""Measures that are no share."""


def compare(request: HttpRequest, here: Here) -> HttpResponse:
    """The accounts that the address names, reason by reason, with the chance of being ahead.

    Those ticked in a list are sent, and come back as such an address.
    """
    if request.method == "POST":
        ticked = QueryDict(mutable=True)
        ticked.setlist("account", request.POST.getlist("account")[:MOST])
        page = reverse("compare", kwargs={"workspace": here.workspace.slug})
        return redirect(f"{page}?{ticked.urlencode()}")
    said = [one for one in request.GET.getlist("account") if one.strip()][:MOST]
    if len(said) < 2:
        return render(request, "compare/none.html")
    found = comparing.compare(here.lake, said, request.GET.get("topic", ""))
    language, p = reader().language, found.p_first_above_second
    most = max((abs(p) for f in found.findings for p in found.points(f)), default=1.0) or 1.0
    told = {
        "sides": found.sides,
        "rows": [
            (name_of(f, language), [(p, 100 * abs(p) / most) for p in found.points(f)])
            for f in found.findings
        ],
        "measures": [
            (say(language, "measures", "growth" if c == "growth_30d_share" else c), how,
             [(m[t] or {}).get(c) for m in found.measures])
            for t, c, how in MEASURES
        ],
        "p": None if p is None else max(p, 1.0 - p),
        # Whoever is likelier to be ahead is named first: "with 2 %" would say the opposite.
        "ahead": None if p is None else found.sides[:2] if p >= 0.5 else found.sides[1::-1],
    }  # fmt: skip
    return render(request, "compare/compare.html", told)


def tiers(request: HttpRequest, here: Here) -> HttpResponse:
    """What each size moves, with intervals, on the loaded data; by any published scheme."""
    bounds = rows(here.lake.read("tier_bounds").order_by(["scheme", "n_order"]))
    schemes = sorted({str(row["scheme"]) for row in bounds})
    scheme = request.GET.get("scheme", SCHEME)
    scheme = scheme if scheme in schemes else SCHEME
    language = reader().language
    told = {
        "scheme": scheme, "schemes": schemes,
        "measures": _drawn(tier_groups(here.lake, scheme), language),
        "effects": [
            row | {"left": group_name(row["group_l"], language),
                   "right": group_name(row["group_r"], language),
                   "measure_name": say(language, "measures", row["measure"])}
            for row in tier_effects(here.lake, scheme)
        ],
        "bounds": [
            row | {"name": say(language, "tier_names", row["tier"])}
            for row in bounds if row["scheme"] == scheme
        ],
    }  # fmt: skip
    return render(request, "compare/tiers.html", told)


def _drawn(
    groups: Sequence[dict[str, Any]], language: str
) -> list[tuple[str, bool, list[Any]]]:
    """Each measure with its groups, placed on one scale of 0 to 100 for drawing."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in groups:
        if row["median"] is not None:
            found.setdefault(row["measure"], []).append(row)
    drawn = []
    for measure, mine in found.items():
        most = max(row["median_high"] or row["median"] for row in mine) or 1.0
        placed = [
            row
            | {
                "name": _called(row, language), "at": 100 * row["median"] / most,
                "from": 100 * (row["median_low"] or row["median"]) / most,
                "to": 100 * (row["median_high"] or row["median"]) / most,
            }
            for row in mine
        ]  # fmt: skip
        drawn.append((say(language, "measures", measure), measure in RATIOS, placed))
    return drawn


def _called(row: dict[str, Any], language: str) -> str:
    kind = "" if row["kind"] in (None, "", "all") else row["kind"]
    group = "/".join(part for part in (row["tier"], kind) if part)
    return group_name(group, language) if group else say(language, "tiers", "all")
