"""A plan that was made, as it was told then, and its report in each language."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mawj.crm.jobs.models import Job
from mawj.crm.members.models import User, Workspace


class SavedPlan(models.Model):
    """A brief as text, and what was planned for it.

    `told` holds what the pages show (see `mawj.crm.plans.told`): it stays as it was when the
    plan was made, whatever is loaded later.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="plans")
    name = models.CharField(max_length=200)
    brief = models.TextField()
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="plans")
    told = models.JSONField(default=dict)

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-made_at", "-id"]

    def __str__(self) -> str:
        """Its name."""
        return self.name

    @property
    def is_made(self) -> bool:
        """Whether the job has told it yet."""
        return bool(self.told)


class PlanReport(models.Model):
    """The report of a plan in one language, as a whole HTML page."""

    plan = models.ForeignKey(SavedPlan, models.CASCADE, related_name="reports")
    language = models.CharField(max_length=2)
    html = models.TextField()

    class Meta:
        """One in each language."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "language"], name="one_report_a_language")
        ]

    def __str__(self) -> str:
        """Of which plan, in which language."""
        return f"{self.plan} ({self.language})"
