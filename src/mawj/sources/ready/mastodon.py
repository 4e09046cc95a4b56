"""Mastodon: accounts, statuses, boosts, favourites and follows.

Field names: Mastodon API entities Account, Status, MediaAttachment and Mention
(docs.joinmastodon.org/entities). A record holds what the interface gave and `instance`, the
domain that gave it: short names (`layla`) are of that domain. Posts are named by their
ActivityPub address, which is the same on every instance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.reading_json import count, flag, member, members, moment, own_id, text
from mawj.sources.ready.ready import Fault, Further, Made
from mawj.sources.vocabulary import language_of
from mawj.text.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import Record

_KINDS = {"image": "photo", "gifv": "video", "video": "video", "audio": "audio"}
NO_PICTURE = "missing.png"
"""Ends the address of the picture that stands for none."""


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault | Further]:
    """The rows of one item: an account, a status, an act upon one, or a follow."""
    domain = text(record, "instance") or ""
    if "rules" in record:
        yield Further()
        return
    if "status" in record:
        yield from _status(member(record, "status"), domain, taken_at)
        return
    account = member(record, "account")
    if full_name(account, domain) is None:
        yield Fault("acct", "is neither a status nor an account of Mastodon")
        return
    yield from _account(account, domain, taken_at)
    yield from _ties(record, f"mastodon:{full_name(account, domain)}")


def full_name(account: Any, domain: str) -> str | None:
    """`user@domain` of an account, in lower case."""
    name = text(account, "acct")
    return None if name is None else (name if "@" in name else f"{name}@{domain}").lower()


def _account(account: Any, domain: str, taken_at: datetime) -> Iterator[Made]:
    name = full_name(account, domain)
    account_id = own_id("mastodon", name)
    note = text(account, "note")
    yield Made(
        "accounts",
        {
            "account_id": account_id, "platform": "mastodon", "handle": name,
            "name": text(account, "display_name"), "bio": plain(note) if note else None,
            "url": text(account, "url"), "created_at": moment(account, "created_at"),
            "category": "bot" if flag(account, "bot") else None,
            "has_picture": _has(account, "avatar"), "has_banner": _has(account, "header"),
        },
    )  # fmt: skip
    yield Made(
        "account_snapshots",
        {
            "account_id": account_id, "taken_at": taken_at,
            "followers": count(account, "followers_count"),
            "following": count(account, "following_count"),
            "posts": count(account, "statuses_count"),
        },
    )  # fmt: skip


def _has(account: Any, picture: str) -> bool | None:
    address = text(account, picture)
    return None if address is None else not address.endswith(NO_PICTURE)


def _ties(record: Record, account_id: str) -> Iterator[Made]:
    """What an account is to what was asked about: a follower, followed, or who acted on it."""
    followed, follower = text(record, "follows"), text(record, "followed_by")
    if followed:
        yield _follow(account_id, own_id("mastodon", followed))
    if follower:
        yield _follow(own_id("mastodon", follower), account_id)
    kind, about = text(record, "act"), text(record, "upon", "uri")
    if kind and about:
        yield act(kind, account_id, record["upon"], None)


def _follow(follower_id: str | None, followed_id: str | None) -> Made:
    return Made("follows", {"follower_id": follower_id, "followed_id": followed_id})


def act(kind: str, actor_id: str, upon: Any, at: datetime | None) -> Made:
    """A favourite or a boost. An account has at most one of each on a post: that names it."""
    post_id = own_id("mastodon", text(upon, "uri"))
    return Made(
        "interactions",
        {
            "interaction_id": f"mastodon:{kind}:{actor_id}:{text(upon, 'uri')}", "kind": kind,
            "actor_id": actor_id, "target_id": own_id("mastodon", text(upon, "by")),
            "post_id": post_id, "at": at,
        },
    )  # fmt: skip


def _status(status: Any, domain: str, taken_at: datetime) -> Iterator[Made | Fault]:
    account = member(status, "account")
    name, uri = full_name(account, domain), text(status, "uri")
    if name is None or uri is None:
        yield Fault("status", "is no status of Mastodon: uri and account are needed")
        return
    yield from _account(account, domain, taken_at)
    passed_on = member(status, "reblog")
    if passed_on is not None:
        made = act("repost", f"mastodon:{name}", passed_on, moment(status, "created_at"))
        yield Made(made.table, made.row | {"record_id": own_id("mastodon", uri)})
        return
    yield _post(status, name, uri, domain)
    yield Made(
        "post_snapshots",
        {
            "post_id": own_id("mastodon", uri), "taken_at": taken_at,
            "likes": count(status, "favourites_count"),
            "reposts": count(status, "reblogs_count"),
            "comments": count(status, "replies_count"),
            "quotes": count(status, "quotes_count"),
        },
    )  # fmt: skip


def _post(status: Any, name: str, uri: str, domain: str) -> Made:
    quoted = member(status, "quote", "quoted_status")
    return Made(
        "posts",
        {
            "post_id": own_id("mastodon", uri), "account_id": own_id("mastodon", name),
            "platform": "mastodon", "published_at": moment(status, "created_at"),
            "kind": _kind(status), "text": _words(status, domain),
            "language": language_of(text(status, "language") or ""),
            "url": text(status, "url"),
            "reply_to_post_id": own_id("mastodon", text(status, "answers", "uri")),
            "reply_to_account_id": own_id("mastodon", _answered(status, name, domain)),
            "quote_of_post_id": own_id("mastodon", text(quoted, "uri")),
            "quote_of_account_id": own_id("mastodon", text(quoted, "by")),
        },
    )  # fmt: skip


def _kind(status: Any) -> str:
    kinds = [text(one, "type") or "" for one in members(status, "media_attachments")]
    if len(kinds) > 1 and set(kinds) == {"image"}:
        return "carousel"
    return next((_KINDS[kind] for kind in kinds if kind in _KINDS), "text")


def _words(status: Any, domain: str) -> str | None:
    """The warning above a status, and the status; who is mentioned by their full names."""
    named = {
        text(one, "url") or "": f"@{full_name(one, domain)}"
        for one in members(status, "mentions")
    }
    parts = (text(status, "spoiler_text"), plain(text(status, "content") or "", named))
    return "\n\n".join(part for part in parts if part) or None


def _answered(status: Any, name: str, domain: str) -> str | None:
    """Whom a status answers: its own author, or one of those it mentions."""
    whom = text(status, "in_reply_to_account_id")
    if whom is None:
        return None
    if whom == text(status, "account", "id"):
        return name
    found = (one for one in members(status, "mentions") if text(one, "id") == whom)
    return next((full_name(one, domain) for one in found), text(status, "answers", "by"))
