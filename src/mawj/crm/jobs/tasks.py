"""What the worker runs: one task that does a job, and one that takes up what was cut off."""

from __future__ import annotations

import os
import socket
from datetime import timedelta

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from mawj.crm.jobs.actions import do_job, take_up_again
from mawj.crm.jobs.models import Worker

FORGOTTEN = timedelta(days=1)


@db_task()  # type: ignore[untyped-decorator]
def do(job_id: int) -> None:
    """Do one job."""
    do_job(job_id)


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def every_minute() -> None:
    """Give a sign of life, and take up what was cut off in the meantime."""
    sign()
    for job_id in take_up_again(timezone.now()):
        do(job_id)


def take_up_at_start() -> list[int]:
    """Take up what waited or ran when the last worker ended; called before a worker begins."""
    sign()
    found = take_up_again(timezone.now(), silent=timedelta(0))
    for job_id in found:
        do(job_id)
    return found


def sign() -> None:
    """This worker's sign of life; those of workers long gone are dropped."""
    now = timezone.now()
    name = f"{socket.gethostname()}:{os.getpid()}"
    Worker.objects.update_or_create(name=name, defaults={"beat_at": now})
    Worker.objects.filter(beat_at__lt=now - FORGOTTEN).delete()
