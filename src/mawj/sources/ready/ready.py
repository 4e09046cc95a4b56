"""What a ready mapping is: it knows its files by their content and needs no guessing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mawj.sources.mapping import Mapping
    from mawj.sources.raw import RawFile, Record


@dataclass(frozen=True)
class Made:
    """One row that a record gives.

    Attributes:
        table: the table it is for.
        row: its columns by name; the rest is NULL.
        basis: how these values came to us; "" is the mapping's.
    """

    table: str
    row: dict[str, Any]
    basis: str = ""


@dataclass(frozen=True)
class Fault:
    """Something in a record that cannot be used; the rest of the record is."""

    field: str
    reason: str


@dataclass(frozen=True)
class Further:
    """A record that rightly gives no row of its own: a further line of an order."""


@dataclass(frozen=True)
class RecordMapping:
    """Rows made record by record by a function; used like a `Mapping`.

    Attributes:
        name: which ready mapping it is.
        make: the rows of one record; the moment is that of counts without a date of their own.
        source: written as provenance.
        basis: how the values came to us.
        taken_at: None: the records or the load say it.
        keep: what of a record is kept raw and shown with a fault; None keeps all of it. Orders
            hold buyers' names and addresses, which nobody needs here.
    """

    name: str
    make: Callable[[Record, datetime], Iterator[Made | Fault | Further]]
    source: str
    basis: str = "public"
    taken_at: datetime | None = None
    notes: tuple[str, ...] = ()
    keep: Callable[[Record], Record] | None = None


@dataclass(frozen=True)
class Ready:
    """One ready mapping.

    Attributes:
        name: what it is called in messages and in the `loads` table.
        about: the files it is for, for `docs/guides/loading.md`.
        detect: whether a file is one of them, from its headings and first rows.
        mapping: how the file is read.
    """

    name: str
    about: str
    detect: Callable[[RawFile], bool]
    mapping: Callable[[RawFile], Mapping | RecordMapping]


def records_of(raw: RawFile) -> list[Record]:
    """The first records of a JSON file; none for tables."""
    return (raw.first.records or [])[:20]
