"""TikTok, the Display API: one's own account and videos, first hand.

Needs a user's consent by Login Kit: a refresh token, with the key and secret of an app.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mawj.sources.live.json_objects import listed
from mawj.sources.live.live import AccessField, Item, Kind, LiveSource, Page
from mawj.sources.live.tiktok.asking import TikTokAsking
from mawj.sources.live.tiktok.records import make
from mawj.sources.ready.reading_json import flag, own_id, text
from mawj.sources.ready.ready import RecordMapping
from mawj.tables.errors import SourceChanged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.live.live import Access, Wanted
    from mawj.sources.live.polite import Polite
    from mawj.sources.raw import Record

AT_ONCE = 20
USER = ("username,display_name,bio_description,is_verified,follower_count,following_count,"
        "likes_count,video_count")  # fmt: skip
VIDEO = ("id,create_time,title,video_description,duration,share_url,like_count,comment_count,"
         "share_count,view_count")  # fmt: skip
KINDS = {
    "own_account": Kind("name, description and counts of our account", "", 24),
    "own_posts": Kind("our videos with their counts", "", 24),
}


class TikTok:
    """The Display API, opened."""

    mapping = RecordMapping("tiktok", make, "tiktok", basis="first_party")

    def __init__(self, access: Access, polite: Polite) -> None:
        names = ("client_key", "client_secret", "refresh_token")
        grant = {name: access[name] for name in names} | {"grant_type": "refresh_token"}
        self._host = TikTokAsking(access, polite, grant)

    def pages(self, wanted: Wanted) -> Iterator[Page]:
        """The pages of one kind; see `Connection.pages`."""
        return (
            _account(self._host) if wanted.kind == "own_account" else _posts(self._host, wanted)
        )

    def close(self) -> None:
        """Let go of connections."""
        self._host.close()


def _me(host: TikTokAsking) -> Record:
    found = host.ask("user/info", USER).get("user")
    if not isinstance(found, dict) or text(found, "username") is None:
        raise SourceChanged("user/info names no user.username", field="user.username")
    return found


def _account(host: TikTokAsking) -> Iterator[Page]:
    yield Page((Item(_me(host)),), "", is_last=True)


def _posts(host: TikTokAsking, wanted: Wanted) -> Iterator[Page]:
    """Our videos, the newest first; the cursor is TikTok's own."""
    whose = {"username": text(_me(host), "username")}
    at = json.loads(wanted.cursor or "0")
    while True:
        found = host.ask("video/list", VIDEO, {"max_count": AT_ONCE, "cursor": at})
        videos = listed(found, "videos", "video/list")
        at, is_last = found.get("cursor", 0), not flag(found, "has_more")
        items = tuple(Item(whose | one, own_id("tiktok", text(one, "id"))) for one in videos)
        yield Page(items, "" if is_last else json.dumps(at), is_last)
        if is_last:
            return


def subject_of(_kind: str, _typed: str) -> str:
    """There is one account: our own."""
    return "own"


SOURCE = LiveSource(
    name="tiktok",
    platform="tiktok",
    basis="figures of one's own account by TikTok's Display API, with its owner's consent",
    kinds=KINDS,
    usual=("own_account", "own_posts"),
    fields=(
        AccessField(
            "refresh_token", "refresh token of the account", is_secret=True, is_needed=True
        ),
        AccessField("client_key", "key of the app", is_needed=True),
        AccessField("client_secret", "secret of the app", is_secret=True, is_needed=True),
        AccessField("address", "the interface", "https://open.tiktokapis.com"),
    ),
    subject_of=subject_of,
    connect=TikTok,
)
