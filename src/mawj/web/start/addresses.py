"""Addresses of the start page."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.pages import page
from mawj.web.start import views

HERE = "w/<slug:workspace>/"
addresses = [
    path(HERE, page(Access.GUEST, views.start), name="start"),
    path(HERE + "files/", page(Access.MEMBER, views.bring), name="start_bring"),
    path(HERE + "files/<int:upload>/", page(Access.MEMBER, views.file), name="start_file"),
    path(
        HERE + "files/<int:upload>/drop/", page(Access.MEMBER, views.drop), name="start_drop"
    ),
    path(HERE + "compute/", page(Access.MEMBER, views.compute), name="start_compute"),
    path(HERE + "world/", page(Access.MEMBER, views.world), name="start_world"),
    path(HERE + "jobs/<int:job>/", page(Access.GUEST, views.job), name="start_job"),
    path(
        HERE + "rejected/<str:load>.csv", page(Access.MEMBER, views.rejected),
        name="start_rejected",
    ),
]  # fmt: skip
