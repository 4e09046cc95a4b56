"""The link that a start prints: with it the first owner is made, or the demo's owner signed in.

The link is signed and lasts a day. One for a first owner serves while there is no user at all;
one for the demo signs in the owner of a made-up world and nobody else.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core import signing

from mawj.crm.members.models import Membership, User
from mawj.crm.members.roles import Role

if TYPE_CHECKING:
    from mawj.crm.members.models import Workspace

LASTS = timedelta(days=1)
SALT = "mawj.welcome"


def welcome_secret(demo: Workspace | None = None) -> str:
    """The last part of the link."""
    return signing.dumps({"demo": demo.slug if demo else ""}, salt=SALT)


def told_by(secret: str) -> dict[str, Any] | None:
    """What a link says; None for one that was not signed here or has ended."""
    try:
        told: dict[str, Any] = signing.loads(secret, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return told


def demo_owner(slug: str) -> User | None:
    """The owner of a workspace that holds a made-up world; None for any other workspace."""
    found = Membership.objects.select_related("user").filter(
        workspace__slug=slug, workspace__is_made_up=True, role=Role.OWNER
    )
    first = found.order_by("pk").first()
    return first.user if first else None
