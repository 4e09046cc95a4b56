"""How fast Bluesky is read: backfill of repositories and the stream, from a server on loopback.

    python -m benchmarks.bluesky [--records 20000] [--events 20000]

The server is ours and answers at once, so what is measured is Mawj: decoding, rows, commits.
The last line is `RESULT {json}`; `bottleneck` names the part that took the longest.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import libipld
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve

from mawj.flow.source_states import ask_for
from mawj.flow.syncing import Asking, sync
from mawj.lake.lake import Lake
from mawj.sources.live import SOURCES
from mawj.sources.live.bluesky.repository import opened
from mawj.sources.live.bluesky.stream import IDLE_S, Seen, repos_stream
from mawj.sources.live.live import Access
from mawj.sources.live.polite import Manners, Polite
from mawj.sources.pieces import Load
from mawj.sources.raw import RawBatch
from mawj.sources.record_rows import record_pieces

TEXTS = (
    "A slow morning by the river, then coffee with everybody @sara.test #weekend",
    "صباح هادئ على النهر ثم قهوة مع الجميع #نهاية_الأسبوع",
    "صبحی آرام کنار رودخانه و بعد قهوه با همه #آخر_هفته",
)
COLLECTIONS = ("app.bsky.feed.post", "app.bsky.feed.like", "app.bsky.graph.follow")
DID = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"
WARM = 200


def record(n: int) -> tuple[str, dict[str, Any]]:
    """The path and the value of record `n`: posts, likes and follows in turn."""
    collection = COLLECTIONS[n % 3]
    at = datetime.fromtimestamp(1_760_000_000 + n, UTC).isoformat()
    value: dict[str, Any] = {"$type": collection, "createdAt": at}
    if n % 3 == 0:
        value["text"] = f"{TEXTS[n // 3 % 3]} {n}"
    elif n % 3 == 1:
        value["subject"] = {"uri": f"at://did:plc:b{n}/app.bsky.feed.post/{n}", "cid": "c"}
    else:
        value["subject"] = f"did:plc:c{n}"
    return f"{collection}/{n:08}", value


def block(value: Any) -> tuple[bytes, bytes]:
    """The link of a value (CIDv1, DAG-CBOR, SHA-256) and its bytes."""
    body = libipld.encode_dag_cbor(value)
    return b"\x01\x71\x12\x20" + sha256(body).digest(), body


def car(records: list[tuple[str, dict[str, Any]]]) -> bytes:
    """A repository of these records, all in one node of the tree, as a CAR file."""
    blocks = [block(value) for _, value in records]
    entries = [
        {"k": path.encode(), "p": 0, "v": link, "t": None}
        for (path, _), (link, _) in zip(records, blocks, strict=True)
    ]
    node = block({"l": None, "e": entries})
    commit = block({"did": DID, "rev": "r1", "data": node[0], "version": 3, "prev": None})
    head = libipld.encode_dag_cbor({"version": 1, "roots": [commit[0]]})
    parts = [head, *(link + body for link, body in (commit, node, *blocks))]
    return b"".join(varint(len(part)) + part for part in parts)


def varint(n: int) -> bytes:
    """A number as LEB128."""
    made = bytearray()
    while n > 127:
        made.append(n & 127 | 128)
        n >>= 7
    return bytes([*made, n])


def frame(seq: int, path: str, value: dict[str, Any], time_said: str) -> bytes:
    """One commit with one record, as subscribeRepos sends it."""
    link, body = block(value)
    head = libipld.encode_dag_cbor({"version": 1, "roots": [link]})
    parts = (head, link + body)
    blocks = b"".join(varint(len(part)) + part for part in parts)
    told = {
        "seq": seq, "repo": DID, "time": time_said, "blocks": blocks,
        "ops": [{"action": "create", "path": path, "cid": link}],
    }  # fmt: skip
    return bytes(
        libipld.encode_dag_cbor({"op": 1, "t": "#commit"}) + libipld.encode_dag_cbor(told)
    )


class Host(BaseHTTPRequestHandler):
    """Serves one repository."""

    file = b""

    def do_GET(self) -> None:
        """Answer the three questions of a backfill."""
        answers = {
            "getLatestCommit": {"rev": "r1"},
            "describeRepo": {"did": DID, "handle": "layla.test"},
        }
        method = self.path.split("?", maxsplit=1)[0].rsplit(".", 1)[-1]
        body = json.dumps(answers[method]).encode() if method in answers else self.file
        kind = "application/json" if method in answers else "application/vnd.ipld.car"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def asking(lake: Lake, address: str, stream: str = "") -> Asking:
    """Bluesky at loopback addresses, by the real clock."""
    polite = Polite(Manners(), time.time, time.sleep, random.random)
    access = Access(
        {"address": address, "repositories": address, "stream": stream, "begins": "oldest"}
    )
    connection = SOURCES["bluesky"].connect(access, polite)
    return Asking(lake, connection, polite, lambda: datetime.now(UTC))


def backfill(n: int) -> dict[str, Any]:
    """Records a second of one repository, and where the time goes."""
    records = sorted(record(k) for k in range(n))
    Host.file = car(records)
    began = time.perf_counter()
    _, found = opened(Host.file, DID)
    decode_s = time.perf_counter() - began
    rows_s = rows_seconds(found)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    with tempfile.TemporaryDirectory() as folder, Lake.open(folder) as lake:
        ask_for(lake, "bluesky", [DID], ["repository"], datetime.now(UTC))
        began = time.perf_counter()
        done = sync(asking(lake, address), "bluesky")
        total_s = time.perf_counter() - began
        n_rows = sum(
            int(lake.read(t).count().execute()) for t in ("posts", "interactions", "follows")
        )
    server.shutdown()
    assert (done.faults, n_rows) == ({}, n), done
    parts = {"decode": decode_s, "rows": rows_s, "store": total_s - decode_s - rows_s}
    return told(n, total_s, parts) | {"file_mb": round(len(Host.file) / 1e6, 1)}


def rows_seconds(found: list[dict[str, Any]]) -> float:
    """Time for the rows alone, in loads as a sync makes them."""
    began, now = time.perf_counter(), datetime.now(UTC)
    mapping = (
        SOURCES["bluesky"]
        .connect(Access({"address": "", "repositories": ""}), asking_nobody())
        .mapping
    )
    for k in range(0, len(found), 2_000):
        part = found[k : k + 2_000]
        batch = RawBatch(range(1, len(part) + 1), records=part)
        for _ in record_pieces(batch, mapping, Load("x", now, now, "bluesky")):
            pass
    return time.perf_counter() - began


def asking_nobody() -> Polite:
    """Manners for a source that is asked nothing."""
    return Polite(Manners(), time.time, time.sleep, random.random)


def stream(n: int) -> dict[str, Any]:
    """Events a second of a stream that sends as fast as it is read."""
    at = datetime.fromtimestamp(1_760_000_000, UTC).isoformat()
    frames = [frame(k + 1, *record(k), at) for k in range(n)]
    began, seen = time.perf_counter(), Seen()
    reader = repos_stream("ws://127.0.0.1", None)
    for one in frames:
        reader.read(one, seen)
    decode_s = time.perf_counter() - began
    rows_s = rows_seconds([item.record for item in seen.items])

    def tell(near: Any) -> None:
        with suppress(ConnectionClosed):
            for one in frames:
                near.send(one)
            near.recv()

    with serve(tell, "127.0.0.1", 0, close_timeout=0.1) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        with tempfile.TemporaryDirectory() as folder, Lake.open(folder) as lake:
            ask_for(lake, "bluesky", ["all"], ["stream"], datetime.now(UTC))
            began = time.perf_counter()
            done = sync(asking(lake, address, address), "bluesky")
            # The last two seconds are the wait that tells that nothing more comes.
            total_s = time.perf_counter() - began - IDLE_S
    assert (done.faults, done.n_items) == ({}, n), done
    parts = {"decode": decode_s, "rows": rows_s, "store": total_s - decode_s - rows_s}
    return told(n, total_s, parts)


def told(n: int, total_s: float, parts: dict[str, float]) -> dict[str, Any]:
    """Rates, shares and the part that takes the longest."""
    return {
        "n": n,
        "seconds": round(total_s, 2),
        "per_second": round(n / total_s),
        "parts_s": {name: round(value, 2) for name, value in parts.items()},
        "bottleneck": max(parts, key=lambda name: parts[name]),
    }


def main() -> None:
    """Measure both and print the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--events", type=int, default=20_000)
    said = parser.parse_args()
    # Language models and the engine load once, which is no part of what is measured.
    backfill(WARM)
    stream(WARM)
    result = {"backfill": backfill(said.records), "stream": stream(said.events)}
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"RESULT {json.dumps(result | {'peak_mb': round(peak_mb)})}")


if __name__ == "__main__":
    main()
