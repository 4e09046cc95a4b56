"""Addresses of finding."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.find import views
from mawj.web.pages import page

addresses = [
    path("w/<slug:workspace>/find/", page(Access.GUEST, views.find), name="find"),
]
