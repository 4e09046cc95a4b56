"""The replies room, as Django knows it."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RepliesConfig(AppConfig):
    """Replies."""

    name = "mawj.crm.replies"
    label = "replies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make its kinds of jobs known."""
        import_module("mawj.crm.replies.work")
        import_module("mawj.crm.replies.insights")
