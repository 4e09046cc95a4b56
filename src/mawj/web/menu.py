"""The menu of a workspace: its rooms, and which of them the page belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from mawj.crm.members.roles import Access, may
from mawj.web.wording import said

if TYPE_CHECKING:
    from mawj.crm.members.here import Here

ROOMS: dict[str, Access] = {
    "start": Access.GUEST,
    "find": Access.GUEST,
    "lists": Access.GUEST,
    "brand": Access.MEMBER,
    "plan": Access.GUEST,
    "methods": Access.GUEST,
    "replies": Access.MEMBER,
    "sources": Access.GUEST,
    "team": Access.MEMBER,
}
"""Each room by the name of its address, and who sees it in the menu."""
INSIDE = {"creator": "find", "compare": "find", "tiers": "find", "vet": "brand"}
"""Pages that belong to a room of another name."""


@dataclass(frozen=True)
class Part:
    """One line of the menu."""

    url: str
    text: str
    is_here: bool


def menu(here: Here, name: str) -> list[Part]:
    """What the menu shows to one who stands `here`, on the page whose address is `name`."""
    room = name.split("_", maxsplit=1)[0]
    room = INSIDE.get(room, room)
    found = []
    for key, access in ROOMS.items():
        if may(here.role, access):
            try:
                url = reverse(key, kwargs={"workspace": here.workspace.slug})
            except NoReverseMatch:
                continue
            found.append(Part(url, said(f"house.{key}"), key == room))
    return found
