"""The cast of the tests of pages and API: who comes from where, signed in as what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.test import Client

from mawj.crm.members.actions import start_workspace
from mawj.crm.members.models import Membership, User, Workspace
from mawj.crm.members.roles import Role

if TYPE_CHECKING:
    from pathlib import Path

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CAST = ("anonymous", "stranger", "guest", "member", "owner")


@dataclass(frozen=True)
class House:
    """A workspace with one user of each role, and a stranger who owns another workspace."""

    workspace: Workspace
    users: dict[str, User]

    def client(self, who: str, language: str = "en") -> Client:
        """A browser in which `who` is signed in (nobody, for anonymous)."""
        client = Client(headers={"accept-language": language})
        if who != "anonymous":
            client.force_login(self.users[who], backend=BACKEND)
        return client

    def url(self, path: str = "") -> str:
        """An address in the workspace."""
        return f"/w/{self.workspace.slug}/{path}"


def house_with(lake: Path) -> House:
    """The cast, in a workspace whose lake is `lake`."""
    users = {
        who: User.objects.create_user(f"{who}@example.org", "a long password", name=who)
        for who in CAST[1:]
    }
    workspace = start_workspace("Qahwa", str(lake), users["owner"], currency="SAR")
    for role in (Role.MEMBER, Role.GUEST):
        Membership.objects.create(workspace=workspace, user=users[role.value], role=role)
    start_workspace("Elsewhere", str(lake.parent / "elsewhere"), users["stranger"])
    return House(workspace, users)
