"""The job of vetting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from mawj.crm.brands.actions import understood
from mawj.crm.brands.models import Brand
from mawj.crm.jobs.kinds import Progress, job_kind
from mawj.flow.settings import settings_in_force
from mawj.flow.shared_lakes import lake_for_work
from mawj.flow.vet_kept import keep_vetting
from mawj.flow.vetting import VetAsked, vet

if TYPE_CHECKING:
    from mawj.crm.jobs.models import Job
    from mawj.flow.runner import StepDone


@job_kind("vet")
def vet_and_keep(job: Job, progress: Progress) -> dict[str, Any]:
    """Vet accounts and keep the vetting; its name is what the job's page needs."""

    def done(step: StepDone) -> None:
        progress(step.place, step.n_steps, step.name)

    settings = settings_in_force()
    brand = Brand.objects.filter(pk=job.asked["brand"], workspace=job.workspace).first()
    told = understood(brand.text) if brand else None
    asked = VetAsked(
        job.asked["accounts"], settings, told.tables if told else {}, told.name if told else ""
    )
    with lake_for_work(job.workspace.lake_path) as lake:
        vetted = vet(lake, asked, done=done)
        kept = keep_vetting(lake, vetted, settings, made_at=timezone.now())
    return {"vetting_id": kept.vetting_id, "n_accounts": len(kept.accounts)}
