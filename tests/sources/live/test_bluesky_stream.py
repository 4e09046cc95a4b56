"""What a relay may say besides events: errors, gaps, frames that nobody can read."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from mawj.sources.live.bluesky.records import make
from mawj.sources.live.bluesky.stream import jetstream, listen, repos_stream
from mawj.sources.live.polite import Manners, Polite
from mawj.sources.ready.ready import Fault
from mawj.tables.errors import SourceRefused, SourceUnreachable

libipld = pytest.importorskip("libipld")

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mawj.sources.live.live import Page

LAYLA = "did:plc:layla"
NOW = datetime(2026, 11, 20, tzinfo=UTC)
TOO_SLOW = {"error": "ConsumerTooSlow", "message": "read faster"}


def polite() -> Polite:
    return Polite(Manners(tries=3), now=NOW.timestamp, sleep=lambda _: None, chance=lambda: 0.0)


def frame(kind: str, **body: Any) -> bytes:
    return bytes(libipld.encode_dag_cbor({"op": 1, "t": kind}) + libipld.encode_dag_cbor(body))


def error(**body: Any) -> bytes:
    return bytes(libipld.encode_dag_cbor({"op": -1}) + libipld.encode_dag_cbor(body))


def named(seq: int, handle: str) -> bytes:
    told = {"seq": seq, "did": LAYLA, "time": "2020-01-01T00:00:00Z", "handle": handle}
    return frame("#identity", **told)


@contextmanager
def relay(*each_time: Sequence[bytes | str]) -> Iterator[tuple[str, list[str]]]:
    """A relay that sends some frames at its first opening, others at its second and so on."""
    from websockets.sync.server import serve  # noqa: PLC0415

    asked: list[str] = []

    def tell(near: Any) -> None:
        asked.append(near.request.path)
        for one in each_time[min(len(asked), len(each_time)) - 1]:
            near.send(one)

    server = serve(tell, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}", asked
    server.shutdown()
    thread.join()


def pages(stream: Any, cursor: str = "") -> tuple[list[Page], Exception | None]:
    """All pages until the relay has nothing more, and how it ended."""
    found: list[Page] = []
    try:
        found.extend(listen(stream, cursor, polite()))
    except (SourceRefused, SourceUnreachable) as ended:
        return found, ended
    return found, None


def heard(found: list[Page]) -> list[str]:
    return [str(i.record["handle"]) for p in found for i in p.items if "handle" in i.record]


def faults(found: list[Page]) -> list[str]:
    told = [i.record for p in found for i in p.items if "fault" in i.record]
    (rejected,) = zip(*(list(make(one, NOW)) for one in told), strict=True) if told else ((),)
    assert all(isinstance(one, Fault) for one in rejected)
    return [str(one["fault"]) for one in told]


def test_a_reader_that_was_too_slow_goes_on_after_its_last_event() -> None:
    with relay([named(7, "one.test"), error(**TOO_SLOW)], [named(8, "two.test")], []) as (
        at,
        asked,
    ):
        found, ended = pages(repos_stream(at, None))
    assert heard(found) == ["one.test", "two.test"]
    assert [one.rpartition("?")[2] for one in asked[1:3]] == ["cursor=7", "cursor=8"]
    assert faults(found) == []
    assert isinstance(ended, SourceUnreachable)


def test_a_place_that_the_relay_does_not_know_is_a_gap_and_no_end() -> None:
    unknown = error(error="FutureCursor", message="in the future")
    with relay([unknown], [named(3, "new.test")], []) as (at, asked):
        found, _ = pages(repos_stream(at, None), "900")
    assert heard(found) == ["new.test"]
    assert "cursor=900" in asked[0]
    assert "cursor" not in asked[1]
    (gap,) = faults(found)
    assert "900" in gap
    assert "repository" in gap
    assert found[-1].cursor == "3"


def test_what_the_relay_keeps_no_more_is_a_gap() -> None:
    with relay([frame("#info", name="OutdatedCursor"), named(50, "late.test")], []) as (at, _):
        found, _ = pages(repos_stream(at, None), "5")
    assert heard(found) == ["late.test"]
    (gap,) = faults(found)
    assert "event 5 on" in gap


def test_any_other_error_of_the_relay_stops_the_source() -> None:
    with relay([named(1, "one.test"), error(error="Banned", message="go")]) as (at, _):
        _, ended = pages(repos_stream(at, None))
    assert isinstance(ended, SourceRefused)
    assert "Banned go" in str(ended)


@pytest.mark.parametrize(
    "broken",
    [
        b"\xff\xff\xff",
        b"",
        libipld.encode_dag_cbor([1, 2]) * 2,
        frame("#commit", seq=2, repo=LAYLA, time="", blocks=b"no car", ops=[]),
        frame("#commit", seq=2, repo=LAYLA, time=""),
    ],
    ids=["no CBOR", "empty", "no header", "no CAR", "no operations"],
)
def test_a_frame_that_cannot_be_read_is_set_aside_and_the_next_is_read(broken: bytes) -> None:
    with relay([named(1, "one.test"), broken, named(3, "three.test")], []) as (at, _):
        found, _ = pages(repos_stream(at, None))
    assert heard(found) == ["one.test", "three.test"]
    assert len(faults(found)) == 1
    assert found[-1].cursor == "3"


@pytest.mark.parametrize(
    "broken",
    ["no JSON", "[]", '{"did": "did:plc:layla"}',
     json.dumps({"did": LAYLA, "time_us": 2, "kind": "commit"})],
)  # fmt: skip
def test_a_line_of_jetstream_that_cannot_be_read_is_set_aside(broken: str) -> None:
    gone = {"did": LAYLA, "time_us": 5, "kind": "account", "account": {"active": False}}
    with relay([broken, json.dumps(gone)], []) as (at, _):
        found, _ = pages(jetstream(at, None))
    assert len(faults(found)) == 1
    assert [one for page in found for one in page.removed] == [f"bluesky:{LAYLA}"]
    assert found[-1].cursor == "5"


def test_a_jetstream_in_which_nothing_happens_goes_on_where_listening_began() -> None:
    with relay([]) as (at, asked):
        found, _ = pages(jetstream(at, frozenset([LAYLA])))
    began = str(int(NOW.timestamp() * 1_000_000))
    assert found[-1].cursor == began
    assert f"cursor={began}" in asked[0]
