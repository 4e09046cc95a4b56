"""The YouTube Data API: requests as Google's client builds them, paid for in units.

The client checks every parameter against its own discovery document; what it would send is
sent over `json_objects`, so that manners see statuses and headings.

Costs and limits: YouTube Data API, "Quota Calculator": each call costs at least one unit of
10,000 a day, invalid ones too; `search.list` has 100 calls a day of its own. Days end at
midnight Pacific Time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.live.answers import error_of, retry_after_s
from mawj.sources.live.budgets import Cost, Spent, of_the_day
from mawj.sources.live.json_objects import JsonObjects, Question, listed
from mawj.sources.live.libraries import needed
from mawj.sources.ready.reading_json import members, text
from mawj.tables.errors import SourceGone, SourceLimited, SourceRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mawj.sources.live.json_objects import Said
    from mawj.sources.live.live import Access
    from mawj.sources.live.polite import Polite
    from mawj.sources.raw import Record
    from mawj.tables.errors import SourceError

PACIFIC = "America/Los_Angeles"
UNITS, SEARCHES = "units", "searches"
DAY_IS_SPENT = ("quotaExceeded", "dailyLimitExceeded")
TOO_FAST = ("rateLimitExceeded", "userRateLimitExceeded")
GONE = ("channelNotFound", "channelClosed", "channelSuspended", "playlistNotFound",
        "playlistItemsNotAccessible", "videoNotFound", "commentsDisabled",
        "commentThreadNotFound", "commentNotFound", "forbidden")  # fmt: skip
"""Reasons that the reference gives for "this channel, video or comment is not to be had"."""
BAD_KEY = ("keyInvalid", "keyExpired", "authError", "accessNotConfigured")
OF_A_KEY = "API_KEY_"
"""How the reasons begin that Google gives where a key itself is at fault."""
OLD_PAGE = "invalidPageToken"


class YouTubeAsking:
    """The YouTube Data API, of which we need the methods called `list`.

    Raises:
        SourceRefused: the library is not installed, or no key is given.
    """

    def __init__(self, access: Access, polite: Polite) -> None:
        discovery = needed("googleapiclient.discovery")
        self._resources = discovery.build(
            "youtube", "v3", http=object(), requestBuilder=_address_of, static_discovery=True,
            client_options={"api_endpoint": access["address"].rstrip("/") + "/"},
        )  # fmt: skip
        self._access, self._polite = access, polite
        # In a heading: keys in addresses end up in logs.
        self._http = JsonObjects(polite, self._named)
        self._http.headings = {"X-goog-api-key": access["key"]}

    def _answer(self, resource: str, asked: Mapping[str, Any]) -> Record:
        """The answer of a resource's method `list`."""
        if not self._access["key"]:
            raise SourceRefused("YouTube needs a key of the Data API: set MAWJ_YOUTUBE_KEY")
        method = f"{resource}.list"
        params = {name: value for name, value in asked.items() if value not in (None, "")}
        address = getattr(self._resources, resource)().list(**params)
        question = Question(f"YouTube {method}", address)
        return self._http.ask(question, lambda now: self._cost(method, now))

    def items(self, resource: str, **asked: Any) -> tuple[list[Record], str | None]:
        """The items of one page, and the token of the next.

        Raises:
            SourceChanged: there is no list of items, though some are counted.
            SourceError: as `Connection.pages` says.
        """
        answer = self._answer(resource, asked)
        page_info = answer.get("pageInfo")
        if "items" not in answer and isinstance(page_info, dict):
            # A list in which nothing was found leaves its items out.
            answer = answer if page_info.get("totalResults") else answer | {"items": []}
        return listed(answer, "items", f"{resource}.list"), text(answer, "nextPageToken")

    def close(self) -> None:
        """Let go of connections."""
        self._http.close()

    def _cost(self, method: str, now: float) -> Cost:
        if method == "search.list":
            limit = float(self._access["searches_a_day"])
            return Cost(of_the_day(SEARCHES, 1, now, PACIFIC), limit, "kind")
        return Cost(self._today(now), float(self._access["units_a_day"]))

    def _today(self, now: float) -> Spent:
        return of_the_day(UNITS, 1, now, PACIFIC)

    def _named(self, answer: Said) -> SourceError | None:
        """The error of an answer, by its reason before its status."""
        error = answer.said.get("error")
        if not isinstance(error, dict):
            return None
        reasons = [
            reason
            for where in ("errors", "details")
            for one in members(error, where)
            if (reason := text(one, "reason"))
        ]
        said = f"YouTube: {' '.join(reasons)} {text(error, 'message') or ''}".strip()
        return self._by_reason(set(reasons), said, answer)

    def _by_reason(self, reasons: set[str], said: str, answer: Said) -> SourceError:
        if reasons & {*DAY_IS_SPENT}:
            return self._spent(said)
        if reasons & {*TOO_FAST}:
            return SourceLimited(said, retry_after_s=retry_after_s(answer.headings))
        if reasons & {*BAD_KEY} or any(one.startswith(OF_A_KEY) for one in reasons):
            return error_of(401, answer.headings, said)
        if reasons & {*GONE}:
            return SourceGone(said)
        return error_of(answer.status, answer.headings, said)

    def _spent(self, said: str) -> SourceLimited:
        """The day is spent: another program uses the key too, so ours is not asked again."""
        now = self._polite.now()
        today = self._today(now)
        limit = float(self._access["units_a_day"])
        left = self._polite.budgets.left(UNITS, limit, now)
        self._polite.budgets.note(Spent(UNITS, today.what, left, today.ends_at), now)
        return SourceLimited(
            f"{said}: today's units are spent; there are new ones at midnight Pacific Time",
            retry_after_s=today.ends_at - now,
        )


def _address_of(_http: Any, _postproc: Any, uri: str, **_: Any) -> str:
    """What Google's client calls for a request: its address is all that is needed of it."""
    return uri
