"""Mapping files: the same mapping as TOML or JSON that a person can read and change."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from mawj.sources.mapping import TARGETS, Field, Mapping, Target
from mawj.sources.ready.ready import RecordMapping
from mawj.tables.errors import SettingsError
from mawj.text.dates import moment_of
from mawj.text.toml import toml_value

if TYPE_CHECKING:
    from pathlib import Path

_PLAIN = ("name", "platform", "platform_from", "taken_at", "source", "basis", "records")
_FIELD = {"from": "heading"} | {
    one.name: one.name for one in fields(Field) if one.name not in {"column", "heading"}
}


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML or JSON file (told apart by its name's ending).

    Raises:
        SettingsError: when it cannot be read, or names what does not exist.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{path.name}: cannot be read as a mapping file ({error})"
        ) from error
    return mapping_from(content, path.name)


def mapping_from(content: Any, where: str = "mapping") -> Mapping:
    """The mapping that a parsed file describes."""
    if not isinstance(content, dict):
        raise SettingsError(
            f"{where}: a mapping is a set of named parts; see the loading guide"
        )
    unknown = [key for key in content if key not in (*_PLAIN, *TARGETS)]
    if unknown:
        raise SettingsError(
            f"{where}: {unknown[0]!r} is neither a setting ({', '.join(_PLAIN)}) nor a table "
            f"({', '.join(TARGETS)})"
        )
    plain = {key: content[key] for key in _PLAIN if key in content}
    if "taken_at" in plain:
        plain["taken_at"] = _moment(plain["taken_at"], where)
    targets = tuple(
        Target(table, _fields(table, content[table], where))
        for table in TARGETS
        if table in content
    )
    return Mapping(targets, **plain)


def as_content(mapping: Mapping | RecordMapping) -> dict[str, Any]:
    """The mapping as plain values, for a file or for the `loads` table."""
    if isinstance(mapping, RecordMapping):
        return {"ready": mapping.name}
    content: dict[str, Any] = {}
    for key in _PLAIN:
        value = getattr(mapping, key)
        if value:
            content[key] = value.isoformat() if isinstance(value, datetime) else value
    for target in mapping.targets:
        content[target.table] = {one.column: _field_content(one) for one in target.fields}
    return content


def as_json(mapping: Mapping | RecordMapping) -> str:
    """The mapping as one line of JSON."""
    return json.dumps(as_content(mapping), ensure_ascii=False)


def as_toml(mapping: Mapping, notes: tuple[str, ...] = ()) -> str:
    """The mapping as a TOML file, with `notes` as comments at the top."""
    content = as_content(mapping)
    lines = [f"# {' '.join(note.split())}" for note in (*notes, *mapping.notes)]
    lines += [f"{key} = {toml_value(content[key])}" for key in _PLAIN if key in content]
    for target in mapping.targets:
        lines += ["", f"[{target.table}]"]
        lines += [f"{key} = {toml_value(v)}" for key, v in content[target.table].items()]
    return "\n".join(lines) + "\n"


def _fields(table: str, content: Any, where: str) -> tuple[Field, ...]:
    if not isinstance(content, dict):
        raise SettingsError(f"{where}: {table} must list its columns")
    return tuple(_field(table, column, value, where) for column, value in content.items())


def _field(table: str, column: str, value: Any, where: str) -> Field:
    if isinstance(value, str):
        return Field(column, heading=value)
    if not isinstance(value, dict) or not set(value) <= set(_FIELD):
        raise SettingsError(
            f"{where}: {table}.{column} is {value!r}; write a heading, or some of "
            f"{', '.join(_FIELD)}"
        )
    given = {_FIELD[key]: part for key, part in value.items()}
    for key in ("heading", "constant", "template", "kind"):
        if key in given:
            given[key] = str(given[key])
    return Field(column, **given)


def _field_content(one: Field) -> Any:
    content = {}
    for key, name in _FIELD.items():
        value = getattr(one, name)
        if value is not None and value != "" and not (name == "times" and value == 1.0):
            content[key] = value
    return content["from"] if set(content) == {"from"} else content


def _moment(value: Any, where: str) -> datetime:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    try:
        return moment_of(str(value))
    except ValueError as error:
        raise SettingsError(f"{where}: taken_at: {error}") from error
