"""TikTok's Display and Research interfaces over a few made-up accounts, for a loopback server.

It takes only the fields and the body that TikTok's reference lists for a route.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from tests.sources.live.loopback import Answer

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
TEXTS = ("Coffee in the old town #riyadh", "قهوة الصباح في جدة #قهوة", "قهوه صبح در تهران")
USER = {"username", "display_name", "bio_description", "is_verified", "follower_count",
        "following_count", "likes_count", "video_count", "avatar_url"}  # fmt: skip
OWN_VIDEO = {"id", "create_time", "title", "video_description", "duration", "share_url",
             "like_count", "comment_count", "share_count", "view_count"}  # fmt: skip
VIDEO = {"id", "username", "create_time", "video_description", "region_code", "video_duration",
         "hashtag_names", "like_count", "comment_count", "share_count",
         "view_count"}  # fmt: skip
COMMENT = {"id", "video_id", "text", "like_count", "reply_count", "parent_comment_id",
           "create_time"}  # fmt: skip
QUERY = {"query", "start_date", "end_date", "max_count", "cursor", "search_id", "is_random"}
PAGED = {"username", "max_count", "cursor"}
ROUTES: dict[str, tuple[set[str], set[str]]] = {
    "user/info": (USER, set()),
    "video/list": (OWN_VIDEO, {"cursor", "max_count"}),
    "research/user/info": (USER - {"username"}, {"username"}),
    "research/video/query": (VIDEO, QUERY),
    "research/video/comment/list": (COMMENT, {"video_id", "max_count", "cursor"}),
    "research/user/followers": (set(), PAGED),
    "research/user/following": (set(), PAGED),
}


def refusal(status: int, code: str, message: str = "", **headings: str) -> Answer:
    """An error in the shape in which TikTok gives it."""
    error = {"code": code, "message": message, "log_id": "1"}
    return Answer({"data": {}, "error": error}, status, headings)


@dataclass
class SmallTikTok:
    """Accounts with `n_posts` videos each, the newest first; pages of `page` members."""

    names: tuple[str, ...] = ("layla", "omid", "sara")
    n_posts: int = 7
    page: int = 3
    keys: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def __call__(self, path: str, params: dict[str, list[str]]) -> Answer:
        route = path.removeprefix("/v2/").rstrip("/")
        if route == "oauth/token":
            return self.token({k: v[0] for k, v in parse_qs(params["body"][0]).items()})
        if route not in ROUTES:
            self.refused.append(path)
            return refusal(404, "invalid_params", path)
        body = json.loads(params["body"][0]) if "body" in params else {}
        faults = self.faults(route, params, body)
        if faults:
            self.refused += faults
            return refusal(400, "invalid_params", "; ".join(faults))
        found = getattr(self, route.replace("/", "_"))(body)
        if isinstance(found, Answer):
            return found
        return Answer({"data": found, "error": {"code": "ok", "message": "", "log_id": "1"}})

    def token(self, form: dict[str, str]) -> Answer:
        if self.keys and self.keys.items() <= form.items():
            return Answer({"access_token": "clt.1", "expires_in": 7200, "token_type": "Bearer"})
        told = "Client key or secret is incorrect."
        return Answer({"error": "invalid_client", "error_description": told})

    def faults(
        self, route: str, params: dict[str, list[str]], body: dict[str, Any]
    ) -> list[str]:
        fields, known = ROUTES[route]
        asked = [name for name in params.get("fields", [""])[0].split(",") if name]
        found = [f"field {name}" for name in asked if name not in fields]
        found += [f"body {name}" for name in body if name not in known]
        if route == "research/video/query":
            first, last = (_day(body[name]) for name in ("start_date", "end_date"))
            if not first <= last < first + timedelta(days=30):
                found.append(f"{body['start_date']} to {body['end_date']}")
        if not 1 <= body.get("max_count", 1) <= (20 if route == "video/list" else 100):
            found.append(f"max_count {body['max_count']}")
        return found

    def user(self, name: str) -> dict[str, Any]:
        return {
            "display_name": name.title(), "bio_description": f"{name} films",
            "is_verified": False, "follower_count": 100, "following_count": 3,
            "likes_count": 9, "video_count": self.n_posts,
        }  # fmt: skip

    def user_info(self, _: Any) -> Any:
        return {"user": self.user("layla") | {"username": "layla"}}

    def research_user_info(self, body: dict[str, Any]) -> Any:
        if body["username"] not in self.names:
            return refusal(404, "user_not_found", "cannot find the user")
        return self.user(body["username"])

    def video(self, name: str, n: int) -> dict[str, Any]:
        return {
            "id": int(video_id(name, n)), "create_time": int(_moment(n).timestamp()),
            "video_description": TEXTS[n % 3], "like_count": n, "comment_count": 2,
            "share_count": 1, "view_count": 1000 + n,
        }  # fmt: skip

    def video_list(self, body: dict[str, Any]) -> Any:
        order = list(reversed(range(self.n_posts)))
        start = body["cursor"]
        found = [self.video("layla", n) | {"duration": 13} for n in order]
        return self.paged("videos", found, start)

    def research_video_query(self, body: dict[str, Any]) -> Any:
        [condition] = body["query"]["and"]
        first, last = (_day(body[name]) for name in ("start_date", "end_date"))
        found = [
            self.video(name, n) | {"username": name, "video_duration": 13, "region_code": "SA"}
            for n in reversed(range(self.n_posts))
            for name in self.names
            if first <= _moment(n) < last + timedelta(days=1)
            and _holds(condition, name, TEXTS[n % 3])
        ]
        return self.paged("videos", found, body.get("cursor", 0)) | {"search_id": "7"}

    def research_video_comment_list(self, body: dict[str, Any]) -> Any:
        video = body["video_id"]
        found = [
            {"id": video * 10 + n, "video_id": video, "text": TEXTS[n % 3], "like_count": n,
             "parent_comment_id": video if n < 4 else video * 10,
             "create_time": int(_moment(n).timestamp())}
            for n in range(5)
        ]  # fmt: skip
        return self.paged("comments", found, body.get("cursor", 0))

    def research_user_followers(self, body: dict[str, Any]) -> Any:
        return self.ties("user_followers", body)

    def research_user_following(self, body: dict[str, Any]) -> Any:
        return self.ties("user_following", body)

    def ties(self, key: str, body: dict[str, Any]) -> Any:
        others = [name for name in self.names if name != body["username"]]
        found = [{"username": name, "display_name": name.title()} for name in others]
        return self.paged(key, found, body.get("cursor", 0))

    def paged(self, key: str, found: list[Any], start: int) -> dict[str, Any]:
        end = start + self.page
        return {key: found[start:end], "cursor": end, "has_more": end < len(found)}


def video_id(name: str, n: int) -> str:
    return f"7{len(name)}{ord(name[0])}{n:04}"


def _holds(condition: dict[str, Any], name: str, text: str) -> bool:
    [value] = condition["field_values"]
    return value == name if condition["field_name"] == "username" else value in text


def _day(said: str) -> datetime:
    return datetime.strptime(said, "%Y%m%d").replace(tzinfo=UTC)


def _moment(n: int) -> datetime:
    return START + timedelta(days=n)
