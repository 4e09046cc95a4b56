"""Whole repositories of the AT Protocol: every record that an account holds, from one file.

Formats: AT Protocol specification, "Repository" (commit, tree of keys, CAR export) and
com.atproto.sync.getRepo. Signatures are not checked: whoever serves the file is the account's
host, reached over TLS.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from mawj.sources.live.bluesky.records import READERS
from mawj.sources.live.libraries import needed
from mawj.sources.live.live import Item, Page, Whole
from mawj.tables.errors import SourceChanged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.live.bluesky.asking import Asking
    from mawj.sources.live.live import Wanted

PAGE_RECORDS = 1_000
LISTS = "app.bsky.graph.list"
CID_BYTES, CID_VERSION = 36, 1


def did_of(host: Asking, subject: str) -> str:
    """The DID of a handle, or the DID itself."""
    if subject.startswith("did:"):
        return subject
    answer = host.json("com.atproto.identity.resolveHandle", handle=subject)
    if not isinstance(answer.get("did"), str):
        raise SourceChanged("com.atproto.identity.resolveHandle gives no did", field="did")
    return str(answer["did"])


def repository(host: Asking, wanted: Wanted) -> Iterator[Page]:
    """Every record of an account that we read; nothing where it has not changed since.

    The cursor holds the revision of the last whole pass, and within one its revision and how
    many records are stored. The file is one answer and held in memory.
    """
    at = json.loads(wanted.cursor or "{}")
    did = did_of(host, wanted.subjects[0])
    latest = host.json("com.atproto.sync.getLatestCommit", did=did).get("rev")
    if latest and latest == at.get("done"):
        yield Page((), wanted.cursor, is_last=True)
        return
    about = host.json("com.atproto.repo.describeRepo", repo=did)
    shown: dict[str, Any] = {name: about[name] for name in ("did", "handle") if name in about}
    rev, records = opened(host.bytes("com.atproto.sync.getRepo", did=did), did)
    items = [Item(shown), *(Item(record, f"bluesky:{record['uri']}") for record in records)]
    whole = Whole(f"bluesky:{did}", frozenset(one.record_id for one in items if one.record_id))
    start = at.get("n", 0) if at.get("rev") == rev else 0
    for n in range(start, len(items), PAGE_RECORDS):
        end = n + PAGE_RECORDS
        if end >= len(items):
            yield Page(tuple(items[n:]), json.dumps({"done": rev}), is_last=True, whole=whole)
            return
        yield Page(tuple(items[n:end]), json.dumps({"rev": rev, "n": end}))


def opened(car: bytes, did: str) -> tuple[str, list[dict[str, Any]]]:
    """The revision of a repository and its records that we read, as listRecords shows them.

    Raises:
        SourceChanged: the bytes are no repository.
    """
    libipld = needed("libipld")
    try:
        head, blocks = libipld.decode_car(car)
        commit = blocks[head["roots"][0]]
        found = [
            (key, blocks[cid]) for key, cid in _walk(blocks, commit["data"]) if cid in blocks
        ]
        rev = str(commit["rev"])
    except (ValueError, KeyError, IndexError, TypeError) as error:
        said = type(error).__name__
        raise SourceChanged(
            f"the repository of {did} cannot be read ({said})", field="car"
        ) from None
    lists = {
        f"at://{did}/{key}": {"uri": f"at://{did}/{key}", **_named(value)}
        for key, value in found
        if key.startswith(f"{LISTS}/")
    }
    return rev, [
        _record(did, key, value, lists) for key, value in found if key.split("/")[0] in READERS
    ]


def _record(did: str, key: str, value: Any, lists: dict[str, Any]) -> dict[str, Any]:
    record = {"uri": f"at://{did}/{key}", "value": plain(value)}
    # A member of a list names the list alone; its name stands in another record of the file.
    about = lists.get(str(value.get("list"))) if isinstance(value, dict) else None
    return record | {"list": about} if about else record


def _named(value: Any) -> dict[str, Any]:
    return {name: value[name] for name in ("name", "description") if name in value}


def _walk(blocks: dict[bytes, Any], root: bytes) -> Iterator[tuple[str, bytes]]:
    """Keys and values of the tree, in order of the keys."""
    waiting: list[Any] = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            yield one
            continue
        node, key, inside = blocks[one], b"", []
        if node["l"]:
            inside.append(node["l"])
        for entry in node["e"]:
            key = key[: entry["p"]] + entry["k"]
            inside.append((key.decode(), entry["v"]))
            if entry["t"]:
                inside.append(entry["t"])
        waiting += reversed(inside)


def plain(value: Any) -> Any:
    """A record as JSON holds it: links and bytes as the specification writes them."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, bytes):
        if len(value) == CID_BYTES and value[0] == CID_VERSION:
            return {"$link": needed("libipld").encode_cid(value)}
        return {"$bytes": base64.b64encode(value).decode()}
    return value
