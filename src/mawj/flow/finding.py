"""Finding accounts for a subject: the shortlist that a marketer asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from mawj.flow.facets import facets_of, verdicts_of
from mawj.flow.facets_asked import FacetsAsked
from mawj.flow.listed import ORDERS, listed
from mawj.identify.directory import USUAL_SCHEME
from mawj.identify.kinds import GOALS, goal_fit
from mawj.identify.seeds import seed_terms
from mawj.identify.stop_terms import stop_terms
from mawj.tables.errors import NotFound
from mawj.text.tokens import search_terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mawj.flow.accounts import Readable

DEFAULT_SCHEME = USUAL_SCHEME
LANGUAGES = ("ar", "fa", "en")


@dataclass(frozen=True)
class Wanted(FacetsAsked):
    """What is looked for, the facets of `FacetsAsked` too; an empty field asks for nothing.

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
        only: account ids, none but which are looked at; all where it is empty.
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
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """One account of a shortlist; `trust` is its last vetting's verdict, None where none is."""

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
    trust: str | None = None


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
    relevance = None if topic_ids or not terms else _by_words(lake, terms)
    return shortlist_of(lake, wanted, relevance, understood=(terms, topic_ids))


def shortlist_of(
    lake: Readable,
    wanted: Wanted,
    relevance: pa.Table | None,
    *,
    understood: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
) -> Shortlist:
    """The accounts that pass the filters.

    Args:
        lake: where tables are read.
        wanted: filters, order and length.
        relevance: account_id and how far each fits the subject, 0 to 1; None for the topics of
            `understood`, or where there are none for every account.
        understood: the terms and topics that the subject was read as.
    """
    terms, topic_ids = understood
    chosen, total = listed(lake, wanted, relevance, topic_ids, facets_of(lake, wanted))
    ids = [row["account_id"] for row in chosen]
    topics = _topics_of(lake, ids)
    reasons = _reasons_of(lake, ids, topic_ids[0] if topic_ids else "")
    verdicts = verdicts_of(lake)
    for row in chosen:
        row["trust"] = verdicts.get(row["account_id"])
    found = tuple(_found(row, topics, reasons, wanted.goal) for row in chosen)
    mentioned = {*topic_ids, *(topic for one in found for topic in one.topics)}
    return Shortlist(wanted, terms, topic_ids, found, total, _names(lake, mentioned))


def _names(lake: Readable, topic_ids: set[str]) -> dict[str, dict[str, str]]:
    return {
        row["topic_id"]: {code: row[f"name_{code}"] for code in ("en", "ar", "fa")}
        for row in lake.seek("topics", {"topic_id": sorted(topic_ids)})
    }


def topics_meant(lake: Readable, wanted: Wanted, terms: tuple[str, ...]) -> tuple[str, ...]:
    """The topics that the words name: a seed or name made of exactly these terms, else none."""
    if wanted.topic:
        return (wanted.topic,)
    if not terms:
        return ()
    phrases: dict[tuple[str, str], set[str]] = {}
    for row in lake.seek("topic_seeds", {"term": list(terms)}):
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
    if wanted.topic and not lake.seek("topics", {"topic_id": wanted.topic}):
        raise NotFound(f"no topic is called {wanted.topic!r}; `mawj topics` lists them")
    if wanted.tier:
        bounds = lake.seek("tier_bounds", {}, ["scheme", "tier"])
        schemes = {str(row["scheme"]) for row in bounds}
        if wanted.scheme not in schemes:
            raise NotFound(f"no tier scheme is called {wanted.scheme!r}: {sorted(schemes)}")
        names = [str(row["tier"]) for row in bounds if row["scheme"] == wanted.scheme]
        if wanted.tier not in names:
            raise NotFound(f"scheme {wanted.scheme!r} has no tier {wanted.tier!r}: {names}")


def _by_words(lake: Readable, terms: tuple[str, ...]) -> pa.Table:
    """account_id and relevance, 0 to 1, of each account that says all the words."""
    # Function words need not be met, unless there is nothing else.
    telling = [term for term in terms if term not in stop_terms()] or list(terms)
    hits = lake.seek_table(
        "search_terms", {"term": list(terms)}, ["account_id", "term", "weight"]
    )
    is_telling = pc.is_in(hits["term"], value_set=pa.array(telling, pa.string()))
    counted = hits.append_column("met", is_telling.cast(pa.int64()))
    by_account = counted.group_by("account_id").aggregate([("weight", "sum"), ("met", "sum")])
    whole = by_account.filter(pc.equal(by_account["met_sum"], pa.scalar(len(telling))))
    relevance = pc.divide(whole["weight_sum"], pc.max(whole["weight_sum"]))
    return pa.Table.from_arrays([whole["account_id"], relevance], ["account_id", "relevance"])


def _topics_of(lake: Readable, ids: list[str]) -> dict[str, list[str]]:
    table = lake.seek(
        "account_topics", {"account_id": ids}, ["account_id", "topic_id", "topic_share"]
    )
    found: dict[str, list[str]] = {}
    strongest_first = sorted(table, key=lambda r: (-r["topic_share"], r["topic_id"]))
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
    table = lake.seek(
        "influence_findings", {"subject_id": ids, "topic_id": topic_id},
        ["subject_id", "finding", "contribution"],
    )  # fmt: skip
    found: dict[str, list[tuple[str, float]]] = {}
    for row in sorted(table, key=lambda r: (-abs(r["contribution"]), r["finding"])):
        mine = found.setdefault(row["subject_id"], [])
        if len(mine) < 3 and row["finding"] != "base" and row["contribution"] != 0:
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
