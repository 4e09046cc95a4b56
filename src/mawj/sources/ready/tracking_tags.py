"""Which code or tag of a link belongs to whom, as a table in three languages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from mawj.sources.names import account_id_of, is_url, platform_of_url
from mawj.sources.quote_words import deliverable_key
from mawj.sources.ready.order_table import meanings
from mawj.sources.ready.orders import codes_of, host_of
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping
from mawj.sources.vocabulary import platform_of
from mawj.tables.observed_orders import TAGS
from mawj.text.dates import moment_of
from mawj.text.numbers import known

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

_COLUMNS = {"code": "codes", **{tag: tag for tag in TAGS[1:]}}


def detect(raw: RawFile) -> bool:
    """An account and a code or a tag, and no amount."""
    found = set(meanings(raw.headings))
    is_table = raw.first.cells is not None
    return is_table and "account" in found and bool(found & set(_COLUMNS.values())) and (
        "total" not in found and "at" not in found
    )  # fmt: skip


def make(record: Record, _: datetime) -> Iterator[Made | Fault]:
    """One tag a filled cell; several codes may stand in one."""
    said = {name: known(str(record[h] or "")) for name, h in meanings(record).items()}
    account = said.get("account") or ""
    platform = (
        platform_of_url(account) if is_url(account) else platform_of(said.get("platform") or "")
    )
    account_id = account_id_of(account, platform)
    if account_id is None:
        yield Fault("account_id", f"{account!r}: the platform is not known; add a column of it")
        return
    try:
        about = _about(said, account_id)
    except ValueError as error:
        yield Fault("", str(error))
        return
    n_made = 0
    for kind, column in _COLUMNS.items():
        for tag in _tags(kind, said.get(column)):
            n_made += 1
            row = {"kind": kind, "tag": tag, "account_id": account_id, **about}
            yield Made("tracking_tags", row | {"tag_id": _digest(row)})
    if not n_made:
        yield Fault("tag", "no code and no tag is given")


def _about(said: dict[str, str | None], account_id: str) -> dict[str, Any]:
    what, platform = said.get("deliverable"), account_id.partition(":")[0]
    days = {
        name: moment_of(str(said[name])).date() if said.get(name) else None
        for name in ("from_on", "to_on")
    }
    return {"deliverable": deliverable_key(what, platform) if what else None, **days}


def _tags(kind: str, cell: str | None) -> list[str]:
    if not cell:
        return []
    if kind == "code":
        return codes_of([cell])
    return [host_of(cell) or cell.lower()] if kind == "referrer" else [cell]


def _digest(row: dict[str, Any]) -> str:
    parts = (row["kind"], str(row["tag"]).casefold(), row["account_id"], row["from_on"])
    told = "\x1f".join(str(part) for part in parts)
    return f"tag:{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:24]}"


READY = Ready(
    "tracking_tags",
    "codes and tags of links with the account that was given each, as a table in three "
    "languages",
    detect,
    lambda _: RecordMapping("tracking_tags", make, "", basis="typed_in"),
)
