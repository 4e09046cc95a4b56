"""Which size moves people more, on the loaded data: the answer in the order of the tiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.accounts import Readable, rows
from mawj.flow.sentences import say
from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping


def tier_groups(lake: Readable, scheme: str, measure: str = "") -> list[dict[str, Any]]:
    """Each measure in each group of accounts, all first, then from the smallest tier up.

    Raises:
        NotFound: for an unknown scheme.
    """
    places = _places(lake, scheme)
    found = _of_scheme(lake, "tier_engagement", scheme, measure)
    return sorted(
        found, key=lambda r: (r["measure"], r["kind"], places.get(r["tier"], 0), r["tier"])
    )


def tier_effects(lake: Readable, scheme: str, measure: str = "") -> list[dict[str, Any]]:
    """Each pair of groups held against each other, in the order of the tiers.

    Raises:
        NotFound: for an unknown scheme.
    """
    places = _places(lake, scheme)
    found = _of_scheme(lake, "tier_effects", scheme, measure)
    return sorted(found, key=lambda r: _place_of_pair(r, places))


def group_name(group: str, language: str) -> str:
    """A group in words: a tier, a kind, or a tier and a kind ("macro/celebrity")."""
    parts = [
        say(language, "kinds" if part in KINDS else "tier_names", part)
        for part in group.split("/")
    ]
    return " · ".join(parts)


KINDS = frozenset({"specialist", "celebrity", "both", "neither", "not_assessed"})


def _place_of_pair(row: Mapping[str, Any], places: Mapping[str, int]) -> tuple[Any, ...]:
    tiers = [row[side].partition("/")[0] for side in ("group_l", "group_r")]
    left, right = (places.get(tier, 0) for tier in tiers)
    return (row["measure"], row["contrast"], left, right, row["group_l"], row["group_r"])


def _places(lake: Readable, scheme: str) -> dict[str, int]:
    bounds = rows(lake.read("tier_bounds").select("scheme", "tier", "n_order"))
    places = {row["tier"]: int(row["n_order"]) for row in bounds if row["scheme"] == scheme}
    if not places:
        known = ", ".join(sorted({str(row["scheme"]) for row in bounds}))
        raise NotFound(f"no tier scheme is called {scheme!r}; there are {known}")
    return places


def _of_scheme(lake: Readable, name: str, scheme: str, measure: str) -> list[dict[str, Any]]:
    table = lake.read(name).filter(_.scheme == scheme)
    return rows(table.filter(_.measure == measure) if measure else table)
