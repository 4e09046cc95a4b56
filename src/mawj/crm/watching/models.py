"""Who watches whom, and what they were told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mawj.crm.creators.models import CreatorList
from mawj.crm.members.models import User, Workspace
from mawj.crm.searches.models import SavedSearch


def nobody() -> list[str]:
    """Whom a search that was not looked at yet had found."""
    return []


class Watch(models.Model):
    """That a member watches something, and how far a score must move to be told.

    It is an account, all accounts of a list, or the first of a saved search; `known` are those
    whom the search had found before.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="watches")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    account_id = models.CharField(max_length=300, blank=True)
    list = models.ForeignKey(CreatorList, models.CASCADE, null=True, related_name="watches")
    search = models.ForeignKey(SavedSearch, models.CASCADE, null=True, related_name="watches")
    known = models.JSONField(default=nobody)
    moved_by = models.FloatField(default=3.0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Each is watched once by each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "user", "account_id"], name="watched_once",
                condition=~models.Q(account_id=""),
            ),
            models.UniqueConstraint(fields=["user", "list"], name="list_watched_once"),
            models.UniqueConstraint(fields=["user", "search"], name="search_watched_once"),
        ]  # fmt: skip

    def __str__(self) -> str:
        """What is watched."""
        return str(self.list or self.search or self.account_id)


class Alert(models.Model):
    """One thing that a watcher was told; `told` holds its numbers.

    It is about `account_id`; about the whole list or search where that is empty.
    """

    class Kind(models.TextChoices):
        """What happened."""

        MOVED = "moved"
        FINDING = "finding"
        STALE = "stale"
        NEW = "new"

    watch = models.ForeignKey(Watch, models.CASCADE, related_name="alerts")
    account_id = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    key = models.CharField(max_length=120)
    told = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first; the same thing is told once."""

        ordering: ClassVar[list[str]] = ["-at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["watch", "kind", "account_id", "key"], name="told_once"
            )
        ]

    def __str__(self) -> str:
        """What happened to whom."""
        return f"{self.kind}: {self.account_id or self.watch}"
