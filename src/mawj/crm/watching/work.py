"""Looking again after each run and each vetting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from mawj.crm.jobs.kinds import AFTERWARDS
from mawj.crm.watching.actions import look
from mawj.flow.shared_lakes import lake_for_work

if TYPE_CHECKING:
    from mawj.crm.jobs.models import Job


def look_again(job: Job) -> None:
    """Look at what is watched in the job's workspace."""
    if job.kind in ("run", "vet", "first_hour"):
        with lake_for_work(job.workspace.lake_path) as lake:
            look(job.workspace, lake, timezone.now())


AFTERWARDS.append(look_again)
