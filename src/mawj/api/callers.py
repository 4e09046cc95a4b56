"""Who calls: by a token first, else by a signed-in browser; how often; and what they may do.

The token comes first: with the browser's session first, a program with a valid token would be
asked for the browser's proof against forged requests.
"""

from __future__ import annotations

import inspect
import os
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import HttpBearer, SessionAuth

from mawj.crm.members.here import Here, here_of
from mawj.crm.members.models import ApiToken, TokenUse, User
from mawj.crm.members.roles import Access, may
from mawj.crm.members.secrets import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from ninja import Schema

PER_MINUTE = int(os.environ.get("MAWJ_API_PER_MINUTE", "240"))
"""Calls of one token in one minute (MAWJ_API_PER_MINUTE; our judgement)."""
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class TooManyError(HttpError):
    """The token has called too often; the answer says when to come again."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(429, f"more than {PER_MINUTE} calls in a minute; wait {wait_s} s")
        self.wait_s = wait_s


@dataclass(frozen=True)
class Caller:
    """A user, and the token that they call with; None for a browser."""

    user: User
    token: ApiToken | None = None


class ByToken(HttpBearer):
    """`Authorization: Bearer mawj_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller of a token that is not revoked; counted."""
        found = (
            ApiToken.objects.select_related("user")
            .filter(digest=digest_of(token), revoked_at=None, user__is_active=True)
            .first()
        )
        if found is None:
            return None
        _count(found)
        return Caller(found.user, found)


class BySession(SessionAuth):
    """A signed-in browser."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        """The caller of a session."""
        user = super().authenticate(request, key)
        return Caller(user) if isinstance(user, User) else None


def needs(access: Access, *queries: type[Schema]) -> Callable[[Any], Any]:
    """An endpoint for those whom `access` names; `queries` are what its address may ask.

    The endpoint is given the caller's `Here` in front of what its address says. What the
    address asks beyond `queries` is refused: a filter that is misspelt must not be ignored.
    """
    known = {name for query in queries for name in query.model_fields}

    def made(endpoint: Any) -> Any:
        told = inspect.signature(endpoint, eval_str=True)
        shown = [p for p in told.parameters.values() if p.name != "here"]

        @wraps(endpoint)
        def answered(request: HttpRequest, *args: Any, **named: Any) -> Any:
            unknown = sorted(set(request.GET) - known)
            if unknown:
                raise HttpError(422, f"unknown in the address: {', '.join(unknown)}")
            here = _here(request, named["workspace"], access)
            return endpoint(request, here, *args, **named)

        answered.__signature__ = told.replace(parameters=shown)  # type: ignore[attr-defined]
        answered.access = access  # type: ignore[attr-defined]
        return answered

    return made


def _here(request: HttpRequest, slug: str, access: Access) -> Here:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    found = here_of(caller.user, slug)
    is_elsewhere = caller.token is not None and (
        found is None or caller.token.workspace_id != found.workspace.pk
    )
    if found is None or is_elsewhere:
        raise Http404
    may_write = caller.token is None or caller.token.may_write
    if not may(found.role, access) or (request.method not in READING and not may_write):
        raise HttpError(403, "this token or role may not do that")
    return found


def _count(token: ApiToken) -> None:
    """Count one call in this minute.

    Raises:
        TooManyError: beyond `PER_MINUTE`.
    """
    now = timezone.now()
    minute = now.replace(second=0, microsecond=0)
    counted = TokenUse.objects.filter(token=token, minute=minute)
    if not counted.update(n=F("n") + 1):
        try:
            with transaction.atomic():
                TokenUse.objects.create(token=token, minute=minute, n=1)
        except IntegrityError:
            counted.update(n=F("n") + 1)
        TokenUse.objects.filter(token=token, minute__lt=minute).delete()
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
        return
    if counted.filter(n__gt=PER_MINUTE).exists():
        raise TooManyError(60 - now.second)
