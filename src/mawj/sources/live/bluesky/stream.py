"""What happens on the network as it happens: com.atproto.sync.subscribeRepos and Jetstream.

Frames of subscribeRepos hold a header and a body in DAG-CBOR, records in a CAR file; those of
Jetstream are JSON. Both are numbered: a stream that breaks off goes on after the last number.
What cannot be read, and a gap that the relay tells of, is set aside with the reason, like a
rejected row; the stream goes on.

Errors and messages of a relay: atproto.com/specs/event-stream, com.atproto.sync.subscribeRepos.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from mawj.sources.live.bluesky.records import READERS
from mawj.sources.live.bluesky.repository import plain
from mawj.sources.live.libraries import needed
from mawj.sources.live.live import Item, Page
from mawj.tables.errors import SourceRefused, SourceUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mawj.sources.live.polite import Polite

PAGE_EVENTS = 500
IDLE_S = 2.0
"""Seconds without an event after which we have caught up. Our judgement."""
FLUSH_S = 1.0
"""Longest time for which events wait for their page to fill."""
FRAME_BYTES = 32 * 1024 * 1024
TOO_SLOW, UNKNOWN_PLACE, OUTDATED = "ConsumerTooSlow", "FutureCursor", "OutdatedCursor"
GAP = (
    "what happened from event {cursor} on until now is not told: {why}; "
    "`mawj sync --kind repository --all` brings what stands"
)
NOT_READ = (KeyError, TypeError, ValueError, AttributeError)
"""What comes of a frame whose shape is not the one that we read."""
WANTED_AT_MOST = 10_000
"""Accounts that Jetstream filters for us; more are filtered here."""


@dataclass
class Seen:
    """The events since the last page.

    Attributes:
        cursor: number of the last event, looked at or passed over; before the first, where to
            begin.
        items, removed: what they tell.
        n: how many there were.
        at: when the last happened, in seconds since 1970.
    """

    cursor: int = 0
    at: float = 0.0
    items: list[Item] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    n: int = 0

    def set_aside(self, reason: str) -> None:
        """Keep that something could not be read, or is lost."""
        self.items.append(Item({"fault": reason}))

    def page(self, *, is_last: bool) -> Page:
        """What was seen, and begin anew."""
        page = Page(tuple(self.items), str(self.cursor or ""), is_last, tuple(self.removed))
        self.items, self.removed, self.n = [], [], 0
        return page


@dataclass(frozen=True)
class Stream:
    """One stream: its address since an event, and what a frame tells.

    Attributes:
        address: the address to listen to, given the number of the last event ("" for now on).
        read: adds what a frame tells to what was seen.
        now: the number of this moment, given the seconds since 1970; 0 where only the first
            event tells it.
    """

    address: Callable[[str], str]
    read: Callable[[Any, Seen], None]
    now: Callable[[float], int] = lambda _: 0


class _EndedError(Exception):
    """The relay ends the stream, which may be opened again."""


def listen(stream: Stream, cursor: str, polite: Polite) -> Iterator[Page]:
    """Pages of events after the cursor, for as long as anybody takes them.

    `is_last` says that we have caught up: nothing more has come for a while, or what came is
    younger than our listening. A connection that breaks is opened
    again after the last event. Where nothing was heard, the next listening begins where this
    one did, if the stream is numbered by time.
    """
    seen, n_silent = Seen(int(cursor or stream.now(polite.now()))), 0
    while True:
        before = seen.cursor
        opening = partial(_opened, stream.address(str(before or "")))
        with polite.ask(opening) as socket:
            yield from _pages(socket, stream, seen, polite)
        # A source that opens and closes at once must not be opened again without end.
        n_silent = n_silent + 1 if seen.cursor == before else 0
        if n_silent >= polite.manners.tries:
            raise SourceUnreachable("the stream closes before anything comes")
        polite.sleep(polite.chance() * polite.manners.first_wait_s * n_silent)


def _opened(address: str) -> Any:
    client, errors = needed("websockets.sync.client"), needed("websockets.exceptions")
    try:
        return client.connect(address, max_size=FRAME_BYTES, open_timeout=30, close_timeout=0.5)
    except errors.InvalidStatus as error:
        status = error.response.status_code
        if status < 500 and status != 429:
            raise SourceRefused(f"the stream refuses us ({status})") from None
        raise SourceUnreachable(f"the stream does not open ({status})") from None
    except (OSError, TimeoutError, errors.WebSocketException) as error:
        said = type(error).__name__
        raise SourceUnreachable(f"the stream does not open ({said})") from None


def _pages(socket: Any, stream: Stream, seen: Seen, polite: Polite) -> Iterator[Page]:
    closed = needed("websockets.exceptions").ConnectionClosed
    began = opened = polite.now()
    while True:
        try:
            stream.read(socket.recv(timeout=IDLE_S), seen)
        except TimeoutError:
            yield seen.page(is_last=True)
            began = polite.now()
            continue
        except (closed, OSError, _EndedError):
            # What came before it broke is whole; the next connection goes on after it.
            yield seen.page(is_last=False)
            return
        seen.n += 1
        # Something younger than our listening: all that happened before it is here.
        has_caught_up = seen.at >= opened
        if has_caught_up or seen.n >= PAGE_EVENTS or polite.now() - began > FLUSH_S:
            yield seen.page(is_last=has_caught_up)
            began, opened = polite.now(), inf if has_caught_up else opened


def repos_stream(address: str, among: frozenset[str] | None, begins: str = "") -> Stream:
    """The firehose: all of it, or what accounts `among` do.

    Without a cursor it begins at `begins`: "" for now on, "0" for the oldest that is kept.
    """

    def since(cursor: str) -> str:
        asked = f"?cursor={cursor or begins}" if cursor or begins else ""
        return f"{_as_socket(address)}/xrpc/com.atproto.sync.subscribeRepos{asked}"

    return Stream(since, partial(_read_frame, among))


def _read_frame(among: frozenset[str] | None, frame: Any, seen: Seen) -> None:
    try:
        head, body = needed("libipld").decode_dag_cbor_multi(frame)
        is_error, kind = head["op"] != 1, head.get("t")
    except NOT_READ as error:
        seen.set_aside(f"a frame of the stream cannot be read: {error}")
        return
    if is_error:
        _ended(body, seen)
    if kind == "#info" and body.get("name") == OUTDATED:
        seen.set_aside(GAP.format(cursor=seen.cursor, why="the relay keeps less"))
    seq, whose = body.get("seq"), body.get("repo") or body.get("did")
    # A number that we have seen came twice or late: its event is stored.
    if not isinstance(seq, int) or seq <= seen.cursor:
        return
    seen.cursor, seen.at = seq, _seconds(body.get("time"))
    if among is None or whose in among:
        _told_or_set_aside(seen, f"event {seq} of {whose}", partial(_tell, kind, body))


def _told_or_set_aside(seen: Seen, which: str, tell: Callable[[Seen], None]) -> None:
    try:
        tell(seen)
    except NOT_READ as error:
        seen.set_aside(f"{which} cannot be read: {error!r}")


def _ended(body: dict[str, Any], seen: Seen) -> None:
    """What the relay says before it closes.

    Raises:
        _EndedError: it may be opened again: we were too slow, or are sent back to its end.
        SourceRefused: it wants nothing more of us.
    """
    name = body.get("error")
    if name == UNKNOWN_PLACE:
        # Numbers of another relay, or of this one before it lost its own.
        seen.set_aside(GAP.format(cursor=seen.cursor, why="the relay does not know that event"))
        seen.cursor = 0
    if name in (UNKNOWN_PLACE, TOO_SLOW):
        raise _EndedError
    raise SourceRefused(f"the stream ends: {name} {body.get('message') or ''}")


def _tell(kind: str | None, body: dict[str, Any], seen: Seen) -> None:
    if kind == "#commit":
        _, blocks = needed("libipld").decode_car(body["blocks"]) if body["blocks"] else ({}, {})
        for op in body["ops"]:
            value = None if op["action"] == "delete" else blocks.get(op["cid"])
            _happened(seen, body["repo"], op["path"], op["action"], plain(value))
    elif kind == "#account":
        _account(seen, body["did"], is_active=bool(body.get("active")))
    elif kind == "#identity" and body.get("handle"):
        seen.items.append(Item({"did": body["did"], "handle": body["handle"]}))


def _happened(seen: Seen, did: str, path: str, action: str, value: Any) -> None:
    """One record was written or taken back."""
    if path.split("/", 1)[0] not in READERS:
        return
    uri = f"at://{did}/{path}"
    if action == "delete":
        seen.removed.append(f"bluesky:{uri}")
    else:
        # A record too large for the stream comes without its value and is set aside by name.
        seen.items.append(Item({"uri": uri, "value": value}, f"bluesky:{uri}"))


def _account(seen: Seen, did: str, *, is_active: bool) -> None:
    if not is_active:
        seen.removed.append(f"bluesky:{did}")


def jetstream(address: str, among: frozenset[str] | None, begins: str = "") -> Stream:
    """The same as JSON, already filtered by collection and, up to a number, by account."""
    asked: list[tuple[str, str]] = [("wantedCollections", name) for name in READERS]
    if among is not None and len(among) <= WANTED_AT_MOST:
        asked += [("wantedDids", did) for did in sorted(among)]

    def since(cursor: str) -> str:
        at = cursor or begins
        told = urlencode([*asked, *([("cursor", at)] if at else [])])
        return f"{_as_socket(address)}/subscribe?{told}"

    now = (lambda _: 0) if begins else (lambda s: int(s * 1_000_000))
    return Stream(since, partial(_read_json, among), now)


def _read_json(among: frozenset[str] | None, frame: Any, seen: Seen) -> None:
    try:
        event = json.loads(frame)
        at, did = int(event["time_us"]), str(event["did"])
    except NOT_READ as error:
        seen.set_aside(f"a frame of the stream cannot be read: {error!r}")
        return
    # Several events may bear one moment, and clocks differ: what comes twice has one key.
    seen.cursor, seen.at = at, at / 1_000_000
    if among is None or did in among:
        _told_or_set_aside(seen, f"event {at} of {did}", partial(_tell_json, event, did))


def _tell_json(event: dict[str, Any], did: str, seen: Seen) -> None:
    if event.get("kind") == "account":
        _account(seen, did, is_active=bool(event["account"].get("active")))
    elif event.get("kind") == "commit":
        commit = event["commit"]
        path = f"{commit['collection']}/{commit['rkey']}"
        _happened(seen, did, path, commit["operation"], commit.get("record"))


def _seconds(time: Any) -> float:
    try:
        return datetime.fromisoformat(str(time)).timestamp()
    except ValueError:
        return 0.0


def _as_socket(address: str) -> str:
    return (
        address.rstrip("/").replace("http", "ws", 1) if address.startswith("http") else address
    )
