"""Why a score is what it is: its contributions, their evidence and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.accounts import Readable, account_id_of, rows
from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


@dataclass(frozen=True)
class Evidence:
    """One post or account behind a contribution."""

    kind: str
    evidence_id: str
    amount: float
    text: str | None = None
    url: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True)
class Reason:
    """One contribution: a bar of the waterfall."""

    finding: str
    status: str
    contribution: float
    observed: float | None
    expected: float | None
    unit: str
    sample_size: float | None
    basis: str
    compared_with: str
    missing: str
    weight: float
    from_date: date | None
    to_date: date | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Why:
    """The whole answer: the score, its interval, and the reasons that add up to it."""

    account_id: str
    name: str | None
    topic_id: str
    influence: float
    influence_low: float | None
    influence_high: float | None
    coverage: float
    is_ranked: bool
    rank: int | None
    rule_version: str
    reasons: tuple[Reason, ...]
    topic_posts: tuple[Evidence, ...]
    source: str
    fetched_at: datetime | None
    topic_names: Mapping[str, str]

    @property
    def total(self) -> float:
        """The sum of the contributions, which is the score."""
        return sum(reason.contribution for reason in self.reasons)


def why(lake: Readable, said: str, topic_id: str = "") -> Why:
    """The reasons of one account's influence, overall or on `topic_id`, largest first.

    Raises:
        NotFound: for an unknown account, or a topic on which it is not scored.
    """
    account_id = account_id_of(lake, said)
    score = _score(lake, account_id, topic_id)
    accounts = lake.read("accounts")
    face = rows(accounts.filter(accounts.account_id == account_id))[0]
    columns = Why.__dataclass_fields__.keys() & score.keys()
    return Why(
        **{name: score[name] for name in columns},
        name=face["name"],
        reasons=_reasons(lake, account_id, topic_id),
        topic_posts=_topic_posts(lake, account_id, topic_id),
        topic_names=_names(lake, topic_id),
        source=face["source"],
        fetched_at=face["fetched_at"],
    )


def _names(lake: Readable, topic_id: str) -> dict[str, str]:
    """The topic's name by language; empty for the whole account."""
    found = rows(lake.read("topics").filter(_.topic_id == topic_id))
    return {code: str(row[f"name_{code}"]) for row in found for code in ("en", "ar", "fa")}


def _score(lake: Readable, account_id: str, topic_id: str) -> dict[str, Any]:
    table = lake.read("influence").filter(_.account_id == account_id)
    scores = {row["topic_id"]: row for row in rows(table)}
    if topic_id not in scores:
        known = ", ".join(sorted(t for t in scores if t)) or "none"
        raise NotFound(
            f"{account_id} is not scored on {topic_id or 'anything'}; topics: {known}"
        )
    return scores[topic_id]


def _reasons(lake: Readable, account_id: str, topic_id: str) -> tuple[Reason, ...]:
    findings = lake.read("influence_findings").filter(
        _.subject_id == account_id, _.topic_id == topic_id
    )
    evidence = _evidence(lake, account_id, topic_id)
    names = Reason.__dataclass_fields__.keys() - {"evidence"}
    made = [
        Reason(
            **{name: row[name] for name in names},
            evidence=tuple(evidence.get(row["finding"], ())),
        )
        for row in rows(findings)
    ]
    return tuple(
        sorted(made, key=lambda r: (r.finding != "base", -abs(r.contribution), r.finding))
    )


def _evidence(lake: Readable, account_id: str, topic_id: str) -> dict[str, list[Evidence]]:
    table = lake.read("influence_evidence").filter(
        _.account_id == account_id, _.topic_id == topic_id
    )
    found = sorted(rows(table), key=lambda r: (r["finding"], r["place"]))
    posts = _posts(lake, [r["evidence_id"] for r in found if r["kind"] == "post"])
    by_finding: dict[str, list[Evidence]] = {}
    for row in found:
        said = posts.get(row["evidence_id"], {})
        by_finding.setdefault(row["finding"], []).append(
            Evidence(row["kind"], row["evidence_id"], row["amount"], **said)
        )
    return by_finding


def _topic_posts(lake: Readable, account_id: str, topic_id: str) -> tuple[Evidence, ...]:
    if not topic_id:
        return ()
    table = lake.read("topic_evidence").filter(
        _.account_id == account_id, _.topic_id == topic_id
    )
    found = sorted(rows(table), key=lambda r: int(r["place"]))
    posts = _posts(lake, [r["post_id"] for r in found])
    return tuple(
        Evidence(r["said_by"], r["post_id"], float(r["place"]), **posts.get(r["post_id"], {}))
        for r in found
    )


def _posts(lake: Readable, ids: list[str]) -> dict[str, dict[str, Any]]:
    if not ids:
        return {}
    table = lake.read("posts").filter(_.post_id.isin(ids))
    found = rows(table.select("post_id", "text", "url", "published_at"))
    return {row.pop("post_id"): row for row in found}
