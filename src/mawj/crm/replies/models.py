"""Links to those who are scored, and what they replied."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mawj.crm.members.models import User, Workspace


class ReplyLink(models.Model):
    """A private link of one account; only the digest of its secret is stored."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="reply_links")
    account_id = models.CharField(max_length=300, db_index=True)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Whose."""
        return self.account_id


class Insights(models.Model):
    """A creator's own figures, given by their link with their consent, until they withdraw it.

    The figures themselves stand here until they are withdrawn; the lake holds them as rows of
    `load_id`.
    """

    link = models.ForeignKey(ReplyLink, models.CASCADE, related_name="insights")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="insights")
    account_id = models.CharField(max_length=300, db_index=True)
    figures = models.JSONField(default=dict)
    load_id = models.CharField(max_length=64, unique=True)
    wording = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-given_at", "-id"]

    def __str__(self) -> str:
        """Whose, and whether they may still be used."""
        return f"{self.account_id} ({'withdrawn' if self.withdrawn_at else 'given'})"


class Reply(models.Model):
    """What somebody who is scored said, and what the team answered."""

    class Kind(models.TextChoices):
        """What a reply asks for."""

        FACT = "fact"
        DISPUTE = "dispute"
        HIDE_TOPIC = "hide_topic"
        ERASURE = "erasure"

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    link = models.ForeignKey(ReplyLink, models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    about = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        """What it asks for, and what became of it."""
        return f"{self.kind} ({self.state})"
