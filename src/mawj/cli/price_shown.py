"""Receipts on a screen, with what stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.cli.worth_shown import show_worth
from mawj.flow.price_words import (
    count_text,
    dated_text,
    day_text,
    deliverable_text,
    how_text,
    line_name,
    major_text,
    market_text,
    missing_text,
    money_text,
    source_text,
)
from mawj.flow.sentences import isolated, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.cli.door import Door
    from mawj.flow.pricing import Priced

_TABLES = ("lines", "prices", "units", "readings", "comparables", "forecasts", "ads")
_ENDS = ("amount_low_minor", "amount_minor", "amount_high_minor")


def show_price(priced: Priced, door: Door) -> None:
    """Every receipt with what stands beside it; CSV gives the lines, JSON all tables."""
    if door.form == "json":
        tables = {name: getattr(priced, name).to_pylist() for name in _TABLES}
        emv = {"lines": priced.emv.lines.to_pylist(), "values": priced.emv.values.to_pylist()}
        told = {"terms": priced.terms, "run_id": priced.run_id, "on": priced.on, "emv": emv}
        show_json(told | tables)
        return
    if door.form == "csv":
        names = priced.lines.schema.names
        show("csv", [Heading(name, name) for name in names], priced.lines.to_pylist(),
             language="en")  # fmt: skip
        return
    for total in priced.prices.to_pylist():
        _one(priced, total, door.language)
    _ads(priced, door.language)


def _one(priced: Priced, total: dict[str, Any], language: str) -> None:
    whose, key, currency = total["account_id"], total["deliverable"], total["currency"]
    title = say(language, "price", "title", **_names(whose, key, language))
    say_line(title, style="bold")
    place = "of_market" if priced.terms.market else "of_world"
    say_line(say(language, "price", place, market=market_text(priced.terms.market, language),
                 on=isolated(priced.on), run_id=isolated(priced.run_id)))  # fmt: skip
    if total["price_minor"] is None:
        missing = missing_text(total["missing"], language)
        say_line(say(language, "price", "not_known", missing=missing))
    else:
        say_line(say(
            language, "price", "price",
            **{name: money_text(total[column], currency, language) for name, column in (
                ("price", "price_minor"), ("low", "price_low_minor"),
                ("high", "price_high_minor"),
            )},
        ))  # fmt: skip
        say_line(say(language, "price", f"basis_{total['basis']}"))
    _receipt(_of(priced.lines, whose, key), total, language)
    _cards(_of(priced.readings, whose, key), language)
    _units(_of(priced.units, whose, key), language)
    _comparables(_of(priced.comparables, whose, key), language)
    called = say(language, "emv", "of_offer", **_names(whose, key, language))
    show_worth(priced.emv, f"{whose} {key}", language, called)


def _names(whose: str, key: str, language: str) -> dict[str, str]:
    return {"name": isolated(whose), "deliverable": deliverable_text(key, language)}


def _of(table: Any, whose: str, key: str) -> list[dict[str, Any]]:
    return [
        row
        for row in table.to_pylist()
        if row["account_id"] == whose and row["deliverable"] == key
    ]


def _receipt(lines: Sequence[dict[str, Any]], total: dict[str, Any], language: str) -> None:
    rows = [
        {
            "line": line_name(row["line"], language),
            **{end: money_text(row[end], row["currency"], language) for end in _ENDS},
            "how": how_text(row, language),
            "source": dated_text(source_text(row["source"], language), row, language),
        }
        for row in lines
    ]
    ends = dict(zip(_ENDS, ("price_low_minor", "price_minor", "price_high_minor"), strict=True))
    rows.append(
        {"line": say(language, "price", "total"), "how": "", "source": ""}
        | {
            end: money_text(total[name], total["currency"], language)
            for end, name in ends.items()
        }
    )
    words = dict(zip(_ENDS, ("low", "amount", "high"), strict=True))
    headings = [
        Heading("line", say(language, "price", "line")),
        *(Heading(end, say(language, "price", word), True) for end, word in words.items()),
        Heading("how", say(language, "price", "how"), is_wide=True),
        Heading("source", say(language, "price", "source"), is_wide=True),
    ]
    show("table", headings, rows, language=language)
    say_line(say(language, "price", "range"), style="dim")


def _cards(readings: Sequence[dict[str, Any]], language: str) -> None:
    rows = [
        {
            "card": isolated(row["title"]),
            **{end: money_text(row[end], row["currency"], language) for end in _ENDS},
            "market": market_text(row["market"], language),
            "dated_on": day_text(row["dated_on"], row["date_basis"], language),
            "note": say(language, "price", "used") if row["is_used"] else missing_text(
                row["why_not"], language
            ),
        }
        for row in readings
    ]  # fmt: skip
    words = dict(zip(_ENDS, ("low", "amount", "high"), strict=True))
    _part("cards", [
        ("card", "card", False), *((end, word, True) for end, word in words.items()),
        ("market", "market", False), ("dated_on", "dated", False), ("note", "not_used", None),
    ], rows, language)  # fmt: skip


def _units(units: Sequence[dict[str, Any]], language: str) -> None:
    ends = {"unit_cost_low": "low", "unit_cost": "cost", "unit_cost_high": "high"}
    rows = [
        {"unit": say(language, "price_units", row["unit"])}
        | {end: major_text(row[end], row["currency"], language) for end in ends}
        for row in units
    ]
    columns = [("unit", "unit", False), *((end, word, True) for end, word in ends.items())]
    _part("units", columns, rows, language)


def _comparables(others: Sequence[dict[str, Any]], language: str) -> None:
    ends = {"price_low_minor": "low", "price_minor": "total", "price_high_minor": "high"}
    rows = [
        {
            "other_id": isolated(row["other_id"]),
            "followers": count_text(row["followers"], language),
            "views": count_text(row["views"], language),
            **{end: money_text(row[end], row["currency"], language) for end in ends},
            "basis": say(language, "price", row["basis"]),
        }
        for row in others
    ]
    _part("comparables", [
        ("other_id", "account", False), ("followers", "followers", True),
        ("views", "views", True), *((end, word, True) for end, word in ends.items()),
        ("basis", "basis", False),
    ], rows, language)  # fmt: skip


def _ads(priced: Priced, language: str) -> None:
    ends = {"bought_low": "low", "bought": "amount", "bought_high": "high"}
    rows = [
        {
            "channel": say(language, "ad_channels", row["channel"]),
            "measure": say(language, "price", row["measure"]),
            **{end: count_text(row[end], language) for end in ends},
            "market": market_text(row["market"], language),
            "source": missing_text(row["missing"], language)
            or dated_text(source_text(row["source"], language), row, language),
        }
        for row in priced.ads.to_pylist()
    ]
    _part("ads", [
        ("channel", "channel", False), ("measure", "measure", False),
        *((end, word, True) for end, word in ends.items()), ("market", "market", False),
        ("source", "source", None),
    ], rows, language)  # fmt: skip


def _part(
    title: str,
    columns: Sequence[tuple[str, str, bool | None]],
    rows: Sequence[dict[str, Any]],
    language: str,
) -> None:
    """A titled table; a column is a number, a text, or (None) a text that may take lines."""
    if rows:
        say_line()
        say_line(say(language, "price", title), style="bold")
        headings = [
            Heading(key, say(language, "price", word), bool(kind), kind is None)
            for key, word, kind in columns
        ]
        show("table", headings, rows, language=language)
