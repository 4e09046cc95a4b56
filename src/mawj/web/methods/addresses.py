"""The address of the methods."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.methods import views
from mawj.web.pages import page

addresses = [
    path(
        "w/<slug:workspace>/methods/", page(Access.GUEST, views.methods), name="methods"
    ),
]  # fmt: skip
