"""TikTok, the Research API: public accounts, videos and comments, for approved research alone.

TikTok gives access to researchers of institutions without profit, and to creators, advertisers
and companies not at all ("Research Tools, Frequently asked questions"). Its terms ask to fetch
data again or delete them within 15 days.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from mawj.sources.live.budgets import Cost, of_the_day
from mawj.sources.live.json_objects import listed
from mawj.sources.live.live import AccessField, Item, Kind, LiveSource, Page
from mawj.sources.live.tiktok.asking import TikTokAsking
from mawj.sources.live.tiktok.records import make
from mawj.sources.names import handle_on, native_id_of
from mawj.sources.ready.reading_json import flag, own_id, text
from mawj.sources.ready.ready import RecordMapping
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mawj.sources.live.live import Access, Wanted
    from mawj.sources.live.polite import Polite
    from mawj.sources.raw import Record

AT_ONCE = 100
KEEP_DAYS = 15.0
WINDOW_DAYS = 30
"""Most days of one query, its first and its last among them."""
REVISIT_DAYS = 7
"""Days for which the counts of a video are looked at again. Our judgement."""
REQUESTS = "requests"
USER = ("display_name,bio_description,is_verified,follower_count,following_count,likes_count,"
        "video_count")  # fmt: skip
VIDEO = ("id,username,create_time,video_description,region_code,video_duration,hashtag_names,"
         "like_count,comment_count,share_count,view_count")  # fmt: skip
COMMENT = "id,video_id,text,like_count,reply_count,parent_comment_id,create_time"
KINDS = {
    "accounts": Kind("name, description and counts", "account", 24),
    "posts": Kind("public videos with their counts", "account", 24),
    "comments": Kind("comments below a video, without who wrote them", "post", 168),
    "followers": Kind("who follows it", "account", 168),
    "follows": Kind("whom it follows", "account", 168),
    "search": Kind("public videos whose description holds words", "words", 24),
}
_HANDLE = re.compile(r"[\w.]{2,24}")


class TikTokResearch:
    """The Research API, opened."""

    mapping = RecordMapping("tiktok_research", make, "tiktok_research")

    def __init__(self, access: Access, polite: Polite) -> None:
        grant = {name: access[name] for name in ("client_key", "client_secret")}
        grant |= {"grant_type": "client_credentials"}
        self._access, self._polite = access, polite
        self._host = TikTokAsking(access, polite, grant)

    def pages(self, wanted: Wanted) -> Iterator[Page]:
        """The pages of one kind; see `Connection.pages`."""
        name = wanted.subjects[0]
        kinds: dict[str, Callable[[], Iterator[Page]]] = {
            "accounts": lambda: self._account(name),
            "posts": lambda: self._videos(wanted, "username", name),
            "search": lambda: self._videos(wanted, "keyword", name),
            "comments": lambda: self._comments(wanted),
            "followers": lambda: self._ties(wanted, "followers"),
            "follows": lambda: self._ties(wanted, "following"),
        }
        return kinds[wanted.kind]()

    def close(self) -> None:
        """Let go of connections."""
        self._host.close()

    def _ask(self, route: str, fields: str, body: dict[str, Any]) -> Record:
        limit = float(self._access["requests_a_day"])
        return self._host.ask(
            f"research/{route}", fields, body,
            lambda now: Cost(of_the_day(REQUESTS, 1, now), limit),
        )  # fmt: skip

    def _account(self, name: str) -> Iterator[Page]:
        found = self._ask("user/info", USER, {"username": name})
        yield Page((Item({"username": name} | found),), "", is_last=True)

    def _videos(self, wanted: Wanted, field: str, value: str) -> Iterator[Page]:
        """Videos in windows of thirty days, the newest window first."""
        at = json.loads(wanted.cursor or "{}")
        at = at if "end" in at else self._windows(at)
        condition = {"operation": "EQ", "field_name": field, "field_values": [value]}
        while True:
            window = {
                "start_date": max(_back(at["end"], WINDOW_DAYS - 1), at["floor"]),
                "end_date": at["end"], "max_count": AT_ONCE, "is_random": False,
            }  # fmt: skip
            place = {name: at[name] for name in ("cursor", "search_id") if name in at}
            body = {"query": {"and": [condition]}} | window | place
            found = self._ask("video/query", VIDEO, body)
            videos = listed(found, "videos", "video/query")
            at = _further(at, found, window["start_date"])
            is_last = "end" not in at
            items = tuple(Item(one, own_id("tiktok", text(one, "id"))) for one in videos)
            yield Page(items, json.dumps(at), is_last)
            if is_last:
                return

    def _windows(self, at: dict[str, Any]) -> dict[str, Any]:
        """The place at the beginning of a pass: today, and the day down to which it reads."""
        today = f"{datetime.fromtimestamp(self._polite.now(), UTC):%Y%m%d}"
        floor = at.get("since") or _back(today, int(self._access["days_back"]))
        return {"top": today, "end": today, "floor": floor}

    def _comments(self, wanted: Wanted) -> Iterator[Page]:
        at = json.loads(wanted.cursor or "0")
        while True:
            body = {"video_id": int(wanted.subjects[0]), "max_count": AT_ONCE, "cursor": at}
            found = self._ask("video/comment/list", COMMENT, body)
            comments = listed(found, "comments", "video/comment/list")
            at, is_last = found.get("cursor", 0), not flag(found, "has_more")
            items = tuple(
                Item({"comment": one}, own_id("tiktok", text(one, "id"))) for one in comments
            )
            yield Page(items, "" if is_last else json.dumps(at), is_last)
            if is_last:
                return

    def _ties(self, wanted: Wanted, word: str) -> Iterator[Page]:
        at, name = json.loads(wanted.cursor or "{}"), wanted.subjects[0]
        while True:
            body = {"username": name, "max_count": AT_ONCE} | at
            found = self._ask(f"user/{word}", "", body)
            people = listed(found, f"user_{word}", f"user/{word}")
            is_last = not flag(found, "has_more")
            at = {} if is_last else {"cursor": found.get("cursor")}
            items = tuple(Item({"of": name, word: one}) for one in people)
            yield Page(items, json.dumps(at), is_last)
            if is_last:
                return


def _further(at: dict[str, Any], found: Record, start: str) -> dict[str, Any]:
    """The place after a page: in the same window, in the one before, or from when next."""
    kept = {name: at[name] for name in ("top", "floor", "end")}
    if flag(found, "has_more"):
        told = {name: found[name] for name in ("cursor", "search_id") if name in found}
        return kept | told
    if start > at["floor"]:
        return kept | {"end": _back(start, 1)}
    return {"since": _back(at["top"], REVISIT_DAYS)}


def _back(day: str, days: int) -> str:
    """The day so many days before, both as 20260131."""
    return (
        f"{datetime.strptime(day, '%Y%m%d').replace(tzinfo=UTC) - timedelta(days=days):%Y%m%d}"
    )


def subject_of(kind: str, typed: str) -> str:
    """A handle, a video's id, or words, from what a person typed or pasted.

    Raises:
        SourceRefused: it is none of those.
    """
    typed, named_by = typed.strip(), KINDS[kind].subject
    if named_by == "words":
        return " ".join(typed.split())
    if named_by == "post":
        found = (native_id_of(typed, "tiktok") or "").removeprefix("tiktok:")
        if found.isdigit():
            return found
        raise SourceRefused(f"{typed!r} is no video of TikTok: give its address or id")
    found = handle_on(typed, "tiktok")
    if not _HANDLE.fullmatch(found):
        raise SourceRefused(f"{typed!r} is no account of TikTok: give its handle or address")
    return found


SOURCE = LiveSource(
    name="tiktok_research",
    platform="tiktok",
    basis="public data by TikTok's Research API, for a research project that TikTok approved; "
    "kept for 15 days unless fetched again",
    kinds=KINDS,
    usual=("accounts", "posts"),
    fields=(
        AccessField("client_key", "key of the research client", is_needed=True),
        AccessField("client_secret", "its secret", is_secret=True, is_needed=True),
        AccessField("requests_a_day", "requests that it has a day", "1000"),
        AccessField("days_back", "days of videos that the first pass reads", "90"),
        AccessField("address", "the interface", "https://open.tiktokapis.com"),
    ),
    subject_of=subject_of,
    connect=TikTokResearch,
    keep_days=KEEP_DAYS,
)
