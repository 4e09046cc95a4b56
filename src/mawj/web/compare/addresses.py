"""Addresses of comparing."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.compare import views
from mawj.web.pages import page

HERE = "w/<slug:workspace>/"
addresses = [
    path(f"{HERE}compare/", page(Access.GUEST, views.compare), name="compare"),
    path(f"{HERE}tiers/", page(Access.GUEST, views.tiers), name="tiers"),
]
