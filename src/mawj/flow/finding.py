"""Finding accounts for a subject: the shortlist that a marketer asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.flow.accounts import Readable, rows
from mawj.identify.kinds import GOALS, goal_fit
from mawj.identify.seeds import seed_terms
from mawj.identify.stop_terms import stop_terms
from mawj.tables.errors import NotFound
from mawj.text.tokens import search_terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

DEFAULT_SCHEME = "hootsuite"
LANGUAGES = ("ar", "fa", "en")
ORDERS = ("match", "influence", "relevance", "followers", "engagement")


@dataclass(frozen=True)
class Wanted:
    """What is looked for; an empty field asks for nothing.

    Attributes:
        subject: words in any spelling of Arabic, Persian or English; empty for any subject.
        topic: a topic id instead of words.
        language: BCP-47 code that at least a fifth of the account's posts are written in.
        country: ISO 3166-1 alpha-2.
        platform: one of the declared platforms.
        tier: a tier of `scheme`.
        scheme: tier scheme.
        kind: specialist or celebrity.
        least_influence: points, 0 to 100.
        order: what to sort by: match (influence × relevance), influence, relevance, followers
            or engagement.
        top: rows at most.
        with_unranked: also accounts whose coverage is too low to be ranked.
        goal: what the campaign is for; accounts of a kind that does not fit get a warning.
    """

    subject: str = ""
    topic: str = ""
    language: str = ""
    country: str = ""
    platform: str = ""
    tier: str = ""
    scheme: str = DEFAULT_SCHEME
    kind: str = ""
    least_influence: float = 0.0
    order: str = "match"
    top: int = 20
    with_unranked: bool = False
    goal: str = ""


@dataclass(frozen=True)
class Found:
    """One account of a shortlist."""

    account_id: str
    platform: str
    handle: str | None
    name: str | None
    influence: float
    influence_low: float | None
    influence_high: float | None
    overall_influence: float
    relevance: float
    coverage: float
    p_top: float | None
    tier: str | None
    kind: str | None
    followers: float | None
    engagement_share: float | None
    language: str | None
    country: str | None
    topics: tuple[str, ...]
    reasons: tuple[tuple[str, float], ...]
    warning: str | None = None


@dataclass(frozen=True)
class Shortlist:
    """The accounts found, what the words were understood as, and how many there are in all."""

    wanted: Wanted
    terms: tuple[str, ...]
    topic_ids: tuple[str, ...]
    found: tuple[Found, ...]
    n_matching: int
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def name_of(self, topic_id: str, language: str) -> str:
        """The name of a topic that the shortlist speaks of."""
        return self.names.get(topic_id, {}).get(language, topic_id)


def find(lake: Readable, wanted: Wanted) -> Shortlist:
    """The accounts that fit `wanted`, best first.

    Words are looked up in folded form among what accounts say, and as topics. Where they name
    a topic, the influence shown is that on the topic; otherwise the overall one.

    Raises:
        NotFound: for an unknown topic, order, tier scheme or tier.
    """
    _check(lake, wanted)
    terms = tuple(dict.fromkeys(search_terms(wanted.subject)))
    topic_ids = topics_meant(lake, wanted, terms)
    relevance = _relevance(lake, terms, topic_ids)
    return shortlist_of(lake, wanted, relevance, understood=(terms, topic_ids))


def shortlist_of(
    lake: Readable,
    wanted: Wanted,
    relevance: ir.Table,
    *,
    understood: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
) -> Shortlist:
    """The accounts of `relevance` (account_id, relevance 0 to 1) that pass the filters.

    Args:
        lake: where tables are read.
        wanted: filters, order and length.
        relevance: how far each account fits the subject.
        understood: the terms and topics that the subject was read as.
    """
    terms, topic_ids = understood
    candidates = _candidates(lake, wanted, relevance, topic_ids)
    total = int(candidates.count().execute())
    chosen = rows(candidates.order_by([ibis.desc("order"), _.account_id]).limit(wanted.top))
    ids = [row["account_id"] for row in chosen]
    topics = _topics_of(lake, ids)
    reasons = _reasons_of(lake, ids, topic_ids[0] if topic_ids else "")
    found = tuple(_found(row, topics, reasons, wanted.goal) for row in chosen)
    mentioned = {*topic_ids, *(topic for one in found for topic in one.topics)}
    return Shortlist(wanted, terms, topic_ids, found, total, _names(lake, mentioned))


def _names(lake: Readable, topic_ids: set[str]) -> dict[str, dict[str, str]]:
    table = lake.read("topics").filter(_.topic_id.isin(sorted(topic_ids) or [""]))
    return {
        row["topic_id"]: {code: row[f"name_{code}"] for code in ("en", "ar", "fa")}
        for row in rows(table)
    }


def topics_meant(lake: Readable, wanted: Wanted, terms: tuple[str, ...]) -> tuple[str, ...]:
    """The topics that the words name: a seed or name made of exactly these terms, else none."""
    if wanted.topic:
        return (wanted.topic,)
    if not terms:
        return ()
    seeds = lake.read("topic_seeds").filter(_.term.isin(terms))
    phrases: dict[tuple[str, str], set[str]] = {}
    for row in rows(seeds):
        phrases.setdefault((row["topic_id"], row["seed"]), set()).add(row["term"])
    # The language of the words is not known: they may be a seed of any.
    readings = [set(seed_terms(wanted.subject, code)) for code in LANGUAGES]
    whole = [key for key, met in phrases.items() if met in readings]
    ids = sorted({topic_id for topic_id, seed in whole if set(seed.split()) in readings})
    # A wider topic says less than the narrower one that the same words name.
    return tuple(i for i in ids if not any(o != i and o.startswith(f"{i}.") for o in ids))


def _check(lake: Readable, wanted: Wanted) -> None:
    if wanted.goal and wanted.goal not in GOALS:
        raise NotFound(f"no goal is called {wanted.goal!r}; there are {', '.join(GOALS)}")
    if wanted.order not in ORDERS:
        raise NotFound(f"no order is called {wanted.order!r}; there are {', '.join(ORDERS)}")
    if wanted.topic:
        topics = lake.read("topics")
        if not rows(topics.filter(topics.topic_id == wanted.topic).limit(1)):
            raise NotFound(f"no topic is called {wanted.topic!r}; `mawj topics` lists them")
    if wanted.tier:
        bounds = rows(lake.read("tier_bounds").select("scheme", "tier"))
        schemes = {str(row["scheme"]) for row in bounds}
        if wanted.scheme not in schemes:
            raise NotFound(f"no tier scheme is called {wanted.scheme!r}: {sorted(schemes)}")
        names = [str(row["tier"]) for row in bounds if row["scheme"] == wanted.scheme]
        if wanted.tier not in names:
            raise NotFound(f"scheme {wanted.scheme!r} has no tier {wanted.tier!r}: {names}")


def _candidates(
    lake: Readable, wanted: Wanted, relevance: ir.Table, topic_ids: tuple[str, ...]
) -> ir.Table:
    influence = _influence(lake, wanted, topic_ids)
    table = influence.join(relevance, "account_id")
    table = table.left_join(_faces(lake, wanted), "account_id").drop("account_id_right")
    for column, value in (
        ("language", wanted.language), ("country", wanted.country.upper()),
        ("platform", wanted.platform), ("tier", wanted.tier), ("kind", wanted.kind),
    ):  # fmt: skip
        if value and column == "language":
            speaks = lake.read("account_languages").filter(_.language == value, _.share >= 0.2)
            table = table.semi_join(speaks, "account_id")
        elif value:
            table = table.filter(table[column] == value)
    table = table.filter(_.influence >= wanted.least_influence)
    return table.mutate(order=_order(table, wanted.order))


def _order(table: ir.Table, order: str) -> Any:
    if order == "match":
        return table.influence * table.relevance
    name = {"engagement": "engagement_share"}.get(order, order)
    return table[name].fill_null(-1.0)


def _influence(lake: Readable, wanted: Wanted, topic_ids: tuple[str, ...]) -> ir.Table:
    """Overall and shown influence: on the topic where one is meant and known, else overall."""
    every = lake.read("influence")
    if not wanted.with_unranked:
        every = every.filter(_.is_ranked)
    columns = ["influence", "influence_low", "influence_high", "coverage"]
    overall = every.filter(_.topic_id == "").select(
        "account_id", *columns, p_top="p_top_10", overall_influence="influence"
    )
    if not topic_ids:
        return overall
    best = every.filter(_.topic_id.isin(topic_ids)).group_by("account_id")
    on_topic = best.agg(
        **{name: every[name].argmax(every.influence) for name in columns},
        p_top=every.p_top_10.argmax(every.influence),
    )
    return on_topic.join(overall.select("account_id", "overall_influence"), "account_id")


def _relevance(lake: Readable, terms: tuple[str, ...], topic_ids: tuple[str, ...]) -> ir.Table:
    """0 to 1 for each account that speaks of the subject: the better of topic and words."""
    if topic_ids:
        topical = lake.read("account_topics").filter(_.topic_id.isin(topic_ids))
        return topical.group_by("account_id").agg(relevance=_.topic_share.max().sqrt())
    if terms:
        # Function words need not be met, unless there is nothing else.
        telling = [term for term in terms if term not in stop_terms()] or list(terms)
        hits = lake.read("search_terms").filter(_.term.isin(terms)).group_by("account_id")
        met = _.term.nunique(where=_.term.isin(telling))
        found = hits.agg(weight=_.weight.sum(), n_terms=met)
        whole = found.filter(_.n_terms == len(telling))
        best = whole.weight.max().over(ibis.window())
        return whole.select("account_id", relevance=_.weight / best)
    return lake.read("accounts").select("account_id", relevance=ibis.literal(1.0))


def _faces(lake: Readable, wanted: Wanted) -> ir.Table:
    accounts = lake.read("accounts").select(
        "account_id", "platform", "handle", "name", "country"
    )
    tiers = lake.read("tiers").filter(_.scheme == wanted.scheme).select("account_id", "tier")
    kinds = lake.read("kinds").select("account_id", "kind")
    standing = lake.read("standing").select("account_id", "followers")
    languages = lake.read("account_languages").group_by("account_id")
    written = languages.agg(language=_.language.argmax(_.share))
    # Our own measure before the rate as given: its name is the longer one.
    engagement = (
        lake.read("engagement")
        .filter(_.variant.isin(["by_followers", "as_given"]))
        .group_by("account_id")
        .agg(
            engagement_share=_.engagement_share.argmax(
                (_.variant == "by_followers").cast("int")
            )
        )
    )
    table = accounts
    for other in (tiers, kinds, standing, written, engagement):
        table = table.left_join(other, "account_id").drop("account_id_right")
    return table


def _topics_of(lake: Readable, ids: list[str]) -> dict[str, list[str]]:
    table = lake.read("account_topics").filter(_.account_id.isin(ids or [""]))
    found: dict[str, list[str]] = {}
    strongest_first = sorted(rows(table), key=lambda r: (-r["topic_share"], r["topic_id"]))
    for row in strongest_first:
        mine = found.setdefault(row["account_id"], [])
        # The narrowest topics say most: a parent is left out once its child is in.
        if len(mine) < 3 and not any(t.startswith(f"{row['topic_id']}.") for t in mine):
            mine[:] = [t for t in mine if not row["topic_id"].startswith(f"{t}.")]
            mine.append(row["topic_id"])
    return found


def _reasons_of(
    lake: Readable, ids: list[str], topic_id: str
) -> dict[str, list[tuple[str, float]]]:
    """The three contributions that move each account most."""
    table = lake.read("influence_findings").filter(
        _.subject_id.isin(ids or [""]), _.topic_id == topic_id, _.contribution != 0
    )
    found: dict[str, list[tuple[str, float]]] = {}
    for row in sorted(rows(table), key=lambda r: -abs(r["contribution"])):
        mine = found.setdefault(row["subject_id"], [])
        if len(mine) < 3 and row["finding"] != "base":
            mine.append((row["finding"], row["contribution"]))
    return found


def _found(
    row: dict[str, Any],
    topics: dict[str, list[str]],
    reasons: dict[str, list[tuple[str, float]]],
    goal: str,
) -> Found:
    fields = {name: row[name] for name in Found.__dataclass_fields__ if name in row}
    return Found(
        **fields,
        topics=tuple(topics.get(row["account_id"], ())),
        reasons=tuple(reasons.get(row["account_id"], ())),
        warning=goal_fit(row["kind"] or "not_assessed", goal) if goal else None,
    )
