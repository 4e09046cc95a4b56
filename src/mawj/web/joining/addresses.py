"""Addresses of coming in."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.joining import views
from mawj.web.pages import page

addresses = [
    path("", page(Access.ANYONE, views.front), name="front"),
    path("welcome/<str:secret>/", page(Access.ANYONE, views.welcome), name="welcome"),
    path("reading/", page(Access.ANYONE, views.reading), name="reading"),
]
