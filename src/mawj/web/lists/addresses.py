"""Addresses of lists."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.lists import files, views
from mawj.web.pages import page

HERE = "w/<slug:workspace>/lists/"
ONE = f"{HERE}<int:found>/files/"
GUEST, MEMBER = Access.GUEST, Access.MEMBER
addresses = [
    path(HERE, page(GUEST, views.lists), name="lists"),
    path(f"{HERE}start/", page(MEMBER, views.start), name="lists_start"),
    path(f"{HERE}add/", page(MEMBER, views.add), name="lists_add"),
    path(f"{HERE}<int:found>/", page(GUEST, views.one), name="lists_one"),
    path(f"{HERE}<int:found>/stages/", page(MEMBER, views.stages), name="lists_stages"),
    path(f"{HERE}<int:found>/drop/", page(MEMBER, views.drop), name="lists_drop"),
    path(f"{HERE}<int:found>.csv", page(MEMBER, files.export), name="lists_export"),
    path(f"{HERE}<int:found>.xlsx", page(MEMBER, files.export_sheet), name="lists_sheet"),
    path(f"{HERE}<int:found>/files/", page(MEMBER, files.bring), name="lists_bring"),
    path(f"{ONE}<int:file>/", page(MEMBER, files.file), name="lists_file"),
    path(f"{ONE}<int:file>/drop/", page(MEMBER, files.drop), name="lists_file_drop"),
    path(f"{ONE}<int:file>.csv", page(MEMBER, files.left_out), name="lists_left_out"),
    path(f"{HERE}entry/<int:entry>/", page(MEMBER, views.entry), name="lists_entry"),
    path(f"{HERE}entry/<int:entry>/note/", page(MEMBER, views.note), name="lists_note"),
    path(f"{HERE}entry/<int:entry>/remove/", page(MEMBER, views.remove), name="lists_remove"),
]
