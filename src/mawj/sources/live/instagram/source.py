"""Instagram, the Graph API: professional accounts and their posts, hashtags, own insights.

Needs a professional account of one's own and a token of an app that Meta has approved. Terms:
Meta Platform Terms. Business discovery tells of professional accounts alone, and never who
follows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mawj.sources.live.instagram import pages
from mawj.sources.live.instagram.asking import InstagramAsking
from mawj.sources.live.instagram.records import make
from mawj.sources.live.live import AccessField, Kind, LiveSource
from mawj.sources.names import handle_on
from mawj.sources.ready.ready import RecordMapping
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.live.live import Access, Page, Wanted
    from mawj.sources.live.polite import Polite

CALL = 0.5
"""Per cent of an hour's calls that one call takes, where the app has one user: 200 an hour
(Graph API, "Rate limits")."""
KINDS = {
    "accounts": Kind("name, description and counts", "account", 24, cost=CALL),
    "posts": Kind("posts with likes and comments", "account", 24, cost=CALL),
    "hashtag": Kind("likes and comments of the newest posts with it", "words", 24, cost=CALL),
    "tags": Kind("posts in which others tagged our account", "", 24, cost=CALL),
    "own_posts": Kind("our posts with reach, saves, shares, views", "", 24, cost=CALL),
    "own_audience": Kind(
        "who follows us, by age, gender, country, city", "", 168, cost=5 * CALL
    ),
}
_ANSWERS = {
    "accounts": pages.accounts, "posts": pages.posts, "hashtag": pages.hashtag,
    "tags": pages.tags, "own_posts": pages.own_posts, "own_audience": pages.own_audience,
}  # fmt: skip
_HANDLE = re.compile(r"[a-z0-9._]{1,30}")
_HASHTAG = re.compile(r"\w{1,100}")


class Instagram:
    """Instagram, opened."""

    mapping = RecordMapping("instagram", make, "instagram")

    def __init__(self, access: Access, polite: Polite) -> None:
        self._host = InstagramAsking(access, polite)

    def pages(self, wanted: Wanted) -> Iterator[Page]:
        """The pages of one kind; see `Connection.pages`."""
        return iter(_ANSWERS[wanted.kind](self._host, wanted))

    def close(self) -> None:
        """Let go of connections."""
        self._host.close()


def subject_of(kind: str, typed: str) -> str:
    """A handle, a hashtag without its sign, or "own", from what a person typed or pasted.

    Raises:
        SourceRefused: it is none of those.
    """
    typed, named_by = typed.strip(), KINDS[kind].subject
    if not named_by:
        return "own"
    if named_by == "words":
        tag = typed.removeprefix("#").casefold()
        if _HASHTAG.fullmatch(tag):
            return tag
        raise SourceRefused(f"{typed!r} is no hashtag: one word, without emoji")
    found = handle_on(typed, "instagram")
    if not _HANDLE.fullmatch(found):
        raise SourceRefused(f"{typed!r} is no account of Instagram: give its handle or address")
    return found


SOURCE = LiveSource(
    name="instagram",
    platform="instagram",
    basis="what Meta's Graph API tells of professional accounts under its Platform Terms, with "
    "a token of one's own; insights of one's own account first hand",
    kinds=KINDS,
    usual=("accounts", "posts"),
    fields=(
        AccessField("token", "access token of the app's user", is_secret=True, is_needed=True),
        AccessField("user_id", "id of your professional account", is_needed=True),
        AccessField("version", "of the interface", "v26.0"),
        AccessField("address", "the interface", "https://graph.facebook.com"),
    ),
    subject_of=subject_of,
    connect=Instagram,
)
