"""What changes lists and their entries; each writes the trail in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from mawj.crm.creators.models import CreatorList, Entry, Note
from mawj.crm.data.actions import drop_upload
from mawj.crm.data.models import Upload
from mawj.crm.members.actions import record
from mawj.crm.members.models import Membership, TrailEntry
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from mawj.crm.members.models import User, Workspace

MOST_TAGS, MOST_TAG, MOST_STAGES, MOST_NOTE = 20, 40, 6, 10_000
MOST_ENTRIES = 5_000
"""Creators on one list; more is an export, not a shortlist (our judgement)."""


@transaction.atomic
def start_list(workspace: Workspace, by: User, name: str) -> CreatorList:
    """A new, empty list.

    Raises:
        ActionRefused: for no name, or one that is taken.
    """
    name = name.strip()[:120]
    if not name:
        raise ActionRefused("a list needs a name")
    try:
        with transaction.atomic():
            made = CreatorList.objects.create(workspace=workspace, name=name, made_by=by)
    except IntegrityError:
        raise ActionRefused(f"there is a list called {name!r} already") from None
    record(workspace, by, "started list", name, list=made.pk)
    return made


@transaction.atomic
def add_to_list(found: CreatorList, by: User, accounts: Mapping[str, str]) -> int:
    """Put accounts (id to name) on a list; those on it already stay as they are. How many came.

    Raises:
        ActionRefused: when the list would grow beyond `MOST_ENTRIES`.
    """
    there = set(found.entries.values_list("account_id", flat=True))
    new = {one: name for one, name in accounts.items() if one not in there}
    if len(there) + len(new) > MOST_ENTRIES:
        raise ActionRefused(f"a list holds at most {MOST_ENTRIES} creators")
    first = found.stages[0] if found.stages else ""
    Entry.objects.bulk_create([
        Entry(list=found, account_id=one, name=(name or "")[:200], stage=first, owner=by,
              added_by=by)
        for one, name in new.items()
    ])  # fmt: skip
    for one in new:
        record(found.workspace, by, "added to list", one, list=found.pk, account=one)
    return len(new)


@transaction.atomic
def change_entry(entry: Entry, by: User, **changed: Any) -> None:
    """Change stage, tags, owner or reminder of an entry; what stays the same writes no trail.

    Raises:
        ActionRefused: for a stage that the list does not have, or an owner from elsewhere.
    """
    checked = _checked(entry, changed)
    for name, value in checked.items():
        before = getattr(entry, name)
        if before != value:
            setattr(entry, name, value)
            record(
                entry.list.workspace, by, f"changed {name}", entry.account_id,
                list=entry.list.pk, account=entry.account_id, before=_plain(before),
                now=_plain(value),
            )  # fmt: skip
    entry.save()


@transaction.atomic
def remove_entry(entry: Entry, by: User) -> None:
    """Take an account off its list; its notes go with it."""
    record(entry.list.workspace, by, "removed from list", entry.account_id,
           list=entry.list.pk, account=entry.account_id)  # fmt: skip
    entry.delete()


@transaction.atomic
def write_note(entry: Entry, by: User, text: str) -> Note:
    """A note on an entry.

    Raises:
        ActionRefused: for an empty note.
    """
    # PostgreSQL stores no NUL.
    text = text.replace("\x00", "").strip()[:MOST_NOTE]
    if not text:
        raise ActionRefused("a note needs words")
    record(entry.list.workspace, by, "wrote note", entry.account_id,
           list=entry.list.pk, account=entry.account_id)  # fmt: skip
    return Note.objects.create(entry=entry, by=by, text=text)


@transaction.atomic
def set_stages(found: CreatorList, by: User, stages: Sequence[str]) -> None:
    """The stages of a list, in order; entries at a stage that goes keep its name.

    Raises:
        ActionRefused: for none, or more than six.
    """
    kept = list(dict.fromkeys(s.strip()[:40] for s in stages if s.strip()))
    if not 1 <= len(kept) <= MOST_STAGES:
        raise ActionRefused(f"a list has one to {MOST_STAGES} stages")
    found.stages = kept
    found.save(update_fields=["stages"])
    record(found.workspace, by, "set stages", found.name, list=found.pk, stages=kept)


@transaction.atomic
def drop_list(found: CreatorList, by: User) -> None:
    """Let go of a list with all that stands on it."""
    for upload in Upload.objects.filter(list_file__list=found):
        drop_upload(upload, by)
    record(found.workspace, by, "dropped list", found.name, list=found.pk)
    found.delete()


def history_of(entry: Entry) -> QuerySet[TrailEntry]:
    """What was done with an entry, newest first."""
    return entry.list.workspace.trail.filter(
        details__list=entry.list.pk, details__account=entry.account_id
    ).select_related("user")


def due(workspace: Workspace, today: date) -> QuerySet[Entry]:
    """The entries whose reminder is due, the oldest first."""
    return (
        Entry.objects.filter(list__workspace=workspace, remind_on__lte=today)
        .select_related("list")
        .order_by("remind_on", "id")
    )


def _checked(entry: Entry, changed: Mapping[str, Any]) -> dict[str, Any]:
    checked = dict(changed)
    stage = checked.get("stage")
    if stage is not None and stage not in (*entry.list.stages, entry.stage):
        raise ActionRefused(f"the list has no stage {stage!r}")
    if "tags" in checked:
        tags = dict.fromkeys(t.strip()[:MOST_TAG] for t in checked["tags"] if t.strip())
        checked["tags"] = list(tags)[:MOST_TAGS]
    owner = checked.get("owner")
    belongs = Membership.objects.filter(workspace=entry.list.workspace, user=owner)
    if owner is not None and not belongs.exists():
        raise ActionRefused("an owner must belong to the workspace")
    return checked


def _plain(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else str(value)
