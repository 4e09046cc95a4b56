"""The job of planning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from mawj.crm.jobs.kinds import Progress, job_kind
from mawj.crm.plans.actions import understood
from mawj.crm.plans.models import PlanReport, SavedPlan
from mawj.crm.plans.told import told
from mawj.flow.named import names_of
from mawj.flow.planning import PlanAsked, plan
from mawj.flow.sentences import LANGUAGES
from mawj.flow.settings import settings_in_force
from mawj.flow.shared_lakes import lake_for_work
from mawj.reports.plan_html import plan_html
from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from mawj.crm.jobs.models import Job
    from mawj.flow.runner import StepDone


@job_kind("plan")
def make_plan(job: Job, progress: Progress) -> dict[str, Any]:
    """Plan for a brief and keep what the pages show of it, in three languages."""
    saved = SavedPlan.objects.filter(pk=job.asked["plan"], workspace=job.workspace).first()
    if saved is None:
        raise NotFound("the plan was let go of in the meantime")

    def done(step: StepDone) -> None:
        progress(step.place, step.n_steps, step.name)

    progress(0, None, "find")
    asked = PlanAsked(
        understood(saved.brief), settings_in_force(), timezone.now(), is_kept=True, done=done
    )
    with lake_for_work(job.workspace.lake_path) as lake:
        made = plan(lake, asked)
        ids = {one for point in made.curve for one in point.account_ids}
        ids |= {one for scenario in made.scenarios for one in scenario.account_ids}
        shown = told(made, names_of(lake, sorted(ids)))
    with transaction.atomic():
        saved.told = shown
        saved.save(update_fields=["told"])
        for language in LANGUAGES:
            PlanReport.objects.update_or_create(
                plan=saved, language=language, defaults={"html": plan_html(made, language)}
            )
    return {"plan": saved.pk, "n_picks": len(made.picks)}
