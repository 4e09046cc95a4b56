"""The addresses and keys by which a workspace reaches a source, and how often it fetches."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mawj.crm.members.models import User, Workspace


def nothing() -> dict[str, str]:
    """What is said of a source where nothing is."""
    return {}


def no_names() -> list[str]:
    """The keys that a source without any has."""
    return []


class SourceAccess(models.Model):
    """How a workspace reaches one source: addresses as they are, keys sealed.

    `sealed` holds the keys as `mawj.crm.sources.sealing` seals them; `key_names` says which
    there are, so that pages need not open it.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="source_accesses")
    source = models.CharField(max_length=40)
    addresses = models.JSONField(default=nothing)
    key_names = models.JSONField(default=no_names)
    sealed = models.TextField(blank=True)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Each source once in a workspace."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "source"], name="one_access_a_source")
        ]

    def __str__(self) -> str:
        """Which source, of whom; never with what."""
        return f"{self.source} of {self.workspace}"

    @property
    def place(self) -> str:
        """What the keys are sealed for: a row that is copied elsewhere opens nothing there."""
        return f"{self.workspace_id}/{self.source}"


class SyncSchedule(models.Model):
    """That what is due is fetched every so many hours, and whether to compute after it."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="schedule")
    every_h = models.PositiveSmallIntegerField()
    computes = models.BooleanField(default=False)
    next_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """How often, and whose."""
        return f"every {self.every_h} h in {self.workspace}"
