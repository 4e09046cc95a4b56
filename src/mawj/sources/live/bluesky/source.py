"""Bluesky, the AT Protocol: accounts, posts, ties and acts without a key.

Addresses: the public interface (`address`) answers about accounts and posts; repositories and
the stream come from the relay and the hosts (`repositories`, `stream`).
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from mawj.sources.live.bluesky import pages
from mawj.sources.live.bluesky.asking import Asking
from mawj.sources.live.bluesky.records import make
from mawj.sources.live.bluesky.repository import did_of, repository
from mawj.sources.live.bluesky.stream import Stream, jetstream, listen, repos_stream
from mawj.sources.live.live import Access, AccessField, Kind, LiveSource, Named
from mawj.sources.names import is_url
from mawj.sources.ready.ready import RecordMapping
from mawj.tables.errors import SourceGone, SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.live.live import Page, Wanted
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
    "repository": Kind("every record of an account, and what it took back", "account", 168),
    "stream": Kind("what happens, from the relay", "", 1, is_stream=True),
    "jetstream": Kind("what happens, as JSON", "", 1, is_stream=True),
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
        self._access, self._polite = access, polite
        self._host = Asking(access["address"], access, polite)
        # Repositories are public: whoever serves them is never told our key.
        self._hosts = Asking(access["repositories"], Access(), polite)

    def pages(self, wanted: Wanted) -> Iterator[Page]:
        """The pages of one kind; see `Connection.pages`."""
        if wanted.kind == "repository":
            return repository(self._hosts, wanted)
        if KINDS[wanted.kind].is_stream:
            return listen(self._stream(wanted), wanted.cursor, self._polite)
        return iter(_ANSWERS[wanted.kind](self._host, wanted))

    def _stream(self, wanted: Wanted) -> Stream:
        among = None
        if wanted.among is not None:
            among = frozenset(self._dids(wanted.among))
        opened = repos_stream if wanted.kind == "stream" else jetstream
        begins = "0" if self._access["begins"] == "oldest" else ""
        return opened(self._access[wanted.kind], among, begins)

    def _dids(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            # One who is not there is no reason to listen to nobody.
            with suppress(SourceGone):
                yield did_of(self._hosts, name)

    def close(self) -> None:
        """Let go of connections."""
        self._host.close()
        self._hosts.close()


def subject_of(kind: str, typed: str) -> str:
    """A handle, DID, at:// address or words, from what a person typed or pasted.

    Raises:
        SourceRefused: it is none of those.
    """
    named = KINDS[kind].subject
    typed = typed.strip()
    if not named:
        if typed not in ("watched", "all"):
            raise SourceRefused("a stream is listened to for 'watched' accounts or for 'all'")
        return typed
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


def named(subject: str) -> Named:
    """A DID is the native id; all else is a handle."""
    if subject.startswith("did:"):
        return Named(account_id=f"bluesky:{subject}")
    return Named(handle=subject)


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
        AccessField("repositories", "who serves repositories", "https://bsky.social"),
        AccessField("stream", "the relay", "wss://bsky.network"),
        AccessField("jetstream", "the stream as JSON", "wss://jetstream2.us-east.bsky.network"),
        AccessField("begins", "where a stream begins: now, or with the oldest kept", "now"),
        AccessField("handle", "account to sign in with, where an answer needs one"),
        AccessField("password", "app password of that account", is_secret=True),
    ),
    subject_of=subject_of,
    connect=Bluesky,
    named=named,
)
