"""Orders of the user's own shop, visits to its site, and what tells whose they are."""

from __future__ import annotations

from mawj.tables.column import Column, Table
from mawj.tables.observed import NOT_SAID, PROVENANCE

SHOPS = ("shopify", "woocommerce", "salla", "zid", "other")
ORDER_STATES = ("placed", "unpaid", "cancelled", "refunded")
"""What became of an order: it stands, waits for payment, was called off, was paid back."""

TAGS = ("code", "utm_content", "utm_campaign", "utm_source", "referrer")
"""What an order may show of where it came from, the surest first: a buyer types a code."""


def _said(name: str, meaning: str) -> Column:
    return Column(name, "string", meaning, null_means=NOT_SAID)


def _count(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "float64", meaning, unit, NOT_SAID, least=0)


def _money(name: str, meaning: str, null_means: str | None = NOT_SAID) -> Column:
    return Column(name, "int64", meaning, "smallest units of the currency", null_means, least=0)


ORDERS = Table(
    "orders", "one order of a shop; nothing of the buyer is kept", ("order_id",),
    (
        Column("order_id", "string", "shop:native id, with the store where the source says it"),
        Column("shop", "string", "the shop's software", one_of=SHOPS),
        Column("ordered_at", "timestamp", "when it was placed", "UTC"),
        Column("state", "string", "what became of it", one_of=ORDER_STATES),
        _money("total_minor", "what the buyer owes or paid, with delivery and tax", None),
        Column("currency", "string", "ISO 4217 code"),
        _money("discount_minor", "taken off by codes and offers"),
        _money("refunded_minor", "paid back"),
        Column("codes", "strings", "discount codes typed, in capitals",
               null_means="none, or not said"),
        _said("utm_source", "tag of the link: where it stood"),
        _said("utm_medium", "tag of the link: by what kind of way"),
        _said("utm_campaign", "tag of the link: which campaign"),
        _said("utm_content", "tag of the link: which one of several"),
        _said("referrer", "site that the buyer came from, its host only"),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

SITE_TRAFFIC = Table(
    "site_traffic", "what web analytics counted for one source of visits over some days",
    ("traffic_id",),
    (
        Column("traffic_id", "string", "digest of the days and the tags"),
        Column("from_on", "date", "first day"),
        Column("to_on", "date", "last day"),
        _said("utm_source", "where the visits came from"),
        _said("utm_medium", "by what kind of way"),
        _said("utm_campaign", "of which campaign"),
        _said("utm_content", "by which one of several"),
        _count("sessions", "visits", "visits"),
        _count("users", "people, by device and browser", "people"),
        _count("engaged_sessions", "visits of some length, as the tool has it", "visits"),
        _count("key_events", "what was set up to count as success", "events"),
        _count("purchases", "orders", "orders"),
        _money("revenue_minor", "what the orders came to"),
        Column("currency", "string", "ISO 4217 code of the revenue", null_means=NOT_SAID),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

TRACKING_TAGS = Table(
    "tracking_tags", "one code or tag of a link that one account was given", ("tag_id",),
    (
        Column("tag_id", "string", "digest of kind, tag, account and first day"),
        Column("kind", "string", "where the tag is looked for", one_of=TAGS),
        Column("tag", "string", "the tag; compared without case"),
        Column("account_id", "string", "whose"),
        _said("deliverable", "key of the deliverable it was for"),
        Column("from_on", "date", "first day it counts", null_means="from the beginning"),
        Column("to_on", "date", "last day it counts", null_means="to the end"),
        *PROVENANCE,
    ),
    kind="observed",
)  # fmt: skip

SHOP = (ORDERS, SITE_TRAFFIC, TRACKING_TAGS)
