"""Beginning and ending to watch, and looking whether something is to be told."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from mawj.crm.members.actions import record
from mawj.crm.watching.models import Alert, Watch
from mawj.flow.changes import change_of
from mawj.flow.creator import faces
from mawj.flow.sentences import name_of, number, say
from mawj.flow.vet_kept import kept_report, vettings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mawj.crm.members.models import User, Workspace
    from mawj.lake.lake import Lake

STALE = timedelta(days=30)
"""Older than this, what was fetched is stale (as on the page of a creator)."""
MOST_PARTS = 3

log = logging.getLogger("mawj.watching")


@transaction.atomic
def watch(workspace: Workspace, user: User, account_id: str, moved_by: float) -> Watch:
    """The user is told from now on; asked again, the threshold changes."""
    found, is_new = Watch.objects.update_or_create(
        workspace=workspace, user=user, account_id=account_id, defaults={"moved_by": moved_by}
    )
    if is_new:
        record(workspace, user, "watches", account_id, account=account_id)
    return found


@transaction.atomic
def unwatch(workspace: Workspace, user: User, account_id: str) -> None:
    """The user is told no more."""
    workspace.watches.filter(user=user, account_id=account_id).delete()
    record(workspace, user, "watches no more", account_id, account=account_id)


def unseen(workspace: Workspace, user: User) -> Sequence[Alert]:
    """What the user was told and has not put aside."""
    found = Alert.objects.filter(
        watch__workspace=workspace, watch__user=user, seen_at=None
    ).select_related("watch")
    return list(found[:20])


def look(workspace: Workspace, lake: Lake, now: datetime) -> list[Alert]:
    """Look at everything that is watched; what is new is kept and sent by mail."""
    made = []
    for one in workspace.watches.select_related("user"):
        for kind, key, told in _happened(one, lake, now):
            alert, is_new = Alert.objects.get_or_create(
                watch=one, kind=kind, key=key[:120], defaults={"told": told}
            )
            if is_new:
                made.append(alert)
    _send(workspace, made)
    return made


def _happened(one: Watch, lake: Lake, now: datetime) -> Iterator[tuple[str, str, Any]]:
    change = change_of(lake.sight(), one.account_id)
    run = lake.current_run()
    if change is not None and run is not None and abs(change.moved) >= one.moved_by:
        yield Alert.Kind.MOVED, run.run_id, {
            "before": change.influence_before, "now": change.influence_now,
            "parts": [list(part) for part in change.parts[:MOST_PARTS]],
        }  # fmt: skip
    for finding in _new_findings(lake, one.account_id):
        yield Alert.Kind.FINDING, finding, {"finding": finding}
    for face in faces(lake, one.account_id)[:1]:
        at = face.fetched_at
        if at is not None and now - (at if at.tzinfo else at.replace(tzinfo=UTC)) > STALE:
            yield Alert.Kind.STALE, at.isoformat(), {"fetched_at": at.isoformat()}


def _new_findings(lake: Lake, account_id: str) -> list[str]:
    """What the last vetting raised and the one before did not."""
    latest = vettings_of(lake, account_id)[:2]
    if len(latest) < 2:
        return []
    now, before = (
        {
            reason.finding
            for score in kept_report(lake, vetting_id, account_id).accounts[0].scores
            for reason in score.of_status("raised")
        }
        for vetting_id in latest
    )
    return sorted(now - before)


def said(alert: Alert, language: str) -> str:
    """What happened, in words."""
    told, account = alert.told, alert.watch.account_id
    if alert.kind == Alert.Kind.MOVED:
        return say(
            language, "watching", "moved", account=account,
            before=number(told["before"], language, 1), now=number(told["now"], language, 1),
            why=", ".join(name_of(finding, language) for finding, _ in told["parts"]),
        )  # fmt: skip
    if alert.kind == Alert.Kind.FINDING:
        return say(language, "watching", "finding", account=account,
                   finding=name_of(told["finding"], language))  # fmt: skip
    return say(language, "watching", "stale", account=account, day=told["fetched_at"][:10])


@transaction.atomic
def put_aside(workspace: Workspace, user: User) -> None:
    """The user has seen what they were told."""
    Alert.objects.filter(watch__workspace=workspace, watch__user=user, seen_at=None).update(
        seen_at=timezone.now()
    )


def _send(workspace: Workspace, made: Sequence[Alert]) -> None:
    for user in {alert.watch.user for alert in made}:
        language = user.language or "en"
        lines = [said(alert, language) for alert in made if alert.watch.user == user]
        title = say(language, "watching", "title", team=workspace.name)
        sender = settings.DEFAULT_FROM_EMAIL
        if not send_mail(title, "\n".join(lines), sender, [user.email], fail_silently=True):
            log.warning("no mail was sent to %s", user.pk)
