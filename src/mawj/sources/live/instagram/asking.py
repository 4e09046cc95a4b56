"""The Instagram Graph API: requests over HTTP, usage in per cent, errors by their codes.

Codes and headings: Graph API, "Rate limits" and "Handling errors"; Instagram Platform, "Error
codes" and "Hashtag search". Asked with httpx and field lists of our own, since Meta's library
brings forty megabytes for four addresses.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mawj.sources.live.answers import error_of
from mawj.sources.live.budgets import Cost, for_days
from mawj.sources.live.json_objects import JsonObjects, Question
from mawj.sources.ready.reading_json import count, text
from mawj.tables.errors import (
    SourceGone,
    SourceLimited,
    SourceRefused,
    SourceUnreachable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mawj.sources.live.json_objects import Said
    from mawj.sources.live.live import Access
    from mawj.sources.live.polite import Polite
    from mawj.sources.raw import Record
    from mawj.tables.errors import SourceError

HOUR_S = 3600.0
HASHTAGS, HASHTAGS_A_WEEK, WEEK_DAYS = "hashtags", 30.0, 7.0
TOO_MANY = (4, 17, 32, 613, 80002)
"""Codes of "too many calls": of the app, of the user, of the page, of a kind, of Instagram."""
BAD_KEY = (102, 190, 463, 467)
NO_PERMISSION = (3, 10, *range(200, 300))
FAULT_OF_ITS_OWN = (1, 2)
GONE = ((100, 33), (110, 2207013), (24, 2207024), (24, 2207023))
"""Code and subcode of "no such object", "no such professional account", "no such hashtag"."""
USED = ("call_count", "total_time", "total_cputime")


class InstagramAsking:
    """Questions to the Instagram Graph API, on behalf of one professional account."""

    def __init__(self, access: Access, polite: Polite) -> None:
        self._access, self._polite = access, polite
        self._http = JsonObjects(polite, self._named, self._noted)
        # In a heading: keys in addresses end up in logs.
        self._http.headings = {"Authorization": f"Bearer {access['token']}"}
        self._regain_s = 0.0

    @property
    def own_id(self) -> str:
        """The id of the account on whose behalf we ask."""
        return self._access["user_id"]

    def get(self, node: str, what: str, **asked: Any) -> Record:
        """The object that a node or an edge of it gives.

        Raises:
            SourceError: as `Connection.pages` says.
        """
        return self._http.ask(self._question(node, what, asked))

    def of_hashtag(self, tag: str, node: str, what: str, **asked: Any) -> Record:
        """The same about a hashtag, of which a week has thirty different ones.

        Raises:
            SourceLimited: this would be the thirty-first; it is not asked for.
        """
        return self._http.ask(
            self._question(node, what, asked | {"user_id": self.own_id}),
            lambda now: Cost(
                for_days(HASHTAGS, tag, WEEK_DAYS, now), HASHTAGS_A_WEEK, "subject",
                is_once=True,
            ),
        )  # fmt: skip

    def close(self) -> None:
        """Let go of connections."""
        self._http.close()

    def _question(self, node: str, what: str, asked: Mapping[str, Any]) -> Question:
        if not (self._access["token"] and self.own_id):
            raise SourceRefused(
                "Instagram needs a token and the id of your professional account: set "
                "MAWJ_INSTAGRAM_TOKEN and MAWJ_INSTAGRAM_USER_ID"
            )
        root = f"{self._access['address'].rstrip('/')}/{self._access['version']}"
        return Question(f"Instagram {what}", f"{root}/{node}", asked)

    def _noted(self, answer: Said) -> None:
        """What is left, in per cent: the most used of all that is counted."""
        used = list(_used(answer.headings))
        if not used:
            return
        quota = self._polite.quota
        quota.left = max(100.0 - max(share for share, _ in used), 0.0)
        self._regain_s = max(wait for _, wait in used)
        # Usage is that of the last hour, which moves on all the time.
        quota.resets_at = self._polite.now() + (self._regain_s or HOUR_S)

    def _named(self, answer: Said) -> SourceError | None:
        """The error of an answer by its code, before its status, which is 400 for most."""
        error = answer.said.get("error")
        if not isinstance(error, dict):
            return None
        code, sub = int(count(error, "code") or 0), int(count(error, "error_subcode") or 0)
        said = f"Instagram: ({code}) {text(error, 'message') or ''}".strip()
        if code in TOO_MANY:
            return SourceLimited(said, retry_after_s=self._regain_s or HOUR_S)
        status = 401 if code in BAD_KEY else answer.status
        return _by_code(code, sub, said) or error_of(status, answer.headings, said)


def _by_code(code: int, sub: int, said: str) -> SourceError | None:
    """The error that a code stands for; None where the status says it."""
    if code in NO_PERMISSION:
        return SourceRefused(f"{said}: the app or token lacks a permission", scope="kind")
    if (code, sub) in GONE:
        return SourceGone(said)
    return SourceUnreachable(said) if code in FAULT_OF_ITS_OWN else None


def _used(headings: Mapping[str, str]) -> Iterator[tuple[float, float]]:
    """Per cent used, and seconds until there is more, of each thing that is counted."""
    for name in ("x-app-usage", "x-business-use-case-usage"):
        try:
            told = json.loads(headings.get(name, "{}"))
        except ValueError:
            continue
        for one in _objects(told):
            shares = [count(one, key) or 0.0 for key in USED]
            yield max(shares), 60.0 * (count(one, "estimated_time_to_regain_access") or 0.0)


def _objects(told: Any) -> Iterator[Record]:
    """The objects that hold counts: itself, or those in the lists of each business."""
    if isinstance(told, dict) and any(key in told for key in USED):
        yield told
    elif isinstance(told, dict):
        for listed in told.values():
            yield from (one for one in listed if isinstance(one, dict))
