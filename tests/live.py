"""The product as it is served: gunicorn on loopback with a home of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PEOPLE = """
import json, sys
import django
django.setup()
from pathlib import Path
from mawj.crm.members.actions import make_token, start_workspace
from mawj.crm.members.models import Membership, User
from mawj.server.serving import make_ready
make_ready(None)
users = {w: User.objects.create_user(f"{w}@example.org", "a long password", name=w)
         for w in ("owner", "member", "guest", "stranger")}
here = start_workspace("Qahwa", sys.argv[1], users["owner"], currency="SAR")
for role in ("member", "guest"):
    Membership.objects.create(workspace=here, user=users[role], role=role)
start_workspace("Elsewhere", sys.argv[1] + "-elsewhere", users["stranger"])
tokens = {w: make_token(here, users[w], "tests", may_write=w != "guest")[1]
          for w in ("owner", "member", "guest")}
from django.test import Client
browser = Client()
browser.force_login(users["member"],
                    backend="allauth.account.auth_backends.AuthenticationBackend")
print(json.dumps({"tokens": tokens, "session": browser.cookies["sessionid"].value}))
"""


@dataclass(frozen=True)
class Live:
    """A served product: address, tokens by role, environment, a member's cookie, process."""

    base: str
    tokens: dict[str, str]
    environment: dict[str, str]
    home: Path
    session: str
    process_id: int

    def get(self, path: str, who: str = "member") -> Any:
        """The JSON answer of the API."""
        asked = urllib.request.Request(
            self.base + path, headers={"Authorization": f"Bearer {self.tokens[who]}"}
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.load(answer)

    def post(self, path: str, told: dict[str, Any], who: str = "member") -> Any:
        """The JSON answer of the API to what is told."""
        asked = urllib.request.Request(
            self.base + path, json.dumps(told).encode(),
            {"Authorization": f"Bearer {self.tokens[who]}", "Content-Type": "application/json"},
        )  # fmt: skip
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.load(answer)

    def worker(self) -> subprocess.Popen[bytes]:
        """A worker of it; to be ended by whoever asked."""
        return subprocess.Popen(
            [sys.executable, "-m", "mawj.server", "work"], env=self.environment
        )


@contextmanager
def served(home: Path, lake: Path, **more: str) -> Iterator[Live]:
    """The product on `lake` with an owner, a member, a guest and a stranger."""
    port = free_port()
    environment = os.environ | {
        "MAWJ_HOME": str(home), "DJANGO_SETTINGS_MODULE": "mawj.server.settings",
        "MAWJ_DATABASE_URL": "", "MAWJ_API_PER_MINUTE": "100000", "MAWJ_LOG_LEVEL": "ERROR",
    } | more  # fmt: skip
    made = subprocess.run(
        [sys.executable, "-c", PEOPLE, str(lake)], env=environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout.strip().splitlines()[-1])
    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "mawj.server.wsgi", "--bind", f"127.0.0.1:{port}",
         "--workers", more.get("WEB_CONCURRENCY", "1"), "--threads", "4",
         "--log-level", "error"],
        env=environment,
    )  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(base + "/health/", web)
        yield Live(
            base, told["tokens"], environment, home, f"sessionid={told['session']}", web.pid
        )
    finally:
        web.terminate()
        web.wait(timeout=30)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], most_s: float = 60.0) -> None:
    """Until `url` answers; fails when the process ends first."""
    ends = time.monotonic() + most_s
    while time.monotonic() < ends:
        assert process.poll() is None, "the server ended before it answered"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer within {most_s} s")
