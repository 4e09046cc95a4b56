"""The YouTube Data API over a few made-up channels, for a loopback server.

It takes a request only where the discovery document of Google's client allows it, and answers
only what that document describes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.sources.live.discovery import Discovery
from tests.sources.live.loopback import Answer

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
TITLES = ("Coffee in the old town", "قهوة الصباح في جدة", "قهوه صبح در تهران")


def channel_id(name: str) -> str:
    return f"UC{name:_<22}"


def video_id(name: str, n: int) -> str:
    return f"{name[:5]:_<5}{n:06}"


def refusal(status: int, reason: str, message: str = "") -> Answer:
    """An error in the shape in which Google's interfaces give it."""
    one = {"message": message, "domain": "youtube.x", "reason": reason}
    return Answer({"error": {"code": status, "message": message, "errors": [one]}}, status)


@dataclass
class SmallYouTube:
    """Channels with `n_videos` videos each, the newest first; pages of `page` members."""

    names: tuple[str, ...] = ("layla", "omid", "sara")
    n_videos: int = 7
    page: int = 3
    hidden: tuple[str, ...] = ("sara",)
    gone: set[str] = field(default_factory=set)
    n_replies: int = 0
    discovery: Discovery = field(default_factory=lambda: Discovery.named("youtube", "v3"))

    def __call__(self, path: str, params: dict[str, list[str]]) -> Answer:
        found = self.discovery.method(path)
        if found is None:
            return refusal(404, "notFound", f"no method at {path}")
        resource, method = found
        faults = self.discovery.faults(method, params)
        if faults:
            return refusal(400, "badRequest", "; ".join(faults))
        one = {name: values[0] for name, values in params.items()}
        said = getattr(self, resource)(one, params)
        if isinstance(said, Answer):
            return said
        self.discovery.check(method["response"]["$ref"], said)
        return Answer(said)

    def channels(self, one: dict[str, str], params: dict[str, list[str]]) -> Any:
        asked = set(params.get("id", []))
        found = [
            name
            for name in self.names
            if channel_id(name) in asked
            or one.get("forHandle", "").lower() == f"@{name}"
            or one.get("forUsername") == f"old{name}"
        ]
        items = [self._parts(self.channel(name), params) for name in found]
        # As the interface does: a list in which nothing was found has no items.
        listed = {"items": items} if items else {}
        return self._frame("channelListResponse", len(items)) | listed

    def channel(self, name: str) -> dict[str, Any]:
        statistics: dict[str, Any] = {
            "viewCount": "123456", "videoCount": str(self.n_videos),
            "hiddenSubscriberCount": name in self.hidden,
            "subscriberCount": "0" if name in self.hidden else "1230",
        }  # fmt: skip
        return {
            "kind": "youtube#channel", "id": channel_id(name), "statistics": statistics,
            "snippet": {
                "title": name.title(), "description": f"{name} films", "customUrl": f"@{name}",
                "publishedAt": "2020-01-01T00:00:00Z", "country": "SA",
            },
            "contentDetails": {"relatedPlaylists": {"uploads": f"UU{channel_id(name)[2:]}"}},
        }  # fmt: skip

    def playlistItems(self, one: dict[str, str], params: dict[str, list[str]]) -> Any:  # noqa: N802
        name = self._named(f"UC{one['playlistId'][2:]}")
        if name is None:
            return refusal(404, "playlistNotFound")
        items = [
            {"kind": "youtube#playlistItem", "contentDetails": {"videoId": video_id(name, n)}
             | {"videoPublishedAt": _moment(n)}}
            for n in reversed(range(self.n_videos))
        ]  # fmt: skip
        return self._paged("playlistItemListResponse", items, one)

    def videos(self, _: dict[str, str], params: dict[str, list[str]]) -> Any:
        shown = {
            video_id(name, n): self._parts(self.video(name, n), params)
            for name in self.names
            for n in range(self.n_videos)
        }
        items = [shown[i] for i in params["id"] if i in shown and i not in self.gone]
        return self._frame("videoListResponse", len(items)) | {"items": items}

    def video(self, name: str, n: int) -> dict[str, Any]:
        statistics = {"viewCount": str(1000 + n), "favoriteCount": "0"}
        if name not in self.hidden:
            statistics |= {"likeCount": str(n), "commentCount": "2"}
        return {
            "kind": "youtube#video", "id": video_id(name, n), "statistics": statistics,
            "snippet": {
                "channelId": channel_id(name), "channelTitle": name.title(),
                "publishedAt": _moment(n), "title": TITLES[n % 3], "description": "#coffee",
                "tags": ["coffee"], "defaultAudioLanguage": ("en", "ar", "fa")[n % 3],
            },
            "contentDetails": {"duration": "PT4M13S"},
            "paidProductPlacementDetails": {"hasPaidProductPlacement": n == 0},
        }  # fmt: skip

    def search(self, one: dict[str, str], _: Any) -> Any:
        items = [
            {
                "kind": "youtube#searchResult",
                "id": {"kind": "youtube#video", "videoId": video_id(name, n)},
                "snippet": {"publishedAt": _moment(n), "channelId": channel_id(name)},
            }
            for n in reversed(range(self.n_videos))
            for name in self.names
            if _moment(n) >= one.get("publishedAfter", "")
        ]
        return self._frame("searchListResponse", len(items)) | {"items": items[: self.page]}

    def commentThreads(self, one: dict[str, str], _: Any) -> Any:  # noqa: N802
        name = next((n for n in self.names if one["videoId"].startswith(f"{n[:5]:_<5}")), "")
        if one["videoId"] in self.gone or not name:
            return refusal(404, "videoNotFound")
        if name in self.hidden:
            return refusal(403, "commentsDisabled")
        threads = [self.thread(one["videoId"], n) for n in range(5)]
        return self._paged("commentThreadListResponse", threads, one)

    def thread(self, video: str, n: int) -> dict[str, Any]:
        key = f"{video}.{n}"
        replies = [self.reply(key, k) for k in range(min(self.n_replies, 2))]
        listed = {"replies": {"comments": replies}} if replies else {}
        return {
            "kind": "youtube#commentThread", "id": key,
            "snippet": {
                "videoId": video, "totalReplyCount": self.n_replies,
                "topLevelComment": self.comment(key, {"videoId": video}),
            },
        } | listed  # fmt: skip

    def reply(self, thread: str, k: int) -> dict[str, Any]:
        return self.comment(f"{thread}.r{k}", {"parentId": thread})

    def comment(self, key: str, more: dict[str, Any]) -> dict[str, Any]:
        return {
            "kind": "youtube#comment", "id": key,
            "snippet": {
                "authorDisplayName": "@reader", "textOriginal": f"said {key}", "likeCount": 1,
                "authorChannelId": {"value": channel_id("reader")}, "publishedAt": _moment(1),
            } | more,
        }  # fmt: skip

    def comments(self, one: dict[str, str], _: Any) -> Any:
        replies = [self.reply(one["parentId"], k) for k in range(self.n_replies)]
        return self._paged("commentListResponse", replies, one)

    def _named(self, channel: str) -> str | None:
        return next((name for name in self.names if channel_id(name) == channel), None)

    def _parts(self, item: dict[str, Any], params: dict[str, list[str]]) -> dict[str, Any]:
        return {k: v for k, v in item.items() if k in ("kind", "id", *params["part"])}

    def _frame(self, kind: str, n: int) -> dict[str, Any]:
        page = {"totalResults": n, "resultsPerPage": self.page}
        return {"kind": f"youtube#{kind}", "pageInfo": page}

    def _paged(self, kind: str, items: list[Any], one: dict[str, str]) -> Any:
        token = one.get("pageToken", "P0")
        if not token.startswith("P"):
            return refusal(400, "invalidPageToken")
        start = int(token[1:])
        end = start + min(self.page, int(one.get("maxResults", "5")))
        more = {"nextPageToken": f"P{end}"} if end < len(items) else {}
        return self._frame(kind, len(items)) | {"items": items[start:end]} | more


def _moment(n: int) -> str:
    return f"{START + timedelta(days=n):%Y-%m-%dT%H:%M:%SZ}"
