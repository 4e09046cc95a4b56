"""Addresses of the start page."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.pages import page
from mawj.web.start import views

addresses = [
    path("w/<slug:workspace>/", page(Access.GUEST, views.start), name="start"),
]
