"""Pages of Bluesky's interface: accounts, posts, who follows, who liked, lists, search.

Methods and fields: AT Protocol lexicons app.bsky.actor, app.bsky.feed and app.bsky.graph.
An answer is taken apart into the things it shows, each kept as it came; copies of other
people's posts that stand inside a post's view are left out, so that one who takes a post back
takes it back whole.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mawj.sources.live.json_objects import listed
from mawj.sources.live.live import Item, Page
from mawj.sources.ready.reading_json import member, members, own_id, text
from mawj.tables.errors import SourceChanged, SourceGone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mawj.sources.live.bluesky.asking import Asking
    from mawj.sources.live.live import Wanted
    from mawj.sources.raw import Record

AT_ONCE = 100
"""Most members of a page that the interface gives."""

HIDDEN_POSTS = ("app.bsky.feed.defs#notFoundPost", "app.bsky.feed.defs#blockedPost")

REVISIT_DAYS = 7
"""Days for which the counts of a post are looked at again. Our judgement: most acts upon a post
come within them."""


def accounts(host: Asking, wanted: Wanted) -> Iterator[Page]:
    """Accounts with their counts, up to 25 in one answer."""
    answer = host.json("app.bsky.actor.getProfiles", actors=list(wanted.subjects))
    found = listed(answer, "profiles", "app.bsky.actor.getProfiles")
    yield Page(tuple(Item(one) for one in found), "", is_last=True)


def posts(host: Asking, wanted: Wanted) -> Iterator[Page]:
    """What an account published or passed on, the newest first; later only what is new.

    The cursor holds where the page goes on, how far down the last whole pass had come, and the
    newest that this pass saw. Posts of the last days before are read again for their counts.
    """
    at = json.loads(wanted.cursor or "{}")
    method = "app.bsky.feed.getAuthorFeed"
    while True:
        answer = host.json(
            method, actor=wanted.subjects[0], limit=AT_ONCE, cursor=at.get("page"),
            filter="posts_with_replies",
        )  # fmt: skip
        entries = listed(answer, "feed", method)
        moments = [moment for entry in entries if (moment := _moment(entry))]
        newest = max([*moments, at.get("newest") or ""])
        is_known = bool(at.get("until")) and bool(moments) and min(moments) < at["until"]
        page = text(answer, "cursor")
        is_last = page is None or not entries or is_known
        at = _after(at, newest) if is_last else at | {"page": page, "newest": newest}
        yield Page(tuple(_apart(entries)), json.dumps(at), is_last)
        if is_last:
            return


def _after(at: dict[str, str], newest: str) -> dict[str, str]:
    return {"until": _days_before(newest, REVISIT_DAYS) or at.get("until", "")}


def _days_before(moment: str, days: int) -> str:
    """That many days earlier, written so that texts compare as moments do."""
    return (datetime.fromisoformat(moment) - timedelta(days=days)).isoformat() if moment else ""


def _moment(entry: Record) -> str | None:
    return text(entry, "reason", "indexedAt") or text(entry, "post", "indexedAt")


def _apart(entries: list[Record]) -> Iterator[Item]:
    """Each post that the entries show, once an entry: the post itself, and what it answers."""
    for entry in entries:
        shown = {name: value for name, value in entry.items() if name != "reply"}
        yield _one(shown)
        for step in ("root", "parent"):
            answered = member(entry, "reply", step)
            if text(answered, "uri") and member(answered, "record"):
                yield _one({"post": answered})


def _one(entry: Record) -> Item:
    post = member(entry, "post")
    if not isinstance(post, dict):
        return Item(entry)
    bare = {name: value for name, value in post.items() if name not in ("embed", "viewer")}
    return Item(entry | {"post": bare}, own_id("bluesky", text(post, "uri")))


def thread(host: Asking, wanted: Wanted) -> Iterator[Page]:
    """The replies to a post."""
    method = "app.bsky.feed.getPostThread"
    answer = host.json(method, uri=wanted.subjects[0], depth=100, parentHeight=0)
    top = member(answer, "thread")
    if text(top, "$type") in (
        "app.bsky.feed.defs#notFoundPost",
        "app.bsky.feed.defs#blockedPost",
    ):
        raise SourceGone(f"{wanted.subjects[0]} is not there")
    if not isinstance(member(top, "post"), dict):
        raise SourceChanged(f"{method} gives no thread.post", field="thread.post")
    yield Page(tuple(_one({"post": post}) for post in _below(top)), "", is_last=True)


def _below(top: Any) -> Iterator[Any]:
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if isinstance(member(node, "post"), dict):
            yield node["post"]
        waiting += list(members(node, "replies"))


def search(host: Asking, wanted: Wanted) -> Iterator[Page]:
    """Posts that hold words, the newest first; later only those since the last pass."""
    at = json.loads(wanted.cursor or "{}")
    method = "app.bsky.feed.searchPosts"
    while True:
        answer = host.json(
            method, q=wanted.subjects[0], limit=AT_ONCE, cursor=at.get("page"), sort="latest",
            since=at.get("until"),
        )  # fmt: skip
        found = listed(answer, "posts", method)
        newest = max([*(text(one, "indexedAt") or "" for one in found), at.get("newest") or ""])
        page = text(answer, "cursor")
        is_last = page is None or not found
        done = {"until": newest or at.get("until", "")}
        at = done if is_last else at | {"page": page, "newest": newest}
        yield Page(tuple(_one({"post": one}) for one in found), json.dumps(at), is_last)
        if is_last:
            return


def _each(method: str, asked: str, name: str, around: tuple[str, ...]) -> Callable[..., Any]:
    """Pages of a list: each member by itself, with what the answer says the list is about."""

    def pages(host: Asking, wanted: Wanted) -> Iterator[Page]:
        cursor: str | None = wanted.cursor
        while True:
            told = {asked: wanted.subjects[0], "limit": AT_ONCE, "cursor": cursor}
            answer = host.json(method, **told)
            frame = {name: answer[name] for name in around if name in answer}
            found = listed(answer, name, method)
            cursor = text(answer, "cursor")
            is_last = cursor is None or not found
            items = tuple(Item(frame | {name: [one]}) for one in found)
            # After the last page the next pass begins anew: the newest stand at the front.
            yield Page(items, "" if is_last else cursor or "", is_last)
            if is_last:
                return

    return pages


followers = _each("app.bsky.graph.getFollowers", "actor", "followers", ("subject",))
follows = _each("app.bsky.graph.getFollows", "actor", "follows", ("subject",))
likes = _each("app.bsky.feed.getLikes", "uri", "likes", ("uri",))
reposts = _each("app.bsky.feed.getRepostedBy", "uri", "repostedBy", ("uri",))
members_of_list = _each("app.bsky.graph.getList", "list", "items", ("list",))


def pack(host: Asking, wanted: Wanted) -> Iterator[Page]:
    """The accounts of a starter pack: those of the list it refers to, under the pack's name."""
    method = "app.bsky.graph.getStarterPack"
    answer = host.json(method, starterPack=wanted.subjects[0])
    about = text(answer, "starterPack", "list", "uri") or text(
        answer, "starterPack", "record", "list"
    )
    if about is None:
        raise SourceChanged(f"{method} names no list", field="starterPack.list.uri")
    name = text(answer, "starterPack", "record", "name")
    for page in members_of_list(host, replace(wanted, subjects=(about,))):
        named = [
            Item(one.record | {"list": one.record["list"] | ({"name": name} if name else {})})
            for one in page.items
        ]
        yield replace(page, items=tuple(named))
