"""Which loaded accounts are meant by many things that people write: all looked up together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.sources.names import account_id_of, handle_of, is_url, platforms_of
from mawj.sources.vocabulary import platform_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mawj.flow.accounts import Readable

UNSEEN = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff")
)
"""Signs that are not seen, which chats and spreadsheets put beside names in Arabic letters."""


@dataclass(frozen=True)
class Told:
    """What was written of one account.

    Attributes:
        said: an id, a handle with or without @, or an address; in any letters' case.
        platform: the platform's name in any of the three languages; "" where it is not told.
    """

    said: str
    platform: str = ""

    @property
    def text(self) -> str:
        """What was said without blanks, signs that are not seen, and a spreadsheet's guard."""
        return self.said.translate(UNSEEN).strip().removeprefix("'")

    @property
    def where(self) -> str | None:
        """The platform meant: by the address or id first, then as it is told."""
        named = platforms_of([self.text])[0] or self._before[0]
        return named or (platform_of(self.platform) if self.platform.strip() else None)

    @property
    def handle(self) -> str | None:
        """The handle meant."""
        return handle_of(self._before[1])

    @property
    def _before(self) -> tuple[str | None, str]:
        """The platform before a colon, by its name in any case, and what follows it."""
        name, colon, rest = self.text.partition(":")
        found = platform_of(name) if colon and name and not is_url(self.text) else None
        return (found, rest.strip()) if found else (None, self.text)

    @property
    def ids(self) -> list[str]:
        """The ids that it could be, the one that was written first."""
        found = [self.text, account_id_of(self._before[1], self.where)]
        return [one for one in found if one]


def meant(lake: Readable, told: Sequence[Told]) -> list[tuple[str, ...]]:
    """The ids of the accounts that each could mean: none, the one, or several.

    Two queries for all of them, however many they are.
    """
    known = _known(lake, {one for each in told for one in each.ids})
    by_handle = _by_handle(lake, {one.handle for one in told if one.handle})
    return [_of(one, known, by_handle) for one in told]


def _of(
    told: Told, known: set[str], by_handle: dict[str, list[tuple[str, str]]]
) -> tuple[str, ...]:
    exact = [one for one in told.ids if one in known]
    if exact:
        return (exact[0],)
    where = told.where
    named = by_handle.get(told.handle or "", [])
    return tuple(sorted(one for platform, one in named if where in (None, platform)))


def _known(lake: Readable, ids: Iterable[str]) -> set[str]:
    found = lake.seek("accounts", {"account_id": sorted(ids)}, ["account_id"])
    return {str(row["account_id"]) for row in found}


def _by_handle(lake: Readable, handles: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    found = defaultdict(list)
    columns = ["handle", "platform", "account_id"]
    for row in lake.seek("accounts", {"handle": sorted(handles)}, columns):
        found[str(row["handle"])].append((str(row["platform"]), str(row["account_id"])))
    return dict(found)
