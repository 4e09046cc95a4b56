"""Pages of the YouTube Data API: channels, videos, searches, comments.

Methods and fields: YouTube Data API reference. Videos of a channel are found in its uploads
playlist (one unit for fifty), never by searching (which has a hundred calls a day).
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mawj.sources.live.live import Item, Page, Whole
from mawj.sources.live.youtube.asking import OLD_PAGE
from mawj.sources.ready.reading_json import count, member, members, own_id, text
from mawj.tables.errors import SourceChanged, SourceGone, SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.live.live import Wanted
    from mawj.sources.live.youtube.asking import YouTubeAsking
    from mawj.sources.raw import Record

AT_ONCE, COMMENTS_AT_ONCE = 50, 100
"""Most items of a page that the interface gives."""
CHANNEL = ["snippet", "statistics"]
VIDEO = ["snippet", "contentDetails", "statistics", "paidProductPlacementDetails",
         "liveStreamingDetails"]  # fmt: skip
USER = "user/"
REVISIT_DAYS = 7
"""Days for which the counts of a video are looked at again. Our judgement."""
MOST_LISTED = 20_000
"""Videos of a playlist that the interface lists at most; of a larger channel we never see all,
so that an absent video says nothing. As Google's issue tracker tells; not in the reference."""


def is_channel_id(subject: str) -> bool:
    """Whether a subject is the id of a channel, which stays when its handle changes."""
    return subject.startswith("UC") and len(subject) == 24


def accounts(host: YouTubeAsking, wanted: Wanted) -> Iterator[Page]:
    """Channels with their counts: those known by id in one request, others one by one."""
    ids = [one for one in wanted.subjects if is_channel_id(one)]
    found: list[Record] = []
    absent: list[str] = []
    if ids:
        found, _ = host.items("channels", part=CHANNEL, id=ids, maxResults=AT_ONCE)
        there = {text(one, "id") for one in found}
        absent += [one for one in ids if one not in there]
    for name in wanted.subjects:
        if not is_channel_id(name):
            one = _channel(host, name, CHANNEL)
            found += [one] if one else []
            absent += [] if one else [name]
    items = tuple(Item(one, own_id("youtube", text(one, "id"))) for one in found)
    yield Page(items, "", is_last=True, absent=tuple(absent))


def _channel(host: YouTubeAsking, subject: str, part: list[str]) -> Record | None:
    if is_channel_id(subject):
        asked: dict[str, Any] = {"id": [subject]}
    elif subject.startswith(USER):
        asked = {"forUsername": subject.removeprefix(USER)}
    else:
        asked = {"forHandle": f"@{subject}"}
    found, _ = host.items("channels", part=part, **asked)
    return found[0] if found else None


def newest(host: YouTubeAsking, wanted: Wanted) -> Iterator[Page]:
    """The newest videos, later what is new and those of the last days for their counts.

    The first pass takes fifty; `catalogue` brings the others.
    """
    _, uploads = _uploads(host, wanted.subjects[0])
    at = json.loads(wanted.cursor or "{}")
    while True:
        entries, token = host.items(
            "playlistItems", part=["contentDetails"], playlistId=uploads, maxResults=AT_ONCE,
            pageToken=at.get("page"),
        )  # fmt: skip
        moments = [one for entry in entries if (one := _published(entry))]
        newest = max([*moments, at.get("newest") or ""])
        is_known = bool(moments) and min(moments) < at.get("until", newest)
        is_last = token is None or not at.get("until") or is_known
        at = _after(at, newest) if is_last else at | {"page": token, "newest": newest}
        items, removed = _videos(host, entries)
        yield Page(items, json.dumps(at), is_last, removed)
        if is_last:
            return


def _after(at: dict[str, str], newest: str) -> dict[str, str]:
    if not newest:
        return {"until": at.get("until", "")}
    until = datetime.fromisoformat(newest) - timedelta(days=REVISIT_DAYS)
    return {"until": f"{until:%Y-%m-%dT%H:%M:%SZ}"}


def _published(entry: Record) -> str | None:
    return text(entry, "contentDetails", "videoPublishedAt")


def catalogue(host: YouTubeAsking, wanted: Wanted) -> Iterator[Page]:
    """Every video of a channel, and which it holds no more; the cursor is the page.

    Only a pass that saw all pages itself can tell what is absent.
    """
    channel, uploads = _uploads(host, wanted.subjects[0])
    token: str | None = wanted.cursor
    is_whole, seen, n_listed = not token, set[str](), 0
    while True:
        try:
            entries, after = host.items(
                "playlistItems", part=["contentDetails"], playlistId=uploads,
                maxResults=AT_ONCE, pageToken=token,
            )  # fmt: skip
        except SourceRefused as error:
            if not (token and OLD_PAGE in str(error)):
                raise
            # The place is too old to go on from: begin anew.
            token, is_whole, seen, n_listed = "", True, set(), 0
            continue
        token = after
        items, removed = _videos(host, entries)
        seen |= {item.record_id for item in items if item.record_id}
        n_listed += len(entries)
        is_last = token is None
        whole = None
        if is_last and is_whole and n_listed < MOST_LISTED:
            whole = Whole(f"youtube:{channel}", frozenset(seen))
        yield Page(items, token or "", is_last, removed, whole)
        if is_last:
            return


def _uploads(host: YouTubeAsking, subject: str) -> tuple[str, str]:
    """The id of a channel, and of the playlist of what it uploaded.

    Raises:
        SourceGone: there is no such channel.
        SourceChanged: it names no uploads.
    """
    channel = _channel(host, subject, ["contentDetails"])
    if channel is None:
        raise SourceGone(f"YouTube has no channel {subject!r}")
    found = text(channel, "contentDetails", "relatedPlaylists", "uploads")
    if found is None:
        field = "contentDetails.relatedPlaylists.uploads"
        raise SourceChanged(f"channels.list names no {field}", field=field)
    return text(channel, "id") or "", found


def _videos(
    host: YouTubeAsking, entries: list[Record]
) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """The videos of one page of a playlist, and the ids of those that cannot be had."""
    ids = [one for entry in entries if (one := text(entry, "contentDetails", "videoId"))]
    if len(ids) < len(entries):
        field = "contentDetails.videoId"
        raise SourceChanged(f"playlistItems.list gives no {field}", field=field)
    if not ids:
        return (), ()
    found, _ = host.items("videos", part=VIDEO, id=ids, maxResults=AT_ONCE)
    items = tuple(Item(one, own_id("youtube", text(one, "id"))) for one in found)
    there = {item.record_id for item in items}
    gone = [f"youtube:{one}" for one in ids if f"youtube:{one}" not in there]
    return items, tuple(gone)


def search(host: YouTubeAsking, wanted: Wanted) -> Iterator[Page]:
    """The newest fifty videos that words find, since the last pass.

    One call of the hundred a day, and one unit for what the search itself leaves out.
    """
    at = json.loads(wanted.cursor or "{}")
    found, _ = host.items(
        "search", part=["snippet"], q=wanted.subjects[0], type=["video"], order="date",
        maxResults=AT_ONCE, publishedAfter=at.get("until"),
    )  # fmt: skip
    moments = [one for result in found if (one := text(result, "snippet", "publishedAt"))]
    until = max([*moments, at.get("until") or ""])
    entries = [{"contentDetails": member(result, "id")} for result in found]
    items, _ = _videos(host, entries)
    yield Page(items, json.dumps({"until": until} if until else {}), is_last=True)


def comments(host: YouTubeAsking, wanted: Wanted) -> Iterator[Page]:
    """The comments below a video with all replies, each by itself; the cursor is the page."""
    token: str | None = wanted.cursor
    while True:
        try:
            threads, after = host.items(
                "commentThreads", part=["snippet", "replies"], videoId=wanted.subjects[0],
                maxResults=COMMENTS_AT_ONCE, order="time", textFormat="plainText",
                pageToken=token,
            )  # fmt: skip
        except SourceRefused as error:
            if not (token and OLD_PAGE in str(error)):
                raise
            token = ""
            continue
        token = after
        items = tuple(one for thread in threads for one in _apart(host, thread))
        yield Page(items, token or "", is_last=token is None)
        if token is None:
            return


def _apart(host: YouTubeAsking, thread: Record) -> Iterator[Item]:
    """A comment and each of its replies: whoever takes one back takes back that one alone."""
    bare = {name: value for name, value in thread.items() if name != "replies"}
    yield Item(bare, own_id("youtube", text(thread, "id")))
    replies = list(members(thread, "replies", "comments"))
    if (count(thread, "snippet", "totalReplyCount") or 0) > len(replies):
        replies = list(_replies(host, thread))
    video = {"videoId": text(thread, "snippet", "videoId")}
    for reply in replies:
        # A reply does not say which video it is under; its thread does.
        framed = reply | {"snippet": video | (member(reply, "snippet") or {})}
        yield Item(framed, own_id("youtube", text(reply, "id")))


def _replies(host: YouTubeAsking, thread: Record) -> Iterator[Record]:
    token: str | None = ""
    while token is not None:
        found, token = host.items(
            "comments", part=["snippet"], parentId=text(thread, "id"),
            maxResults=COMMENTS_AT_ONCE, textFormat="plainText", pageToken=token,
        )  # fmt: skip
        yield from found
