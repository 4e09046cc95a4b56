"""The X API v2 over a few made-up accounts, for a loopback server.

It takes only the parameters that X's reference lists for a route.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.sources.live.loopback import Answer

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
TEXTS = ("Coffee in the old town #riyadh", "قهوة الصباح في جدة #قهوة", "قهوه صبح در تهران")
PROBLEM = "https://api.x.com/2/problems/"
OF_POSTS = {"expansions", "media.fields", "user.fields", "{word}.fields"}
PAGED = OF_POSTS | {"max_results", "pagination_token"}
TIMELINE = PAGED | {"start_time", "end_time", "since_id", "until_id", "exclude"}
SEARCH = OF_POSTS | {"query", "max_results", "next_token", "since_id", "sort_order"}
ROUTES: dict[str, tuple[set[str], tuple[int, int]]] = {
    r"/2/users": ({"ids", "user.fields"}, (1, 100)),
    r"/2/users/by": ({"usernames", "user.fields"}, (1, 100)),
    r"/2/users/(\d+)/tweets": (TIMELINE, (5, 100)),
    r"/2/users/(\d+)/mentions": (TIMELINE - {"exclude"}, (5, 100)),
    r"/2/users/(\d+)/followers": (
        {"max_results", "pagination_token", "user.fields"},
        (1, 1000),
    ),
    r"/2/users/(\d+)/following": (
        {"max_results", "pagination_token", "user.fields"},
        (1, 1000),
    ),
    r"/2/tweets/search/recent": (SEARCH, (10, 100)),
    r"/2/tweets/(\d+)/quote_tweets": (PAGED, (10, 100)),
    r"/2/compliance/jobs": ({"body"}, (0, 0)),
    r"/2/compliance/jobs/(\d+)": (set(), (0, 0)),
}


def problem(status: int, kind: str, detail: str = "", **headings: str) -> Answer:
    told = {"type": f"{PROBLEM}{kind}", "title": kind, "detail": detail, "status": status}
    return Answer(told, status, headings)


@dataclass
class SmallX:
    """Accounts with `n_posts` posts each, the newest first; pages of `page` members.

    `word` is how fields name a post: "tweet" in answers of before, "post" in today's.
    """

    names: tuple[str, ...] = ("layla", "omid", "sara")
    n_posts: int = 7
    page: int = 3
    word: str = "tweet"
    gone: set[str] = field(default_factory=set)
    job_status: str = "complete"
    uploaded: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    address: str = ""

    def __call__(self, path: str, params: dict[str, list[str]]) -> Answer:
        if path.startswith("/files/"):
            return self.files(params)
        one = {name: values[0] for name, values in params.items()}
        for route, (known, room) in ROUTES.items():
            found = re.fullmatch(route, path)
            if found is not None:
                faults = self.faults(one, {k.format(word=self.word) for k in known}, room)
                if faults:
                    self.refused += faults
                    return problem(400, "invalid-request", "; ".join(faults))
                return self.answer(route, (found.groups() or ("",))[0], one)
        self.refused.append(path)
        return problem(404, "resource-not-found", path)

    def faults(self, one: dict[str, str], known: set[str], room: tuple[int, int]) -> list[str]:
        found = [f"unknown parameter {name}" for name in one if name not in known]
        n = int(one.get("max_results", room[0]))
        return found if room[0] <= n <= room[1] else [*found, f"max_results {n}"]

    def answer(self, route: str, native: str, one: dict[str, str]) -> Answer:
        if "compliance" in route:
            return Answer({"data": self.job()})
        if route in (r"/2/users", r"/2/users/by"):
            return Answer(self.users(one))
        name = next((n for n in self.names if self.id_of(n) == native), None)
        if "/users/" in route and name is None:
            kind = "resource-not-found"
            return Answer({"errors": [{"type": PROBLEM + kind, "detail": f"no user {native}"}]})
        if "follow" in route:
            others = [self.user(n) for n in self.names if n != name]
            return Answer(self.paged(others, one))
        whose = [name] if name else list(self.names)
        return Answer(self.timeline(whose, one))

    def id_of(self, name: str) -> str:
        return str(1001 + self.names.index(name))

    def user(self, name: str) -> dict[str, Any]:
        return {
            "id": self.id_of(name), "username": name.title(), "name": name.title(),
            "description": f"{name} writes", "created_at": "2020-01-01T00:00:00.000Z",
            "verified": False, "protected": False,
            "public_metrics": {
                "followers_count": 100, "following_count": 3, "listed_count": 1,
                f"{self.word}_count": self.n_posts,
            },
        }  # fmt: skip

    def users(self, one: dict[str, str]) -> dict[str, Any]:
        asked = [v for key in ("ids", "usernames") for v in one.get(key, "").split(",") if v]
        known = {**{self.id_of(n): n for n in self.names}, **{n: n for n in self.names}}
        found = [self.user(known[v.lower()]) for v in asked if v.lower() in known]
        lost = [
            {"value": v, "detail": f"Could not find user: [{v}].", "title": "Not Found Error",
             "type": f"{PROBLEM}resource-not-found", "resource_type": "user"}
            for v in asked if v.lower() not in known
        ]  # fmt: skip
        return ({"data": found} if found else {}) | ({"errors": lost} if lost else {})

    def post(self, name: str, n: int) -> dict[str, Any]:
        again = "repost_count" if self.word == "post" else "retweet_count"
        refers = {0: ("retweeted", "omid"), 1: ("quoted", "sara"), 2: ("replied_to", "sara")}
        found: dict[str, Any] = {
            "id": self.post_id(name, n), "author_id": self.id_of(name), "text": TEXTS[n % 3],
            "created_at": _moment(n), "lang": ("en", "ar", "fa")[n % 3],
            f"edit_history_{self.word}_ids": [self.post_id(name, n)],
            "paid_partnership": n == 1,
            "public_metrics": {
                again: 1, "reply_count": 2, "like_count": n, "quote_count": 0,
                "bookmark_count": 0, "impression_count": 1000 + n,
            },
        }  # fmt: skip
        if name == "layla" and n in refers:
            kind, other = refers[n]
            found[f"referenced_{self.word}s"] = [{"type": kind, "id": self.post_id(other, 0)}]
        return found

    def post_id(self, name: str, n: int) -> str:
        return f"{self.id_of(name)}{n:04}"

    def timeline(self, whose: list[str], one: dict[str, str]) -> dict[str, Any]:
        since = one.get("start_time", "")
        found = [
            (name, n)
            for n in reversed(range(self.n_posts))
            for name in whose
            if _moment(n) >= since and self.post_id(name, n) > one.get("since_id", "")
            and self.post_id(name, n) not in self.gone
        ]  # fmt: skip
        said = self.paged([self.post(name, n) for name, n in found], one)
        listed = said.get("data", [])
        refers = {
            ref["id"] for post in listed for ref in post.get(f"referenced_{self.word}s", [])
        }
        others = [self.post(n, 0) for n in self.names if self.post_id(n, 0) in refers]
        authors = {post["author_id"] for post in (*listed, *others)}
        users = [self.user(n) for n in self.names if self.id_of(n) in authors]
        around = {"users": users} | ({f"{self.word}s": others} if others else {})
        return said | {"includes": around}

    def paged(self, found: list[Any], one: dict[str, str]) -> dict[str, Any]:
        start = int(one.get("pagination_token") or one.get("next_token") or 0)
        listed = found[start : start + self.page]
        meta: dict[str, Any] = {"result_count": len(listed)}
        if listed and "text" in listed[0]:
            meta["newest_id"] = max(post["id"] for post in listed)
        if start + self.page < len(found):
            meta["next_token"] = str(start + self.page)
        return ({"data": listed} if listed else {}) | {"meta": meta}

    def job(self) -> dict[str, Any]:
        status = self.job_status if self.uploaded else "created"
        return {
            "id": "77", "type": "tweets", "status": status,
            "upload_url": f"{self.address}/files/in?sign=1",
            "download_url": f"{self.address}/files/out?sign=2",
        }  # fmt: skip

    def files(self, params: dict[str, list[str]]) -> Answer:
        if "body" in params:
            self.uploaded = params["body"][0].split()
            return Answer(b"")
        lines = [
            json.dumps({"id": one, "action": "delete", "reason": "deleted"})
            for one in self.uploaded
            if one in self.gone
        ]
        return Answer("\n".join(lines).encode())


def _moment(n: int) -> str:
    return f"{START + timedelta(days=n):%Y-%m-%dT%H:%M:%S.000Z}"
