"""Asking for a job, doing it, and setting right those that were cut off."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mawj.crm.jobs.kinds import AFTERWARDS, Progress, work_of
from mawj.crm.jobs.models import Job
from mawj.crm.members.actions import record
from mawj.tables.errors import MawjError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.crm.members.models import User, Workspace

MOST_BEGUN = 3
"""A job that was cut off three times says so instead of being begun again (our judgement)."""
PROGRESS_S = 1.0
"""Seconds between two writings of progress (our judgement)."""
BEAT_S = 10.0
"""Seconds between two signs of life of a job that runs (our judgement)."""
SILENT = timedelta(seconds=60)
"""How long a running job may give no sign before it counts as cut off (our judgement)."""

log = logging.getLogger("mawj.jobs")


def ask_for(
    workspace: Workspace, kind: str, by: User | None, *, title: str = "", **asked: Any
) -> Job:
    """A job, waiting; the worker is told once the database holds it."""
    from mawj.crm.jobs.tasks import do  # noqa: PLC0415  (the task does jobs by this file)

    work_of(kind)
    with transaction.atomic():
        job = Job.objects.create(
            workspace=workspace, kind=kind, asked_by=by, title=title[:200], asked=asked
        )
        record(workspace, by, f"asked for {kind}", title, job=job.pk)
        transaction.on_commit(lambda: do(job.pk))
    return job


def do_job(job_id: int) -> None:
    """Do a job that waits; one that another worker took, or that is done, is left alone."""
    taken = Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, began_at=timezone.now(), beat_at=timezone.now()
    )
    if not taken:
        return
    job = Job.objects.select_related("workspace", "asked_by").get(pk=job_id)
    job.n_begun += 1
    job.save(update_fields=["n_begun"])
    try:
        with _beating(job):
            result = work_of(job.kind)(job, _progress_of(job))
    except MawjError as error:
        _end(job, Job.State.FAILED, error=str(error))
    except Exception as error:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        _end(job, Job.State.FAILED, error=f"{type(error).__name__}: {error}")
    else:
        _end(job, Job.State.DONE, result=result)
        _afterwards(job)


def take_up_again(now: datetime, *, silent: timedelta = SILENT) -> list[int]:
    """The jobs to be done now that were waiting or cut off; what cannot go on says so.

    Called when a worker starts (with no silence, as no other works then) and every minute.
    """
    cut_off = Job.objects.filter(state=Job.State.RUNNING, beat_at__lte=now - silent)
    for job in cut_off.filter(n_begun__gte=MOST_BEGUN):
        _end(job, Job.State.FAILED, error=f"cut off {job.n_begun} times; ask for it again")
    cut_off.filter(n_begun__lt=MOST_BEGUN).update(state=Job.State.WAITING, step="")
    waiting = Job.objects.filter(state=Job.State.WAITING, created_at__lte=now - silent)
    return list(waiting.order_by("created_at").values_list("pk", flat=True))


def _afterwards(job: Job) -> None:
    """What other rooms do once it is done; what goes wrong there does not undo the job."""
    for act in AFTERWARDS:
        try:
            act(job)
        except Exception:
            log.exception("after job %s (%s): %s", job.pk, job.kind, act.__name__)


@contextmanager
def _beating(job: Job) -> Iterator[None]:
    """A sign of life every few seconds while the block runs, however long a step takes."""
    ended = Event()

    def beat() -> None:
        while not ended.wait(BEAT_S):
            try:
                Job.objects.filter(pk=job.pk).update(beat_at=timezone.now())
            except DatabaseError as error:
                # A database that is busy now is asked again at the next beat.
                log.warning("job %s: no sign of life written: %s", job.pk, error)
        connection.close()

    heart = Thread(target=beat, name=f"beat-{job.pk}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()


def _progress_of(job: Job) -> Progress:
    last = 0.0

    def progress(n_done: int, n_steps: int | None, step: str) -> None:
        nonlocal last
        if time.monotonic() - last < PROGRESS_S and n_done != n_steps:
            return
        last = time.monotonic()
        Job.objects.filter(pk=job.pk).update(n_done=n_done, n_steps=n_steps, step=step[:120])

    return progress


def _end(job: Job, state: Job.State, **told: Any) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, ended_at=timezone.now(), **told)
    log.info("job %s (%s) %s", job.pk, job.kind, state)
