"""Bluesky's public interface over a few made-up accounts, for a loopback server."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.sources.live.loopback import Answer

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
TEXTS = (
    "Coffee in the old town #riyadh",
    "قهوة الصباح في جدة #قهوة",
    "قهوه صبح در تهران #قهوه",
)


@dataclass
class SmallBluesky:
    """Accounts with `n_posts` posts each, the newest first; pages of `page` members."""

    names: tuple[str, ...] = ("layla", "omid", "sara")
    n_posts: int = 7
    page: int = 3
    extra: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def __call__(self, path: str, params: dict[str, list[str]]) -> Answer:
        method = path.removeprefix("/xrpc/").rsplit(".", 1)[-1]
        return Answer(getattr(self, method)({k: v[0] for k, v in params.items()}, params))

    def account(self, name: str) -> dict[str, Any]:
        n = self.names.index(name)
        return {
            "did": f"did:plc:{name}", "handle": f"{name}.test", "displayName": name.title(),
            "description": f"{name} writes", "followersCount": 100 + n, "followsCount": n,
            "postsCount": self.n_posts, "createdAt": "2025-01-01T00:00:00Z",
        }  # fmt: skip

    def name_of(self, actor: str) -> str:
        return actor.removeprefix("did:plc:").removesuffix(".test")

    def post(self, name: str, n: int) -> dict[str, Any]:
        at = (START + timedelta(days=n)).isoformat()
        return {
            "uri": f"at://did:plc:{name}/app.bsky.feed.post/{n:04}", "cid": f"cid{n}",
            "author": self.account(name), "indexedAt": at, "likeCount": n, "replyCount": 0,
            "repostCount": 1, "quoteCount": 0,
            "record": {"$type": "app.bsky.feed.post", "text": TEXTS[n % 3], "createdAt": at},
        }  # fmt: skip

    def paged(self, params: dict[str, str], key: str, found: list[Any]) -> dict[str, Any]:
        start = int(params.get("cursor", "0"))
        end = start + self.page
        more = {"cursor": str(end)} if end < len(found) else {}
        return {key: found[start:end]} | more

    def getProfiles(self, _: Any, params: dict[str, list[str]]) -> Any:  # noqa: N802
        known = [self.name_of(actor) for actor in params["actors"]]
        return {"profiles": [self.account(n) for n in known if n in self.names]}

    def getAuthorFeed(self, params: dict[str, str], _: Any) -> Any:  # noqa: N802
        name = self.name_of(params["actor"])
        feed = [{"post": self.post(name, n)} for n in reversed(range(self.n_posts))]
        return self.paged(params, "feed", [*self.extra.get(name, []), *feed])

    def getFollowers(self, params: dict[str, str], _: Any) -> Any:  # noqa: N802
        name = self.name_of(params["actor"])
        others = [self.account(n) for n in self.names if n != name]
        return {"subject": self.account(name)} | self.paged(params, "followers", others)
