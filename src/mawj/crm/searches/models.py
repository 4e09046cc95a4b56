"""A search by name, and whom each reader found when they last opened it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mawj.crm.members.models import User, Workspace


def nobody() -> list[str]:
    """Whom a search that was never opened found."""
    return []


class SavedSearch(models.Model):
    """What an address of the find page asks for; for its owner alone, or for all here."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="searches")
    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    query = models.TextField(blank=True)
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """By name."""

        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Opening(models.Model):
    """When somebody last opened a search, the first accounts then, and who was new."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="openings")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    before_at = models.DateTimeField(null=True)
    accounts = models.JSONField(default=nobody)
    new = models.JSONField(default=nobody)

    class Meta:
        """Each reader's last time alone."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["search", "user"], name="opened_last_once")
        ]

    def __str__(self) -> str:
        """Who opened what."""
        return f"{self.user}: {self.search}"
