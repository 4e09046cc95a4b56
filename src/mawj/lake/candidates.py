"""Texts of rows on their way in that may name somebody on the suppression list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from mawj.lake.cleaning import is_id, platform_of
from mawj.lake.duckdb_lake import literal, quoted

if TYPE_CHECKING:
    from mawj.tables.column import Column, Table

NOTHING = "SELECT '' AS kind, '' AS text WHERE false"
# A word after @ in a text; only such words are tried against the list.
NAMED = literal(r"@(\w[\w.]*\w|\w)")
# In raw text also a word after a quotation mark or a slash, and an id with its platform.
NAMED_RAW = literal(r"[@\"/]@?(\w[\w.:-]*\w)")
# No platform has longer handles; longer cells are texts. Our judgement.
HANDLE_LETTERS = 64


def candidates(table: Table) -> str:
    """A query for (kind, text) of the view `staged`: account ids and `platform:handle`."""
    queries = [_of_column(column, platform_of(table)) for column in table]
    return " UNION ALL ".join(query for query in queries if query) or NOTHING


def _of_column(column: Column, platform: str) -> str:
    cell = quoted(column.name)
    if column.type == "string" and is_id(column.name):
        return f"SELECT DISTINCT 'account' AS kind, {cell} AS text FROM staged"
    if column.name == "handle":
        return _handles(platform, cell, "staged")
    if column.name == "mentions":
        names = f"SELECT {platform} AS place, unnest({cell}) AS name FROM staged"
        return _handles("place", "name", f"({names})")
    if column.type == "string" and column.null_means and not column.one_of:
        words = f"unnest(regexp_extract_all({cell}, {NAMED}, 1))"
        names = f"SELECT {platform} AS place, {words} AS name FROM staged"
        return _handles("place", "name", f"({names} WHERE contains({cell}, '@'))")
    return ""


def _handles(platform: str, name: str, source: str) -> str:
    return (
        f"SELECT DISTINCT 'handle' AS kind, {platform} || ':' || lower(ltrim({name}, '@')) "
        f"AS text FROM {source} WHERE {name} IS NOT NULL"
    )


def raw_candidates(schema: pa.Schema, platforms: set[str]) -> str:
    """The same for raw rows, whose platform is not told: each platform of the list is tried."""
    queries = []
    if "account_ids" in schema.names:
        queries.append(
            "SELECT DISTINCT 'account' AS kind, unnest(account_ids) AS text FROM staged"
        )
    for field in schema:
        if pa.types.is_string(field.type):
            queries += _of_raw(quoted(field.name), sorted(platforms))
    return " UNION ALL ".join(queries) or NOTHING


def _of_raw(cell: str, platforms: list[str]) -> list[str]:
    whole = (
        f"SELECT DISTINCT lower(ltrim({cell}, '@')) AS name FROM staged "
        f"WHERE length({cell}) <= {HANDLE_LETTERS}"
    )
    words = (
        f"SELECT DISTINCT unnest(regexp_extract_all(lower({cell}), {NAMED_RAW}, 1)) AS name "
        "FROM staged"
    )
    return [
        f"SELECT '{kind}' AS kind, {literal(platform + ':')} || name AS text FROM ({source})"
        for platform in platforms
        for source in (whole, words)
        for kind in ("handle", "account")
    ]
