"""What goes in and comes out; made from the same answers as the pages."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import BeforeValidator, ConfigDict

Short = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Key = Annotated[str, Field(max_length=300, min_length=1, pattern=r"^[^\x00]*$")]


def iso_day(value: object) -> object:
    """A day as 2027-01-31; a number, which could be read as seconds, is none."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("write the day as 2027-01-31")
    return value


class Strict(Schema):
    """What comes in: nothing but what is known."""

    model_config = ConfigDict(extra="forbid")


class Fault(Schema):
    """Why a call was not answered."""

    code: str
    said: str
    where: list[str]


class FindAsked(Strict):
    """What is looked for; an empty field asks for nothing."""

    subject: Short = ""
    topic: Short = ""
    language: Short = ""
    country: Short = ""
    platform: Short = ""
    tier: Short = ""
    kind: Literal["", "specialist", "celebrity"] = ""
    least_influence: Annotated[float, Field(ge=0, le=100)] = 0.0
    order: Literal["match", "influence", "relevance", "followers", "engagement"] = "match"
    with_unranked: bool = False
    trust: Literal["", "calm", "caution", "serious", "unknown", "not_assessed"] = ""
    audience_country: Short = ""
    audience_language: Short = ""
    price: Literal["", "known", "not_known"] = ""
    fee_at_most: Annotated[float, Field(ge=0, le=1e12)] = 0.0
    fee_currency: Annotated[str, Field(pattern=r"^[A-Za-z]{3}$")] = "USD"
    top: Annotated[int, Field(ge=1, le=500)] = 20


class TopicAsked(Strict):
    """On which topic; empty for overall."""

    topic: Short = ""


class CompareAsked(Strict):
    """Two to five accounts, and on which topic."""

    account: Annotated[list[Key], Field(min_length=2, max_length=5)]
    topic: Short = ""


class SchemeAsked(Strict):
    """Whose tier lines."""

    scheme: Short = "hootsuite"


class AccountsAsked(Strict):
    """One to twenty accounts."""

    account: Annotated[list[Key], Field(min_length=1, max_length=20)]


class ForecastAsked(AccountsAsked):
    """Whose posts, on which day."""

    on: Annotated[date, BeforeValidator(iso_day)]
    is_paid: bool = True


class Found(Schema):
    """One account that was found."""

    account_id: str
    platform: str
    handle: str | None
    name: str | None
    influence: float
    influence_low: float | None
    influence_high: float | None
    relevance: float
    coverage: float
    p_top: float | None
    tier: str | None
    kind: str | None
    followers: float | None
    engagement_share: float | None
    language: str | None
    country: str | None
    topics: list[str]
    reasons: list[tuple[str, float]]
    trust: str | None


class Shortlist(Schema):
    """What was found, and what the words were understood as."""

    terms: list[str]
    topic_ids: list[str]
    n_matching: int
    found: list[Found]


class Proof(Schema):
    """One post or account behind a reason."""

    kind: str
    evidence_id: str
    amount: float
    text: str | None
    url: str | None
    published_at: datetime | None


class Reason(Schema):
    """One reason of a score, with the sentence that says it."""

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
    said: dict[str, str]
    evidence: list[Proof]


class Explained(Schema):
    """A score, its interval, and the reasons that add up to it."""

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
    source: str
    fetched_at: datetime | None
    reasons: list[Reason]


class Side(Schema):
    """One account of a comparison."""

    account_id: str
    name: str | None
    influence: float
    influence_low: float | None
    influence_high: float | None
    points: dict[str, float]


class Compared(Schema):
    """Accounts side by side; the chance that the first stands above the second."""

    sides: list[Side]
    p_first_above_second: float | None


class Rows(Schema):
    """Rows of a table that docs/tables.md declares."""

    rows: list[dict[str, Any]]


class JobSeen(Schema):
    """A job: where it is, and what came of it."""

    id: int
    kind: str
    title: str
    state: Literal["waiting", "running", "done", "failed"]
    share_done: float | None
    step: str
    error: str
    result: dict[str, Any]
    created_at: datetime
    ended_at: datetime | None


class VetAsked(Strict):
    """Whom to vet, against which brand."""

    accounts: Annotated[list[Key], Field(min_length=1, max_length=500)]
    brand: int | None = None


class PlanAsked(Strict):
    """A brief, as the text of a brief file (docs/guides/plans.md)."""

    brief: Annotated[str, Field(min_length=1, max_length=100_000, pattern=r"^[^\x00]*$")]


class PlanSeen(Schema):
    """A plan; `told` (see mawj.crm.plans.told) is empty until its job is done."""

    id: int
    name: str
    made_at: datetime
    job_id: int | None
    told: dict[str, Any]


class ListAsked(Strict):
    """A new list."""

    name: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")]


class EntriesAsked(Strict):
    """Accounts to put on a list."""

    accounts: Annotated[list[Key], Field(min_length=1, max_length=1000)]


class EntrySeen(Schema):
    """One account on a list; tags and reminder are for members."""

    account_id: str
    name: str
    stage: str
    tags: list[str]
    remind_on: date | None


class ListSeen(Schema):
    """A list."""

    id: int
    name: str
    stages: list[str]
    made_at: datetime


class ListWhole(ListSeen):
    """A list with those on it."""

    entries: list[EntrySeen]


class Added(Schema):
    """How many came on a list, and who is not loaded."""

    n_added: int
    unknown: list[str]


class Member(Schema):
    """One who belongs to a workspace."""

    name: str
    email: str
    role: Literal["guest", "member", "owner"]


class WorkspaceSeen(Schema):
    """A workspace that the caller belongs to."""

    slug: str
    name: str
    role: Literal["guest", "member", "owner"]
    currency: str
    is_made_up: bool
