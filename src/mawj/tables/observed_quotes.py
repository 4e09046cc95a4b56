"""What creators asked for and what was paid to them: the user's own evidence of prices."""

from __future__ import annotations

from mawj.tables.column import Column, Table
from mawj.tables.observed import NOT_SAID, PROVENANCE


def _days(name: str, meaning: str) -> Column:
    return Column(name, "float64", meaning, "days", NOT_SAID, least=0)


def _came(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "float64", meaning, unit, "not placed yet, or not counted", least=0)


QUOTES = Table(
    "quotes", "one fee asked by, or paid to, one account for one deliverable", ("quote_id",),
    (
        Column("quote_id", "string", "digest of account, deliverable, day and what was asked"),
        Column("account_id", "string", "the account"),
        Column("deliverable", "string", "key of the deliverable"),
        Column("amount_minor", "int64", "the fee", "smallest units of the currency", least=0),
        Column("currency", "string", "ISO 4217 code"),
        Column("quoted_on", "date", "when it was asked or agreed"),
        Column("is_paid", "boolean", "a fee of a past placement; else only asked"),
        Column("is_tax_included", "boolean", "tax is in the amount", null_means=NOT_SAID),
        _days("usage_days", "rights of use in the fee"),
        _days("exclusivity_days", "exclusivity in the fee"),
        _days("boosting_days", "leave to advertise under the creator's name in the fee"),
        _came("views", "views that came of it", "views"),
        _came("engagements", "engagements that came of it", "engagements"),
        _came("clicks", "clicks that came of it", "clicks"),
        _came("conversions", "orders or sign-ups that came of it", "conversions"),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip
