"""Answers of the flow in the shapes of the schemas."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any

from mawj.api import schemas
from mawj.flow.sentences import LANGUAGES, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mawj.crm.jobs.models import Job
    from mawj.crm.plans.models import SavedPlan
    from mawj.flow.comparing import Compared
    from mawj.flow.why import Why


def explained(found: Why) -> dict[str, Any]:
    """A score with each reason's sentence in three languages."""
    told = {name: getattr(found, name) for name in schemas.Explained.model_fields}
    told["reasons"] = [
        asdict(one) | {"said": {lang: sentence(one, lang) for lang in LANGUAGES}}
        for one in found.reasons
    ]
    return told


def compared(found: Compared) -> dict[str, Any]:
    """Accounts side by side."""
    findings = found.findings
    columns = zip(*(found.points(finding) for finding in findings), strict=True)
    sides = [
        {name: getattr(side, name) for name in ("account_id", "name", "influence",
                                                "influence_low", "influence_high")}
        | {"points": dict(zip(findings, points, strict=True))}
        for side, points in zip(found.sides, columns, strict=True)
    ]  # fmt: skip
    return {"sides": sides, "p_first_above_second": found.p_first_above_second}


def rows_plain(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows of a table as JSON can hold them: what is not known, or no number, is null."""
    return {"rows": [{key: plain(value) for key, value in row.items()} for row in rows]}


def plain(value: Any) -> Any:
    """One value as JSON can hold it."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    return value


def job_seen(job: Job) -> dict[str, Any]:
    """A job as it is shown."""
    told = {name: getattr(job, name) for name in schemas.JobSeen.model_fields}
    return told | {"result": plain(job.result)}


def plan_seen(plan: SavedPlan, *, with_prices: bool) -> dict[str, Any]:
    """A plan; for a guest without anything that is money."""
    told = plain(plan.told) if with_prices else without_money(plain(plan.told))
    return {
        "id": plan.pk, "name": plan.name, "made_at": plan.made_at, "job_id": plan.job_id,
        "told": told,
    }  # fmt: skip


MONEY = frozenset({"curve", "alternatives", "left_out", "ads", "conflicts", "why", "declined"})
"""Parts of a plan that say prices, or are sentences that may."""


def without_money(told: Any) -> Any:
    """What a guest may see of it: no amounts, and no sentences that name some."""
    if isinstance(told, dict):
        return {
            key: without_money(value)
            for key, value in told.items()
            if not key.endswith("_minor") and key not in MONEY
        }
    return [without_money(one) for one in told] if isinstance(told, list) else told
