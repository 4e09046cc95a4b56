"""Rows of Bluesky's records as they lie in repositories, and of the answers of its interface.

Field names: AT Protocol lexicons app.bsky.actor.profile, app.bsky.feed.post,
app.bsky.feed.like, app.bsky.feed.repost,
app.bsky.graph.follow, app.bsky.graph.list and app.bsky.graph.listitem.
A record comes as com.atproto.repo.listRecords gives it: `uri` and `value`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready import bluesky
from mawj.sources.ready.reading_json import member, moment, own_id, text
from mawj.sources.ready.ready import Fault, Made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import Record


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one item; of what a stream could not read the reason."""
    if "fault" in record:
        yield Fault("", str(record["fault"]))
        return
    if "value" not in record:
        yield from bluesky.make(record, taken_at)
        return
    uri, value = text(record, "uri"), member(record, "value")
    did, collection = _place(uri)
    if uri is None or did is None or not isinstance(value, dict):
        yield Fault(
            "uri", "is no record of a repository: at://did/collection/key and its value"
        )
        return
    reader = READERS.get(collection)
    if reader is None:
        yield Fault("uri", f"{collection} is none of the records that are read")
        return
    yield from reader(record, taken_at)


def _place(uri: str | None) -> tuple[str | None, str]:
    """Whose record it is and of what collection."""
    parts = (uri or "").removeprefix("at://").split("/")
    is_whole = (uri or "").startswith("at://did:") and len(parts) == 3
    return (parts[0], parts[1]) if is_whole else (None, "")


def _whose(record: Record) -> str:
    return _place(record["uri"])[0] or ""


def _account(record: Record, _taken_at: datetime) -> Iterator[Made]:
    did, value = _whose(record), record["value"]
    yield Made(
        "accounts",
        {
            "account_id": f"bluesky:{did}", "platform": "bluesky",
            "name": text(value, "displayName"), "bio": text(value, "description"),
            "created_at": moment(value, "createdAt"),
            "has_picture": member(value, "avatar") is not None,
            "has_banner": member(value, "banner") is not None,
        },
    )  # fmt: skip


def _post(record: Record, taken_at: datetime) -> Iterator[Made]:
    uri, did = record["uri"], _whose(record)
    # The record lies in the view of a post under another name; the author's handle is not said.
    view = {"uri": uri, "author": {"did": did, "handle": did}, "record": record["value"]}
    for made in bluesky.make(view, taken_at):
        if isinstance(made, Made) and _is_told(made, did):
            yield made


def _is_told(made: Made, did: str) -> bool:
    """Whether a record tells it: the post and who is mentioned, not its author nor counts."""
    is_author = made.row.get("account_id") == f"bluesky:{did}"
    return made.table == "posts" or (made.table == "accounts" and not is_author)


def _act(kind: str) -> Any:
    def acts(record: Record, _taken_at: datetime) -> Iterator[Made | Fault]:
        uri, did = record["uri"], _whose(record)
        about = text(record, "value", "subject", "uri")
        whose, collection = _place(about)
        if whose is None or collection != "app.bsky.feed.post":
            # A feed or a list can be liked too; that is no act upon anybody's post.
            yield Fault("value.subject", f"{about!r} is no post")
            return
        made = bluesky.act(kind, did, about or "", moment(record, "value", "createdAt"))
        yield Made("interactions", made.row | {"record_id": own_id("bluesky", uri)})

    return acts


def _follow(record: Record, _taken_at: datetime) -> Iterator[Made | Fault]:
    uri, did = record["uri"], _whose(record)
    followed = text(record, "value", "subject")
    if not (followed or "").startswith("did:"):
        yield Fault("value.subject", f"{followed!r} is no account")
        return
    yield Made(
        "follows",
        {
            "follower_id": f"bluesky:{did}", "followed_id": f"bluesky:{followed}",
            "since": moment(record, "value", "createdAt"),
            "record_id": own_id("bluesky", uri),
        },
    )  # fmt: skip


def _listed(record: Record, _taken_at: datetime) -> Iterator[Made | Fault]:
    uri, did = record["uri"], _whose(record)
    about, who = text(record, "value", "list"), text(record, "value", "subject")
    if _place(about)[0] is None or not (who or "").startswith("did:"):
        yield Fault("value", "names no list or no account")
        return
    words = [text(record, "list", "name"), text(record, "list", "description")]
    yield Made(
        "listings",
        {
            "list_id": own_id("bluesky", about), "account_id": f"bluesky:{who}",
            "owner_id": f"bluesky:{did}",
            "name": ": ".join(word for word in words if word) or None,
            "record_id": own_id("bluesky", uri),
        },
    )  # fmt: skip


READERS = {
    "app.bsky.actor.profile": _account,
    "app.bsky.feed.post": _post,
    "app.bsky.feed.like": _act("like"),
    "app.bsky.feed.repost": _act("repost"),
    "app.bsky.graph.follow": _follow,
    "app.bsky.graph.listitem": _listed,
}
"""The collections whose records are read."""
