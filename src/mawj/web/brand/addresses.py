"""Addresses of brands."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.brand import views
from mawj.web.pages import page

HERE = "w/<slug:workspace>/brand/"
addresses = [
    path(HERE, page(Access.MEMBER, views.brand), name="brand"),
    path(f"{HERE}<int:brand>/", page(Access.MEMBER, views.brand), name="brand_one"),
    path(f"{HERE}<int:brand>/drop/", page(Access.MEMBER, views.drop), name="brand_drop"),
]
