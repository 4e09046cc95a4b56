"""Media values and pay-gap audits on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.cli.shown import Heading, say_line, show, show_json
from mawj.flow.price_words import count_text, dated_text, missing_text, source_text
from mawj.flow.sentences import isolated, number, percent, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mawj.cli.door import Door
    from mawj.flow.pay_audits import AuditAsked
    from mawj.flow.valued import Valued
    from mawj.plan.pricing.pay_gap import PayAudit


def show_emv(valued: Valued, door: Door) -> None:
    """What methods call each piece worth, and how far they are apart."""
    if door.form == "json":
        show_json({"lines": valued.lines.to_pylist(), "values": valued.values.to_pylist(),
                   "spreads": valued.spreads})  # fmt: skip
    elif door.form == "csv":
        names = valued.lines.schema.names
        show("csv", [Heading(name, name) for name in names], valued.lines.to_pylist(),
             language="en")  # fmt: skip
    else:
        for item in dict.fromkeys(valued.values["item_id"].to_pylist()):
            show_worth(valued, str(item), door.language)


def show_worth(valued: Valued, item: str, language: str, called: str = "") -> None:
    """One piece of content by every method that speaks of it.

    `called` is what a reader knows it by; a published post is known by its id.
    """
    lines = [row for row in valued.lines.to_pylist() if row["item_id"] == item]
    rows = []
    for value in (row for row in valued.values.to_pylist() if row["item_id"] == item):
        mine = [row for row in lines if row["method"] == value["method"]]
        rows.append({
            "method": isolated(value["title"]), "value": number(value["emv"], language, 0),
            "line": " + ".join(_term(row, language) for row in mine),
            "missing": missing_text(value["missing"], language),
            "source": dated_text(source_text(value["source"], language), value, language),
        })  # fmt: skip
    if not rows:
        return
    say_line()
    called = called or say(language, "emv", "of_post", post=isolated(item))
    say_line(say(language, "emv", "title", item=called), style="bold")
    headings = [
        Heading("method", say(language, "emv", "method")),
        Heading("value", say(language, "emv", "value"), is_number=True),
        Heading("line", say(language, "emv", "line"), is_wide=True),
        Heading("missing", say(language, "emv", "missing"), is_wide=True),
        Heading("source", say(language, "price", "source"), is_wide=True),
    ]
    show("table", headings, rows, language=language)
    for spread in (one for one in valued.spreads if one.item_id == item):
        say_line(say(
            language, "emv", "spread", times=number(spread.times, language),
            most=isolated(spread.most_by), least=isolated(spread.least_by),
        ))  # fmt: skip
    say_line(say(language, "emv", "note"), style="dim")


def _term(row: Mapping[str, Any], language: str) -> str:
    name = say(language, "emv_lines", row["line"])
    if row["line"].startswith("held_"):
        return f"{name} ({number(row['value'], language, 0)})"
    each = number(row["value_each"], language, 5)
    return f"{name} {isolated(count_text(row['quantity'], language))} × {isolated(each)}"


def show_audit(audit: PayAudit, asked: AuditAsked, door: Door) -> None:
    """Each group beside the largest one."""
    if door.form == "json":
        show_json(audit)
        return
    language = door.cells
    if door.form == "table":
        say_line(say(language, "pay_gap", "title"), style="bold")
        which = "of_suggestions" if asked.of_suggestions else "of_fees"
        say_line(say(language, "pay_gap", which, currency=asked.currency,
                     n=number(audit.n_rows, language, 0),
                     left_out=number(audit.n_left_out, language, 0)))  # fmt: skip
        comma = ", " if language == "en" else "، "
        held = comma.join(say(language, "pay_gap", one) for one in audit.held_equal)
        say_line(say(language, "pay_gap", "held", held=held))
    rows = [
        {
            "group": one.group, "against": one.reference,
            "n": f"{number(one.n, language, 0)} / {number(one.n_reference, language, 0)}",
            "raw": percent(one.raw_gap, language), "gap": percent(one.gap, language),
            "interval": isolated(
                f"{percent(one.gap_low, language)} … {percent(one.gap_high, language)}"
            ) if one.gap is not None else "–",
            "p": number(one.p, language, 4),
            "verdict": say(language, "pay_gap", one.verdict),
        }
        for one in audit.gaps
    ]  # fmt: skip
    keys = ("group", "against", "n", "raw", "gap", "interval", "p", "verdict")
    headings = [
        Heading(key, say(language, "pay_gap", key), key not in ("group", "against", "verdict"))
        for key in keys
    ]
    show(door.form, headings, rows, language=language)
    if door.form == "table":
        say_line(say(language, "pay_gap", "meaning"), style="dim")
