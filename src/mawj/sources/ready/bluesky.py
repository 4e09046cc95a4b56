"""Bluesky: accounts, posts, feeds, followers, likes and lists from its public interface.

Field names: AT Protocol lexicons app.bsky.actor.defs, app.bsky.feed.defs, app.bsky.graph.defs
and app.bsky.richtext.facet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.reading_json import count, member, members, moment, own_id, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of
from mawj.sources.vocabulary import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

_PAGES = ("profiles", "feed", "posts", "followers", "follows", "likes", "repostedBy", "items",
          "actors")  # fmt: skip
_EMBEDS = {
    "app.bsky.embed.images": "photo", "app.bsky.embed.video": "video",
    "app.bsky.embed.external": "link",
}  # fmt: skip


def detect(raw: RawFile) -> bool:
    """Anything that names an account by its DID in Bluesky's shape."""
    return any(_is_ours(record) for record in records_of(raw))


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one answer, or of one account, post or feed entry by itself."""
    if not _is_ours(record):
        yield Fault("", "is no account, post, feed or list of Bluesky")
        return
    if _is_account(record):
        yield from _account(record, taken_at)
    for one in (record, *(one for page in ("feed", "posts") for one in members(record, page))):
        yield from _entry(one, taken_at)
    for page in ("profiles", "actors", "followers", "follows", "repostedBy"):
        for one in members(record, page):
            yield from _account(one, taken_at)
    yield from _ties(record, taken_at)
    yield from _listed(record, taken_at)


def _is_ours(record: Any) -> bool:
    if _is_account(record) or _is_post(record) or _is_post(member(record, "post")):
        return True
    if not isinstance(record, dict):
        return False
    firsts = [next(members(record, page), None) for page in _PAGES]
    return any(
        one is not None
        and (_is_account(one) or _is_post(one) or _is_post(one.get("post")) or _names(one))
        for one in firsts
    )


def _is_account(one: Any) -> bool:
    return (text(one, "did") or "").startswith("did:") and text(one, "handle") is not None


def _is_post(one: Any) -> bool:
    return (text(one, "uri") or "").startswith("at://") and _is_account(member(one, "author"))


def _names(one: Any) -> bool:
    return _is_account(member(one, "actor")) or _is_account(member(one, "subject"))


def _account(one: Any, taken_at: datetime) -> Iterator[Made]:
    if not _is_account(one):
        return
    account_id, handle = f"bluesky:{text(one, 'did')}", text(one, "handle") or ""
    verified = text(one, "verification", "verifiedStatus")
    yield Made(
        "accounts",
        {
            "account_id": account_id, "platform": "bluesky", "handle": handle.lower(),
            "name": text(one, "displayName"), "bio": text(one, "description"),
            "url": f"https://bsky.app/profile/{handle}",
            "created_at": moment(one, "createdAt"),
            "is_verified": None if verified is None else verified == "valid",
            "has_picture": text(one, "avatar") is not None or None,
        },
    )  # fmt: skip
    yield Made(
        "account_snapshots",
        {
            "account_id": account_id, "taken_at": taken_at,
            "followers": count(one, "followersCount"),
            "following": count(one, "followsCount"), "posts": count(one, "postsCount"),
        },
    )  # fmt: skip


def _entry(entry: Any, taken_at: datetime) -> Iterator[Made]:
    """A post, alone or in a feed entry that may say who passed it on or what it answers."""
    post = entry if _is_post(entry) else member(entry, "post")
    if not _is_post(post):
        return
    yield from _post(post, taken_at)
    for step in ("root", "parent"):
        answered = member(entry, "reply", step)
        if _is_post(answered):
            yield from _post(answered, taken_at)
    by = member(entry, "reason", "by")
    if _is_account(by):
        yield from _account(by, taken_at)
        yield _repost(post, by, member(entry, "reason"))


def _repost(post: Any, by: Any, reason: Any) -> Made:
    made = act("repost", text(by, "did"), text(post, "uri"), moment(reason, "indexedAt"))
    return Made(
        "interactions", made.row | {"record_id": own_id("bluesky", text(reason, "uri"))}
    )


def _post(post: Any, taken_at: datetime) -> Iterator[Made]:
    yield from _account(post["author"], taken_at)
    post_id, said = own_id("bluesky", text(post, "uri")), member(post, "record")
    answered, quoted = text(said, "reply", "parent", "uri"), _quoted(said)
    handle, key = text(post, "author", "handle"), (text(post, "uri") or "").rsplit("/", 1)[-1]
    languages = member(said, "langs") or []
    yield Made(
        "posts",
        {
            "post_id": post_id, "account_id": own_id("bluesky", text(post, "author", "did")),
            "platform": "bluesky",
            "published_at": moment(said, "createdAt") or moment(post, "indexedAt"),
            "kind": _EMBEDS.get(text(said, "embed", "$type") or "", "text"),
            "text": text(said, "text"),
            # Several languages are those that the app was set to, not those of this text.
            "language": language_of(str(languages[0])) if len(languages) == 1 else None,
            "url": f"https://bsky.app/profile/{handle}/post/{key}",
            "reply_to_post_id": own_id("bluesky", answered),
            "reply_to_account_id": own_id("bluesky", _repository(answered)),
            "quote_of_post_id": own_id("bluesky", quoted),
            "quote_of_account_id": own_id("bluesky", _repository(quoted)),
        },
    )  # fmt: skip
    yield Made(
        "post_snapshots",
        {
            "post_id": post_id, "taken_at": taken_at, "likes": count(post, "likeCount"),
            "reposts": count(post, "repostCount"), "comments": count(post, "replyCount"),
            "quotes": count(post, "quoteCount"), "saves": count(post, "bookmarkCount"),
        },
    )  # fmt: skip
    yield from _mentioned(said)


def _quoted(said: Any) -> str | None:
    """The post a record quotes, plain or beside pictures."""
    return text(said, "embed", "record", "uri") or text(
        said, "embed", "record", "record", "uri"
    )


def _repository(uri: str | None) -> str | None:
    """Whose post an address at://did/collection/key names."""
    return uri.removeprefix("at://").split("/", 1)[0] if uri else None


def _mentioned(said: Any) -> Iterator[Made]:
    """The accounts a text mentions: facets give the DID, the bytes they cover the handle."""
    written = (text(said, "text") or "").encode()
    for facet in members(said, "facets"):
        start, end = member(facet, "index", "byteStart"), member(facet, "index", "byteEnd")
        for feature in members(facet, "features"):
            did = text(feature, "did")
            if did and isinstance(start, int) and isinstance(end, int):
                handle = written[start:end].decode("utf-8", "ignore").lstrip("@").lower()
                row = {"account_id": f"bluesky:{did}", "platform": "bluesky"}
                yield Made("accounts", row | {"handle": handle or None})


def _ties(record: Record, taken_at: datetime) -> Iterator[Made]:
    """Who follows whom, who liked and who passed on, from the pages that list them."""
    subject = member(record, "subject")
    if _is_account(subject):
        yield from _account(subject, taken_at)
        whose = own_id("bluesky", text(subject, "did"))
        for page, is_follower in (("followers", True), ("follows", False)):
            for one in members(record, page):
                other = own_id("bluesky", text(one, "did"))
                pair = (other, whose) if is_follower else (whose, other)
                yield Made("follows", {"follower_id": pair[0], "followed_id": pair[1]})
    liked = text(record, "uri")
    for one in members(record, "likes"):
        yield from _account(member(one, "actor"), taken_at)
        yield act("like", text(one, "actor", "did"), liked, moment(one, "createdAt"))
    for one in members(record, "repostedBy"):
        yield act("repost", text(one, "did"), liked, None)


def act(kind: str, did: str | None, uri: str | None, at: datetime | None) -> Made:
    """A like or a repost. An account has at most one of each on a post, which names the row."""
    name = f"{kind}:{did}:{uri}" if did and uri else None
    return Made(
        "interactions",
        {
            "interaction_id": own_id("bluesky", name), "kind": kind,
            "actor_id": own_id("bluesky", did),
            "target_id": own_id("bluesky", _repository(uri)),
            "post_id": own_id("bluesky", uri), "at": at,
        },
    )  # fmt: skip


def _listed(record: Record, taken_at: datetime) -> Iterator[Made]:
    """The members of a list."""
    about = member(record, "list")
    if text(about, "uri") is None:
        return
    words = [text(about, "name"), text(about, "description")]
    for one in members(record, "items"):
        who = member(one, "subject")
        yield from _account(who, taken_at)
        yield Made(
            "listings",
            {
                "list_id": own_id("bluesky", text(about, "uri")),
                "account_id": own_id("bluesky", text(who, "did")),
                "owner_id": own_id("bluesky", text(about, "creator", "did")),
                "name": ": ".join(word for word in words if word) or None,
            },
        )


READY = Ready(
    "bluesky",
    "Bluesky: getProfile(s), getAuthorFeed, getPosts, searchPosts, getFollowers, getFollows, "
    "getLikes, getRepostedBy, getList",
    detect,
    lambda _: RecordMapping("bluesky", make, "bluesky:appview"),
)
