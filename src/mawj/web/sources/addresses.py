"""Addresses of the sources."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.pages import page
from mawj.web.sources import views

HERE = "w/<slug:workspace>/sources/"
GUEST, MEMBER, OWNER = Access.GUEST, Access.MEMBER, Access.OWNER
addresses = [
    path(HERE, page(GUEST, views.sources), name="sources"),
    path(f"{HERE}fetch/", page(MEMBER, views.fetch_now), name="sources_fetch"),
    path(f"{HERE}schedule/", page(MEMBER, views.schedule), name="sources_schedule"),
    path(f"{HERE}refresh/", page(MEMBER, views.refresh_account), name="sources_refresh"),
    path(f"{HERE}<str:source>/", page(GUEST, views.one), name="sources_one"),
    path(f"{HERE}<str:source>/connect/", page(OWNER, views.connect_it), name="sources_connect"),
    path(
        f"{HERE}<str:source>/disconnect/", page(OWNER, views.disconnect_it),
        name="sources_disconnect",
    ),
    path(f"{HERE}<str:source>/ask/", page(MEMBER, views.ask_it), name="sources_ask"),
    path(f"{HERE}<str:source>/stop/", page(MEMBER, views.stop_it), name="sources_stop"),
]  # fmt: skip
