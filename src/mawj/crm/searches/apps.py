"""The searches room, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SearchesConfig(AppConfig):
    """Searches."""

    name = "mawj.crm.searches"
    label = "searches"
    default_auto_field = "django.db.models.BigAutoField"
