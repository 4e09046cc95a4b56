"""Which wishes of a brief stand in the way, and the nearest that can be had."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from mawj.flow.planned import Conflict
from mawj.plan.asking.brief import Audience
from mawj.plan.asking.shortlisting import ShortlistLimits, mismatch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from mawj.flow.plan_candidates import Sought
    from mawj.flow.plan_trust import Trust
    from mawj.plan.asking.brief import Brief
    from mawj.plan.asking.shortlisting import Candidate

MOST_TOGETHER = 2
"""Wishes that are given up together at most."""

BAR = "least_credibility"


FIELDS = (
    "languages", "countries", "ages", "places", "platforms", "deliverables", "tiers", "kinds",
    "never",
)  # fmt: skip
"""Wishes that keep accounts off the shortlist: fields of the audience, then of the brief."""


def too_few(
    found: Sought, trust: Trust | None, limits: ShortlistLimits | None = None
) -> tuple[Conflict, ...]:
    """Why fewer creators than wanted can be chosen from, and what would bring enough.

    Way 0 names the wishes that exclude each other: the number wanted, and each wish without
    which more would fit. Then each single wish that is enough to give up, else each pair.
    """
    brief, limits = found.brief, limits or ShortlistLimits()
    wanted = Conflict(0, "picks", side="least", wished=brief.least_creators)
    if trust is not None:
        return (wanted, *_by_bar(brief, _scores(found, trust)))
    said = [name for name in FIELDS if _is_said(brief, name)]
    n_now = _n_fitting(found.candidates, brief, limits)
    alone = {name: _n_fitting(found.candidates, without(brief, name), limits) for name in said}
    core = [wanted, *(Conflict(0, name) for name in said if alone[name] > n_now)]
    ways = list(_ways(found.candidates, brief, said, limits))
    fewer = Conflict(len({w.way for w in ways}) + 1, "picks", side="least",
                     wished=brief.least_creators, nearest=n_now, n_creators=n_now)  # fmt: skip
    return (*core, *ways, *((fewer,) if n_now else ()))


def without(brief: Brief, name: str) -> Brief:
    """The brief with one of `FIELDS` asking for nothing."""
    none: Any = ()
    if name in Audience.__dataclass_fields__:
        return replace(brief, audience=replace(brief.audience, **{name: none}))
    return replace(brief, **{name: none})


def _ways(
    candidates: Sequence[Candidate], brief: Brief, said: Sequence[str], limits: ShortlistLimits
) -> Iterator[Conflict]:
    for together in range(1, MOST_TOGETHER + 1):
        way = 0
        for names in combinations(said, together):
            looser = brief
            for name in names:
                looser = without(looser, name)
            n = _n_fitting(candidates, looser, limits)
            if n >= brief.least_creators:
                way += 1
                yield from (Conflict(way, name, n_creators=n) for name in names)
        if way:
            return


def _scores(found: Sought, trust: Trust) -> list[float | None]:
    """The best credibility of each person on the shortlist; None where none was assessed."""
    best: dict[str, float | None] = {}
    for one in found.shortlist.chosen:
        score, before = trust.credibility(one.account_id), best.get(one.person_id)
        best[one.person_id] = before if score is None else max(score, before or 0.0)
    return list(best.values())


def _by_bar(brief: Brief, scores: Sequence[float | None]) -> Iterator[Conflict]:
    """The bar as wished, lowered as far as needed, and fewer creators under it."""
    bar, least = brief.least_credibility or 0.0, brief.least_creators
    yield Conflict(0, BAR, side="least", wished=bar)
    known = sorted((score for score in scores if score is not None), reverse=True)
    way = 1
    if len(known) >= least:
        nearest = known[least - 1]
        n = sum(score >= nearest for score in known)
        yield Conflict(way, BAR, "", "least", bar, nearest, n_creators=n)
        way += 1
    elif len(scores) >= least:
        yield Conflict(way, BAR, side="least", wished=bar, n_creators=len(scores))
        way += 1
    passing = sum(score >= bar for score in known)
    if passing:
        yield Conflict(
            way, "picks", side="least", wished=least, nearest=passing, n_creators=passing
        )


def of_portfolio(rows: pa.Table, account_of: Mapping[str, str]) -> tuple[Conflict, ...]:
    """The conflicts that choosing found, with accounts for persons."""
    return tuple(_row(row, account_of) for row in rows.to_pylist())


def _row(row: Mapping[str, Any], account_of: Mapping[str, str]) -> Conflict:
    return Conflict(
        row["way"], row["wish"], account_of.get(row["name"], row["name"]), row["side"],
        row["wished"], row["nearest"], row["side"].endswith("_minor"),
        spent_minor=row["spent_minor"],
    )  # fmt: skip


def _n_fitting(candidates: Sequence[Candidate], brief: Brief, limits: ShortlistLimits) -> int:
    """Persons who fit, must-haves among them."""
    fits = {
        one.person_id
        for one in candidates
        if one.account_id in brief.must_have or mismatch(one, brief, limits) is None
    }
    return len(fits)


def _is_said(brief: Brief, name: str) -> bool:
    owner: Any = brief.audience if name in Audience.__dataclass_fields__ else brief
    return bool(getattr(owner, name))
