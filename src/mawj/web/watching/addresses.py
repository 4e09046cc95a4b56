"""Addresses of watching."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.pages import page
from mawj.web.watching import views

HERE = "w/<slug:workspace>/watching/"
addresses = [
    path(f"{HERE}seen/", page(Access.MEMBER, views.seen), name="watching_seen"),
    path(f"{HERE}<path:account>/", page(Access.MEMBER, views.watch), name="watching"),
]
