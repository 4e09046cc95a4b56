"""Which account a person means by what was typed: an id, a handle or an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir
    import pyarrow as pa

_HOSTS = {
    "instagram.com": "instagram", "tiktok.com": "tiktok", "youtube.com": "youtube",
    "x.com": "x", "twitter.com": "x", "bsky.app": "bluesky", "t.me": "telegram",
    "facebook.com": "facebook", "aparat.com": "aparat",
}  # fmt: skip
_ADDRESS = re.compile(
    r"^(?:https?://)?(?:www\.|m\.)?([a-z.]+)/(?:@|profile/|channel/|c/)?([^/?#]+)"
)


class Readable(Protocol):
    """Where tables are read: the lake, or one run of it."""

    def read(self, name: str) -> ir.Table:
        """The table called `name`."""

    def seek(
        self, name: str, where: Mapping[str, Any], columns: Sequence[str] = ()
    ) -> list[dict[str, Any]]:
        """Its rows whose columns have the values of `where`."""

    def seek_table(
        self, name: str, where: Mapping[str, Any], columns: Sequence[str] = ()
    ) -> pa.Table:
        """The same as Arrow."""

    def slice(self, name: str, value: str) -> pa.Table | None:
        """Its rows with one value of the column it is sorted by, or None: see `Sight.slice`."""

    def has(self, name: str) -> bool:
        """Whether anything is stored under `name`."""


def rows(table: Any) -> list[dict[str, Any]]:
    """The rows of a small Ibis table as dicts."""
    found: list[dict[str, Any]] = table.to_pyarrow().to_pylist()
    return found


def account_id_of(lake: Readable, said: str) -> str:
    """The id of the one account meant by `said`: `platform:native`, `@handle` or an address.

    Raises:
        NotFound: when no loaded account fits, or several do; the message lists the nearest.
    """
    if lake.seek("accounts", {"account_id": said}, ["account_id"]):
        return said
    platform, handle = _platform_and_handle(said)
    where = {"handle": handle} | ({"platform": platform} if platform else {})
    found = [row["account_id"] for row in lake.seek("accounts", where, ["account_id"])[:9]]
    if len(found) == 1:
        return str(found[0])
    raise NotFound(_not_one(lake, said, handle, found))


def account_ids_of(
    lake: Readable, said: Sequence[str], *, skip_unknown: bool = False
) -> tuple[list[str], list[str]]:
    """The ids of the accounts meant, in order and each once, and what is not known.

    Whole ids are looked up together, since a list may have thousands.

    Raises:
        NotFound: when something is not known and shall not be skipped.
    """
    wanted = list(dict.fromkeys(one.strip() for one in said if one.strip()))
    exact = {
        str(row["account_id"])
        for row in lake.seek("accounts", {"account_id": wanted}, ["account_id"])
    }
    found, unknown = [], []
    for one in wanted:
        try:
            found.append(one if one in exact else account_id_of(lake, one))
        except NotFound:
            if not skip_unknown and len(wanted) == 1:
                raise
            unknown.append(one)
    if unknown and not skip_unknown:
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        raise NotFound(
            f"{len(unknown)} of {len(wanted)} are no loaded account: "
            f"{', '.join(unknown[:5])}{more}; --skip-unknown leaves them out"
        )
    return list(dict.fromkeys(found)), unknown


def _platform_and_handle(said: str) -> tuple[str | None, str]:
    text = said.strip().lower()
    address = _ADDRESS.match(text)
    if address and address.group(1) in _HOSTS:
        return _HOSTS[address.group(1)], address.group(2).lstrip("@")
    platform, colon, handle = text.partition(":")
    if colon and "/" not in handle:
        return platform, handle.lstrip("@")
    return None, text.lstrip("@")


def _not_one(lake: Readable, said: str, handle: str, found: list[str]) -> str:
    if found:
        return f"{said!r} fits several accounts: {', '.join(sorted(found))}; give the whole id"
    accounts = lake.read("accounts")
    near = accounts.filter(accounts.handle.contains(handle[:5])).select("account_id").limit(5)
    nearest = ", ".join(str(r["account_id"]) for r in rows(near))
    hint = f"; near it: {nearest}" if nearest else "; `mawj load` brings accounts in"
    return f"no loaded account is called {said!r}{hint}"
