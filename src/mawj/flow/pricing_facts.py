"""What pricing reads of accounts: size, country, subject, usual views, fees of their own."""

from __future__ import annotations

import tomllib
from math import log10
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from ibis import _

from mawj.flow.accounts import Readable, rows
from mawj.plan.asking.deliverables import deliverable_of, deliverables
from mawj.plan.pricing.cards import rate_cards, rates_of
from mawj.plan.pricing.money import is_counted
from mawj.tables.declared import TABLES
from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import ibis.expr.types as ir

    from mawj.plan.pricing.cards import Rate

MOST_NEAR = 300
"""Comparables are sought among so many accounts, the nearest in followers; ours."""


_SAME = ("account_id", "deliverable", "amount_minor", "currency")
"""What tells that a result and a fee are the same placement."""


def account_facts(lake: Readable, ids: Sequence[str]) -> list[dict[str, Any]]:
    """What is known of accounts, in the order asked for.

    Each has account_id, platform, handle, country, followers, engagement_share, subject (the
    topic it speaks of most) and reach (views of a typical post); None where not known.
    """
    table = _facts(lake).filter(_.account_id.isin(list(ids) or [""]))
    found = {row["account_id"]: row for row in rows(table)}
    return [found[one] for one in ids if one in found]


def near_in_size(lake: Readable, of: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Facts of the accounts of its platform that are nearest in size."""
    table = _facts(lake).filter(_.platform == of["platform"], _.account_id != of["account_id"])
    if of["followers"]:
        sized = table.filter(_.followers > 0)
        apart = (sized.followers.log10() - log10(of["followers"])).abs()
        table = sized.order_by(apart, "account_id")
    else:
        table = table.order_by("account_id")
    return rows(table.limit(MOST_NEAR))


def _facts(lake: Readable) -> ir.Table:
    table = lake.read("accounts").select("account_id", "platform", "handle", "country")
    topics = lake.read("account_topics").group_by("account_id")
    parts = (
        lake.read("standing").select("account_id", "followers"),
        lake.read("reach").select("account_id", "reach"),
        lake.read("engagement").filter(_.variant == "by_followers").select(
            "account_id", "engagement_share"
        ),
        topics.agg(subject=_.topic_id.argmax(_.topic_share)),
    )  # fmt: skip
    for part in parts:
        table = table.left_join(part, "account_id").drop("account_id_right")
    return table


def usual_deliverables(lake: Readable, facts: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What each account publishes most, else the first that its platform has."""
    counts = lake.read("post_counts").filter(
        _.account_id.isin([one["account_id"] for one in facts] or [""])
    )
    used = counts.group_by("account_id", "kind").agg(n=_.count())
    kinds: dict[str, list[str | None]] = {}
    for row in rows(used.order_by(_.n.desc(), "kind")):
        kinds.setdefault(row["account_id"], []).append(row["kind"])
    return {
        str(one["account_id"]): _most(str(one["platform"]), kinds.get(one["account_id"], []))
        for one in facts
    }


def _most(platform: str, kinds: Sequence[str | None]) -> str:
    told = (deliverable_of(platform, kind) for kind in kinds)
    every = (key for key, one in deliverables().items() if one.platform == platform)
    return next((key for key in told if key), None) or next(every, "other:post")


def quotes_of(lake: Readable, facts: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Fees asked by, or paid to, accounts; a file may have named them by handle.

    What `mawj results` brought in counts as paid, unless a file of fees told the same already.
    """
    own = {str(one["account_id"]): str(one["account_id"]) for one in facts}
    named = {
        f"{one['platform']}:{str(one['handle']).lower()}": str(one["account_id"])
        for one in facts
        if one["handle"]
    }
    whose = named | own
    found = rows(lake.read("quotes").filter(_.account_id.isin(list(whose) or [""])))
    known = {tuple(row[name] for name in _SAME) for row in found if row["is_paid"]}
    results = lake.read("campaign_results").filter(
        _.account_id.isin(list(whose) or [""]), _.amount_minor > 0, _.currency.notnull()
    )
    found += [
        row | {"quote_id": row["result_id"], "quoted_on": row["published_on"], "is_paid": True}
        for row in rows(results)
        if is_counted(row["currency"]) and tuple(row[name] for name in _SAME) not in known
    ]
    told = [row | {"account_id": whose[row["account_id"]]} for row in found]
    return pa.Table.from_pylist(told, TABLES["quotes"].schema)


def accounts_with_fees(lake: Readable, platform: str) -> list[dict[str, Any]]:
    """Facts of accounts of a platform that any fee is known of."""
    fees = lake.read("quotes").select(named=_.account_id)
    paid = lake.read("campaign_results").filter(_.amount_minor > 0)
    told = fees.union(paid.select(named=_.account_id)).distinct()
    facts = _facts(lake).filter(_.platform == platform)
    by_handle = facts.mutate(by_handle=_.platform + ":" + _.handle.lower())
    known = by_handle.filter(_.account_id.isin(told.named) | _.by_handle.isin(told.named))
    return rows(known.drop("by_handle"))


def cards_of(folder: Path | None) -> tuple[Rate, ...]:
    """The user's own cards before those that come with Mawj.

    Raises:
        SettingsError: for a file that is no card; says which and where.
    """
    if folder is None:
        return rate_cards()
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise SettingsError(f"{folder}: no rate card (*.toml) stands there")
    own: list[Rate] = []
    for file in files:
        try:
            content = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"{file}: cannot be read as TOML: {error}") from error
        own += rates_of(content, file.name)
    return (*own, *rate_cards())
