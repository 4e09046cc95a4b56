"""Beginning and ending to watch, and looking whether something is to be told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone

from mawj.crm.creators.models import CreatorList
from mawj.crm.members.actions import record
from mawj.crm.members.roles import Role, may
from mawj.crm.searches.asked import PAGE, asked_by
from mawj.crm.searches.models import SavedSearch
from mawj.crm.watching.happenings import newcomers, of_many, of_one
from mawj.crm.watching.models import Alert, Watch
from mawj.flow.finding import find
from mawj.flow.sentences import name_of, number, say
from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime
    from typing import TypeAlias

    from mawj.crm.members.models import User, Workspace
    from mawj.crm.watching.happenings import Happening
    from mawj.lake.lake import Lake

    Watched: TypeAlias = str | CreatorList | SavedSearch

MOST_OF_A_LIST, MOST_KNOWN = 500, 5_000
"""Accounts of a list that are looked at, and of a search that are remembered (ours)."""

log = logging.getLogger("mawj.watching")


@transaction.atomic
def watch(workspace: Workspace, user: User, what: Watched, moved_by: float) -> Watch:
    """The user is told from now on; asked again, the threshold changes."""
    found, is_new = Watch.objects.update_or_create(
        workspace=workspace, user=user, **_field(what), defaults={"moved_by": moved_by}
    )
    if is_new:
        record(workspace, user, "watches", str(what), **_key(what))
    return found


def begin_from_now(one: Watch, lake: Lake) -> None:
    """Whom a search finds now is not new; the rest of what is watched needs no beginning."""
    if one.search is not None and not one.known:
        one.known = first_of(one.search, lake)
        one.save(update_fields=["known"])


@transaction.atomic
def unwatch(workspace: Workspace, user: User, what: Watched) -> None:
    """The user is told no more."""
    workspace.watches.filter(user=user, **_field(what)).delete()
    record(workspace, user, "watches no more", str(what), **_key(what))


def watched(workspace: Workspace, user: User, what: Watched) -> Watch | None:
    """That the user watches this, or None."""
    return workspace.watches.filter(user=user, **_field(what)).first()


def unseen(workspace: Workspace, user: User) -> Sequence[Alert]:
    """What the user was told and has not put aside."""
    found = Alert.objects.filter(
        watch__workspace=workspace, watch__user=user, seen_at=None
    ).select_related("watch__list", "watch__search")
    return list(found[:20])


def look(workspace: Workspace, lake: Lake, now: datetime) -> list[Alert]:
    """Look at everything that is watched; what is new is kept and sent by mail."""
    made = []
    for one in _still_watched(workspace):
        for what in _happened(one, lake, now):
            alert, is_new = Alert.objects.get_or_create(
                watch=one, kind=what.kind, key=what.key[:120], defaults={"told": what.told},
                account_id=what.account_id if what.account_id != one.account_id else "",
            )  # fmt: skip
            if is_new:
                made.append(alert)
    _send(workspace, made)
    return made


def _still_watched(workspace: Workspace) -> list[Watch]:
    """What those watch who still work here; a search only while they see it."""
    roles = dict(workspace.memberships.values_list("user", "role"))
    every = workspace.watches.select_related("user", "list", "search", "workspace")
    seen = every.filter(Q(search=None) | Q(search__is_shared=True) | Q(search__owner=F("user")))
    return [one for one in seen if may(roles.get(one.user_id), Role.MEMBER)]


def _happened(one: Watch, lake: Lake, now: datetime) -> Iterator[Happening]:
    if one.account_id:
        yield from of_one(lake, one.account_id, one.moved_by, now)
    elif one.list is not None:
        entries = one.list.entries.values_list("account_id", flat=True)[:MOST_OF_A_LIST]
        yield from of_many(lake, list(entries), one.moved_by, now)
    elif one.search is not None:
        first = first_of(one.search, lake)
        yield from of_many(lake, first, one.moved_by, now)
        new = [account for account in first if account not in set(one.known)]
        if new and one.known:
            yield newcomers(lake, new)
        if new:
            one.known = [*new, *one.known][:MOST_KNOWN]
            one.save(update_fields=["known"])


def first_of(search: SavedSearch, lake: Lake) -> list[str]:
    """The accounts that a saved search finds first; nobody where it cannot be asked now."""
    asked = asked_by(QueryDict(search.query), search.workspace, with_prices=True)
    try:
        return [one.account_id for one in find(lake, asked.wanted).found[:PAGE]]
    except NotFound:
        return []


def said(alert: Alert, language: str) -> str:
    """What happened, in words."""
    account = alert.account_id or alert.watch.account_id
    if not account:
        return _said_of_many(alert, language)
    text = _said_of_one(alert, account, language)
    if alert.watch.account_id:
        return text
    return say(language, "watching", "of_what", what=str(alert.watch), text=text)


def _said_of_one(alert: Alert, account: str, language: str) -> str:
    told = alert.told
    if alert.kind == Alert.Kind.MOVED:
        return say(
            language, "watching", "moved", account=account,
            before=number(told["before"], language, 1), now=number(told["now"], language, 1),
            why=", ".join(name_of(finding, language) for finding, _ in told["parts"]),
        )  # fmt: skip
    if alert.kind == Alert.Kind.FINDING:
        return say(language, "watching", "finding", account=account,
                   finding=name_of(told["finding"], language))  # fmt: skip
    return say(language, "watching", "stale", account=account, day=_day_of(told))


def _day_of(told: dict[str, Any]) -> str:
    """Of when stale values are; older alerts tell when the account was fetched."""
    return str(told.get("seen_at") or told["fetched_at"])[:10]


def _said_of_many(alert: Alert, language: str) -> str:
    told, comma = alert.told, ", " if language == "en" else "، "
    named: dict[str, Any] = {"what": str(alert.watch), "n": number(told["n"], language, 0)}
    if alert.kind == Alert.Kind.MOVED:
        who = (f"{name} ({points:+.1f})" for name, points in told["who"])
        return say(language, "watching", "moved_many", **named, who=comma.join(who),
                   points=number(told["points"], language, 1))  # fmt: skip
    if alert.kind == Alert.Kind.NEW:
        return say(language, "watching", "new_many", **named, who=comma.join(told["who"]))
    return say(language, "watching", "stale_many", **named, day=_day_of(told))


@transaction.atomic
def put_aside(workspace: Workspace, user: User) -> None:
    """The user has seen what they were told."""
    Alert.objects.filter(watch__workspace=workspace, watch__user=user, seen_at=None).update(
        seen_at=timezone.now()
    )


@transaction.atomic
def forget_watched(workspace: Workspace, ids: Collection[str]) -> None:
    """Nothing tells of accounts that are erased any more: by id, or among names of a line."""
    workspace.watches.filter(account_id__in=ids).delete()
    alerts = Alert.objects.filter(watch__workspace=workspace)
    alerts.filter(Q(account_id__in=ids) | Q(kind=Alert.Kind.NEW)).delete()
    alerts.filter(kind=Alert.Kind.MOVED, watch__account_id="", account_id="").delete()
    gone = set(ids)
    for one in workspace.watches.exclude(search=None):
        one.known = [account for account in one.known if account not in gone]
        one.save(update_fields=["known"])


def _field(what: Watched) -> dict[str, Any]:
    if isinstance(what, CreatorList):
        return {"list": what}
    return {"search": what} if isinstance(what, SavedSearch) else {"account_id": what}


def _key(what: Watched) -> dict[str, Any]:
    """What the trail names it by."""
    if isinstance(what, str):
        return {"account": what}
    return {name: one.pk for name, one in _field(what).items()}


def _send(workspace: Workspace, made: Sequence[Alert]) -> None:
    for user in {alert.watch.user for alert in made}:
        language = user.language or "en"
        lines = [said(alert, language) for alert in made if alert.watch.user == user]
        title = say(language, "watching", "title", team=workspace.name)
        sender = settings.DEFAULT_FROM_EMAIL
        if not send_mail(title, "\n".join(lines), sender, [user.email], fail_silently=True):
            log.warning("no mail was sent to %s", user.pk)
