"""What a person is in a workspace, and what each way of reaching a page asks for.

No Django here: the doors and the tests read these words too.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a member of a workspace is; each may do all that those before it may.

    A guest sees creators, lists and plans but neither notes nor prices and changes nothing; a
    member works; an owner also decides who belongs, and connects and removes data.
    """

    GUEST = "guest"
    MEMBER = "member"
    OWNER = "owner"


class Access(StrEnum):
    """Who may use a route: every route declares one, and a test refuses those that do not.

    ANYONE: without signing in. SIGNED_IN: any user. GUEST, MEMBER, OWNER: that role or a higher
    one in the workspace that the address names. LINK: whoever holds the private link.
    """

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    GUEST = "guest"
    MEMBER = "member"
    OWNER = "owner"
    LINK = "link"


_RANK = {Role.GUEST: 1, Role.MEMBER: 2, Role.OWNER: 3}


def may(role: Role | str | None, needed: Access | Role) -> bool:
    """Whether one with `role` in a workspace may use what needs `needed` there."""
    if role is None:
        return False
    return _RANK[Role(role)] >= _RANK[Role(needed.value)]
