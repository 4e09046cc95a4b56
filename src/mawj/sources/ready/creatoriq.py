"""Rosters as CreatorIQ takes and gives them: a creator a row, a column a social network.

CreatorIQ's help page "Import Tool 101" (support.creatoriq.com) asks for first and last name,
the country as a proper noun, and each social account in a cell of its own. Agencies keep such
rosters too. A cell holds a handle or an address; several stand on lines or after commas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mawj.sources.names import account_id_of, handle_of
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping
from mawj.sources.ready.tables import folded
from mawj.sources.vocabulary import country_of, platform_of
from mawj.text.numbers import known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

_ADDED = re.compile(r"\b(?:accounts?|handles?|urls?|links?|profiles?|usernames?|\d+)\b")
_BETWEEN = re.compile(r"[\n,;]+|\s{2,}")


def detect(raw: RawFile) -> bool:
    """First and last name, and at least two columns that are nothing but networks' names."""
    plain = {folded(one) for one in raw.headings}
    return {"first name", "last name"} <= plain and len(set(_networks(raw.headings))) >= 2


def make(record: Record, _: datetime) -> Iterator[Made | Fault]:
    """One account a filled cell."""
    cells = {folded(name): value for name, value in record.items()}
    name = " ".join(part for n in ("first name", "last name") if (part := _cell(cells, n)))
    n_made = 0
    for heading, platform in _columns(cells):
        for said in _BETWEEN.split(cells.get(heading) or ""):
            if not known(said):
                continue
            account_id = account_id_of(said, platform)
            if account_id is None or handle_of(said) is None:
                yield Fault(heading, f"{said!r} is no handle and no address of an account")
                continue
            n_made += 1
            yield Made("accounts", {
                "account_id": account_id, "platform": account_id.partition(":")[0],
                "handle": handle_of(said), "name": name or None,
                "country": country_of(_cell(cells, "country") or ""),
            })  # fmt: skip
    if not n_made:
        yield Fault("account_id", "no social account is given")


def _networks(headings: Iterable[str]) -> Iterator[str]:
    return (platform for _, platform in _columns({folded(one): "" for one in headings}))


def _columns(cells: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for heading in cells:
        platform = platform_of(_ADDED.sub(" ", heading).strip(" -_:"))
        if platform not in {None, "other", "blog", "podcast"}:
            yield heading, str(platform)


def _cell(cells: dict[str, Any], heading: str) -> str | None:
    return known(cells.get(heading) or "")


READY = Ready(
    "creatoriq",
    "rosters in CreatorIQ's form: first and last name, and a column a network (CSV, XLSX)",
    detect,
    lambda _: RecordMapping("creatoriq", make, "", basis="typed_in"),
)
