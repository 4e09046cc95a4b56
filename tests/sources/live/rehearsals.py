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
from tests.sources.live.small_mastodon import SmallMastodon

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
        first: which request brings the first page; those before it look things up.
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
    first: int = 1
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

    def asking(self, lake: Lake, address: str, clock: Clock) -> Asking:
        """The source, opened at a loopback address."""
        manners = Manners(timeout_s=0.5, tries=4, first_wait_s=1.0, most_wait_s=60.0)
        polite = Polite(manners, clock.seconds, clock.sleep, lambda: 0.5)
        connection = SOURCES[self.name].connect(Access(self.access(address)), polite)
        return Asking(lake, connection, polite, clock.now, SyncSettings(load_items=3))


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
        access=lambda address: {"address": address, "inside": "yes"},
        changed=lambda said: {"statuses": said},
        entries=lambda said: said,
        with_entries=lambda _, entries: entries,
        library="mastodon",
        first=3,
    ),
    Rehearsal(
        name="blog",
        subject="http://{host}/feed",
        kind="entries",
        world=SmallFeed,
        post_ids=tuple(f"blog:{{host}}/feed#entry-{n}" for n in range(7)),
        access=lambda _: {"inside": "yes"},
        changed=lambda _: b"<html><body><p>We have moved</p></body></html>",
        entries=lambda said: said["entries"],
        with_entries=lambda said, entries: said | {"entries": entries},
        library="feedparser",
        odd_kept='"odd":"1"',
    ),
)
