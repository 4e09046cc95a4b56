"""The X API v2: requests over HTTP, counted by what they bring, errors by their types.

Asked with httpx and field lists of our own: `tweepy` knows the names of before alone, while X's
published OpenAPI document (2.167) has "post" where they have "tweet". Which of the two is sent
is a setting; both are read.

Limits: X API documentation, "Rate limits" (15-minute windows, each endpoint its own) and "Usage
and billing" (posts and accounts are paid for as they are returned; a plan has so many posts a
month).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mawj.sources.live.answers import error_of, note_quota, retry_after_s
from mawj.sources.live.budgets import Cost, Spent, of_the_month
from mawj.sources.live.json_objects import JsonObjects, Question
from mawj.sources.live.polite import Quota
from mawj.sources.live.web import Web
from mawj.sources.ready.reading_json import members, text
from mawj.tables.errors import SourceGone, SourceLimited, SourceRefused, SourceUnreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mawj.sources.live.json_objects import Said
    from mawj.sources.live.live import Access
    from mawj.sources.live.polite import Polite
    from mawj.sources.raw import Record
    from mawj.tables.errors import SourceError

POSTS, USERS = "posts", "users"
POST_FIELDS = (
    "attachments,author_id,conversation_id,created_at,entities,in_reply_to_user_id,lang,"
    "note_{word},paid_partnership,public_metrics,referenced_{word}s"
)
USER_FIELDS = (
    "created_at,description,location,profile_image_url,protected,public_metrics,url,verified"
)
EXPANSIONS = {
    "tweet": "author_id,attachments.media_keys,referenced_tweets.id,"
    "referenced_tweets.id.author_id",
    "post": "author_id,attachments.media_keys,referenced_posts",
}
MEDIA_FIELDS = "duration_ms,type"
NOT_HERE = ("resource-not-found", "not-authorized-for-resource", "resource-unavailable",
            "disallowed-resource")  # fmt: skip
"""Endings of the types that X gives to "this post or account is not to be had"."""
CAPPED = "usage-capped"


class XAsking:
    """Questions to the X API."""

    def __init__(self, access: Access, polite: Polite) -> None:
        self._access, self._polite = access, polite
        self._http = JsonObjects(polite, self._named, self._noted)
        self._http.headings = {"Authorization": f"Bearer {access['token']}"}
        self._files = Web(polite)
        self._windows: dict[str, float] = {}

    def users(self, route: str, what: str, **asked: Any) -> Record:
        """An answer that brings accounts."""
        return self._paid(route, what, USERS, asked | {"user.fields": USER_FIELDS})

    def posts(self, route: str, what: str, **asked: Any) -> Record:
        """An answer that brings posts, those they refer to, and their authors."""
        word = self._access["word"]
        fields = {
            f"{word}.fields": POST_FIELDS.format(word=word), "user.fields": USER_FIELDS,
            "media.fields": MEDIA_FIELDS, "expansions": EXPANSIONS[word],
        }  # fmt: skip
        return self._paid(route, what, POSTS, asked | fields)

    def plain(self, route: str, what: str, body: Mapping[str, Any] | None = None) -> Record:
        """An answer that costs nothing."""
        return self._http.ask(Question(f"X {what}", self._address(route), body=body))

    def upload(self, address: str, text: str) -> None:
        """Leave a list where X told us to; the address is a key of its own, ours stays here."""
        self._polite.ask(lambda: self._files.once(address, method="PUT", content=text.encode()))

    def download(self, address: str) -> list[Record]:
        """The objects, one a line, that X left for us.

        Raises:
            SourceUnreachable: a line breaks off.
        """
        return self._polite.ask(lambda: _lines(self._files.once(address).text))

    def at_most(self, what: str) -> int:
        """How many of a kind one pass brings, as the settings say."""
        return int(self._access[what])

    def room(self, budget: str, most: int) -> int:
        """How many posts or accounts may be asked for at once.

        Raises:
            SourceLimited: fewer than a page's least are left of the month.
        """
        least = Cost(self._month(budget, 10), self._limit(budget), self._scope(budget))
        return int(min(most, self._polite.budgets.room(least, self._polite.now())))

    def close(self) -> None:
        """Let go of connections."""
        self._http.close()
        self._files.close()

    def _address(self, route: str) -> str:
        return f"{self._access['address'].rstrip('/')}{route}"

    def _paid(self, route: str, what: str, budget: str, asked: Mapping[str, Any]) -> Record:
        if not self._access["token"]:
            raise SourceRefused("X needs the Bearer token of an app: set MAWJ_X_TOKEN")
        self._wait_for_window(f"X {what}")
        self.room(budget, 1)
        answer = self._http.ask(Question(f"X {what}", self._address(route), asked))
        now = self._polite.now()
        for name, n in _brought(answer).items():
            self._polite.budgets.note(self._month(name, n), now)
        self._note_left()
        return answer

    def _month(self, budget: str, n: float) -> Spent:
        return of_the_month(budget, n, self._polite.now())

    def _limit(self, budget: str) -> float:
        return float(self._access[f"{budget}_a_month"])

    def _scope(self, budget: str) -> str:
        return "source" if budget == POSTS else "kind"

    def _note_left(self) -> None:
        """What is left of the month; headings tell of one endpoint's window alone."""
        cost = Cost(self._month(POSTS, 0), self._limit(POSTS))
        self._polite.note_left(cost)

    def _wait_for_window(self, what: str) -> None:
        until = self._windows.get(what, 0.0)
        wait = until - self._polite.now()
        if wait > 0:
            raise SourceLimited(
                f"{what}: the requests of this window are spent", retry_after_s=wait,
                scope="kind",
            )  # fmt: skip

    def _noted(self, answer: Said) -> None:
        """Which endpoint has nothing left until when."""
        window = Quota()
        note_quota(window, answer.headings, self._polite.now())
        if window.left == 0 and window.resets_at:
            self._windows[answer.what] = window.resets_at
        self._note_left()

    def _named(self, answer: Said) -> SourceError | None:
        """The error of an answer by its type; one with data is none, whatever else it lacks."""
        if 200 <= answer.status < 300:
            return None
        kind = (text(answer.said, "type") or "").rsplit("/", 1)[-1]
        said = f"X: {kind} {text(answer.said, 'detail') or ''}".strip()
        if kind == CAPPED:
            month = self._month(POSTS, 0)
            return SourceLimited(said, retry_after_s=month.ends_at - self._polite.now())
        if kind in NOT_HERE:
            return SourceGone(said)
        if answer.status == 429 and "x-rate-limit-reset" in answer.headings:
            return SourceLimited(
                said, retry_after_s=retry_after_s(answer.headings), scope="kind"
            )
        return error_of(answer.status, answer.headings, said) if kind else None


def _lines(told: str) -> list[Record]:
    try:
        return [json.loads(line) for line in told.splitlines() if line.strip()]
    except ValueError:
        raise SourceUnreachable("X compliance/jobs: the result is broken JSON") from None


def _brought(answer: Record) -> dict[str, int]:
    """Posts and accounts that an answer holds, those that it refers to among them."""
    own = list(members(answer, "data")) or [one for one in [answer.get("data")] if one]
    n_users = sum(1 for one in own if "username" in one and "text" not in one)
    others = [one for name in ("tweets", "posts") for one in members(answer, "includes", name)]
    return {
        POSTS: len(own) - n_users + len(others),
        USERS: n_users + sum(1 for _ in members(answer, "includes", "users")),
    }
