"""What stands between us and a stream in tests: a line that is cut, a Jetstream of ours."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from websockets.sync.server import ServerConnection


class CutLine:
    """Passes bytes on to a host and cuts each connection after `cut_after` bytes of answer."""

    def __init__(self, host: str, cut_after: int) -> None:
        parts = urlsplit(host)
        self.target = (parts.hostname or "", parts.port or 80)
        self.cut_after, self.n_cut = cut_after, 0

    def __enter__(self) -> Self:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                threading.Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        with near, socket.create_connection(self.target) as far, suppress(OSError):
            threading.Thread(target=_pump, args=(near, far), daemon=True).start()
            left = self.cut_after
            while left > 0 and (piece := far.recv(min(left, 65_536))):
                near.sendall(piece)
                left -= len(piece)
            self.n_cut += left <= 0
            # Both directions at once, as a line that goes dead.
            near.shutdown(socket.SHUT_RDWR)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            target.sendall(piece)


class SmallJetstream:
    """A relay that reads subscribeRepos of a host and tells it as Jetstream does, with filters.

    Shape: the README of bluesky-social/jetstream, "Consuming Jetstream".
    """

    def __init__(self, host: str) -> None:
        self.host = host.replace("http", "ws", 1)
        self.is_over = threading.Event()

    def __enter__(self) -> Self:
        from websockets.sync.server import serve  # noqa: PLC0415

        self.server = serve(self._tell, "127.0.0.1", 0)
        port = self.server.socket.getsockname()[1]
        self.address = f"ws://127.0.0.1:{port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        self.server.shutdown()

    def _tell(self, near: ServerConnection) -> None:
        import libipld  # noqa: PLC0415
        from websockets.exceptions import ConnectionClosed  # noqa: PLC0415
        from websockets.sync.client import connect  # noqa: PLC0415

        assert near.request is not None
        asked = parse_qs(urlsplit(near.request.path).query)
        since = int(asked.get("cursor", ["0"])[0])
        address = f"{self.host}/xrpc/com.atproto.sync.subscribeRepos?cursor=0"
        with connect(address, close_timeout=0.2) as far, suppress(ConnectionClosed):
            while not self.is_over.is_set():
                try:
                    frame = far.recv(timeout=0.2)
                except TimeoutError:
                    continue
                head, body = libipld.decode_dag_cbor_multi(frame)
                for event in _events(head, body):
                    if event["time_us"] >= since and _is_wanted(event, asked):
                        near.send(json.dumps(event))


def _events(head: dict[str, Any], body: dict[str, Any]) -> list[dict[str, Any]]:
    import libipld  # noqa: PLC0415

    from mawj.sources.live.bluesky.repository import plain  # noqa: PLC0415

    about = {"did": body.get("repo") or body.get("did"), "time_us": _microseconds(body)}
    if head["t"] == "#account":
        return [about | {"kind": "account", "account": {"active": body["active"]}}]
    if head["t"] != "#commit":
        return []
    blocks = libipld.decode_car(body["blocks"])[1] if body["blocks"] else {}
    found = []
    for op in body["ops"]:
        collection, key = op["path"].split("/")
        commit = {"operation": op["action"], "collection": collection, "rkey": key}
        if op["action"] != "delete":
            commit["record"] = plain(blocks[op["cid"]])
        found.append(about | {"kind": "commit", "commit": commit})
    return found


def _microseconds(body: dict[str, Any]) -> int:
    from datetime import datetime  # noqa: PLC0415

    return int(datetime.fromisoformat(body["time"]).timestamp() * 1_000_000)


def _is_wanted(event: dict[str, Any], asked: dict[str, list[str]]) -> bool:
    if "wantedDids" in asked and event["did"] not in asked["wantedDids"]:
        return False
    if event["kind"] != "commit":
        return True
    return event["commit"]["collection"] in asked.get("wantedCollections", [])
