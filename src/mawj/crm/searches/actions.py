"""Keeping, opening, changing and removing searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from mawj.crm.members.actions import record
from mawj.crm.members.roles import Role, may
from mawj.crm.searches.models import Opening, SavedSearch
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from mawj.crm.members.models import User, Workspace

MOST_SEARCHES, MOST_QUERY = 100, 2_000
"""Searches that one person keeps in a workspace, and letters of one (our judgement)."""


def searches_of(workspace: Workspace, user: User) -> QuerySet[SavedSearch]:
    """The searches that a person sees: their own, and those shared with the workspace."""
    mine = Q(owner=user) | Q(is_shared=True)
    return workspace.searches.filter(mine).select_related("owner")


def may_change(search: SavedSearch, user: User, role: Role) -> bool:
    """Whether a person changes a search: its owner; an owner of the workspace, if shared."""
    if search.owner_id == user.pk:
        return may(role, Role.MEMBER)
    return search.is_shared and role is Role.OWNER


@transaction.atomic
def save_search(
    workspace: Workspace, by: User, name: str, query: str, *, is_shared: bool
) -> SavedSearch:
    """A search under a name.

    Raises:
        ActionRefused: for no name, too long a search, or one too many.
    """
    if len(query) > MOST_QUERY:
        raise ActionRefused(f"a search has at most {MOST_QUERY} letters")
    if workspace.searches.filter(owner=by).count() >= MOST_SEARCHES:
        raise ActionRefused(f"one person keeps at most {MOST_SEARCHES} searches")
    made = SavedSearch.objects.create(
        workspace=workspace, owner=by, name=_name(name), query=query, is_shared=is_shared
    )
    record(workspace, by, "saved search", made.name, search=made.pk, shared=is_shared)
    return made


@transaction.atomic
def change_search(search: SavedSearch, by: User, name: str, *, is_shared: bool) -> None:
    """Another name, or for others to see or no more.

    Raises:
        ActionRefused: for no name.
    """
    search.name, search.is_shared = _name(name), is_shared
    search.save(update_fields=["name", "is_shared"])
    record(search.workspace, by, "changed search", search.name, search=search.pk,
           shared=is_shared)  # fmt: skip


@transaction.atomic
def remove_search(search: SavedSearch, by: User) -> None:
    """Let go of a search."""
    record(search.workspace, by, "removed search", search.name, search=search.pk)
    search.delete()


@transaction.atomic
def open_search(
    search: SavedSearch, user: User, accounts: Sequence[str], now: datetime
) -> Opening:
    """Note whom a search finds first now, and who of them was not there the last time."""
    found, is_first = Opening.objects.select_for_update().get_or_create(
        search=search, user=user, defaults={"at": now, "accounts": list(accounts)}
    )
    if not is_first:
        known = set(found.accounts)
        found.new = [one for one in accounts if one not in known]
        found.before_at, found.at, found.accounts = found.at, now, list(accounts)
        found.save()
    return found


@transaction.atomic
def forget_found(workspace: Workspace, ids: Collection[str]) -> None:
    """What was found when a search was last opened names nobody any more who is erased."""
    gone = set(ids)
    for one in Opening.objects.filter(search__workspace=workspace):
        if gone & {*one.accounts, *one.new}:
            one.accounts = [account for account in one.accounts if account not in gone]
            one.new = [account for account in one.new if account not in gone]
            one.save(update_fields=["accounts", "new"])


def _name(name: str) -> str:
    told = name.strip()[:120]
    if not told:
        raise ActionRefused("a search needs a name")
    return told
