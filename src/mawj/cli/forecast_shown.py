"""Forecasts, the book and the backtest on a screen or as CSV."""

from __future__ import annotations

from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any

from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow.price_words import major_text
from mawj.flow.sentences import compact, isolated, number, percent, say
from mawj.flow.tiers_answer import group_name
from mawj.plan.asking.deliverables import deliverables
from mawj.plan.asking.occasions import occasions
from mawj.plan.pricing.unit_costs import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mawj.cli.door import Door
    from mawj.flow.backtesting import Backtested
    from mawj.plan.forecasting.forecast_record import PastRecord

Row = dict[str, Any]


def show_forecasts(
    rows: Sequence[Row], record: Mapping[tuple[str, str], PastRecord], door: Door
) -> None:
    """Every forecast with its interval, and how earlier ones turned out."""
    language = door.cells
    if door.form == "csv":
        _csv(rows)
        return
    accounts = list(dict.fromkeys(row["account_id"] for row in rows))
    alone = f": {isolated(accounts[0])}" if len(accounts) == 1 else ""
    say_line(say(language, "forecast", "title") + alone, style="bold")
    level = percent(rows[0]["level"] if rows else 0.8, language, 0)
    names = ("account", "deliverable", "on", "measure")[bool(alone) :]
    headings = [Heading(name, say(language, "forecast", name)) for name in names]
    headings += [
        Heading("forecast", say(language, "forecast", "forecast"), is_number=True),
        Heading("interval", say(language, "forecast", "interval", level=level), is_number=True),
        Heading("basis", say(language, "forecast", "basis")),
        Heading("n_own", say(language, "forecast", "n_own"), is_number=True),
        Heading("n_peers", say(language, "forecast", "n_peers"), is_number=True),
    ]
    show("table", headings, [_forecast(row, language) for row in rows], language=language)
    _show_record(rows, record, language)


def _forecast(row: Row, language: str) -> Row:
    ends = [_count(row[name], language) for name in ("forecast_low", "forecast_high")]
    is_known = row["forecast"] is not None
    return {
        "account": isolated(row["account_id"]), "on": str(row["on"]),
        "deliverable": deliverable_name(row["deliverable"], language),
        "measure": say(language, "forecast", row["measure"]),
        "forecast": _count(row["forecast"], language),
        "interval": isolated(" – ".join(ends)) if is_known else "–",
        "basis": say(language, "forecast", row["basis"] or "not_known"),
        "n_own": number(row["n_own"], language, 0),
        "n_peers": number(row["n_peers"], language, 0),
    }  # fmt: skip


def _count(value: float | None, language: str) -> str:
    """A forecast count: short from a thousand on, with a decimal below ten."""
    if value is None or value >= 1000:
        return compact(value, language)
    return number(value, language, 0 if value >= 10 else 1)


def deliverable_name(key: str, language: str) -> str:
    """The name of a deliverable; its key where it has none."""
    known = deliverables().get(key)
    return known.names[language] if known else key


def _show_record(
    rows: Sequence[Row], record: Mapping[tuple[str, str], PastRecord], language: str
) -> None:
    """How kept forecasts of these platforms and measures turned out."""
    asked = dict.fromkeys((row["platform"], row["measure"]) for row in rows)
    known = [(key, record[key]) for key in asked if key in record]
    if not known:
        say_line(say(language, "forecast", "no_record"), style="dim")
    for (platform, measure), one in known:
        told = {
            "platform": isolated(platform), "measure": say(language, "forecast", measure),
            "n": one.n, "error": percent(one.median_error, language, 0),
            "inside": percent(one.inside, language, 0),
        }  # fmt: skip
        say_line(say(language, "forecast", "record_line", **told))


def show_why(lines: Sequence[Row], language: str) -> None:
    """Every part of every forecast, as factors."""
    headings = [
        Heading("part", say(language, "forecast", "part"), is_wide=True),
        Heading("factor", say(language, "forecast", "factor"), is_number=True),
        Heading("weight", say(language, "forecast", "weight"), is_number=True),
        Heading("cases", say(language, "forecast", "cases"), is_number=True),
    ]
    for key, parts in groupby(
        lines, key=lambda row: (row["deliverable"], row["on"], row["measure"])
    ):
        told = {
            "deliverable": deliverable_name(key[0], language), "on": str(key[1]),
            "measure": say(language, "forecast", key[2]),
        }  # fmt: skip
        say_line()
        say_line(say(language, "forecast", "why", **told), style="bold")
        show("table", headings, [_part(row, language) for row in parts], language=language)


def _part(row: Row, language: str) -> Row:
    source = row["source"] or ""
    if row["line"] == "occasion":
        source = say(language, "compared", "between").join(
            occasions()[key].names[language] for key in source.split(", ")
        )
    text = say(
        language, "forecast", f"line_{row['line']}", source=isolated(source),
        width=number(row["width"], language, 2),
    )  # fmt: skip
    return {
        "part": text, "factor": _factor(row["factor"], language),
        "weight": percent(row["weight"], language, 0), "cases": number(row["n"], language, 0),
    }  # fmt: skip


def _factor(value: float, language: str) -> str:
    if value >= 1000:
        return compact(value, language)
    return number(value, language, 2 if value >= 0.1 else 6)


def show_actual_costs(costs: Sequence[Row], door: Door) -> None:
    """What one unit of each paid result came to: a row for a result, a column for a unit."""
    if door.form != "table" or not costs:
        return
    language = door.language
    units = [unit for unit in UNITS if any(row["unit"] == unit for row in costs)]
    rows: dict[tuple[str, ...], Row] = {}
    for row in costs:
        key = (row["account_id"], row["deliverable"], str(row["published_on"]))
        told = rows.setdefault(key, {
            "account": isolated(row["account_id"]), "on": isolated(key[2]),
            "deliverable": deliverable_name(row["deliverable"], language),
        })  # fmt: skip
        told[row["unit"]] = major_text(row["unit_cost"], row["currency"], language)
    names = ("account", "deliverable", "on")
    headings = [Heading(name, say(language, "forecast", name)) for name in names]
    headings += [Heading(u, say(language, "price_units", u), is_number=True) for u in units]
    say_line()
    say_line(say(language, "forecast", "actual_costs"), style="bold")
    show("table", headings, list(rows.values()), language=language)


def show_books(books: Sequence[Row], scored: Sequence[Row], door: Door) -> None:
    """The askings that are kept, with how their forecasts turned out."""
    language = door.cells
    shown = [
        book | _summary([s for s in scored if s["book_id"] == book["book_id"]])
        for book in books
    ]
    if door.form == "json":
        show_json({"books": shown, "scores": list(scored)})
        return
    if door.form == "csv":
        _csv(shown)
        return
    if not books:
        say_line(say(language, "forecast", "none_kept"))
        return
    names = ("book", "made_at", "n_forecasts", "n_scored", "inside", "median_error")
    headings = [Heading(n, say(language, "forecast", n), n not in names[:2]) for n in names]
    show("table", headings, [_book(row, language) for row in shown], language=language)


def _book(row: Row, language: str) -> Row:
    return {
        "book": row["book_id"], "made_at": f"{row['made_at']:%Y-%m-%d %H:%M}",
        "n_forecasts": number(row["n_forecasts"], language, 0),
        "n_scored": number(row["n_scored"], language, 0),
        "inside": percent(row["inside"], language, 0),
        "median_error": percent(row["median_error"], language, 0),
    }  # fmt: skip


def _summary(scored: Sequence[Row]) -> Row:
    errors = [abs(row["forecast"] / row["outcome"] - 1) for row in scored if row["outcome"] > 0]
    inside = [row["is_inside"] for row in scored]
    return {
        "n_scored": len(scored),
        "inside": sum(inside) / len(inside) if inside else None,
        "median_error": median(errors) if errors else None,
    }


def show_scores(kept: Sequence[Row], scored: Sequence[Row], door: Door) -> None:
    """One asking: every forecast as given, beside what came."""
    keys = ("account_id", "deliverable", "on", "measure")
    came = {tuple(row[name] for name in keys): row for row in scored}
    rows = [row | _came(came.get(tuple(row[name] for name in keys))) for row in kept]
    if door.form == "json":
        show_json(rows)
        return
    if door.form == "csv":
        _csv(rows)
        return
    language = door.language
    names = (
        "account",
        "deliverable",
        "on",
        "measure",
        "forecast",
        "interval",
        "outcome",
        "inside",
    )
    level = percent(rows[0]["level"], language, 0)
    headings = [
        Heading(name, say(language, "forecast", name, level=level), name in names[4:7])
        for name in names
    ]
    marks = {True: "✓", False: "✗", None: "–"}
    shown = [
        _forecast(row, language)
        | {"outcome": _count(row["outcome"], language), "inside": marks[row["is_inside"]]}
        for row in rows
    ]
    show("table", headings, shown, language=language)


def _came(score: Row | None) -> Row:
    names = ("published_on", "outcome", "error", "is_inside")
    return {name: score[name] if score else None for name in names}


def show_backtest(made: Backtested, door: Door) -> None:
    """Error, coverage and width by platform and tier, beside two naive ways."""
    rows = made.rows.to_pylist()
    if door.form == "csv":
        _csv(rows)
        return
    language = door.language
    say_line(say(language, "forecast", "backtest_title"), style="bold")
    level = percent(0.8, language, 0)
    names = ("platform", "tier", "measure", "n", "mawj", "last", "median", "mean_error",
             "coverage", "width")  # fmt: skip
    headings = [
        Heading(name, say(language, "forecast", name, level=level), name in names[3:])
        for name in names
    ]
    key = ("platform", "tier", "measure")
    ordered = sorted(rows, key=lambda row: (row["platform"], row["measure"], row["tier"]))
    shown = [
        _backtest(list(ways), language)
        for _, ways in groupby(ordered, key=lambda row: tuple(row[name] for name in key))
    ]
    show("table", headings, shown, language=language)
    told = {
        "n_posts": number(made.n_posts, language, 0),
        "n_accounts": number(made.n_accounts, language, 0),
        "most": number(made.most_accounts, language, 0),
    }
    say_line(say(language, "forecast", "backtest_note", **told), style="dim")


def _backtest(ways: list[Row], language: str) -> Row:
    by_way = {row["way"]: row for row in ways}
    ours = by_way["mawj"]
    return {
        "platform": ours["platform"],
        "tier": group_name(ours["tier"], language)
        if ours["tier"]
        else say(language, "forecast", "all"),
        "measure": say(language, "forecast", ours["measure"]),
        "n": number(ours["n"], language, 0),
        **{way: percent(row["median_error"], language, 1) for way, row in by_way.items()},
        "mean_error": percent(ours["mean_error"], language, 0),
        "coverage": percent(ours["coverage"], language, 1),
        "width": number(ours["width"], language, 1),
    }


def _tier(tier: str, language: str) -> str:
    return group_name(tier, language) if tier else say(language, "forecast", "all")


def _csv(rows: Sequence[Row]) -> None:
    names = list(rows[0]) if rows else []
    plain = [{name: "" if row[name] is None else row[name] for name in names} for row in rows]
    show("csv", [Heading(name, name) for name in names], plain, language="en")
