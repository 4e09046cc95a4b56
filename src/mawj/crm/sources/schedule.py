"""Fetching again and again: how often, and asking for what is due."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from mawj.crm.members.actions import record
from mawj.crm.sources.asked import connected, fetch
from mawj.crm.sources.models import SyncSchedule
from mawj.flow.shared_lakes import lake_for_work
from mawj.flow.source_states import states
from mawj.tables.errors import ActionRefused, MawjError

if TYPE_CHECKING:
    from datetime import datetime

    from mawj.crm.jobs.models import Job
    from mawj.crm.members.models import User, Workspace

log = logging.getLogger("mawj.sources")
EVERY_H = (1, 3, 6, 12, 24)
"""Hours that a workspace may choose between; a sync fetches only what is stale by then."""


@transaction.atomic
def set_schedule(workspace: Workspace, by: User, every_h: int, *, computes: bool) -> None:
    """Fetch every so many hours from now on; 0: no more.

    Raises:
        ActionRefused: it is none of `EVERY_H`.
    """
    if every_h and every_h not in EVERY_H:
        raise ActionRefused(f"every {' or '.join(map(str, EVERY_H))} hours, or never")
    next_at = timezone.now() + timedelta(hours=every_h)
    SyncSchedule.objects.filter(workspace=workspace).delete()
    if every_h:
        SyncSchedule.objects.create(
            workspace=workspace, every_h=every_h, computes=computes, next_at=next_at
        )
    record(workspace, by, "set fetching", every_h=every_h, computes=computes)


def fetch_what_is_due(now: datetime) -> list[Job]:
    """A job for each workspace whose turn has come; each turn is taken once, by one worker."""
    jobs = []
    for one in SyncSchedule.objects.filter(next_at__lte=now).select_related("workspace"):
        following = now + timedelta(hours=one.every_h)
        is_mine = SyncSchedule.objects.filter(pk=one.pk, next_at=one.next_at).update(
            next_at=following
        )
        if is_mine:
            jobs += _asked(one)
    return jobs


def _asked(one: SyncSchedule) -> list[Job]:
    """The job of one workspace; a lake that cannot be opened keeps no other one waiting."""
    try:
        names = asked_of(one.workspace)
        return [fetch(one.workspace, None, names, computes=one.computes)] if names else []
    except MawjError:
        log.exception("what is due in %s was not asked for", one.workspace.slug)
        return []


def asked_of(workspace: Workspace) -> list[str]:
    """The connected sources that a workspace asks for something."""
    with lake_for_work(workspace.lake_path) as lake:
        asked = {one.source for one in states(lake) if not one.is_stopped}
    return [name for name in connected(workspace) if name in asked]
