"""What every live source is put through: a small server of its own, and what must come of it.

Add a source with one line in `REHEARSALS`; `tests/flow/test_source_faults.py` does the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from mawj.flow.syncing import Asking, SyncSettings
from mawj.sources.live import SOURCES
from mawj.sources.live.live import Access
from mawj.sources.live.polite import Manners, Polite
from tests.sources.live.small_bluesky import SmallBluesky
from tests.sources.live.small_feed import SmallFeed
from tests.sources.live.small_instagram import ME, SmallInstagram, code
from tests.sources.live.small_mastodon import SmallMastodon
from tests.sources.live.small_tiktok import SmallTikTok
from tests.sources.live.small_tiktok import video_id as tiktok_video
from tests.sources.live.small_x import SmallX
from tests.sources.live.small_youtube import SmallYouTube, video_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from mawj.lake.lake import Lake
    from tests.sources.live.loopback import Answer

START = datetime(2026, 2, 1, tzinfo=UTC)
SECRET = "only-we-know-this"


class Clock:
    """A clock that moves a second when it is looked at, and by as much as is slept."""

    def __init__(self) -> None:
        self.at = START
        self.slept: list[float] = []

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Rehearsal:
    """One source and what it is asked for.

    Attributes:
        name: the source.
        subject, kind: what is asked for; its answer has several pages.
        world: makes the server's answers.
        post_ids: what must be stored in the end.
        access: its addresses, given that of the server.
        changed: what a page says, without a field that we read.
        entries: the entries of what a page says.
        with_entries: the same page with other entries.
        library: the client library it needs.
        lookups: requests that a pass makes before its first page.
        asks: requests that a page takes; the last of them brings its posts.
        page: posts that one page gives.
        odd, odd_kept: an entry that cannot be read, and what `rejected` keeps of it.
    """

    name: str
    subject: str
    kind: str
    world: Callable[[], Callable[[str, dict[str, list[str]]], Answer]]
    post_ids: tuple[str, ...]
    access: Callable[[str], dict[str, str]]
    changed: Callable[[Any], Any]
    entries: Callable[[Any], list[Any]]
    with_entries: Callable[[Any, list[Any]], Any]
    library: str
    lookups: int = 0
    asks: int = 1
    page: int = 3
    odd: Any = field(default_factory=lambda: {"odd": 1})
    odd_kept: str = '"odd":1'

    def at(self, address: str) -> Rehearsal:
        """The same where the subject is an address: `{host}` is that of the server."""
        host = address.removeprefix("http://")
        return replace(
            self,
            subject=self.subject.replace("{host}", host),
            post_ids=tuple(one.replace("{host}", host) for one in self.post_ids),
        )

    @property
    def first(self) -> int:
        """Which request brings the posts of the first page."""
        return self.lookups + self.asks

    @property
    def second(self) -> int:
        """Which brings those of the second."""
        return self.first + self.asks

    def asking(self, lake: Lake, address: str, clock: Clock) -> Asking:
        """The source, opened at a loopback address."""
        manners = Manners(timeout_s=0.5, tries=4, first_wait_s=1.0, most_wait_s=60.0)
        polite = Polite(manners, clock.seconds, clock.sleep, lambda: 0.5)
        connection = SOURCES[self.name].connect(Access(self.access(address)), polite)
        return Asking(lake, connection, polite, clock.now, SyncSettings(load_items=3))


def _access(name: str, address: str, **more: str) -> dict[str, str]:
    """The defaults of a source's fields, with its address and keys."""
    return {one.name: one.default for one in SOURCES[name].fields} | {"address": address} | more


def _with_media(said: dict[str, Any], media: dict[str, Any]) -> dict[str, Any]:
    """A page of Instagram's with other media, and the way on as it was."""
    found = said["business_discovery"]
    paging = {"paging": found["media"]["paging"]} if "paging" in found["media"] else {}
    return said | {"business_discovery": found | {"media": paging | media}}


REHEARSALS = (
    Rehearsal(
        name="bluesky",
        subject="layla.test",
        kind="posts",
        world=SmallBluesky,
        post_ids=tuple(
            f"bluesky:at://did:plc:layla/app.bsky.feed.post/{n:04}" for n in range(7)
        ),
        access=lambda address: {"address": address, "repositories": address},
        changed=lambda said: {"entries": said["feed"], "cursor": said.get("cursor")},
        entries=lambda said: said["feed"],
        with_entries=lambda said, entries: said | {"feed": entries},
        library="atproto",
    ),
    Rehearsal(
        name="mastodon",
        subject="layla@example.social",
        kind="posts",
        world=SmallMastodon,
        post_ids=tuple(
            f"mastodon:https://example.social/users/layla/statuses/{n}" for n in range(101, 108)
        ),
        access=lambda address: {"address": address, "inside": "127.0.0.0/8"},
        changed=lambda said: {"statuses": said},
        entries=lambda said: said,
        with_entries=lambda _, entries: entries,
        library="mastodon",
        lookups=2,
    ),
    Rehearsal(
        name="youtube",
        subject="layla",
        kind="catalogue",
        world=SmallYouTube,
        post_ids=tuple(f"youtube:{video_id('layla', n)}" for n in range(7)),
        access=lambda address: _access("youtube", address, key=SECRET),
        changed=lambda said: {name: said[name] for name in said if name != "items"},
        entries=lambda said: said["items"],
        with_entries=lambda said, entries: said | {"items": entries},
        library="googleapiclient",
        lookups=1,
        asks=2,
    ),
    Rehearsal(
        name="x",
        subject="1001",
        kind="posts",
        world=SmallX,
        # Those it passed on, quoted and answered come with it.
        post_ids=(*(f"x:1001{n:04}" for n in range(7)), "x:10020000", "x:10030000"),
        access=lambda address: _access("x", address, token=SECRET),
        changed=lambda said: {name: said[name] for name in said if name != "data"},
        entries=lambda said: said["data"],
        with_entries=lambda said, entries: said | {"data": entries},
        library="httpx",
    ),
    Rehearsal(
        name="instagram",
        subject="layla",
        kind="posts",
        world=SmallInstagram,
        post_ids=tuple(f"instagram:{code('layla', n)}" for n in range(7)),
        access=lambda address: _access("instagram", address, token=SECRET, user_id=ME),
        changed=lambda said: _with_media(said, {}),
        entries=lambda said: said["business_discovery"]["media"]["data"],
        with_entries=lambda said, entries: _with_media(said, {"data": entries}),
        library="httpx",
    ),
    Rehearsal(
        name="tiktok_research",
        subject="layla",
        kind="posts",
        world=lambda: SmallTikTok(keys={"client_secret": SECRET}),
        post_ids=tuple(f"tiktok:{tiktok_video('layla', n)}" for n in range(7)),
        access=lambda address: _access(
            "tiktok_research", address, client_key="k", client_secret=SECRET, days_back="29"
        ),
        changed=lambda said: said | {"data": {"has_more": True}},
        entries=lambda said: said["data"]["videos"],
        with_entries=lambda said, entries: said | {"data": said["data"] | {"videos": entries}},
        library="httpx",
        lookups=1,
    ),
    Rehearsal(
        name="tiktok",
        subject="own",
        kind="own_posts",
        world=lambda: SmallTikTok(keys={"client_secret": SECRET}),
        post_ids=tuple(f"tiktok:{tiktok_video('layla', n)}" for n in range(7)),
        access=lambda address: _access(
            "tiktok", address, client_key="k", client_secret=SECRET, refresh_token="r"
        ),
        changed=lambda said: said | {"data": {"has_more": True}},
        entries=lambda said: said["data"]["videos"],
        with_entries=lambda said, entries: said | {"data": said["data"] | {"videos": entries}},
        library="httpx",
        lookups=2,
    ),
    Rehearsal(
        name="blog",
        subject="http://{host}/feed",
        kind="entries",
        world=SmallFeed,
        post_ids=tuple(f"blog:{{host}}/feed#entry-{n}" for n in range(7)),
        access=lambda _: {"inside": "127.0.0.0/8"},
        changed=lambda _: b"<html><body><p>We have moved</p></body></html>",
        entries=lambda said: said["entries"],
        with_entries=lambda said, entries: said | {"entries": entries},
        library="feedparser",
        odd_kept='"odd":"1"',
    ),
)
