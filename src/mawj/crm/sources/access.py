"""Connecting a workspace to a source, and letting go of it; each writes the trail.

What a workspace says of a source stands in place of what the environment says of it, as a
whole: a key of the operator's never goes to an address that somebody typed into a page, and a
key that was typed once never to another address than it was typed for.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.db import transaction

from mawj.crm.members.actions import record
from mawj.crm.sources import sealing
from mawj.crm.sources.models import SourceAccess
from mawj.flow.source_access import access_of, missing_fields
from mawj.flow.source_states import source_named
from mawj.sources.live.live import Access
from mawj.tables.errors import ActionRefused, SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mawj.crm.members.models import User, Workspace

MOST_SIGNS = 4_000
"""Of one address or key; sessions of Telegram have some 350."""


@transaction.atomic
def connect(
    workspace: Workspace, by: User, source: str, told: Mapping[str, str]
) -> SourceAccess:
    """Reach `source` by these addresses and keys from now on; those of before are forgotten.

    Raises:
        NotFound: no such source.
        ActionRefused: something is longer than any key, or what the source needs is missing.
        SettingsError: the secret that seals them is too short or cannot be read.
    """
    fields = [one for one in source_named(source).fields if not one.is_for_operator]
    said = {one.name: told.get(one.name, "").strip() for one in fields}
    missing = [one.name for one in fields if one.is_needed and not said[one.name]]
    if missing:
        raise ActionRefused(f"{source} needs {', '.join(missing)}")
    if any(len(value) > MOST_SIGNS for value in said.values()):
        raise ActionRefused(f"an address or key has at most {MOST_SIGNS} characters")
    secret = {one.name for one in fields if one.is_secret}
    keys = {name: value for name, value in said.items() if value and name in secret}
    addresses = {name: value for name, value in said.items() if value and name not in secret}
    kept, _ = SourceAccess.objects.get_or_create(workspace=workspace, source=source)
    kept.addresses, kept.key_names, kept.changed_by = addresses, sorted(keys), by
    kept.sealed = sealing.seal(keys, kept.place) if keys else ""
    kept.save()
    record(workspace, by, "connected source", source, fields=sorted({**keys, **addresses}))
    return kept


@transaction.atomic
def disconnect(workspace: Workspace, by: User, source: str) -> None:
    """Forget the addresses and keys of a source; what was fetched stays."""
    n_gone, _ = workspace.source_accesses.filter(source=source).delete()
    if n_gone:
        record(workspace, by, "disconnected source", source)


def workspace_access(workspace: Workspace, source: str) -> Access:
    """The addresses and keys by which a workspace reaches a source.

    Its own, and where it has none those of the environment; what is for the operator to say
    always comes from there.

    Raises:
        NotFound: no such source.
        SettingsError: its keys cannot be opened.
    """
    kept = workspace.source_accesses.filter(source=source).first()
    if kept is None:
        return access_of(source_named(source), os.environ)
    told, fields = access_of(source_named(source), os.environ), source_named(source).fields
    usual = {one.name: told[one.name] if one.is_for_operator else one.default for one in fields}
    keys = sealing.unseal(kept.sealed, kept.place) if kept.sealed else {}
    return Access(usual | kept.addresses | keys)


def missing_of(workspace: Workspace, source: str) -> list[str]:
    """The fields that a source needs and nobody gave; without them it cannot be asked."""
    kept = workspace.source_accesses.filter(source=source).first()
    if kept is None:
        return missing_fields(source_named(source), os.environ)
    given = {*kept.addresses, *kept.key_names}
    needed = [one.name for one in source_named(source).fields if one.is_needed]
    return [name for name in needed if name not in given]


@transaction.atomic
def sealed_anew() -> int:
    """Seal all keys with the newest secret; how many sources there were.

    Raises:
        SettingsError: one cannot be opened; then none is changed.
    """
    found = list(SourceAccess.objects.select_for_update().exclude(sealed=""))
    for kept in found:
        kept.sealed = sealing.seal(sealing.unseal(kept.sealed, kept.place), kept.place)
        kept.save(update_fields=["sealed"])
    return len(found)


def n_sealed() -> int:
    """How many sources have keys."""
    return SourceAccess.objects.exclude(sealed="").count()


def unreadable() -> list[str]:
    """Sources whose keys none of the secrets opens, as `source of workspace`."""
    found = []
    for kept in SourceAccess.objects.exclude(sealed="").select_related("workspace"):
        try:
            sealing.unseal(kept.sealed, kept.place)
        except SettingsError:
            found.append(str(kept))
    return found
