"""The members room, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Members."""

    name = "mawj.crm.members"
    label = "members"
    default_auto_field = "django.db.models.BigAutoField"
