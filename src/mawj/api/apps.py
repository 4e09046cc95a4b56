"""The API, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """API."""

    name = "mawj.api"
    label = "api"
