"""Where each live source stands, and what it took back."""

from __future__ import annotations

from mawj.tables.column import Column, Table

_NOT_YET = "nothing was fetched yet"
_NO_FAULT = "the last attempt did not fail"

SOURCE_STATES = Table(
    "source_states", "one thing that a live source is asked for again and again",
    ("source", "kind", "subject"),
    (
        Column("source", "string", "the live source"),
        Column("kind", "string", "what it is asked for: accounts, posts, followers …"),
        Column("subject", "string", "account, post, list or words, as the source names it"),
        Column("platform", "string", "the platform of the source"),
        Column("handle", "string", "the account asked for, by which it is erased", null_means="no account, or named by its id"),
        Column("account_id", "string", "the account asked for, by which it is erased", null_means="no account, or named by its handle"),
        Column("asked_at", "timestamp", "when somebody first asked for it", "UTC"),
        Column("cursor", "string", "where to go on; only the source reads it"),
        Column("n_rows", "int64", "items stored so far, again where fetched again", "items", least=0),
        Column("stored_at", "timestamp", "when the last page was stored", "UTC", _NOT_YET),
        Column("finished_at", "timestamp", "when the last whole pass ended", "UTC", "no pass has ended yet"),
        Column("failed_at", "timestamp", "when the last attempt failed", "UTC", _NO_FAULT),
        Column("error", "string", "why, as the name of the error and its words", null_means=_NO_FAULT),
        Column("is_stopped", "boolean", "is not asked for any more"),
    ),
    kind="kept",
)  # fmt: skip

SOURCE_QUOTAS = Table(
    "source_quotas", "what one live source says is left to ask for", ("source",),
    (
        Column("source", "string", "the live source"),
        Column("told_at", "timestamp", "when it said so", "UTC"),
        Column("left", "float64", "requests or units until it is reset", "requests", "the source does not say", least=0),
        Column("resets_at", "timestamp", "when it is full again", "UTC", "the source does not say"),
    ),
    kind="kept",
)  # fmt: skip

SOURCE_SPENDING = Table(
    "source_spending", "what was spent of one budget of a live source on a day, month or thing",
    ("source", "budget", "what"),
    (
        Column("source", "string", "the live source"),
        Column("budget", "string", "what is counted: units, searches, hashtags, posts, requests"),
        Column("what", "string", "the day or month it counts for, or the thing that counts once"),
        Column("amount", "float64", "how much", "of the budget", least=0),
        Column("ends_at", "timestamp", "from when it counts no more", "UTC"),
    ),
    kind="kept",
)  # fmt: skip

TAKEN_BACK = Table(
    "taken_back", "one record or account that its source took back", ("record_id",),
    (
        Column("record_id", "string", "platform:native id of the post, act, follow or account"),
        Column("source", "string", "the live source that said so"),
        Column("taken_back_at", "timestamp", "when we were told", "UTC"),
        Column("done_at", "timestamp", "when it was taken out of all tables and raw rows", "UTC", "it waits for the end of this sync"),
    ),
    kind="kept",
)  # fmt: skip

LIVE = (SOURCE_STATES, SOURCE_QUOTAS, SOURCE_SPENDING, TAKEN_BACK)
