"""A file that was brought, until it is loaded or thrown away."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from mawj.crm.jobs.models import Job
from mawj.crm.members.models import User, Workspace


class Upload(models.Model):
    """One file: as it was called, and where it lies under a name of our own making."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=80, unique=True)
    n_bytes = models.BigIntegerField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="uploads")

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        """The name that it came with."""
        return self.name

    @property
    def path(self) -> str:
        """Where it lies."""
        return str(settings.HOME / "uploads" / self.stored_as)
