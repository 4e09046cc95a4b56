"""What changes who belongs where; each writes the trail in the same transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from mawj.crm.members.models import (
    ApiToken,
    Invitation,
    Membership,
    TrailEntry,
    User,
    Workspace,
)
from mawj.crm.members.roles import Role
from mawj.crm.members.secrets import digest_of, new_secret
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from datetime import datetime

INVITATION_DAYS = 7
TOKEN_BEGINNING = "mawj_"


def record(
    workspace: Workspace, user: User | None, did: str, about: str = "", **details: Any
) -> TrailEntry:
    """One line of the trail; without a user it is the system or the holder of a link."""
    by = str(user) if user else details.pop("by", "mawj")
    return TrailEntry.objects.create(
        workspace=workspace, user=user, by=by, did=did, about=about[:300], details=details
    )


@transaction.atomic
def start_workspace(name: str, lake_path: str, owner: User, **fields: Any) -> Workspace:
    """A new workspace with its owner; the address is made from the name."""
    wanted = slugify(name) or "workspace"
    slug, place = wanted, 2
    while Workspace.objects.filter(slug=slug).exists():
        slug, place = f"{wanted}-{place}", place + 1
    workspace = Workspace.objects.create(name=name, slug=slug, lake_path=lake_path, **fields)
    Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
    record(workspace, owner, "started", name)
    return workspace


@transaction.atomic
def invite(workspace: Workspace, email: str, role: Role, by: User) -> tuple[Invitation, str]:
    """An invitation and the secret of its link, which is told once."""
    secret = new_secret()
    invitation = Invitation.objects.create(
        workspace=workspace, email=email.lower(), role=role, digest=digest_of(secret),
        invited_by=by, ends_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )  # fmt: skip
    record(workspace, by, "invited", email, role=role.value)
    return invitation, secret


@transaction.atomic
def withdraw(invitation: Invitation, by: User) -> None:
    """The invitation's link opens nothing from now on."""
    record(invitation.workspace, by, "withdrew invitation", invitation.email)
    invitation.delete()


def open_invitation(secret: str, now: datetime) -> Invitation | None:
    """The invitation that a link's secret opens, while it lasts."""
    return Invitation.objects.filter(
        digest=digest_of(secret), accepted_at=None, ends_at__gt=now
    ).first()


@transaction.atomic
def accept_invitation(invitation: Invitation, user: User, now: datetime) -> Membership:
    """The user belongs to the workspace; an invitation serves once and never lowers a role.

    Raises:
        ActionRefused: when it was used or has ended in the meantime, or is for another address.
    """
    if user.email.lower() != invitation.email.lower():
        raise ActionRefused(f"this invitation is for {invitation.email}; sign in as that")
    used = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, ends_at__gt=now
    ).update(accepted_at=now)
    if not used:
        raise ActionRefused("this invitation was used or has ended; ask for a new one")
    membership, is_new = Membership.objects.get_or_create(
        workspace=invitation.workspace, user=user, defaults={"role": invitation.role}
    )
    if is_new:
        record(invitation.workspace, user, "joined", str(user), role=invitation.role)
    return membership


@transaction.atomic
def change_role(membership: Membership, role: Role, by: User) -> None:
    """The member is something else from now on.

    Raises:
        ActionRefused: when nobody would be left as owner.
    """
    _keep_an_owner(membership, role)
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    record(membership.workspace, by, "changed role", str(membership.user),
           before=before, role=role.value)  # fmt: skip


@transaction.atomic
def remove_member(membership: Membership, by: User) -> None:
    """The member belongs here no longer; their tokens stop at once.

    Raises:
        ActionRefused: when nobody would be left as owner.
    """
    _keep_an_owner(membership, None)
    ApiToken.objects.filter(
        workspace=membership.workspace, user=membership.user, revoked_at=None
    ).update(revoked_at=timezone.now())
    record(membership.workspace, by, "removed member", str(membership.user))
    membership.delete()


@transaction.atomic
def make_token(
    workspace: Workspace, user: User, name: str, *, may_write: bool
) -> tuple[ApiToken, str]:
    """A token and its secret, which is told once."""
    secret = new_secret(TOKEN_BEGINNING)
    token = ApiToken.objects.create(
        workspace=workspace, user=user, name=name, beginning=secret[:12],
        digest=digest_of(secret), may_write=may_write,
    )  # fmt: skip
    record(workspace, user, "made token", name, may_write=may_write)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, by: User) -> None:
    """The token opens nothing from now on."""
    token.revoked_at = token.revoked_at or timezone.now()
    token.save(update_fields=["revoked_at"])
    record(token.workspace, by, "revoked token", token.name)


def _keep_an_owner(membership: Membership, role: Role | None) -> None:
    owners = Membership.objects.select_for_update().filter(
        workspace=membership.workspace, role=Role.OWNER
    )
    is_last = [one.pk for one in owners] == [membership.pk]
    if is_last and role is not Role.OWNER:
        raise ActionRefused("a workspace needs an owner: make somebody else one first")
