"""How fresh what is known of an account is, by kind."""

from __future__ import annotations

from mawj.tables.column import Column, Table

KINDS_SEEN = ("counts", "posts", "ties", "audience", "account")

FRESHNESS = Table(
    "freshness",
    "one kind of thing known of one account, and when it was last seen",
    ("account_id", "kind"),
    (
        Column("account_id", "string", "the account"),
        Column("kind", "string", "what was seen: its counts, counts of its posts, who turned to "
               "it, who its audience is, its name and description", one_of=KINDS_SEEN),
        Column("seen_at", "timestamp", "latest moment that the known values describe", "UTC"),
        Column("age_days", "float64", "age at the moment the run ends at", "days", least=0),
        Column("ttl_days", "int64", "how long it holds", "days", least=0),
        Column("is_stale", "boolean", "older than it holds"),
    ),
)  # fmt: skip
