"""Addresses of finding."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.find import first_hour, saved, sheet, views
from mawj.web.pages import page

HERE = "w/<slug:workspace>/find/"
ONE = f"{HERE}saved/<int:search>/"
addresses = [
    path(HERE, page(Access.GUEST, views.find), name="find"),
    path("w/<slug:workspace>/find.xlsx", page(Access.GUEST, sheet.sheet), name="find_sheet"),
    path(
        f"{HERE}first-hour/", page(Access.GUEST, first_hour.first_hour), name="find_first_hour"
    ),
    path(
        f"{HERE}first-hour/fetch/", page(Access.MEMBER, first_hour.fetch),
        name="find_first_hour_fetch",
    ),
    path(f"{HERE}saved/", page(Access.MEMBER, saved.save), name="find_save"),
    path(ONE, page(Access.GUEST, saved.open_saved), name="find_saved"),
    path(f"{ONE}change/", page(Access.MEMBER, saved.change), name="find_change"),
]  # fmt: skip
