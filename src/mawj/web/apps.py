"""The pages, as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "mawj.web"
    label = "web"
