"""Prices as receipts, what they come to for each result, and what such results are called worth."""

from __future__ import annotations

from mawj.tables.column import Column, Table

LINES = (
    "quoted_fee", "views", "flat_fee", "own_past", "production", "usage_rights", "exclusivity",
    "boosting", "urgency", "cause_discount", "platform_fee", "boost_budget", "tax",
)  # fmt: skip
"""The lines of a receipt in the order in which they stand."""

BASES = ("quote", "past", "rate_card")

RULES = (
    "quoted", "views_times_cpm", "followers_times_rate", "fee_of_post", "shrunk_to_past", "past_alone",
    "agreed_apart", "share_of_fee", "share_of_work", "discount_of_work", "share_of_bill", "passed_on",
)  # fmt: skip
"""How the amount of a line comes about."""

DATE_BASES = ("day", "month", "year", "read")
"""How exact the date of a published figure is; `read`: it bears none, and it is the day of reading."""

_NO_PRICE = "a line is not known; `missing` says which and why"
_NO_LINE = "not known; `missing` says why"


def date_basis(null_means: str | None = None) -> Column:
    """How exact the date beside it is."""
    meaning = "how exact that day is; read: the source bears none, and it is the day of reading"
    return Column("date_basis", "string", meaning, null_means=null_means, one_of=DATE_BASES)


def _account() -> Column:
    return Column("account_id", "string", "the account")


def _deliverable() -> Column:
    return Column("deliverable", "string", "key of the deliverable")


def _currency() -> Column:
    return Column("currency", "string", "ISO 4217 code of the amounts")


def _amounts(name: str, meaning: str, null_means: str | None) -> tuple[Column, ...]:
    unit = "smallest units of the currency"
    return (
        Column(f"{name}_minor", "int64", meaning, unit, null_means),
        Column(
            f"{name}_low_minor",
            "int64",
            f"{meaning}, at the low end of the receipt",
            unit,
            null_means,
        ),
        Column(
            f"{name}_high_minor",
            "int64",
            f"{meaning}, at the high end of the receipt",
            unit,
            null_means,
        ),
    )


def _number(name: str, meaning: str, unit: str, null_means: str | None) -> Column:
    return Column(name, "float64", meaning, unit, null_means)


PRICE_LINES = Table(
    "price_lines", "one line of the receipt of one deliverable of one account", ("account_id", "deliverable", "line"),
    (
        _account(), _deliverable(), Column("line", "string", "what it is for", one_of=LINES),
        Column("place", "int64", "where it stands in the receipt", "place", least=1),
        *_amounts("amount", "what it adds; below 0 takes away", _NO_LINE), _currency(),
        Column("how", "string", "how the amount comes about", one_of=RULES),
        _number("quantity", "what the rate is multiplied with: views, followers, or the sum that a share is of", "of the rule", "the rule has none"),
        _number("rate", "amount for a thousand, for a post or piece, or a share", "of the rule", "the rule has none"),
        _number("rate_low", "its low end", "of the rule", "the rule has none"),
        _number("rate_high", "its high end", "of the rule", "the rule has none"),
        Column("source", "string", "whose figure it is", null_means="agreed or passed on: nobody's"),
        Column("dated_on", "date", "of when the figure is, the newest of several", null_means="not dated"),
        date_basis("not dated"),
        Column("missing", "string", "why the amount is not known", null_means="it is known"),
    ),
    kind="planned",
)  # fmt: skip

PRICES = Table(
    "prices", "one deliverable of one account: the sum of its receipt", ("account_id", "deliverable"),
    (
        _account(), _deliverable(), *_amounts("price", "sum of the lines", _NO_PRICE), _currency(),
        Column("basis", "string", "what the fee rests on", null_means="nothing to price by", one_of=BASES),
        Column("missing", "string", "why the price is not known", null_means="it is known"),
    ),
    kind="planned",
)  # fmt: skip

CARD_READINGS = Table(
    "card_readings", "what one published card says of one deliverable of one account", ("account_id", "deliverable", "card", "per"),
    (
        _account(), _deliverable(), Column("card", "string", "name of the card"),
        Column("per", "string", "thousand_views, thousand_followers or post"),
        *_amounts("amount", "fee of the deliverable by this card", "the card cannot be read; `why_not` says why"), _currency(),
        Column("market", "string", "the market it speaks of; empty for the world"),
        Column("title", "string", "who says it"), Column("source", "string", "where"),
        Column("dated_on", "date", "of when it is"), date_basis(),
        Column("is_used", "boolean", "whether the receipt is by this card"),
        Column("why_not", "string", "why it neither prices nor widens the range", null_means="it does"),
    ),
    kind="planned",
)  # fmt: skip

COMPARABLES = Table(
    "comparables", "one account that is like one account, and what it costs", ("account_id", "deliverable", "other_id"),
    (
        _account(), _deliverable(), Column("place", "int64", "1 is the nearest", "place", least=1),
        Column("other_id", "string", "who is like it"),
        Column("distance", "float64", "how unlike; 1 is tenfold the followers, known fees count as nearer", "tenfold followers"),
        *_amounts("price", "price of the same deliverable on the same terms", None), _currency(),
        Column("basis", "string", "what that price rests on", one_of=BASES),
        _number("followers", "its followers", "accounts", "not known"),
        _number("views", "its expected views", "views", "not known"),
        Column("country", "string", "its country", null_means="not known"),
    ),
    kind="planned",
)  # fmt: skip

PLAN_PRICE = (PRICE_LINES, PRICES, CARD_READINGS, COMPARABLES)
