"""Why a score is what it is: its contributions, their evidence and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj.flow.accounts import Readable, account_id_of
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
    face = lake.seek("accounts", {"account_id": account_id}, ["name", "source", "fetched_at"])[
        0
    ]
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
    found = lake.seek("topics", {"topic_id": topic_id})
    return {code: str(row[f"name_{code}"]) for row in found for code in ("en", "ar", "fa")}


def _score(lake: Readable, account_id: str, topic_id: str) -> dict[str, Any]:
    found = lake.seek("influence", {"account_id": account_id})
    scores = {row["topic_id"]: row for row in found}
    if topic_id not in scores:
        known = ", ".join(sorted(t for t in scores if t)) or "none"
        raise NotFound(
            f"{account_id} is not scored on {topic_id or 'anything'}; topics: {known}"
        )
    return scores[topic_id]


def _reasons(lake: Readable, account_id: str, topic_id: str) -> tuple[Reason, ...]:
    names = [name for name in Reason.__dataclass_fields__ if name != "evidence"]
    where = {"subject_id": account_id, "topic_id": topic_id}
    evidence = _evidence(lake, account_id, topic_id)
    made = [
        Reason(
            **{name: row[name] for name in names},
            evidence=tuple(evidence.get(row["finding"], ())),
        )
        for row in lake.seek("influence_findings", where, names)
    ]
    return tuple(
        sorted(made, key=lambda r: (r.finding != "base", -abs(r.contribution), r.finding))
    )


def _evidence(lake: Readable, account_id: str, topic_id: str) -> dict[str, list[Evidence]]:
    where = {"account_id": account_id, "topic_id": topic_id}
    rows = lake.seek("influence_evidence", where)
    found = sorted(rows, key=lambda r: (r["finding"], r["place"]))
    cited = [row["evidence_id"] for row in found if row["kind"] == "post"]
    posts = _posts(lake, account_id, cited)
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
    where = {"account_id": account_id, "topic_id": topic_id}
    found = sorted(lake.seek("topic_evidence", where), key=lambda r: int(r["place"]))
    posts = _posts(lake, account_id, [row["post_id"] for row in found])
    return tuple(
        Evidence(r["said_by"], r["post_id"], float(r["place"]), **posts.get(r["post_id"], {}))
        for r in found
    )


def _posts(lake: Readable, account_id: str, ids: list[str]) -> dict[str, dict[str, Any]]:
    """What posts cited for an account say; from all posts where the run is of before."""
    where: dict[str, Any] = {"post_id": ids}
    name = "posts"
    if lake.has("cited_posts"):
        name, where = "cited_posts", {"account_id": account_id} | where
    found = lake.seek(name, where, ["post_id", "text", "url", "published_at"])
    return {row.pop("post_id"): row for row in found}
