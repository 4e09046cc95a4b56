"""Bluesky, the AT Protocol: accounts, posts, ties and acts without a key.

Addresses: the public interface (`address`) answers about accounts and posts; repositories and
the stream come from the relay and the hosts (`repositories`, `stream`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.sources.live import bluesky_pages as pages
from mawj.sources.live.bluesky_asking import Asking
from mawj.sources.live.bluesky_records import make
from mawj.sources.live.live import AccessField, Kind, LiveSource
from mawj.sources.names import is_url
from mawj.sources.ready.ready import RecordMapping
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.live.live import Access, Page, Wanted
    from mawj.sources.live.polite import Polite

KINDS = {
    "accounts": Kind("name, description and counts", "account", 24, at_once=25),
    "posts": Kind("posts, replies and reposts with their counts", "account", 6),
    "followers": Kind("who follows it", "account", 168),
    "follows": Kind("whom it follows", "account", 168),
    "likes": Kind("who liked a post", "post", 24),
    "reposts": Kind("who passed a post on", "post", 24),
    "replies": Kind("the replies to a post", "post", 24),
    "list": Kind("the accounts of a list", "list", 168),
    "pack": Kind("the accounts of a starter pack", "pack", 168),
    "search": Kind("posts that hold words", "words", 6),
}
COLLECTIONS = {
    "post": "app.bsky.feed.post", "list": "app.bsky.graph.list",
    "pack": "app.bsky.graph.starterpack",
}  # fmt: skip
_ANSWERS = {
    "accounts": pages.accounts, "posts": pages.posts, "followers": pages.followers,
    "follows": pages.follows, "likes": pages.likes, "reposts": pages.reposts,
    "replies": pages.thread, "list": pages.members_of_list, "pack": pages.pack,
    "search": pages.search,
}  # fmt: skip


class Bluesky:
    """Bluesky, opened."""

    mapping = RecordMapping("bluesky", make, "bluesky")

    def __init__(self, access: Access, polite: Polite) -> None:
        self._host = Asking(access["address"], access, polite)

    def pages(self, wanted: Wanted) -> Iterator[Page]:
        """The pages of one kind; see `Connection.pages`."""
        return iter(_ANSWERS[wanted.kind](self._host, wanted))

    def close(self) -> None:
        """Let go of connections."""
        self._host.close()


def subject_of(kind: str, typed: str) -> str:
    """A handle, DID, at:// address or words, from what a person typed or pasted.

    Raises:
        SourceRefused: it is none of those.
    """
    named = KINDS[kind].subject
    typed = typed.strip()
    if named == "words":
        return " ".join(typed.split())
    if named == "account":
        return _account_of(typed)
    return typed if typed.startswith("at://") else _address_of(typed, named)


def _account_of(typed: str) -> str:
    name = typed.removeprefix("bluesky:").removeprefix("@")
    if is_url(name):
        name = _after(name, "profile")
    name = name if name.startswith("did:") else name.lower()
    if "." not in name and not name.startswith("did:"):
        raise SourceRefused(f"{typed!r} is no account of Bluesky: give its handle or DID")
    return name


def _address_of(typed: str, named: str) -> str:
    """at://who/collection/key of the address of a page such as /profile/who/post/key."""
    parts = typed.split("?", maxsplit=1)[0].rstrip("/").split("/")
    if len(parts) < 4:
        raise SourceRefused(f"{typed!r} is no {named} of Bluesky: give its address")
    # A starter pack is /starter-pack/who/key, everything else /profile/who/what/key.
    who = parts[-2] if named == "pack" else parts[-3]
    return f"at://{who}/{COLLECTIONS[named]}/{parts[-1]}"


def _after(address: str, word: str) -> str:
    parts = address.split("?", maxsplit=1)[0].split("/")
    return parts[parts.index(word) + 1] if word in parts[:-1] else ""


SOURCE = LiveSource(
    name="bluesky",
    platform="bluesky",
    basis="published by its authors for everybody, open by protocol; no key is needed",
    kinds=KINDS,
    usual=("accounts", "posts"),
    fields=(
        AccessField("address", "the public interface", "https://public.api.bsky.app"),
        AccessField("handle", "account to sign in with, where an answer needs one"),
        AccessField("password", "app password of that account", is_secret=True),
    ),
    subject_of=subject_of,
    connect=Bluesky,
)
