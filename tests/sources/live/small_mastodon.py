"""An instance of Mastodon with a few made-up accounts, for a loopback server.

Shapes: entities Account, Status, Context and Instance of docs.joinmastodon.org. `layla` and
`omid` are of the instance `example.social`, `sara` is of another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.sources.live.loopback import Answer

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
DOMAIN = "example.social"
TEXTS = (
    '<p>Coffee in the old town <a href="https://example.social/tags/riyadh" class="mention '
    'hashtag" rel="tag">#<span>riyadh</span></a></p>',
    "<p>قهوة الصباح<br />في جدة #قهوة</p>",
    '<p>قهوه صبح با <span class="h-card"><a href="https://example.social/@omid" class="u-url '
    'mention">@<span>omid</span></a></span></p><p>#قهوه</p>',
)
NOT_FOUND = Answer({"error": "Record not found"}, 404)


@dataclass
class SmallMastodon:
    """Accounts with `n_posts` statuses each, the newest first; pages of `page` members.

    Attributes:
        about: what accounts say besides, by name: `{"layla": {"noindex": True}}`.
        deleted: numbers of statuses, or names of accounts, that are not there any more.
        extra: statuses of an account that stand before its others.
        rules: of the instance.
    """

    n_posts: int = 7
    page: int = 3
    about: dict[str, dict[str, Any]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    extra: list[dict[str, Any]] = field(default_factory=list)
    rules: tuple[str, ...] = ("Be kind",)
    names: tuple[str, ...] = ("layla", "omid", "sara@else.example")

    def __call__(self, path: str, params: dict[str, list[str]]) -> Answer:
        told = {name: values[0] for name, values in params.items()}
        parts = path.strip("/").split("/")[2:]
        if parts == ["instance"]:
            rules = [{"id": str(n), "text": rule} for n, rule in enumerate(self.rules)]
            return Answer({"domain": DOMAIN, "title": "Example", "rules": rules})
        if parts == ["accounts", "lookup"]:
            return self.lookup(told["acct"])
        if parts[0] == "search":
            return Answer({"accounts": [self.account("omid")], "statuses": [], "hashtags": []})
        if parts[0] == "timelines":
            return self.paged(path, told, self.statuses("omid"))
        return self.about_one(path, parts, told)

    def about_one(self, path: str, parts: list[str], told: dict[str, str]) -> Answer:
        kind, number, what = (*parts, "")[:3]
        if kind == "accounts":
            name = self.names[int(number) - 1]
            found = self.statuses(name) if what == "statuses" else self.others(name)
            return self.paged(path, told, found)
        top = self.status("layla", int(number))
        if what == "context":
            below = self.status("omid", 201) | {
                "in_reply_to_id": number, "in_reply_to_account_id": "1",
            }  # fmt: skip
            return Answer({"ancestors": [], "descendants": [below]})
        return Answer([self.account("omid")] if what else top)

    def lookup(self, acct: str) -> Answer:
        name = acct.removesuffix(f"@{DOMAIN}")
        is_there = name in self.names and name not in self.deleted
        return Answer(self.account(name)) if is_there else NOT_FOUND

    def account(self, acct: str) -> dict[str, Any]:
        n = self.names.index(acct)
        name, _, domain = acct.partition("@")
        return {
            "id": str(n + 1), "username": name, "acct": acct, "display_name": name.title(),
            "note": f"<p>{name} writes</p>", "url": f"https://{domain or DOMAIN}/@{name}",
            "avatar": f"https://{DOMAIN}/{name}.png", "header": f"https://{DOMAIN}/missing.png",
            "followers_count": 100 + n, "following_count": n, "statuses_count": self.n_posts,
            "created_at": "2025-01-01T00:00:00.000Z", "bot": False, "locked": False,
            "discoverable": True, "indexable": True, "noindex": False, "fields": [],
        } | self.about.get(acct, {})  # fmt: skip

    def others(self, name: str) -> list[dict[str, Any]]:
        return [
            self.account(other) | {"tie": str(900 - n)}
            for n, other in enumerate(self.names)
            if other != name
        ]

    def statuses(self, acct: str) -> list[dict[str, Any]]:
        first = 100 * (self.names.index(acct) + 1) + 1
        found = [self.status(acct, n) for n in reversed(range(first, first + self.n_posts))]
        return [*self.extra, *(one for one in found if one["id"] not in self.deleted)]

    def status(self, acct: str, number: int) -> dict[str, Any]:
        name, _, domain = acct.partition("@")
        host, day = domain or DOMAIN, number % 100 - 1
        return {
            "id": str(number), "uri": f"https://{host}/users/{name}/statuses/{number}",
            "url": f"https://{host}/@{name}/{number}", "account": self.account(acct),
            "created_at": (START + timedelta(days=day)).isoformat().replace("+00:00", ".000Z"),
            "visibility": "public", "language": ("en", "ar", "fa")[day % 3],
            "spoiler_text": "", "content": TEXTS[day % 3], "reblog": None,
            "in_reply_to_id": None, "in_reply_to_account_id": None, "media_attachments": [],
            "mentions": [
                {"id": "2", "acct": "omid", "url": "https://example.social/@omid"}
            ], "favourites_count": day, "reblogs_count": 1, "replies_count": 0,
        }  # fmt: skip

    def paged(self, path: str, told: dict[str, str], found: list[dict[str, Any]]) -> Answer:
        """As Mastodon pages: by `max_id` and `since_id`, the way on in the heading Link."""
        keys = [int(one.get("tie", one["id"])) for one in found]
        most, least = int(told.get("max_id", 10**9)), int(told.get("since_id", 0))
        kept = [(k, one) for k, one in zip(keys, found, strict=True) if least < k < most]
        shown = kept[: self.page]
        said = [{n: v for n, v in one.items() if n != "tie"} for _, one in shown]
        if len(kept) <= self.page:
            return Answer(said)
        address = f"https://{DOMAIN}{path}?max_id={shown[-1][0]}"
        link = f'<{address}>; rel="next", <https://{DOMAIN}{path}?min_id=1>; rel="prev"'
        return Answer(said, headings={"Link": link})
