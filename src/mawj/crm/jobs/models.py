"""A job: what was asked, how far it is, what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mawj.crm.members.models import User, Workspace


class Job(models.Model):
    """One piece of long work.

    A job waits, runs, and is then done or failed. `beat_at` is the worker's last sign of life:
    a running job without one was cut off and is begun again, at most `MOST_BEGUN` times.
    """

    class State(models.TextChoices):
        """Where a job is."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200, blank=True)
    asked = models.JSONField(default=dict)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    n_begun = models.PositiveSmallIntegerField(default=0)
    n_done = models.PositiveIntegerField(default=0)
    n_steps = models.PositiveIntegerField(null=True)
    step = models.CharField(max_length=120, blank=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    began_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["workspace", "state"])]

    def __str__(self) -> str:
        """What kind, and where it is."""
        return f"{self.kind} ({self.state})"

    @property
    def is_open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def share_done(self) -> float | None:
        """How much of it is done, 0 to 1; None where that is not known."""
        return None if not self.n_steps else min(self.n_done / self.n_steps, 1.0)


class Worker(models.Model):
    """A worker process, by host and number, and its last sign of life."""

    name = models.CharField(max_length=120, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        """Its name."""
        return self.name
