"""Addresses of replies."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.pages import page
from mawj.web.reply import own_figures, views

HERE = "w/<slug:workspace>/replies/"
MEMBER = Access.MEMBER
addresses = [
    path("reply/<str:secret>/", page(Access.LINK, views.own), name="reply"),
    path(
        "reply/<str:secret>/insights/",
        page(Access.LINK, own_figures.give),
        name="reply_insights",
    ),
    path(HERE, page(MEMBER, views.replies), name="replies"),
    path(f"{HERE}link/<path:account>/", page(MEMBER, views.link), name="replies_link"),
    path(f"{HERE}<int:reply>/answer/", page(Access.OWNER, views.answer), name="replies_answer"),
]
