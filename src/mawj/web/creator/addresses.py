"""Addresses of a creator."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.creator import views
from mawj.web.pages import page

addresses = [
    path(
        "w/<slug:workspace>/creator/<path:account>/",
        page(Access.GUEST, views.creator),
        name="creator",
    ),
]
