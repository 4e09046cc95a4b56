"""YouTube, the Data API v3: channels, videos with their counts, searches, comments.

Needs a key of a project of one's own, free, with 10,000 units a day. Terms: YouTube API
Services Developer Policies, III.E.4: what was not authorised by its owner is deleted or
fetched again within 30 days; so every kind is stale before that, and what was not fetched
again is taken out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mawj.sources.live.live import AccessField, Kind, LiveSource, Named
from mawj.sources.live.youtube import pages
from mawj.sources.live.youtube.asking import YouTubeAsking
from mawj.sources.names import is_url, native_id_of, path_of, platform_of_url
from mawj.sources.ready.ready import RecordMapping
from mawj.sources.ready.youtube import make
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.live.live import Access, Page, Wanted
    from mawj.sources.live.polite import Polite

KEEP_DAYS = 30.0
# All of them tell what there is at that moment: a video may be hidden for a while.
KINDS = {
    "accounts": Kind("name, description and counts", "account", 24, at_once=pages.AT_ONCE),
    "posts": Kind("new and recent videos", "account", 12, tells_now=True, cost=3),
    "catalogue": Kind(
        "every video, and which are gone", "account", 504, tells_now=True, cost=3
    ),
    "comments": Kind("comments below a video, and replies", "post", 168, tells_now=True),
    "search": Kind("the newest videos that words find", "words", 24, tells_now=True),
}
_ANSWERS = {
    "accounts": pages.accounts, "posts": pages.newest, "catalogue": pages.catalogue,
    "comments": pages.comments, "search": pages.search,
}  # fmt: skip
_HANDLE = re.compile(r"[\w.\-·]{1,60}")
_VIDEO = re.compile(r"[\w-]{11}")


class YouTube:
    """YouTube, opened."""

    mapping = RecordMapping("youtube", make, "youtube")

    def __init__(self, access: Access, polite: Polite) -> None:
        self._host = YouTubeAsking(access, polite)

    def pages(self, wanted: Wanted) -> Iterator[Page]:
        """The pages of one kind; see `Connection.pages`."""
        return iter(_ANSWERS[wanted.kind](self._host, wanted))

    def close(self) -> None:
        """Let go of connections."""
        self._host.close()


def subject_of(kind: str, typed: str) -> str:
    """A channel's id or handle, a video's id, or words, from what a person typed or pasted.

    Raises:
        SourceRefused: it is none of those.
    """
    typed = typed.strip()
    named = KINDS[kind].subject
    if named == "words":
        return " ".join(typed.split())
    return _channel_of(typed) if named == "account" else _video_of(typed)


def _channel_of(typed: str) -> str:
    """UC… where the id is told, user/name of an old name, else the handle without @.

    Custom addresses of before (/c/name, /name) became handles of the same name.
    """
    if is_url(typed) and platform_of_url(typed) != "youtube":
        raise SourceRefused(f"{typed!r} is no address of YouTube")
    parts = path_of(typed) if is_url(typed) else typed.removeprefix("youtube:").split("/")
    if parts[:1] == ["user"] and len(parts) > 1:
        return f"{pages.USER}{parts[1]}"
    if parts[:1] in (["channel"], ["c"]):
        parts = parts[1:]
    name = parts[0] if parts else ""
    if pages.is_channel_id(name):
        return name
    name = name.removeprefix("@").lower()
    if not _HANDLE.fullmatch(name) or name in ("watch", "shorts", "playlist"):
        raise SourceRefused(
            f"{typed!r} is no channel of YouTube: give its @handle, id (UC…) or address"
        )
    return name


def _video_of(typed: str) -> str:
    found = (native_id_of(typed, "youtube") or "").removeprefix("youtube:")
    if not _VIDEO.fullmatch(found):
        raise SourceRefused(f"{typed!r} is no video of YouTube: give its address or id")
    return found


def named(subject: str) -> Named:
    """A channel's id is the native id; an old user name tells neither id nor handle."""
    if pages.is_channel_id(subject):
        return Named(account_id=f"youtube:{subject}")
    return Named() if subject.startswith(pages.USER) else Named(handle=subject)


SOURCE = LiveSource(
    name="youtube",
    platform="youtube",
    basis="public videos and counts by the YouTube Data API under its terms, with a key of "
    "one's own; kept for 30 days unless fetched again",
    kinds=KINDS,
    usual=("accounts", "posts", "catalogue"),
    fields=(
        AccessField("key", "key of the YouTube Data API v3", is_secret=True, is_needed=True),
        AccessField("units_a_day", "units that the key's project has a day", "10000"),
        AccessField("searches_a_day", "searches that it has a day", "100"),
        AccessField("address", "the interface", "https://youtube.googleapis.com"),
    ),
    subject_of=subject_of,
    connect=YouTube,
    named=named,
    asks_by_id=True,
    keep_days=KEEP_DAYS,
)
