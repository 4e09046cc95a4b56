"""Earned media value by several published methods side by side, each sum line by line.

None of them measures anything: each says what it would have cost to buy the same numbers, by
somebody's prices. What matters is how far they are apart, so the spread is told with them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.tables.derived_plan_cost import EMV, EMV_LINES
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_ITEMS = 100_000
"""Pieces of content valued at once; a model function is bounded."""

FORMS = {
    "video": ("video", "short_video", "live"),
    "static": ("photo", "carousel", "text", "link", "article"),
    "story": ("story",),
}
"""How forms of post fall under the forms that methods tell apart."""

QUALITY = (0.8, 1.2)
"""Keepface keeps its multiplier within 20 % of 1; how it is made is not published."""

_ENGAGEMENTS = ("likes", "comments", "reposts", "saves")


@dataclass(frozen=True)
class Prices:
    """Figures that some methods need and do not publish, in US dollars; None where not known.

    Attributes:
        cpm: what creators ask for a thousand views or impressions.
        ad_cpm: what a thousand impressions cost in advertising, for the audience's country.
        cpc: what a click costs in advertising.
        cpe: what an engagement costs.
        quality: Keepface's multiplier, held between 0.8 and 1.2.
        sources: whose figures these are, by name of the field.
    """

    cpm: float | None = None
    ad_cpm: float | None = None
    cpc: float | None = None
    cpe: float | None = None
    quality: float = 1.0
    sources: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Spread:
    """How far the methods are apart on one piece of content.

    Attributes:
        item_id: the content.
        n_methods: methods that give a value.
        least, most: the smallest and the greatest value, in US dollars.
        least_by, most_by: whose they are.
        times: most / least; None where the least is 0.
    """

    item_id: str
    n_methods: int
    least: float
    most: float
    least_by: str
    most_by: str
    times: float | None


@cache
def emv_methods() -> tuple[Mapping[str, Any], ...]:
    """Every method of `emv_methods.toml`, in its order."""
    text = (resources.files(__package__) / "emv_methods.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["method"])


def emv_lines(content: pa.Table, prices: Prices) -> pa.Table:
    """One term of one method's sum for one piece of content.

    Reads:
        content: item_id, platform, kind, views, impressions, reached, likes, comments, reposts,
            saves, clicks, followers; NULL for what is not known.

    Returns:
        The declared columns. A method has no line for content that it does not speak of.

    Nulls:
        A count that is hidden makes its line's value NULL; it is never taken for 0.

    Raises:
        ActionRefused: for more than `MOST_ITEMS` pieces at once.

    Source:
        `emv_methods.toml`: publishers, addresses and dates.
    """
    if content.num_rows > MOST_ITEMS:
        raise ActionRefused(
            f"{content.num_rows} pieces of content: at most {MOST_ITEMS} at once"
        )
    made = [
        row
        for item in content.to_pylist()
        for method in emv_methods()
        for row in _lines(method, _counts(item), prices)
    ]
    return pa.Table.from_pylist(made, EMV_LINES.schema)


def emv(emv_lines: pa.Table) -> pa.Table:
    """What one method calls one piece of content worth: the sum of its lines.

    Reads:
        emv_lines: the lines.

    Returns:
        The declared columns. A sum that lacks an extra line (a click value that the publisher
        keeps to itself) is told without it, and `missing` says so; where a line that the method
        rests on is not known there is no value.
    """
    methods = {method["name"]: method for method in emv_methods()}
    sums: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in emv_lines.to_pylist():
        sums.setdefault((row["item_id"], row["method"]), []).append(row)
    made = [_sum(item_id, methods[name], rows) for (item_id, name), rows in sums.items()]
    return pa.Table.from_pylist(made, EMV.schema)


def emv_spreads(emv: pa.Table) -> list[Spread]:
    """How far the methods are apart: one for each piece of content that two or more value."""
    by_item: dict[str, list[tuple[float, str]]] = {}
    for row in emv.to_pylist():
        if row["emv"] is not None:
            by_item.setdefault(row["item_id"], []).append((row["emv"], row["method"]))
    return [
        Spread(
            item_id, len(told), min(told)[0], max(told)[0], min(told)[1], max(told)[1],
            max(told)[0] / min(told)[0] if min(told)[0] > 0 else None,
        )
        for item_id, told in by_item.items()
        if len(told) > 1
    ]  # fmt: skip


def _counts(item: Mapping[str, Any]) -> dict[str, Any]:
    known = [float(item[name]) for name in _ENGAGEMENTS if item.get(name) is not None]
    # Likes are the bulk: without them a sum of the rest would pass for all engagements.
    engagements = sum(known) if item.get("likes") is not None else None
    form = next((form for form, kinds in FORMS.items() if item["kind"] in kinds), "static")
    return {"engagements": engagements, **item, "form": form}


def _lines(
    method: Mapping[str, Any], item: Mapping[str, Any], prices: Prices
) -> list[dict[str, Any]]:
    if item["platform"] not in method.get("platforms", [item["platform"]]):
        return []
    made: list[dict[str, Any]] = []
    met: dict[str, int] = {}
    for line in method["lines"]:
        if item["form"] not in line.get("when", FORMS) or not _speaks(line, item):
            continue
        row = _line(method, line, item, prices)
        group = line.get("any", "")
        if group in met:
            # Another way to the same term: it stands in only for a count that is not known.
            if made[met[group]]["quantity"] is None and row["quantity"] is not None:
                made[met[group]] = row
            continue
        if group:
            met[group] = len(made)
        made.append(row)
    # Extras alone are no value by this method.
    return [*made, *_held(method, made)] if any(_is_base(method, row) for row in made) else []


def _speaks(line: Mapping[str, Any], item: Mapping[str, Any]) -> bool:
    each = line["each"]
    return not isinstance(each, dict) or item["platform"] in each


def _line(
    method: Mapping[str, Any],
    line: Mapping[str, Any],
    item: Mapping[str, Any],
    prices: Prices,
) -> dict[str, Any]:
    optional = line.get("optional", ())
    counts: list[Any] = [item.get(name) for name in line["of"] if name not in optional]
    more: list[Any] = [item.get(name) or 0.0 for name in optional]
    quantity = None if None in counts else float(sum(counts) + sum(more))
    each, source = _each(method, line, item, prices)
    if line.get("is_quality_weighed") and each is not None:
        each *= min(max(prices.quality, QUALITY[0]), QUALITY[1])
    value = None if quantity is None or each is None else quantity * each
    return {
        "item_id": item["item_id"], "method": method["name"], "line": line["line"],
        "quantity": quantity, "value_each": each, "value": value,
        "source": source, "dated_on": method["dated_on"], "date_basis": method["date_basis"],
    }  # fmt: skip


def _each(
    method: Mapping[str, Any],
    line: Mapping[str, Any],
    item: Mapping[str, Any],
    prices: Prices,
) -> tuple[float | None, str]:
    each, times = line["each"], line.get("times", 1.0)
    source = method["source"]
    if isinstance(each, str):
        given = getattr(prices, each)
        whose = (prices.sources or {}).get(each, "given")
        return (None if given is None else given * times), f"{source}; {each}: {whose}"
    worth = each[item["platform"]] if isinstance(each, dict) else each
    return worth * times, source


def _is_base(method: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    lines = {line["line"]: line for line in method["lines"]}
    return not lines.get(row["line"], {"is_extra": True}).get("is_extra", False)


def _held(method: Mapping[str, Any], made: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The method's own floor and cap as a line: nothing is cut off in silence."""
    values = [row["value"] for row in made]
    if "least" not in method or None in values:
        return []
    whole = sum(values)
    held = min(max(whole, method["least"]), method["most"])
    if held == whole:
        return []
    base = {"item_id": made[0]["item_id"], "method": method["name"], "source": method["source"],
            "dated_on": method["dated_on"], "date_basis": method["date_basis"]}  # fmt: skip
    name = "held_at_least" if held > whole else "held_at_most"
    return [base | {"line": name, "quantity": None, "value_each": None, "value": held - whole}]


def _sum(
    item_id: str, method: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    unknown = [row for row in rows if row["value"] is None]
    is_known = not any(_is_base(method, row) for row in unknown)
    whole = sum(row["value"] for row in rows if row["value"] is not None) if is_known else None
    band = method.get("band")
    return {
        "item_id": item_id, "method": method["name"], "title": method["title"], "emv": whole,
        "emv_low": whole * (1 - band) if band and whole is not None else None,
        "emv_high": whole * (1 + band) if band and whole is not None else None,
        "missing": ", ".join(_lacking(method, row) for row in unknown) or None,
        "source": method["source"], "dated_on": method["dated_on"],
        "date_basis": method["date_basis"],
    }  # fmt: skip


def _lacking(method: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    if row["quantity"] is None:
        return str(row["line"])
    return next(str(line["each"]) for line in method["lines"] if line["line"] == row["line"])
