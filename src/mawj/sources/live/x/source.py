"""X, the API v2: accounts, posts with public counts, who follows, who quotes, searches.

Needs the Bearer token of an app. What is returned is paid for, so what may be read in a month
is a setting. Terms: X Developer Agreement and Policy: what is deleted, hidden or suspended
there is deleted here, told by batch compliance.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mawj.sources.live.live import AccessField, Kind, LiveSource, Named
from mawj.sources.live.x import pages
from mawj.sources.live.x.asking import XAsking
from mawj.sources.live.x.records import make
from mawj.sources.names import handle_on, is_url, native_id_of
from mawj.sources.ready.ready import RecordMapping
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.live.live import Access, Page, Wanted
    from mawj.sources.live.polite import Polite

# All of them tell what there is at that moment: a protected account may open again.
KINDS = {
    "accounts": Kind(
        "name, description and counts", "account", 24, at_once=100, tells_now=True, cost=0
    ),
    "posts": Kind(
        "posts, replies, reposts and quotes with counts", "account", 24, tells_now=True, cost=10
    ),
    "mentions": Kind("posts that name it", "account", 24, tells_now=True, cost=10),
    "followers": Kind("who follows it", "account", 720, tells_now=True, cost=0),
    "follows": Kind("whom it follows", "account", 720, tells_now=True, cost=0),
    "replies": Kind("replies of the last week", "post", 24, tells_now=True, cost=10),
    "quotes": Kind("the posts that quote a post", "post", 168, tells_now=True, cost=10),
    "search": Kind(
        "posts of the last week that words find", "words", 24, tells_now=True, cost=10
    ),
    "compliance": Kind("which stored posts are gone", "", 24, of_stored=True, cost=0),
}
_ANSWERS = {
    "accounts": pages.accounts, "posts": pages.posts, "mentions": pages.mentions,
    "followers": pages.followers, "follows": pages.following, "replies": pages.replies,
    "quotes": pages.quotes, "search": pages.search, "compliance": pages.compliance,
}  # fmt: skip
_HANDLE = re.compile(r"\w{1,15}", re.ASCII)


class X:
    """X, opened."""

    mapping = RecordMapping("x", make, "x")

    def __init__(self, access: Access, polite: Polite) -> None:
        self._host = XAsking(access, polite)

    def pages(self, wanted: Wanted) -> Iterator[Page]:
        """The pages of one kind; see `Connection.pages`."""
        return iter(_ANSWERS[wanted.kind](self._host, wanted))

    def close(self) -> None:
        """Let go of connections."""
        self._host.close()


def subject_of(kind: str, typed: str) -> str:
    """A handle or id, a post's id, or words, from what a person typed or pasted.

    Raises:
        SourceRefused: it is none of those.
    """
    typed, named_by = typed.strip(), KINDS[kind].subject
    if not named_by:
        return "all"
    if named_by == "words":
        return " ".join(typed.split())
    if named_by == "post":
        found = (native_id_of(typed, "x") or "").removeprefix("x:")
        if found.isdigit():
            return found
        raise SourceRefused(f"{typed!r} is no post of X: give its address or id")
    found = handle_on(typed, "x")
    if not _HANDLE.fullmatch(found) and not (found.isdigit() and not is_url(typed)):
        raise SourceRefused(f"{typed!r} is no account of X: give its @handle, id or address")
    return found


def named(subject: str) -> Named:
    """Figures alone are an id."""
    if subject.isdigit():
        return Named(account_id=f"x:{subject}")
    return Named(handle=subject)


SOURCE = LiveSource(
    name="x",
    platform="x",
    basis="public posts by the X API under the Developer Agreement, with a token of one's own; "
    "what is deleted there is deleted here",
    kinds=KINDS,
    usual=("accounts", "posts"),
    always=("compliance",),
    fields=(
        AccessField("token", "Bearer token of an app", is_secret=True, is_needed=True),
        AccessField("posts_a_month", "posts that may be read in a month", "10000"),
        AccessField("users_a_month", "accounts that may be read in a month", "10000"),
        AccessField("posts_at_first", "posts read of an account the first time", "200"),
        AccessField("ties_at_most", "followers or follows read in one pass", "1000"),
        AccessField("word", "how its fields name a post: tweet or post", "tweet"),
        AccessField("address", "the interface", "https://api.x.com"),
    ),
    subject_of=subject_of,
    connect=X,
    named=named,
    asks_by_id=True,
)
