"""The headers of a file's pages are read as its writer meant them, whoever wrote it."""

from __future__ import annotations

import mmap
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mawj.sources.parquet_pages import unfolded_bytes

if TYPE_CHECKING:
    from pathlib import Path

ROWS = pa.table(
    {
        "account_id": [f"instagram:{i}" for i in range(5_000)],
        "text": ["قهوة مختصة كل صباح " * (i % 7) for i in range(5_000)],
        "kind": ["photo", "video", None, "text", "story"] * 1_000,
        "at": [datetime(2026, 1, 1, i % 24, tzinfo=UTC) for i in range(5_000)],
        "views": pa.array([None if i % 3 else i * 17 for i in range(5_000)], pa.int64()),
        "share": [i / 7 for i in range(5_000)],
        "is_paid": [i % 2 == 0 for i in range(5_000)],
        "tags": [["a", "ب"] * (i % 3) for i in range(5_000)],
    }
)
WAYS: dict[str, dict[str, Any]] = {
    "usual": {}, "old": {"version": "1.0"}, "second": {"data_page_version": "2.0"},
    "zstd": {"compression": "zstd"}, "plain": {"compression": "none", "use_dictionary": False},
    "small": {"data_page_size": 500, "row_group_size": 700, "write_page_checksum": True},
    "index": {"write_page_index": True}, "silent": {"write_statistics": False},
}  # fmt: skip


def chunks(path: Path) -> list[tuple[int, int, int]]:
    """Of each column of each row group: by its pages, by the footer, and its pages at most."""
    metadata, found = pq.read_metadata(path), []
    with path.open("rb") as held, mmap.mmap(held.fileno(), 0, access=mmap.ACCESS_READ) as pages:
        for at in range(metadata.num_row_groups):
            group = metadata.row_group(at)
            for place in range(group.num_columns):
                chunk = group.column(place)
                told = unfolded_bytes(path.name, pages, chunk)
                found.append((told, chunk.total_uncompressed_size, chunk.num_values + 2))
    return found


def fit(told: int, footer: int, most_pages: int) -> bool:
    """The footer counts headers too: some tens of bytes each, and a long text twice or so."""
    return told <= footer <= told + 700 * most_pages


@pytest.mark.parametrize("way", WAYS)
def test_pages_and_footer_say_the_same_of_what_arrow_writes(tmp_path: Path, way: str) -> None:
    for n_rows in (1, 40, 5_000):
        path = tmp_path / f"{n_rows}.parquet"
        pq.write_table(ROWS.slice(0, n_rows), path, **WAYS[way])
        found = chunks(path)
        assert len(found) >= ROWS.num_columns
        assert all(fit(*one) for one in found), found
    whole = pa.Table.from_batches(ROWS.to_batches()).nbytes
    assert sum(told for told, _footer, _pages in found) > whole / 50


@pytest.mark.parametrize("codec", ["snappy", "zstd", "gzip", "uncompressed"])
def test_and_of_what_duckdb_writes(tmp_path: Path, codec: str) -> None:
    path, rows = tmp_path / "out.parquet", ROWS
    assert rows.num_rows
    duckdb.sql(f"COPY (FROM rows) TO '{path}' (FORMAT parquet, COMPRESSION {codec})")
    found = chunks(path)
    assert len(found) == ROWS.num_columns
    assert all(fit(*one) for one in found), found
