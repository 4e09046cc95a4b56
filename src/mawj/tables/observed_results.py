"""What came of placements, as the user writes it down or a platform's report says."""

from __future__ import annotations

from mawj.tables.column import Column, Table
from mawj.tables.observed import NOT_SAID, PROVENANCE


def _came(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "float64", meaning, unit, NOT_SAID, least=0)


CAMPAIGN_RESULTS = Table(
    "campaign_results", "what came of one deliverable of one account", ("result_id",),
    (
        Column("result_id", "string", "digest of account, deliverable, day and post"),
        Column("account_id", "string", "the account"),
        Column("deliverable", "string", "key of the deliverable"),
        Column("published_on", "date", "when it was published"),
        Column("post", "string", "address or id of the post", null_means=NOT_SAID),
        Column("is_paid", "boolean", "paid for", null_means=NOT_SAID),
        _came("views", "plays or views", "views"),
        _came("reach", "distinct accounts that saw it", "accounts"),
        _came("engagements", "likes, comments, shares and saves", "engagements"),
        _came("clicks", "clicks on its link", "clicks"),
        _came("conversions", "orders or sign-ups", "conversions"),
        Column("amount_minor", "int64", "the fee", "smallest units", NOT_SAID, least=0),
        Column("currency", "string", "ISO 4217 code of the fee", null_means=NOT_SAID),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip
