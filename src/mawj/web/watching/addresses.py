"""Addresses of watching."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.pages import page
from mawj.web.watching import views

HERE = "w/<slug:workspace>/watching/"
MEMBER = Access.MEMBER
addresses = [
    path(f"{HERE}seen/", page(MEMBER, views.seen), name="watching_seen"),
    path(f"{HERE}list/<int:found>/", page(MEMBER, views.watch_list), name="watching_list"),
    path(
        f"{HERE}search/<int:search>/", page(MEMBER, views.watch_search), name="watching_search"
    ),
    path(f"{HERE}<path:account>/", page(MEMBER, views.watch), name="watching"),
]
