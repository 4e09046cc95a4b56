"""Small files written on the spot, and one call that reads a file as a load would."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from mawj.sources.guessing import guess
from mawj.sources.reading import open_file
from mawj.sources.ready import ready_mapping
from mawj.sources.rows import RawRows, Rejections, TableBatch, rows_of
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mawj.sources.raw import Rejection

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
THEN = datetime(2026, 2, 1, tzinfo=UTC)


@dataclass
class Read:
    """What reading one file gave: rows of tables as dictionaries, rejections, raw rows."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)
    raw: list[dict[str, Any]] = field(default_factory=list)
    n_lost: int = 0

    def only(self, table: str, *columns: str) -> list[Any]:
        """The rows of a table cut down to some columns; bare values where it is one."""
        rows = self.tables.get(table, [])
        if len(columns) == 1:
            return [row[columns[0]] for row in rows]
        return [tuple(row[name] for name in columns) for row in rows]

    def reasons(self) -> list[tuple[int, str, str]]:
        """Row, field and reason of each rejection."""
        return [(one.row, one.field, one.reason) for one in self.rejected]


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file: text is encoded, bytes are taken as they are."""

    def write(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def read() -> Callable[..., Read]:
    """Reads a file under a mapping, or under the ready or guessed one."""

    def read_all(path: Path, mapping: Any = None, **how: Any) -> Read:
        found = Read()
        with open_file(path) as raw:
            chosen = mapping or ready_mapping(raw) or guess(raw, **how).mapping
            assert chosen is not None, guess(raw, **how).missing
            for piece in rows_of(raw, chosen, load_id="l", fetched_at=NOW, taken_at=THEN):
                if isinstance(piece, TableBatch):
                    assert piece.rows.schema == TABLES[piece.table].schema
                    found.tables.setdefault(piece.table, []).extend(piece.rows.to_pylist())
                elif isinstance(piece, Rejections):
                    found.rejected.extend(piece.rejected)
                    found.n_lost += piece.n_rows_lost
                else:
                    assert isinstance(piece, RawRows)
                    found.raw.extend(piece.rows.to_pylist())
        return found

    return read_all
