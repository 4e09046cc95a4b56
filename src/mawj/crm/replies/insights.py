"""A creator's own figures: given with consent by the private link, and withdrawn by it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from mawj.crm.jobs.actions import ask_for
from mawj.crm.jobs.kinds import Progress, job_kind
from mawj.crm.members.actions import record
from mawj.crm.replies.models import Insights
from mawj.flow.own_figures import keep_figures, take_figures_back
from mawj.flow.shared_lakes import lake_for_work
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.crm.jobs.models import Job
    from mawj.crm.members.models import Workspace
    from mawj.crm.replies.models import ReplyLink
    from mawj.flow.own_figures import Figures

WORDING = "insights-1"
"""Which text of consent was shown; a new text gets a new name, old consents keep theirs."""
MOST_GIVEN = 20
"""Figures of one link that may stand at once: enough for months, too few to flood."""


@transaction.atomic
def give_insights(
    link: ReplyLink, figures: Figures, *, language: str, has_consented: bool
) -> Insights:
    """Keep what the creator gave; the lake has it when the job is done.

    Raises:
        ActionRefused: without consent, with nothing that can be read, or when too many stand.
    """
    if not has_consented:
        raise ActionRefused("tick that you agree first: without it nothing is kept")
    if figures.is_empty:
        told = "; ".join(figures.faults[:3]) or "write a figure or bring a file"
        raise ActionRefused(f"nothing could be read: {told}")
    if link.insights.filter(withdrawn_at=None).count() >= MOST_GIVEN:
        raise ActionRefused("withdraw earlier figures first: too many stand already")
    made = Insights.objects.create(
        link=link, workspace=link.workspace, account_id=link.account_id, wording=WORDING,
        language=language, load_id=f"insights-{uuid.uuid4().hex}",
        figures={"counts": figures.counts, "audience": figures.audience},
    )  # fmt: skip
    record(link.workspace, None, "gave own figures", link.account_id, by=link.account_id,
           account=link.account_id, wording=WORDING)  # fmt: skip
    ask_for(link.workspace, "keep_insights", None, title=link.account_id, insights=made.pk)
    return made


@transaction.atomic
def withdraw_insights(link: ReplyLink, pk: int) -> None:
    """Withdraw consent: the figures go from here at once, from the lake by a job.

    Raises:
        ActionRefused: for figures of somebody else, or that are withdrawn already.
    """
    found = Insights.objects.filter(
        pk=pk, workspace=link.workspace, account_id=link.account_id, withdrawn_at=None
    ).first()
    if found is None:
        raise ActionRefused("these figures are withdrawn already")
    found.figures, found.withdrawn_at = {}, timezone.now()
    found.save(update_fields=["figures", "withdrawn_at"])
    record(link.workspace, None, "withdrew own figures", link.account_id, by=link.account_id,
           account=link.account_id)  # fmt: skip
    ask_for(link.workspace, "drop_insights", None, title=link.account_id, insights=found.pk)


def given_by(workspace: Workspace, account_id: str) -> Sequence[Insights]:
    """What the account gave and did not withdraw, newest first."""
    return list(workspace.insights.filter(account_id=account_id, withdrawn_at=None))


@job_kind("keep_insights")
def keep_insights(job: Job, progress: Progress) -> dict[str, Any]:
    """Put given figures into the lake; nothing where they were withdrawn in the meantime."""
    progress(0, None, "insights")
    found = Insights.objects.get(pk=job.asked["insights"])
    with lake_for_work(job.workspace.lake_path) as lake:
        if found.withdrawn_at is not None:
            return {"rows": 0}
        return {"rows": keep_figures(lake, found.account_id, found.figures, found.load_id,
                                     found.given_at)}  # fmt: skip


@job_kind("drop_insights")
def drop_insights(job: Job, progress: Progress) -> dict[str, Any]:
    """Take withdrawn figures out of the lake."""
    progress(0, None, "insights")
    found = Insights.objects.get(pk=job.asked["insights"])
    with lake_for_work(job.workspace.lake_path) as lake:
        return {"rows": take_figures_back(lake, found.load_id)}
