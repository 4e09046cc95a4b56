"""Pages of the X API v2: accounts, posts, who follows, who passed on, searches, compliance.

Field names: X API v2 reference. An answer is taken apart into its posts, each with its author
and media alone, so that one who takes a post back takes it back whole.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mawj.sources.live.live import Item, Page
from mawj.sources.live.x.asking import NOT_HERE, POSTS, USERS
from mawj.sources.ready.reading_json import count, member, members, own_id, text
from mawj.tables.errors import SourceChanged, SourceGone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mawj.sources.live.live import Wanted
    from mawj.sources.live.x.asking import XAsking
    from mawj.sources.raw import Record

AT_ONCE, USERS_AT_ONCE = 100, 1000
"""Most posts, and most accounts that follow, of a page."""
REVISIT_DAYS = 7
"""Days for which the counts of a post are looked at again. Our judgement."""


def accounts(host: XAsking, wanted: Wanted) -> Iterator[Page]:
    """Accounts with their counts, up to a hundred by id and a hundred by handle."""
    ids = [one for one in wanted.subjects if one.isdigit()]
    names = [one for one in wanted.subjects if not one.isdigit()]
    found: list[Record] = []
    lost: list[Record] = []
    for route, asked, subjects in (
        ("/2/users", "ids", ids),
        ("/2/users/by", "usernames", names),
    ):
        if subjects:
            answer = host.users(route, "users", **{asked: ",".join(subjects)})
            found += list(members(answer, "data"))
            lost += list(members(answer, "errors"))
    if not found and not lost:
        raise SourceChanged("users gives neither data nor errors", field="data")
    there = {(text(one, "username") or "").lower() for one in found}
    there |= {text(one, "id") or "" for one in found}
    absent = tuple(one for one in wanted.subjects if one.lower() not in there)
    items = tuple(Item({"data": [one]}, own_id("x", text(one, "id"))) for one in found)
    gone = [text(one, "value") or "" for one in lost if _kind(one) == "resource-not-found"]
    removed = tuple(f"x:{one}" for one in gone if one in ids)
    yield Page(items, "", is_last=True, removed=removed, absent=absent)


def _id_of(host: XAsking, subject: str) -> str:
    """The id of an account.

    Raises:
        SourceGone: there is none of that handle.
    """
    if subject.isdigit():
        return subject
    answer = host.users("/2/users/by", "users", usernames=subject)
    for one in members(answer, "data"):
        if found := text(one, "id"):
            return found
    raise SourceGone(f"X has no account {subject!r}: {_why(answer)}")


def _timeline(route: str, what: str) -> Callable[[XAsking, Wanted], Iterator[Page]]:
    """Posts of an account's timeline, the newest first; later those of the last days again.

    The cursor holds the account's id, where the page goes on, and the newest seen.
    """

    def pages(host: XAsking, wanted: Wanted) -> Iterator[Page]:
        at = json.loads(wanted.cursor or "{}")
        at["id"] = at.get("id") or _id_of(host, wanted.subjects[0])
        while True:
            answer = host.posts(
                route.format(id=at["id"]), what, max_results=host.room(POSTS, AT_ONCE),
                pagination_token=at.get("page"), start_time=at.get("since"),
            )  # fmt: skip
            at = _further(at, answer, host.at_most("posts_at_first"))
            is_last = "page" not in at
            yield Page(tuple(_apart(answer)), json.dumps(at), is_last)
            if is_last:
                return

    return pages


posts = _timeline("/2/users/{id}/tweets", "users/tweets")
mentions = _timeline("/2/users/{id}/mentions", "users/mentions")


def _further(at: dict[str, Any], answer: Record, at_first: int) -> dict[str, Any]:
    """The cursor after a page: where it goes on, or from when the next pass reads.

    Posts cost money: the first pass ends after `at_first` of them.
    """
    moments = [text(one, "created_at") or "" for one in _listed(answer)]
    newest = max([*moments, at.get("newest") or ""])
    token, n = text(answer, "meta", "next_token"), at.get("n", 0) + len(moments)
    kept = {name: at[name] for name in ("id", "since") if at.get(name)}
    if token is not None and (n < at_first or "since" in at):
        return kept | {"page": token, "newest": newest, "n": n}
    if newest:
        since = datetime.fromisoformat(newest) - timedelta(days=REVISIT_DAYS)
        kept["since"] = f"{since:%Y-%m-%dT%H:%M:%SZ}"
    return kept


def _searched(query: str) -> Callable[[XAsking, Wanted], Iterator[Page]]:
    """Posts of the last seven days that a query finds, the newest first; later newer ones."""

    def pages(host: XAsking, wanted: Wanted) -> Iterator[Page]:
        at = json.loads(wanted.cursor or "{}")
        while True:
            answer = host.posts(
                "/2/tweets/search/recent", "tweets/search/recent",
                query=query.format(wanted.subjects[0]), max_results=host.room(POSTS, AT_ONCE),
                next_token=at.get("page"), since_id=at.get("since"), sort_order="recency",
            )  # fmt: skip
            token = text(answer, "meta", "next_token")
            newest = at.get("newest") or text(answer, "meta", "newest_id") or ""
            is_last = token is None
            # X finds nothing before the last seven days, and says so where it is asked to.
            found = {"since": newest or at.get("since", "")}
            at = found if is_last else at | {"page": token, "newest": newest}
            yield Page(tuple(_apart(answer)), json.dumps(at), is_last)
            if is_last:
                return

    return pages


search = _searched("{}")
replies = _searched("conversation_id:{}")


def _apart(answer: Record) -> Iterator[Item]:
    """Each post of an answer, those it refers to too, with its author and its media."""
    people = {text(one, "id"): one for one in members(answer, "includes", "users")}
    media = {text(one, "media_key"): one for one in members(answer, "includes", "media")}
    name = "posts" if "posts" in (member(answer, "includes") or {}) else "tweets"
    others = list(members(answer, "includes", name))
    stubs = {
        text(one, "id"): {"id": one.get("id"), "author_id": one.get("author_id")}
        for one in others
    }
    for post in (*_listed(answer), *others):
        keys = member(post, "attachments", "media_keys") or []
        refers = [
            stubs[found]
            for listed in ("referenced_tweets", "referenced_posts")
            for one in members(post, listed)
            if (found := text(one, "id")) in stubs
        ]
        author = people.get(text(post, "author_id"))
        around = {
            "users": [author] if author else [],
            "media": [media[key] for key in keys if key in media],
            name: refers,
        }
        yield Item({"data": [post], "includes": around}, own_id("x", text(post, "id")))


def quotes(host: XAsking, wanted: Wanted) -> Iterator[Page]:
    """The posts that quote a post."""
    route, token = f"/2/tweets/{wanted.subjects[0]}/quote_tweets", wanted.cursor
    while True:
        answer = host.posts(
            route, "tweets/quote_tweets", max_results=host.room(POSTS, AT_ONCE),
            pagination_token=token,
        )  # fmt: skip
        token = text(answer, "meta", "next_token") or ""
        yield Page(tuple(_apart(answer)), token, is_last=not token)
        if not token:
            return


def _ties(word: str) -> Callable[[XAsking, Wanted], Iterator[Page]]:
    """Who follows an account, or whom it follows: followers or following."""

    def pages(host: XAsking, wanted: Wanted) -> Iterator[Page]:
        at = json.loads(wanted.cursor or "{}")
        at["id"] = at.get("id") or _id_of(host, wanted.subjects[0])
        route = f"/2/users/{at['id']}/{word}"
        while True:
            answer = host.users(
                route, f"users/{word}", max_results=host.room(USERS, USERS_AT_ONCE),
                pagination_token=at.get("page"),
            )  # fmt: skip
            # In the frame that tells whom they follow; see `ready/x_api_v2.py`.
            frame = {"__twarc": {"url": f"https://api.x.com{route}"}}
            items = tuple(Item({"data": [one]} | frame) for one in _listed(answer))
            token, n = text(answer, "meta", "next_token"), at.get("n", 0) + len(items)
            is_last = token is None or n >= host.at_most("ties_at_most")
            at = {"id": at["id"]} | ({} if is_last else {"page": token, "n": n})
            yield Page(items, json.dumps(at), is_last)
            if is_last:
                return

    return pages


followers, following = _ties("followers"), _ties("following")


def compliance(host: XAsking, wanted: Wanted) -> Iterator[Page]:
    """Which stored posts were deleted, hidden or belong to accounts that are gone.

    X looks through a list of ids in its own time (batch compliance): the first page leaves it
    there, a later sync fetches what came of it.
    """
    at = json.loads(wanted.cursor or "{}")
    if not at:
        if not wanted.stored:
            yield Page((), "", is_last=True)
            return
        job = _job(host.plain("/2/compliance/jobs", "compliance/jobs", {"type": "tweets"}))
        host.upload(text(job, "upload_url") or "", "\n".join(wanted.stored))
        at = {"job": text(job, "id"), "result": text(job, "download_url")}
        yield Page((), json.dumps(at))
    job = _job(host.plain(f"/2/compliance/jobs/{at['job']}", "compliance/jobs"))
    status = text(job, "status")
    if status == "complete":
        found = host.download(at["result"])
        removed = tuple(
            f"x:{text(one, 'id')}" for one in found if one.get("action") == "delete"
        )
        yield Page((), "", is_last=True, removed=removed)
    elif status in ("failed", "expired"):
        # The next sync asks anew.
        yield Page((), "")


def _job(answer: Record) -> Record:
    job = member(answer, "data")
    if not isinstance(job, dict) or text(job, "id") is None:
        raise SourceChanged("compliance/jobs gives no data.id", field="data.id")
    return job


def _listed(answer: Record) -> list[Record]:
    """The members of a page.

    Raises:
        SourceGone: there is no page, and it says that the account or post is not to be had.
        SourceChanged: there is none, though some are counted.
    """
    found = answer.get("data")
    if isinstance(found, list) and all(isinstance(one, dict) for one in found):
        return found
    if count(answer, "meta", "result_count") == 0:
        return []
    if any(_kind(one) in NOT_HERE for one in members(answer, "errors")):
        raise SourceGone(f"X: {_why(answer)}")
    raise SourceChanged(
        "X gives no list 'data' of objects any more; Mawj must learn its new shape: nothing of "
        "this page was stored",
        field="data",
    )


def _kind(problem: Record) -> str:
    return (text(problem, "type") or "").rsplit("/", 1)[-1]


def _why(answer: Record) -> str:
    return " ".join(text(one, "detail") or "" for one in members(answer, "errors"))
