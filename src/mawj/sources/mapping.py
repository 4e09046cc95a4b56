"""What the headings of a file mean: which column of which table each one fills."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from mawj.tables.declared import TABLES
from mawj.tables.errors import SettingsError
from mawj.tables.observed import BASES, PLATFORMS, PROVENANCE

if TYPE_CHECKING:
    from datetime import datetime

    from mawj.tables.column import Column

Calendar = Literal["gregorian", "jalali", "hijri"]

KINDS = (
    "text", "handle", "account", "native", "url", "count", "share", "percent", "moment",
    "duration", "flag", "country", "language", "platform", "form", "act", "strings",
    "maybe_handle", "handle_within", "account_within", "name_before_handle", "name",
)  # fmt: skip
"""How the text of a cell is read; `docs/guides/loading.md` describes each."""

TARGETS = (
    "accounts", "account_snapshots", "posts", "post_snapshots", "follows", "interactions",
    "comments", "audiences", "listings",
)  # fmt: skip

MADE_HERE = frozenset(column.name for column in PROVENANCE)
_OF_ITS_NAME = frozenset({"handle", "country", "language", "platform", "url", "name"})
_ACCOUNTS = ("account_id", "follower_id", "followed_id", "actor_id", "target_id", "owner_id")
_NATIVE = frozenset({"comment_id", "parent_comment_id", "list_id", "interaction_id"})


@dataclass(frozen=True)
class Field:
    """How one column of a table is filled; exactly one of heading, constant, template is given.

    Attributes:
        column: the column that is filled.
        heading: the heading (or dotted JSON path) it is read from.
        constant: the same text for every row.
        template: text with headings in braces: "instagram:{Username}".
        kind: one of `KINDS`; "" takes the usual kind of the column.
        calendar, day_first: for moments that could be read in more than one way.
        times: what a count is multiplied with: 1e6 for a column "followers (millions)".
    """

    column: str
    heading: str | None = None
    constant: str | None = None
    template: str | None = None
    kind: str = ""
    calendar: Calendar | None = None
    day_first: bool | None = None
    times: float = 1.0


@dataclass(frozen=True)
class Target:
    """One table that the file feeds, and how its columns are filled."""

    table: str
    fields: tuple[Field, ...]

    def field(self, column: str) -> Field | None:
        """The field that fills `column`, if any."""
        return next((field for field in self.fields if field.column == column), None)


@dataclass(frozen=True)
class Mapping:
    """How one file becomes rows of observed tables.

    Attributes:
        targets: the tables fed.
        name: what the mapping is called.
        platform: the platform of every row, where the rows do not say it themselves.
        platform_from: the heading that says it row by row.
        taken_at: the moment the counts describe, where the rows do not say it themselves.
        source: written as provenance; "" means "file:<name>".
        basis: how the values came to us, one of the declared bases.
        records: for JSON, the dotted path of the list that holds the rows; "" is the record.
        notes: what is left out and why, for the person.
    """

    targets: tuple[Target, ...]
    name: str = ""
    platform: str | None = None
    platform_from: str = ""
    taken_at: datetime | None = None
    source: str = ""
    basis: str = "public"
    records: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        """Check that every table, column and kind exists.

        Raises:
            SettingsError: when one does not, saying which would be right.
        """
        if not self.targets:
            raise SettingsError(f"the mapping feeds no table; name one of {', '.join(TARGETS)}")
        if self.platform is not None and self.platform not in PLATFORMS:
            raise SettingsError(
                f"mapping: no platform is called {self.platform!r}; use one of "
                f"{', '.join(PLATFORMS)}"
            )
        if self.basis not in BASES:
            raise SettingsError(f"mapping: basis is {self.basis!r}; use {', '.join(BASES)}")
        for target in self.targets:
            for one in target.fields:
                _check(target.table, one)

    def at(self, taken_at: datetime) -> Mapping:
        """The same mapping for counts of another moment."""
        return replace(self, taken_at=taken_at)

    @property
    def headings(self) -> frozenset[str]:
        """Every heading that is read whole; those inside templates are not listed."""
        return frozenset(f.heading for t in self.targets for f in t.fields if f.heading)


def _check(table: str, one: Field) -> None:
    if table not in TARGETS:
        raise SettingsError(f"mapping: no table {table!r} is loaded; use {', '.join(TARGETS)}")
    columns = [name for name in TABLES[table].names if name not in MADE_HERE]
    if one.column not in columns:
        raise SettingsError(
            f"mapping: {table} has no column {one.column!r}; it has {', '.join(columns)}"
        )
    if one.kind and one.kind not in KINDS:
        raise SettingsError(
            f"mapping: {table}.{one.column}: no kind {one.kind!r}; use {', '.join(KINDS)}"
        )
    if sum(x is not None for x in (one.heading, one.constant, one.template)) != 1:
        raise SettingsError(
            f"mapping: {table}.{one.column}: give exactly one of from, constant, template"
        )


def kind_of(table: str, one: Field) -> str:
    """The kind by which the field's cells are read."""
    return one.kind or usual_kind(TABLES[table].by_name[one.column])


def usual_kind(column: Column) -> str:
    """The kind that fits a declared column when nothing else is said."""
    by_type = {"timestamp": "moment", "boolean": "flag", "strings": "strings"}
    if column.type in by_type:
        return by_type[column.type]
    if column.type == "float64":
        return _usual_number(column.name)
    return _usual_text(column)


def _usual_number(name: str) -> str:
    if name.endswith("_share") or name == "share":
        return "share"
    return "duration" if name == "duration_s" else "count"


def _usual_text(column: Column) -> str:
    name = column.name
    if name in _OF_ITS_NAME:
        return name
    if name == "kind":
        return "act" if "mention" in column.one_of else "form"
    if name.endswith("post_id") or name in _NATIVE:
        return "native"
    return "account" if name.endswith(_ACCOUNTS) else "text"
