"""What the worker runs: one task that does a job, and one that takes up what was cut off."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from mawj.crm.jobs.actions import do_job, take_up_again


@db_task()  # type: ignore[untyped-decorator]
def do(job_id: int) -> None:
    """Do one job."""
    do_job(job_id)


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def every_minute() -> None:
    """Take up what was cut off in the meantime."""
    for job_id in take_up_again(timezone.now()):
        do(job_id)


def take_up_at_start() -> list[int]:
    """Take up what waited or ran when the last worker ended; called before a worker begins."""
    found = take_up_again(timezone.now(), silent=timedelta(0))
    for job_id in found:
        do(job_id)
    return found
