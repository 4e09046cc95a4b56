"""The plans room, as Django knows it."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans."""

    name = "mawj.crm.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make its kinds of jobs known."""
        import_module("mawj.crm.plans.work")
