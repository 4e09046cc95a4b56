"""Earned media value of what is expected of an offer, and of posts that are published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from ibis import _

from mawj.flow.accounts import account_id_of, rows
from mawj.plan.asking.deliverables import deliverable, deliverable_of
from mawj.plan.pricing.ad_buys import ad_figure
from mawj.plan.pricing.card_fees import card_fees, offers_of
from mawj.plan.pricing.emv import Prices, Spread, emv, emv_lines, emv_spreads
from mawj.plan.pricing.money import CurrencyRates
from mawj.plan.pricing.terms import Terms
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mawj.flow.pricing import PriceAsked
    from mawj.lake.lake import Lake
    from mawj.plan.pricing.cards import Rate

CHANNEL = {"instagram": "meta", "facebook": "meta", "tiktok": "tiktok", "youtube": "youtube",
           "x": "x", "snapchat": "snapchat"}  # fmt: skip
"""Where a platform's own advertising is bought."""

COUNTS = ("views", "impressions", "reached", "likes", "comments", "reposts", "saves", "clicks",
          "followers")  # fmt: skip
CONTENT = pa.schema(
    [(name, pa.string()) for name in ("item_id", "platform", "kind")]
    + [(name, pa.float64()) for name in COUNTS]
)


@dataclass(frozen=True)
class Valued:
    """What several methods call content worth.

    Attributes:
        content: the counts that were valued, a row a piece.
        lines, values: the tables `emv_lines` and `emv`.
        spreads: how far the methods are apart on each piece.
    """

    content: pa.Table
    lines: pa.Table
    values: pa.Table
    spreads: tuple[Spread, ...]


@dataclass(frozen=True)
class EmvAsked:
    """What to value.

    Attributes:
        said: posts by id, or accounts, whose latest posts are meant.
        today: the day of asking, for the age of cards.
        given: figures of the user's own, by the fields of `Prices`.
        market: whose advertising prices; empty for the world.
        latest: posts of an account.
    """

    said: Sequence[str]
    today: date
    given: Mapping[str, float]
    market: str = ""
    latest: int = 3


def emv_of_posts(
    lake: Lake, asked: EmvAsked, cards: Sequence[Rate], settings: Mapping[str, Any]
) -> Valued:
    """Posts that are loaded, valued by their latest counts.

    Raises:
        NotFound: when what was said is neither a loaded post nor an account with posts.
    """
    counts = lake.read("post_counts")
    found: list[dict[str, Any]] = []
    for one in asked.said:
        mine = rows(counts.filter(_.post_id == one))
        if not mine:
            whose = counts.filter(_.account_id == account_id_of(lake, one))
            mine = rows(whose.order_by(_.published_at.desc(), "post_id").limit(asked.latest))
        if not mine:
            raise NotFound(f"{one}: no post of it is counted; `mawj load` brings posts in")
        found += mine
    names = (*COUNTS, "platform", "kind")
    content = [
        {"item_id": row["post_id"], **{name: row.get(name) for name in names}} for row in found
    ]
    judged = _Judged(asked.market, asked.given, cards, asked.today, settings)
    return _valued(content, judged)


def emv_of(
    lake: Lake,
    offers: pa.Table,
    forecasts: pa.Table,
    asked: PriceAsked,
    settings: Mapping[str, Any],
) -> Valued:
    """What is expected of offers, valued: forecast counts, likes as the account's own share."""
    told = {
        (row["account_id"], row["deliverable"], row["measure"]): row["forecast"]
        for row in forecasts.to_pylist()
    }
    shares = _shares(lake, offers["account_id"].to_pylist())
    content = []
    for offer in offers.to_pylist():
        whose, key = offer["account_id"], offer["deliverable"]
        engagements = told.get((whose, key, "engagements"))
        parts = {
            name: None if engagements is None or share is None else engagements * share
            for name, share in shares.get(whose, {}).items()
        }
        content.append({
            "item_id": f"{whose} {key}", "platform": deliverable(key).platform,
            "kind": deliverable(key).kinds[0], "views": offer["views"],
            "reached": told.get((whose, key, "reach")),
            "clicks": told.get((whose, key, "clicks")),
            "followers": offer["followers"], **parts,
        })  # fmt: skip
    judged = _Judged(asked.terms.market, {}, asked.cards, asked.today, settings)
    return _valued(content, judged)


@dataclass(frozen=True)
class _Judged:
    market: str
    given: Mapping[str, float]
    cards: Sequence[Rate]
    today: date
    settings: Mapping[str, Any]


def _shares(lake: Lake, ids: Sequence[Any]) -> dict[str, dict[str, float | None]]:
    """Of an account's engagements, the part of each kind; None where likes are hidden."""
    names = ("likes", "comments", "reposts", "saves")
    counts = lake.read("post_counts").filter(_.account_id.isin(list(ids)), _.likes.notnull())
    sums = counts.group_by("account_id").agg(**{name: counts[name].sum() for name in names})
    found = {}
    for row in rows(sums):
        whole = sum(row[name] or 0.0 for name in names)
        found[row["account_id"]] = {
            name: row[name] / whole if whole and row[name] is not None else None
            for name in names
        }
    return found


def _valued(content: Sequence[Mapping[str, Any]], judged: _Judged) -> Valued:
    lines = [TABLES["emv_lines"].schema.empty_table()]
    for item in content:
        one = pa.Table.from_pylist([dict(item)], CONTENT)
        lines.append(emv_lines(one, _prices(item, judged)))
    every = pa.concat_tables(lines)
    values = emv(every)
    rows_ = [dict(item) for item in content]
    return Valued(
        pa.Table.from_pylist(rows_, CONTENT), every, values, tuple(emv_spreads(values))
    )


def _prices(item: Mapping[str, Any], judged: _Judged) -> Prices:
    """The user's figures; else those published for the platform and market."""
    channel = CHANNEL.get(str(item["platform"]), "")
    told: dict[str, float | None] = {}
    sources: dict[str, str] = {}
    for name, measure in (("ad_cpm", "cpm"), ("cpc", "cpc")):
        figure = ad_figure(channel, measure, judged.market) if channel else None
        if figure:
            told[name], sources[name] = figure.mid, "; ".join(figure.sources)
    cpm = _card_cpm(item, judged)
    if cpm:
        told["cpm"], sources["cpm"] = cpm
    for name, value in judged.given.items():
        told[name], sources[name] = value, "given"
    return Prices(**told, sources=sources)  # type: ignore[arg-type]


def _card_cpm(item: Mapping[str, Any], judged: _Judged) -> tuple[float, str] | None:
    """What the best fitting card asks for a thousand views, in US dollars."""
    key = deliverable_of(str(item["platform"]), item["kind"])
    if key is None:
        return None
    one = pa.table(
        {"account_id": [""], "deliverable": [key], "subject": [""], "views": [1000.0],
         "followers": pa.array([item.get("followers")], pa.float64()),
         **{f"views_{end}": pa.nulls(1, pa.float64()) for end in ("low", "high")}}
    )  # fmt: skip
    views_only = [rate for rate in judged.cards if rate.per == "thousand_views"]
    found = card_fees(
        offers_of(one), Terms(market=judged.market), views_only, currency_rates=CurrencyRates(),
        price_scale=judged.settings["PriceScale"], as_of=judged.today,
    )  # fmt: skip
    if not np.isfinite(found.fee.mid[0]):
        return None
    return float(found.fee.mid[0]) / 100.0, found.rates[int(found.used[0])].rate.title
