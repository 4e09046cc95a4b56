"""Orders in the terminal: whose they are, and by what they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.cli.shown import Heading, say_line, show
from mawj.flow.price_words import money_text
from mawj.flow.sentences import isolated, number, say

if TYPE_CHECKING:
    from mawj.cli.door import Door
    from mawj.flow.credited_orders import Credited, OrderCredit

NAMES = ("account", "n_orders", "revenue", "told_by")


def as_plain(credit: OrderCredit) -> dict[str, Any]:
    """The answer as plain values."""
    counts = {name: getattr(credit, name) for name in ("n_orders", "n_untold", "n_void")}
    return counts | {"credited": [vars(one) for one in credit.credited]}


def show_orders(credit: OrderCredit, door: Door) -> None:
    """A table of accounts with their orders, and what it does not show."""
    if not credit.n_orders and not credit.n_void:
        return
    language = door.language
    say_line()
    say_line(say(language, "orders", "title"), style="bold")
    if credit.credited:
        headings = [
            Heading(name, say(language, "orders", name), name in NAMES[1:3]) for name in NAMES
        ]
        rows = [_row(one, language) for one in credit.credited]
        show("table", headings, rows, language=language)
    else:
        say_line(say(language, "orders", "no_tags"))
    counts = {"n": credit.n_orders, "n_untold": credit.n_untold, "n_void": credit.n_void}
    told = {name: number(value, language, 0) for name, value in counts.items()}
    say_line(say(language, "orders", "note", **told), style="dim")


def _row(one: Credited, language: str) -> dict[str, str]:
    told = [
        say(language, "orders", kind, n=number(n, language, 0))
        for kind, n in one.by_tag.items()
    ]
    return {
        "account": isolated(one.account_id) if one.account_id else (
            say(language, "orders", "several")
        ),
        "n_orders": number(one.n_orders, language, 0),
        "revenue": money_text(one.revenue_minor, one.currency, language),
        "told_by": " · ".join(told),
    }  # fmt: skip
