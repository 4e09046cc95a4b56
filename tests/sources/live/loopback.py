"""A server on loopback that answers as a source does, and fails when told to."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable


WITHOUT_BODY = (204, 304)


def as_json(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode()


@dataclass
class Answer:
    """What is sent: `said` as `written` writes it unless it is bytes; `cut` bytes more are
    promised."""

    said: Any = None
    status: int = 200
    headings: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    after_s: float = 0.0
    written: Callable[[Any], bytes] = as_json

    def body(self) -> bytes:
        if isinstance(self.said, bytes):
            return self.said
        return self.written(self.said)


Asked = tuple[str, dict[str, list[str]]]


class Loopback:
    """Answers requests with `answer(path, params)`, changed by the faults planned for each."""

    def __init__(self, answer: Callable[[str, dict[str, list[str]]], Answer]) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.headings: list[dict[str, str]] = []
        self.faults: dict[int, Callable[[Answer], Answer]] = {}
        self.always: Callable[[Answer], Answer] | None = None

    def __enter__(self) -> Self:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.respond(self)

            do_POST = do_PUT = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        length = int(handler.headers.get("Content-Length") or 0)
        params = parse_qs(parts.query, keep_blank_values=True)
        if length:
            params["body"] = [handler.rfile.read(length).decode()]
        self.asked.append((parts.path, params))
        self.headings.append({k.lower(): v for k, v in handler.headers.items()})
        answer = self.answer(parts.path, params)
        fault = self.faults.pop(len(self.asked), self.always)
        if fault is not None:
            answer = fault(answer)
        time.sleep(answer.after_s)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._send(handler, answer)

    def _send(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        body = answer.body()
        handler.send_response_only(answer.status)
        usual = {"Content-Type": "application/json", "Date": formatdate(usegmt=True)}
        for name, value in (usual | answer.headings).items():
            handler.send_header(name, value)
        if answer.status not in WITHOUT_BODY:
            handler.send_header("Content-Length", str(len(body) + answer.cut))
        handler.send_header("Connection", "close")
        handler.end_headers()
        if answer.status not in WITHOUT_BODY:
            handler.wfile.write(body)
        handler.close_connection = True
