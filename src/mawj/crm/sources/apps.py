"""The sources room, as Django knows it."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Live sources."""

    name = "mawj.crm.sources"
    label = "sources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make its kind of job, and what is done each minute, known."""
        import_module("mawj.crm.sources.work")
        import_module("mawj.crm.sources.tasks")
