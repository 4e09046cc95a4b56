"""Where somebody stands: the workspace that an address names, and what they are in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.crm.members.models import Membership, User, Workspace
from mawj.crm.members.roles import Role, may
from mawj.flow.shared_lakes import lake_at

if TYPE_CHECKING:
    from mawj.lake.lake import Lake


@dataclass(frozen=True)
class Here:
    """A person, the workspace that the address names, and their role in it."""

    user: User
    workspace: Workspace
    role: Role

    @property
    def lake(self) -> Lake:
        """The workspace's lake."""
        return lake_at(self.workspace.lake_path)

    @property
    def may_change(self) -> bool:
        """Whether they work here; a guest only looks."""
        return may(self.role, Role.MEMBER)

    @property
    def may_see_prices(self) -> bool:
        """Prices and notes are for members."""
        return may(self.role, Role.MEMBER)

    @property
    def is_owner(self) -> bool:
        """Whether they decide who belongs here."""
        return self.role is Role.OWNER


def here_of(user: User, slug: str) -> Here | None:
    """Where a user stands in a workspace; None for who does not belong, or no workspace."""
    found = (
        Membership.objects.select_related("workspace")
        .filter(user=user, workspace__slug=slug)
        .first()
    )
    return Here(user, found.workspace, Role(found.role)) if found else None
