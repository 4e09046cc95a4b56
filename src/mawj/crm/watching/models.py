"""Who watches whom, and what they were told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mawj.crm.members.models import User, Workspace


class Watch(models.Model):
    """That a member watches an account, and how far its score must move to be told."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="watches")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    account_id = models.CharField(max_length=300)
    moved_by = models.FloatField(default=3.0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """An account is watched once by each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "user", "account_id"], name="watched_once"
            )
        ]

    def __str__(self) -> str:
        """Who watches whom."""
        return f"{self.user}: {self.account_id}"


class Alert(models.Model):
    """One thing that a watcher was told; `told` holds its numbers."""

    class Kind(models.TextChoices):
        """What happened."""

        MOVED = "moved"
        FINDING = "finding"
        STALE = "stale"

    watch = models.ForeignKey(Watch, models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    key = models.CharField(max_length=120)
    told = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first; the same thing is told once."""

        ordering: ClassVar[list[str]] = ["-at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["watch", "kind", "key"], name="told_once")
        ]

    def __str__(self) -> str:
        """What happened to whom."""
        return f"{self.kind}: {self.watch.account_id}"
