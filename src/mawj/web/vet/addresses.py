"""Addresses of vetting."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.pages import page
from mawj.web.vet import views

HERE = "w/<slug:workspace>/vet/"
addresses = [
    path(HERE, page(Access.MEMBER, views.vet), name="vet"),
    path(f"{HERE}<str:vetting>.pdf", page(Access.GUEST, views.paper), name="vet_paper"),
    path(f"{HERE}<str:vetting>/", page(Access.GUEST, views.vetting), name="vet_one"),
]
