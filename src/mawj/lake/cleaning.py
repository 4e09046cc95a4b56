"""Which rows belong to an erased person, and what is taken out of other people's rows.

A row goes when the person is its subject, author, actor, target, follower, member or owner of
what it repeats. Elsewhere a link to the person or to what the person wrote becomes NULL, the
handle leaves lists, and `@handle`, an address of the person's page, or the id in a text becomes
`[erased]`. A handle counts on its own platform only: the same word on another platform is
somebody else. A bare word in a text that is spelt like the handle is left: it names nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from mawj.lake.duckdb_lake import literal, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mawj.tables.column import Table

ERASED = "[erased]"
ERASED_IDS = "erased_ids"
# Ids that never name a person or something that a person wrote.
OTHER_IDS = ("load_id", "topic_id", "parent_id", "run_id", "vetting_id")
# Links that may be absent, but without whose other end the row is the person's own.
OWN_LINKS = ("account_id", "repost_of_account_id", "repost_of_post_id")
# Texts that may be nothing but a handle.
SHORT_TEXTS = ("handle", "name", "term", "seed", "value")
# Columns that tell the platform of a row by the beginning of an id, the best first.
PLATFORM_IDS = ("account_id", "subject_id", "post_id", "comment_id", "actor_id", "follower_id")
RAW_ID_LETTERS = 5
SITES = {
    "x": r"(?:x|twitter)\.com",
    "telegram": r"(?:t|telegram)\.me",
    "bluesky": r"(?:bsky\.app/profile|bsky\.social)",
    "twitch": r"twitch\.tv",
    "aparat": r"aparat\.com",
    "rubika": r"rubika\.ir",
    "eitaa": r"eitaa\.(?:com|ir)",
}
NO_PLATFORM = "''"
END = r"([.]?(?:[^\w.]|$))"


@dataclass(frozen=True)
class Persons:
    """The erased accounts, with their handles as (platform, handle), all lower-cased.

    Ids of accounts and of what they wrote stand besides in the engine's table `erased_ids`.
    """

    account_ids: tuple[str, ...]
    handles: tuple[tuple[str, str], ...]

    def natives(self) -> tuple[str, ...]:
        """Ids without their platform, long enough to be told from a count."""
        bare = (account_id.partition(":")[2] for account_id in self.account_ids)
        return tuple(native for native in bare if len(native) >= RAW_ID_LETTERS)


@dataclass(frozen=True)
class Cleaning:
    """SQL over the rows of one table.

    Attributes:
        is_gone: true for rows that are taken out.
        is_touched: true for rows in which something is taken out.
        items: select items, a column each, that give the cleaned row.
    """

    is_gone: str
    is_touched: str
    items: tuple[str, ...]


def cleaning_of(table: Table, names: Sequence[str], persons: Persons) -> Cleaning:
    """How the stored columns `names` of a declared table are cleaned."""
    cells = _Cells(persons, platform_of(table))
    treated = [_treated(table, name, cells) for name in names]
    gone = [one.is_gone for one in treated if one.is_gone]
    if table.name == "rejected":
        # Nobody knows whose the row was that could not be read, so any sign counts.
        gone.append(_Cells(persons, NO_PLATFORM, is_raw=True).holds('"record"'))
    touched = [one.is_touched for one in treated if one.is_touched]
    return Cleaning(
        _any(gone), _any(touched), tuple(item for one in treated for item in one.items)
    )


def _treated(table: Table, name: str, cells: _Cells) -> Cleaning:
    """What one column asks for; an empty text where it asks for nothing."""
    column, cell = table.by_name.get(name), quoted(name)
    if column is None or column.type not in ("string", "strings"):
        return Cleaning("", "", (cell,))
    is_open = column.null_means is not None
    if column.type == "strings":
        return Cleaning("", cells.list_hit(cell), (f"{cells.list_clean(cell)} AS {cell}",))
    if is_id(name):
        hit = _is_erased_id(cell)
        if name in OWN_LINKS or not is_open:
            return Cleaning(hit, "", (cell,))
        return Cleaning("", hit, (f"CASE WHEN {hit} THEN NULL ELSE {cell} END AS {cell}",))
    is_handle = cells.is_handle(cell) if name in SHORT_TEXTS else "false"
    if name == "handle" or (name in SHORT_TEXTS and name in table.key):
        return Cleaning(is_handle, "", (cell,))
    instead = "NULL" if is_open else literal(ERASED)
    clean = f"CASE WHEN {is_handle} THEN {instead} ELSE {cells.redacted(cell)} END AS {cell}"
    return Cleaning("", _any([is_handle, cells.holds(cell)]), (clean,))


def raw_cleaning_of(schema: pa.Schema, persons: Persons) -> Cleaning:
    """How raw rows are cleaned: the person's own go, other rows lose what names the person.

    A row whose accounts are not known goes at any sign of the person.
    """
    cells = _Cells(persons, NO_PLATFORM, is_raw=True)
    texts = [field.name for field in schema if pa.types.is_string(field.type)]
    items = tuple(
        cells.repaired(quoted(name)) if name in texts else quoted(name) for name in schema.names
    )
    is_named = _any(cells.names(quoted(name)) for name in texts)
    if "account_ids" not in schema.names:
        return Cleaning(is_named, "false", items)
    ids = _texts(persons.account_ids) or literal("")
    own = f"coalesce(list_has_any(account_ids, [{ids}]), false)"
    return Cleaning(f"({own} OR (account_ids IS NULL AND {is_named}))", is_named, items)


def is_id(name: str) -> bool:
    """True for columns that may name a person or what a person wrote."""
    return name.endswith("_id") and name not in OTHER_IDS


def signs_sql(schema: pa.Schema, table: Table | None, persons: Persons) -> str:
    """True for rows of any stored file that still show a sign of the person; for the proof."""
    if table is None:
        cleaning = raw_cleaning_of(schema, persons)
    else:
        cleaning = cleaning_of(table, schema.names, persons)
    return f"({cleaning.is_gone} OR {cleaning.is_touched})"


class _Cells:
    """Tests and repairs of one cell, where `platform` is SQL for the platform of the row."""

    def __init__(self, persons: Persons, platform: str, *, is_raw: bool = False) -> None:
        self.persons = persons
        self.platform = platform
        self.is_raw = is_raw
        self.handles: dict[str, list[str]] = {}
        for place, handle in persons.handles:
            self.handles.setdefault(place, []).append(handle)

    def everywhere(self) -> list[str]:
        """Regular expressions that name the person on any platform: ids and page addresses."""
        found = []
        # Of no ids the expression would be met before every end of a word.
        if self.persons.account_ids:
            found.append(rf"((?:^|[^\w:])){_one_of(self.persons.account_ids)}{END}")
        if self.is_raw and self.persons.natives():
            found.append(rf"((?:^|[^\w])){_one_of(self.persons.natives())}{END}")
        for platform, handles in self.handles.items():
            site = SITES.get(platform, rf"{re.escape(platform)}\.\w+")
            found.append(rf"({site}/(?:@|c/|user/|in/|s/)?){_one_of(handles)}{END}")
        return found

    def here(self) -> dict[str, str]:
        """For each platform the expression that names the person there, such as `@handle`."""
        sign = r'((?:(?:^|[^\w])@|["/]@?))'
        return {
            platform: f"{sign}{_one_of(handles)}{END}"
            for platform, handles in self.handles.items()
        }

    def _is_here(self, platform: str) -> str:
        if self.platform == NO_PLATFORM:
            return "true"
        return f"coalesce({self.platform}, '') IN ('', {literal(platform)})"

    def holds(self, cell: str) -> str:
        """True where a text names the person."""
        tests = [_matches(cell, pattern) for pattern in self.everywhere()]
        tests += [
            f"({self._is_here(platform)} AND {_matches(cell, pattern)})"
            for platform, pattern in self.here().items()
        ]
        return _any(tests)

    def redacted(self, cell: str) -> str:
        """The text without the person's name."""
        everywhere, here = self.everywhere(), self.here()
        whole = _replaced(cell, [*everywhere, *here.values()])
        if self.platform == NO_PLATFORM or not here:
            return whole
        cases = [f"WHEN '' THEN {whole}"]
        for platform, pattern in here.items():
            clean = _replaced(cell, [*everywhere, pattern])
            cases.append(f"WHEN {literal(platform)} THEN {clean}")
        other = _replaced(cell, everywhere)
        return f"CASE coalesce({self.platform}, '') {' '.join(cases)} ELSE {other} END"

    def is_handle(self, cell: str) -> str:
        """True where the cell is nothing but the handle."""
        bare = f"lower(ltrim({cell}, '@#'))"
        return _any(
            f"({self._is_here(platform)} AND {bare} IN ({_texts(handles)}))"
            for platform, handles in self.handles.items()
        )

    def is_word(self, cell: str) -> str:
        """True where the cell is nothing but the handle or an id, with or without platform."""
        words = _texts([*self.persons.account_ids, *self.persons.natives()])
        same = f"coalesce({cell} IN ({words}), false)" if words else "false"
        return f"({same} OR {self.is_handle(cell)})"

    def names(self, cell: str) -> str:
        """True where a raw cell is or holds a sign of the person."""
        return _any([self.holds(cell), self.is_word(cell)])

    def repaired(self, cell: str) -> str:
        """A raw cell without the person."""
        clean = self.redacted(cell)
        return f"CASE WHEN {self.is_word(cell)} THEN NULL ELSE {clean} END AS {cell}"

    def list_hit(self, cell: str) -> str:
        """True where an element of a list names the person."""
        return f"coalesce(len(list_filter({cell}, lambda e: {self._element()})) > 0, false)"

    def list_clean(self, cell: str) -> str:
        """The list without such elements."""
        return f"list_filter({cell}, lambda e: NOT {self._element()})"

    def _element(self) -> str:
        return f"coalesce({self.holds('e')} OR {self.is_word('e')}, false)"


def platform_of(table: Table) -> str:
    """SQL for the platform of a row; an empty text where the table does not tell."""
    if "platform" in table.by_name:
        return quoted("platform")
    for name in PLATFORM_IDS:
        if name in table.by_name:
            return f"split_part({quoted(name)}, ':', 1)"
    return NO_PLATFORM


def _is_erased_id(cell: str) -> str:
    return f"coalesce({cell} IN (SELECT id FROM {ERASED_IDS}), false)"


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


def _matches(cell: str, pattern: str) -> str:
    return f"regexp_matches({cell}, {literal(pattern)}, 'i')"


def _replaced(cell: str, patterns: Iterable[str]) -> str:
    text = cell
    for pattern in patterns:
        # Twice: two names in a row share the letter between them.
        for _ in range(2):
            text = f"regexp_replace({text}, {literal(pattern)}, '\\1{ERASED}\\2', 'gi')"
    return text


def _texts(texts: Iterable[str]) -> str:
    return ", ".join(map(literal, texts))


def _any(conditions: Iterable[str]) -> str:
    each = [f"coalesce({condition}, false)" for condition in conditions]
    return f"({' OR '.join(each)})" if each else "false"
