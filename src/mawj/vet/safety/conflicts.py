"""How far posts cross red lines, each weighed by how plain, how old and how grave it is."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.vet.safety.rules import either

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

USUAL_LINES = {
    "offence": 0.6, "hate": 1.0, "violence": 0.8, "sexual": 0.7, "alcohol": 0.4, "drugs": 0.9,
    "tobacco": 0.4, "gambling": 0.6, "religion": 0.7, "family": 0.4, "politics": 0.2,
}  # fmt: skip
"""How much each subject matters where a brand says nothing of it; our judgement."""

OWN = "own:"
"""What the subject of a brand's own list begins with."""


@dataclass(frozen=True)
class ConflictWeights:
    """How posts that cross a red line are weighed.

    Attributes:
        half_life_days: days after which a post counts half; a year, our judgement.
        one_post: share of a check's points that one plain post of today takes; our judgement.
        least_strength: strength from which a post is held to cross the line; see
            docs/guides/brand.md for how often that errs.
        least_posts: posts read that a verdict of «nothing found» takes; our judgement.
    """

    half_life_days: float = 365.0
    one_post: float = 0.4
    least_strength: float = 0.5
    least_posts: int = 5


@dataclass(frozen=True)
class Line:
    """One red line: the subjects that cross it.

    Attributes:
        about: what the finding is about: a subject, a value, a list of the brand's own.
        subjects: severity by subject.
        look_back_days: posts older than that do not count; None: all count.
    """

    about: str
    subjects: dict[str, float]
    look_back_days: float | None = None


@dataclass(frozen=True)
class Crossing:
    """One post that crosses one line, and how much it counts, 0 to 1."""

    account_id: str
    about: str
    counts: float
    post: dict[str, Any]


def lines_of(brand_red_lines: pa.Table, subjects: Sequence[str]) -> list[Line]:
    """The lines of a check's subjects, of one subject without its name.

    A line of no weight stays, and takes nothing: what the brand allows is clear.
    """
    is_one = len(subjects) == 1
    return [
        Line(
            "" if is_one else row["subject"],
            {row["subject"]: row["severity"]},
            row["look_back_days"],
        )
        for row in brand_red_lines.to_pylist()
        if row["subject"] in subjects
    ]


def crossings(
    sensitive_posts: pa.Table,
    lines: Iterable[Line],
    as_of: datetime,
    weights: ConflictWeights,
) -> list[Crossing]:
    """The posts that cross the lines, each as often as it crosses one."""
    by_subject: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for subject in line.subjects:
            by_subject[subject].append(line)
    made = []
    for post in sensitive_posts.to_pylist():
        if post["is_about"] or post["strength"] < weights.least_strength:
            continue
        for line in by_subject.get(post["subject"], ()):
            counts = _counts(post, line, as_of, weights)
            if counts > 0.0:
                made.append(Crossing(post["account_id"], line.about, counts, post))
    return made


def _counts(
    post: dict[str, Any], line: Line, as_of: datetime, weights: ConflictWeights
) -> float:
    """Strength, severity and age together; a post without a date counts as one of today."""
    age = 0.0
    if post["published_at"] is not None:
        age = max((utc(as_of) - utc(post["published_at"])).total_seconds() / 86_400.0, 0.0)
    if line.look_back_days is not None and age > line.look_back_days:
        return 0.0
    fresh = math.pow(0.5, age / weights.half_life_days)
    return float(post["strength"] * line.subjects[post["subject"]] * fresh)


def utc(moment: datetime) -> datetime:
    """`moment` with its zone said; stored moments are UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def conflict_rows(
    found: Sequence[Crossing],
    lines: Sequence[Line],
    read_posts: pa.Table,
    weights: ConflictWeights,
    weight: float,
) -> pa.Table:
    """One row per account and line: what a check over red lines gives.

    Reads:
        found, lines: see `crossings`. weight: the most points of the check.

    Returns:
        account_id, about, observed (posts that cross the line), expected (none), sample_size
        (posts read), dates of the first and last, contribution: the points that all of them
        take, the next post less than the one before. NULL with too few posts read.
    """
    by_key: dict[tuple[str, str], list[Crossing]] = defaultdict(list)
    for crossing in found:
        by_key[crossing.account_id, crossing.about].append(crossing)
    rows = [
        _row(read, line, by_key.get((read["account_id"], line.about), []), weights)
        for read in read_posts.to_pylist()
        for line in lines
    ]
    # Several lines of one check share its points: the sum stays within its weight.
    _share_out(rows, weight)
    return pa.Table.from_pylist(rows, schema=_schema())


def _schema() -> pa.Schema:
    kinds: dict[str, Any] = {
        "account_id": pa.string(), "about": pa.string(), "contribution": pa.float64(),
        "observed": pa.float64(), "expected": pa.float64(), "sample_size": pa.float64(),
        "compared_with": pa.string(), "from_date": pa.timestamp("us", "UTC"),
        "to_date": pa.timestamp("us", "UTC"),
    }  # fmt: skip
    return pa.schema([pa.field(name, kind) for name, kind in kinds.items()])


def _row(
    read: dict[str, Any], line: Line, found: list[Crossing], weights: ConflictWeights
) -> dict[str, Any]:
    dates = [c.post["published_at"] for c in found if c.post["published_at"] is not None]
    is_enough = found or read["n_read"] >= weights.least_posts
    counted = sorted(crossing.counts for crossing in found)
    return {
        "account_id": read["account_id"],
        "about": line.about,
        "contribution": either(weights.one_post * c for c in counted) if is_enough else None,
        "observed": float(len({crossing.post["post_id"] for crossing in found})),
        "expected": 0.0,
        "sample_size": read["n_read"],
        "compared_with": ", ".join(
            sorted({c.post["judged_by"] for c in found if c.post["judged_by"]})
        ),
        "from_date": min(dates, default=read["from_at"]),
        "to_date": max(dates, default=read["to_at"]),
    }


def _share_out(rows: list[dict[str, Any]], weight: float) -> None:
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        sums[row["account_id"]] += row["contribution"] or 0.0
    for row in rows:
        if row["contribution"] is not None:
            share = row["contribution"] / max(sums[row["account_id"]], 1.0)
            row["contribution"] = -weight * share if share else 0.0


def evidence_of(found: Sequence[Crossing]) -> pa.Table:
    """The posts behind the findings, quoted, with how much each counts."""
    return pa.table(
        {
            "account_id": pa.array([c.account_id for c in found], pa.string()),
            "about": pa.array([c.about for c in found], pa.string()),
            "kind": pa.array(["post"] * len(found), pa.string()),
            "evidence_id": pa.array([c.post["post_id"] for c in found], pa.string()),
            "amount": pa.array([c.counts for c in found], pa.float64()),
            "at": pa.array([c.post["published_at"] for c in found], pa.timestamp("us", "UTC")),
            "quote": pa.array([c.post["quote"] for c in found], pa.string()),
        }
    )
