"""The sources room, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Live sources."""

    name = "mawj.crm.sources"
    label = "sources"
    default_auto_field = "django.db.models.BigAutoField"
