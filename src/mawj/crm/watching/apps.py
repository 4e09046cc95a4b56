"""The watching room, as Django knows it."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class WatchingConfig(AppConfig):
    """Watching."""

    name = "mawj.crm.watching"
    label = "watching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Look again after each run and vetting."""
        import_module("mawj.crm.watching.work")
