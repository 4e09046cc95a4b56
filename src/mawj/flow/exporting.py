"""Everything out in open formats, and back in again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from mawj.tables.declared import TABLES
from mawj.tables.errors import SourceRefused, UnknownTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mawj.lake.lake import Lake

FORMATS = ("parquet", "csv", "jsonl")
MANIFEST = "mawj-export.json"


@dataclass(frozen=True)
class Exported:
    """What an export wrote: rows by table, and where."""

    folder: Path
    rows: dict[str, int]


def export(
    lake: Lake, folder: Path, *, file_format: str = "parquet", names: Sequence[str] = ()
) -> Exported:
    """Write every stored table (or `names`) and a manifest with run, settings and rules.

    CSV holds lists as JSON text; Parquet and JSONL hold them as lists. NULL is an empty CSV
    field, an absent text is told from an empty one by quotes.

    Raises:
        UnknownTable: for a name that is not declared, or an unknown format.
    """
    if file_format not in FORMATS:
        raise UnknownTable(f"no format is called {file_format!r}: {', '.join(FORMATS)}")
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        raise UnknownTable(f"not declared: {', '.join(unknown)}; see docs/tables.md")
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for name in names or TABLES:
        batches = lake.read(name).select(list(TABLES[name].names)).to_pyarrow_batches()
        written[name] = _write(folder / f"{name}.{file_format}", name, batches)
    _write_manifest(lake, folder, file_format, written)
    return Exported(folder, written)


def exported_tables(folder: Path) -> Iterator[tuple[str, Iterator[pa.RecordBatch]]]:
    """The observed and kept tables of an export, to be loaded into a lake again.

    Raises:
        SourceRefused: when the folder is no export.
    """
    manifest = folder / MANIFEST
    if not manifest.exists():
        raise SourceRefused(f"{folder}: no {MANIFEST} in it; give the folder that export wrote")
    told = json.loads(manifest.read_text(encoding="utf-8"))
    for name in told["rows"]:
        if TABLES[name].is_lasting:
            yield name, _read(folder / f"{name}.{told['format']}", name)


def _write(path: Path, name: str, batches: Any) -> int:
    writer = {"parquet": _parquet, "csv": _csv, "jsonl": _jsonl}[path.suffix[1:]]
    schema = TABLES[name].schema
    return writer(path, schema, (pa.Table.from_batches([b]).cast(schema) for b in batches))


def _parquet(path: Path, schema: pa.Schema, tables: Iterator[pa.Table]) -> int:
    n_rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table)
            n_rows += table.num_rows
    return n_rows


def _csv(path: Path, schema: pa.Schema, tables: Iterator[pa.Table]) -> int:
    flat = pa.schema([_flat_field(field) for field in schema])
    n_rows = 0
    with pacsv.CSVWriter(path, flat) as writer:
        for table in tables:
            writer.write_table(_flat(table, flat))
            n_rows += table.num_rows
    return n_rows


def _flat_field(field: pa.Field[Any]) -> pa.Field[Any]:
    plain = pa.types.is_list(field.type) or pa.types.is_timestamp(field.type)
    return pa.field(field.name, pa.string()) if plain else field


def _flat(table: pa.Table, flat: pa.Schema) -> pa.Table:
    columns = [_flat_column(table.column(name)) for name in table.column_names]
    return pa.table(columns, schema=flat)


def _flat_column(column: pa.ChunkedArray[Any]) -> Any:
    if pa.types.is_list(column.type):
        values = column.to_pylist()
        return pa.array(
            [None if v is None else json.dumps(v, ensure_ascii=False) for v in values]
        )
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.string())
    return column


def _jsonl(path: Path, _: pa.Schema, tables: Iterator[pa.Table]) -> int:
    n_rows = 0
    with path.open("w", encoding="utf-8") as out:
        for table in tables:
            for row in table.to_pylist():
                out.write(json.dumps(row, ensure_ascii=False, default=_iso) + "\n")
                n_rows += 1
    return n_rows


def _iso(value: Any) -> str:
    return str(value.isoformat())


def _write_manifest(lake: Lake, folder: Path, file_format: str, rows: dict[str, int]) -> None:
    run = lake.current_run()
    manifest = {
        "format": file_format,
        "rows": rows,
        "run_id": None if run is None else run.run_id,
        "settings": None if run is None else dict(run.settings),
        "as_of": None if run is None else run.as_of.isoformat(),
        "seed": None if run is None else run.seed,
        "code_version": None if run is None else run.code_version,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def _read(path: Path, name: str) -> Iterator[pa.RecordBatch]:
    schema = TABLES[name].schema
    if path.suffix == ".parquet":
        yield from pq.ParquetFile(path).iter_batches()
        return
    tables = _csv_tables(path, schema) if path.suffix == ".csv" else _jsonl_tables(path, schema)
    for table in tables:
        yield from table.to_batches()


def _csv_tables(path: Path, schema: pa.Schema) -> Iterator[pa.Table]:
    flat = pa.schema([_flat_field(field) for field in schema])
    convert = pacsv.ConvertOptions(
        column_types=flat, strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    parse = pacsv.ParseOptions(newlines_in_values=True)
    for batch in pacsv.open_csv(path, convert_options=convert, parse_options=parse):
        columns = [_typed(batch.column(field.name), field) for field in schema]
        yield pa.table(columns, schema=schema)


def _typed(column: Any, field: pa.Field[Any]) -> Any:
    if pa.types.is_list(field.type):
        values = column.to_pylist()
        return pa.array([None if v is None else json.loads(v) for v in values], field.type)
    if pa.types.is_timestamp(field.type):
        return column.cast(field.type)
    return column


def _jsonl_tables(path: Path, schema: pa.Schema, rows: int = 20_000) -> Iterator[pa.Table]:
    batch: list[dict[str, Any]] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            batch.append(json.loads(line))
            if len(batch) == rows:
                yield _from_json(batch, schema)
                batch = []
    if batch:
        yield _from_json(batch, schema)


def _from_json(batch: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    moments = [f.name for f in schema if pa.types.is_timestamp(f.type)]
    days = [f.name for f in schema if pa.types.is_date(f.type)]
    plain = pa.schema(
        [pa.field(f.name, pa.string()) if f.name in {*moments, *days} else f for f in schema]
    )
    table = pa.Table.from_pylist(batch, schema=plain)
    columns = [table.column(field.name).cast(field.type) for field in schema]
    return pa.table(columns, schema=schema)
