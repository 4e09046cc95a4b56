"""Addresses of the team."""

from __future__ import annotations

from django.urls import path

from mawj.crm.members.roles import Access
from mawj.web.pages import page
from mawj.web.team import views

HERE = "w/<slug:workspace>/team/"
MEMBER, OWNER = Access.MEMBER, Access.OWNER
addresses = [
    path(HERE, page(MEMBER, views.team), name="team"),
    path(f"{HERE}invite/", page(OWNER, views.invite), name="team_invite"),
    path(
        f"{HERE}invite/<int:invitation>/withdraw/", page(OWNER, views.withdraw),
        name="team_withdraw",
    ),
    path(f"{HERE}member/<int:member>/", page(OWNER, views.role), name="team_role"),
    path(f"{HERE}token/", page(MEMBER, views.token), name="team_token"),
    path(f"{HERE}token/<int:token>/revoke/", page(MEMBER, views.revoke), name="team_revoke"),
    path(f"{HERE}change/", page(OWNER, views.change), name="team_change"),
    path(f"{HERE}trail/", page(OWNER, views.trail), name="team_trail"),
    path("join/<str:secret>/", page(Access.LINK, views.join), name="team_join"),
    path("workspaces/", page(Access.SIGNED_IN, views.start_another), name="team_start"),
]  # fmt: skip
