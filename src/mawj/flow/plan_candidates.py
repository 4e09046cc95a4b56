"""The accounts that a brief may mean, read from the current run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.flow.accounts import account_id_of, rows
from mawj.flow.finding import Wanted, find
from mawj.plan.asking.shortlisting import (
    Candidate,
    Shortlisted,
    ShortlistLimits,
    mismatch,
    shortlisted,
)
from mawj.tables.errors import NotFound, SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

    from mawj.flow.finding import Shortlist
    from mawj.lake.lake import Lake
    from mawj.plan.asking.brief import Brief

LARGEST = 300
"""Accounts of most followers among which celebrities are looked for; ours."""

LARGE_TIERS = ("macro", "mega", "celebrity")
"""Tiers that count as large under whichever scheme."""

LEAST_WRITTEN = 0.2
"""Share of an account's posts that a language of its must have; as `mawj find --language`."""


@dataclass(frozen=True)
class Sought:
    """What the search for a brief found.

    Attributes:
        brief: the brief with the ids of its must-haves and nevers.
        shortlist: who is looked at more closely, and who is not.
        celebrities: well-known accounts that fit the audience and not the subject.
        subjects: the subject as it was understood, then each wider one that had to be taken.
        candidates: every account found for it.
        n_found: how many there are, looked at or not.
        topic_names: names of the topics by language.
    """

    brief: Brief
    shortlist: Shortlisted
    candidates: tuple[Candidate, ...]
    celebrities: tuple[Candidate, ...]
    subjects: tuple[str, ...]
    n_found: int
    topic_names: Mapping[str, Mapping[str, str]]


def sought(lake: Lake, brief: Brief, limits: ShortlistLimits) -> Sought:
    """The shortlist of a brief; the subject is widened where too few fit.

    Raises:
        SettingsError: when the brief names an account, tier, scheme or topic that is not there.
    """
    known = _with_ids(lake, brief)
    found = _found(lake, known, "", limits)
    subjects, names = list(found.topic_ids), dict(found.names)
    every = _candidates(lake, found, known)
    made = shortlisted(every, known, shortlist_limits=limits)
    while subjects and made.n_fitting < limits.widen_below * brief.least_creators:
        wider = subjects[-1].rpartition(".")[0]
        if not wider:
            break
        found = _found(lake, known, wider, limits)
        subjects.append(wider)
        names |= dict(found.names)
        every = _candidates(lake, found, known)
        made = shortlisted(every, known, shortlist_limits=limits)
    told = tuple(subjects) or ((found.wanted.subject,) if found.wanted.subject else ())
    known_ids = {one.account_id for one in made.chosen}
    stars = [
        one for one in _celebrities(lake, known, limits) if one.account_id not in known_ids
    ]
    return Sought(
        known, made, tuple(every), tuple(stars[: limits.celebrities]), told,
        found.n_matching, names,
    )  # fmt: skip


def _celebrities(lake: Lake, brief: Brief, limits: ShortlistLimits) -> list[Candidate]:
    """The well-known whom the audience knows, whatever they speak of; the smallest first.

    The smallest first: a campaign's money buys one of them sooner than a star of millions.
    """
    if not limits.celebrities:
        return []
    wanted = Wanted(scheme=brief.scheme, order="followers", top=LARGEST, with_unranked=True)
    free = replace(brief, tiers=(), kinds=(), must_have=())
    large = [one for one in _candidates(lake, find(lake, wanted), free) if is_large(one)]
    fitting = [one for one in large if mismatch(one, free, limits) is None]
    return sorted(fitting, key=lambda one: (one.followers or 0.0, one.account_id))


def is_large(one: Candidate) -> bool:
    """Whether an account counts as a celebrity in the dispute: by its kind, else its size."""
    return one.kind in ("celebrity", "both") or one.tier in LARGE_TIERS


def _found(lake: Lake, brief: Brief, topic: str, limits: ShortlistLimits) -> Shortlist:
    """What `mawj find` finds, without filters: the brief's own are applied with reasons."""
    subject = "" if topic or brief.topic else brief.subject or " ".join(brief.audience.subjects)
    wanted = Wanted(
        subject=subject, topic=topic or brief.topic, scheme=brief.scheme, top=limits.pool,
        with_unranked=True,
    )  # fmt: skip
    return find(lake, wanted)


def _with_ids(lake: Lake, brief: Brief) -> Brief:
    """The brief with account ids for handles and addresses, its tiers looked up."""
    try:
        for tier in brief.tiers or ("",):
            find(lake, Wanted(tier=tier, scheme=brief.scheme, top=1))
        must = tuple(account_id_of(lake, said) for said in brief.must_have)
        never = tuple(account_id_of(lake, said) for said in brief.never)
    except NotFound as error:
        raise SettingsError(f"brief «{brief.name}»: {error}") from error
    both = sorted(set(must) & set(never))
    if both:
        raise SettingsError(
            f"brief «{brief.name}»: must_have and never both mean {both[0]}; take it out of one"
        )
    return replace(brief, must_have=must, never=never)


def _candidates(lake: Lake, found: Shortlist, brief: Brief) -> list[Candidate]:
    ids = [one.account_id for one in found.found]
    lacking = [one for one in brief.must_have if one not in set(ids)]
    # A must-have is looked at even where it does not speak of the subject.
    every = [*found.found, *(_named(lake, lacking, brief) if lacking else ())]
    more = _more(lake, [*ids, *lacking], brief)
    return [_candidate(one, more[one.account_id]) for one in every]


def _named(lake: Lake, ids: Sequence[str], brief: Brief) -> list[Any]:
    wanted = Wanted(scheme=brief.scheme, top=len(ids), with_unranked=True, only=tuple(ids))
    return [replace(one, relevance=0.0) for one in find(lake, wanted).found]


def _candidate(one: Any, more: Mapping[str, Any]) -> Candidate:
    return Candidate(
        account_id=one.account_id, person_id=more["person_id"] or one.account_id,
        platform=one.platform, handle=one.handle, name=one.name, country=one.country,
        tier=one.tier, kind=one.kind, languages=tuple(more["languages"] or ()),
        community=None if more["community_id"] is None else str(more["community_id"]),
        followers=one.followers, influence=one.influence, relevance=one.relevance,
        match=one.influence * one.relevance, country_share=more["country_share"],
        age_share=more["age_share"], place_share=more["place_share"],
    )  # fmt: skip


def _more(lake: Lake, ids: Sequence[str], brief: Brief) -> dict[str, dict[str, Any]]:
    """Person, languages, community and shares of the audience, by account."""
    chosen = ibis.memtable({"account_id": list(ids)}, schema={"account_id": "string"})
    people = lake.read("people").select("account_id", "person_id")
    groups = lake.read("account_communities").select("account_id", "community_id")
    table = chosen
    for other in (people, groups, _languages(lake, chosen), _shares(lake, chosen, brief)):
        table = table.left_join(other, "account_id").drop("account_id_right")
    return {row["account_id"]: row for row in rows(table)}


def _languages(lake: Lake, chosen: ir.Table) -> ir.Table:
    written = lake.read("account_languages").semi_join(chosen, "account_id")
    fair = written.filter(_.share >= LEAST_WRITTEN)
    return fair.group_by("account_id").agg(
        languages=_.language.collect(order_by=[_.share.desc(), _.language])
    )


def _shares(lake: Lake, chosen: ir.Table, brief: Brief) -> ir.Table:
    """Shares of the audience wanted: of its latest answer on followers, else on others."""
    audience = brief.audience
    table = lake.read("audiences").semi_join(chosen, "account_id")
    order = [(_.slice == "followers").desc(), _.as_of.desc()]
    latest = ibis.window(group_by=["account_id", "dimension"], order_by=order)
    ranked = table.mutate(place=ibis.dense_rank().over(latest)).filter(_.place == 0)
    wanted = {
        "country_share": ("country", audience.countries),
        "age_share": ("age", [age.replace("+", "") for age in audience.ages]),
        "place_share": ("city", audience.places),
    }
    return ranked.group_by("account_id").agg(
        **{name: _share_of(ranked, of, values) for name, (of, values) in wanted.items()}
    )


def _share_of(audiences: ir.Table, dimension: str, values: Sequence[str]) -> Any:
    """Part of the audience with one of the values; NULL where the dimension is not known."""
    is_told = audiences.dimension == dimension
    is_wanted = audiences.value.replace("+", "").isin(list(values) or [""])
    there = audiences.share.sum(where=is_told & is_wanted).fill_null(0.0)
    return ibis.ifelse(is_told.any(), there, ibis.null("float64"))
