"""What results cost, what they are called worth, and what the same money buys elsewhere."""

from __future__ import annotations

from mawj.tables.column import Column, Table
from mawj.tables.derived_plan_price import date_basis

_NOT_KNOWN = "not known; `missing` says why"


def _text(name: str, meaning: str, null_means: str | None = None) -> Column:
    return Column(name, "string", meaning, null_means=null_means)


def _number(name: str, meaning: str, unit: str, null_means: str | None) -> Column:
    return Column(name, "float64", meaning, unit, null_means)


def _dated() -> tuple[Column, ...]:
    return (
        _text("source", "whose figure it is"),
        Column("dated_on", "date", "of when the figure is"),
        date_basis(),
    )


UNIT_COSTS = Table(
    "unit_costs", "what one unit of one deliverable of one account costs", ("account_id", "deliverable", "unit"),
    (
        _text("account_id", "the account"), _text("deliverable", "key of the deliverable"),
        Column("unit", "string", "cpm a thousand views, cpv a view, cpr an account reached, cpe an engagement, cpc a click, cpa a conversion",
               one_of=("cpm", "cpv", "cpr", "cpe", "cpc", "cpa")),
        _text("measure", "what it is of"),
        _number("unit_cost", "cost of one unit", "whole units of the currency", "price or number not known, or the number is 0"),
        _number("unit_cost_low", "its low end", "whole units of the currency", "an end of price or number is not known"),
        _number("unit_cost_high", "its high end", "whole units of the currency", "an end is not known, or the number may be 0"),
        _text("currency", "ISO 4217 code"),
        Column("basis", "string", "a plan's numbers or those that came", one_of=("expected", "actual")),
    ),
    kind="planned",
)  # fmt: skip

EMV_LINES = Table(
    "emv_lines", "one term of one method's sum for one piece of content", ("item_id", "method", "line"),
    (
        _text("item_id", "the piece of content"), _text("method", "name of the method"), _text("line", "what is counted"),
        _number("quantity", "how many, as the method counts them", "of the line", "the count is not known"),
        _number("value_each", "what the method says one is worth", "US dollars", "the method publishes none, and none was given"),
        _number("value", "quantity times value", "US dollars", "not known"),
        *_dated(),
    ),
    kind="planned",
)  # fmt: skip

EMV = Table(
    "emv", "what one method calls one piece of content worth", ("item_id", "method"),
    (
        _text("item_id", "the piece of content"), _text("method", "name of the method"), _text("title", "whose method it is"),
        _number("emv", "sum of its lines, within the method's own limits", "US dollars", _NOT_KNOWN),
        _number("emv_low", "lower end where the method states one", "US dollars", "the method states none"),
        _number("emv_high", "upper end where the method states one", "US dollars", "the method states none"),
        _text("missing", "what the method would need", "it is known"), *_dated(),
    ),
    kind="planned",
)  # fmt: skip

AD_BUYS = Table(
    "ad_buys", "what a budget buys on one advertising platform", ("channel", "market", "measure"),
    (
        _text("channel", "search, meta, tiktok, youtube, x, snapchat or display"),
        _text("market", "the market that the figures are of; empty for the world"),
        Column("measure", "string", "what is bought", one_of=("impressions", "clicks", "conversions")),
        _number("bought", "how many for the budget", "of the measure", _NOT_KNOWN),
        _number("bought_low", "with the dearest published figures", "of the measure", _NOT_KNOWN),
        _number("bought_high", "with the cheapest published figures", "of the measure", _NOT_KNOWN),
        _text("missing", "which figure is not published", "it is known"),
        _text("source", "whose figures they are", "none"), Column("dated_on", "date", "of when the oldest of them is", null_means="none"),
        date_basis("none"),
    ),
    kind="planned",
)  # fmt: skip

PLAN_COST = (UNIT_COSTS, EMV_LINES, EMV, AD_BUYS)
