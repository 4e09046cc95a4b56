"""The creators room, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CreatorsConfig(AppConfig):
    """Creators."""

    name = "mawj.crm.creators"
    label = "creators"
    default_auto_field = "django.db.models.BigAutoField"
