"""The Instagram Graph API over a few made-up accounts, for a loopback server.

It takes only the parameters and fields that Meta's reference lists for a node.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.sources.live.loopback import Answer

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
ME = "17840000000000001"
TEXTS = ("Coffee in the old town #riyadh", "قهوة الصباح في جدة #قهوة", "قهوه صبح در تهران")
ACCOUNT = {"id", "username", "name", "biography", "website", "profile_picture_url",
           "followers_count", "follows_count", "media_count"}  # fmt: skip
MEDIA = {"id", "caption", "comments_count", "like_count", "media_product_type", "media_type",
         "media_url", "owner", "permalink", "timestamp", "username", "view_count"}  # fmt: skip
OF_HASHTAG = MEDIA - {"owner", "username", "view_count", "media_product_type"}
METRICS = {"reach", "saved", "shares", "views", "total_interactions", "likes", "comments"}
BREAKDOWNS = {
    "age": {"18-24": 60, "25-34": 40}, "gender": {"F": 70, "M": 20, "U": 10},
    "country": {"SA": 80, "IR": 20}, "city": {"Riyadh, Riyadh Region": 100},
}  # fmt: skip
DISCOVERY = re.compile(
    r"business_discovery\.username\(([\w.]+)\)\{([\w,]*?),?"
    r"(?:media(?:\.after\((\w+)\))?\.limit\((\d+)\)\{([\w,]+)\})?\}"
)
NO_USER = (110, 2207013, "The requested user cannot be found.")


def refusal(code: int, sub: int = 0, message: str = "", status: int = 400) -> Answer:
    """An error in the shape in which the Graph API gives it."""
    said = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A"}
    return Answer({"error": said | ({"error_subcode": sub} if sub else {})}, status)


@dataclass
class SmallInstagram:
    """Accounts with `n_posts` posts each, the newest first; pages of `page` members."""

    names: tuple[str, ...] = ("layla", "omid", "sara")
    n_posts: int = 7
    page: int = 3
    usage: dict[str, Any] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def __call__(self, path: str, params: dict[str, list[str]]) -> Answer:
        version, _, node = path.lstrip("/").partition("/")
        one = {name: values[0] for name, values in params.items()}
        found = self.answer(node, one) if version == "v26.0" else refusal(2635, 0, "version")
        if (
            isinstance(found, Answer)
            and found.status == 400
            and found.said["error"]["code"] == 100
        ):
            self.refused.append(f"{node}: {found.said['error']['message']}")
        answer = found if isinstance(found, Answer) else Answer(found)
        answer.headings |= {name: json.dumps(told) for name, told in self.usage.items()}
        return answer

    def answer(self, node: str, one: dict[str, str]) -> Any:
        if node == ME:
            return self.me(one)
        if node == "ig_hashtag_search":
            return self.known(one, {"user_id", "q"}) or {"data": [{"id": f"8{len(one['q'])}"}]}
        if node.endswith("/recent_media"):
            faults = self.known(one, {"user_id", "fields", "limit", "after"}, OF_HASHTAG)
            return faults or self.edge("layla", one, OF_HASHTAG)
        if node in (f"{ME}/media", f"{ME}/tags"):
            return self.own(node.partition("/")[2], one)
        if node == f"{ME}/insights":
            return self.insights(one)
        return refusal(100, 33, f"Object {node} does not exist")

    def known(self, one: dict[str, str], names: set[str], fields: set[str] = ACCOUNT) -> Any:
        faults = [f"unknown parameter {name}" for name in one if name not in names]
        asked = [name for name in one.get("fields", "").split(",") if name]
        faults += [f"nonexisting field ({name})" for name in asked if name not in fields]
        return refusal(100, 0, "; ".join(faults)) if faults else None

    def me(self, one: dict[str, str]) -> Any:
        if "business_discovery" not in one.get("fields", ""):
            return self.known(one, {"fields"}) or self.shown("layla", one["fields"].split(","))
        found = DISCOVERY.fullmatch(one["fields"])
        if found is None or set(one) != {"fields"}:
            return refusal(100, 0, f"syntax error in {one}")
        name, account, after, limit, media = found.groups()
        unknown = ({*account.split(",")} - ACCOUNT - {""}) | (
            {*(media or "").split(",")} - MEDIA
        )
        if unknown - {""}:
            return refusal(100, 0, f"nonexisting field ({', '.join(sorted(unknown))})")
        if name not in self.names:
            return refusal(*NO_USER)
        told = self.shown(name, account.split(","))
        if media and self.n_posts:
            asked = {"limit": limit, "after": after or "", "fields": media}
            told["media"] = self.edge(name, asked, MEDIA)
        return {"business_discovery": told, "id": ME}

    def shown(self, name: str, fields: list[str]) -> dict[str, Any]:
        whole = {
            "id": f"1784{self.names.index(name):013}", "username": name, "name": name.title(),
            "biography": f"{name} writes", "followers_count": 100, "follows_count": 3,
            "media_count": self.n_posts,
        }  # fmt: skip
        return {key: whole[key] for key in (*fields, "id") if key in whole}

    def media(self, name: str, n: int) -> dict[str, Any]:
        return {
            "id": f"1790{self.names.index(name):05}{n:05}", "caption": TEXTS[n % 3],
            "comments_count": 2, "like_count": n, "media_product_type": "FEED",
            "media_type": "IMAGE", "permalink": f"https://www.instagram.com/p/{code(name, n)}/",
            "timestamp": _moment(n), "username": name,
        }  # fmt: skip

    def edge(self, name: str, one: dict[str, str], known: set[str]) -> dict[str, Any]:
        fields = {field for field in one["fields"].split(",") if field in known}
        start = int((one.get("after") or "A0")[1:])
        end = min(start + min(self.page, int(one["limit"])), self.n_posts)
        order = list(reversed(range(self.n_posts)))[start:end]
        listed = [{k: v for k, v in self.media(name, n).items() if k in fields} for n in order]
        cursors = {"cursors": {"after": f"A{end}"}} if end < self.n_posts else {}
        return {"data": listed} | ({"paging": cursors} if cursors else {})

    def own(self, edge: str, one: dict[str, str]) -> Any:
        plain, _, metrics = one.get("fields", "").partition(",insights.metric(")
        unknown = {*metrics.rstrip(")").split(",")} - METRICS - {""}
        asked = one | {"fields": plain}
        faults = self.known(asked, {"fields", "limit", "after"}, MEDIA)
        if faults or unknown:
            return faults or refusal(100, 0, f"metric {unknown}")
        said = self.edge("sara" if edge == "tags" else "layla", asked, MEDIA)
        for n, media in enumerate(said["data"] if metrics else []):
            media["insights"] = {
                "data": [
                    {"name": name, "period": "lifetime", "values": [{"value": 100 * (n + 1)}]}
                    for name in metrics.rstrip(")").split(",")
                ]
            }
        return said

    def insights(self, one: dict[str, str]) -> Any:
        names = {"metric", "period", "metric_type", "breakdown"}
        told = BREAKDOWNS.get(one.get("breakdown", ""))
        if set(one) != names or told is None or one["period"] != "lifetime":
            return refusal(100, 0, f"insights {one}")
        results = [{"dimension_values": [value], "value": n} for value, n in told.items()]
        breakdown = {"dimension_keys": [one["breakdown"]], "results": results}
        return {
            "data": [
                {"name": one["metric"], "period": "lifetime",
                 "total_value": {"breakdowns": [breakdown]}}
            ]
        }  # fmt: skip


def code(name: str, n: int) -> str:
    """The short code in a post's address."""
    return f"C{name}{n:04}"


def _moment(n: int) -> str:
    return f"{START + timedelta(days=n):%Y-%m-%dT%H:%M:%S+0000}"
