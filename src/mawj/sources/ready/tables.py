"""What ready mappings for tables share: finding headings, and fields in short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.mapping import Field, Target

if TYPE_CHECKING:
    from mawj.sources.raw import RawFile

AUDIENCE = (
    "the country is that of most of the audience, not the account's own (the same accounts "
    "carry it under 'Audience country' in sister tables), and comes without its share: it "
    "stays in the raw rows"
)


def folded(heading: str) -> str:
    """A heading without case and stray blanks."""
    return " ".join(heading.lower().split())


def has(raw: RawFile, *headings: str) -> bool:
    """True where the file has all these headings, whatever their case."""
    return set(headings) <= {folded(heading) for heading in raw.headings}


def place(raw: RawFile, heading: str) -> str:
    """The heading as the file writes it."""
    return next(one for one in raw.headings if folded(one) == heading)


def target(raw: RawFile, table: str, **columns: str | Field) -> Target:
    """A target whose columns are read from the named headings."""
    return Target(
        table,
        tuple(_field(raw, column, said) for column, said in columns.items()),
    )


def _field(raw: RawFile, column: str, said: str | Field) -> Field:
    if isinstance(said, str):
        return Field(column, heading=place(raw, said))
    return said


def read_as(raw: RawFile, column: str, heading: str, **how: Any) -> Field:
    """A field with a kind or factor of its own."""
    return Field(column, heading=place(raw, heading), **how)
