"""A brand of a workspace: its file, as text."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mawj.crm.members.models import User, Workspace


class Brand(models.Model):
    """Values, red lines, competitors and own facts, in the form of a brand file."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="brands")
    name = models.CharField(max_length=120)
    text = models.TextField()
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """By name."""

        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        """Its name."""
        return self.name
