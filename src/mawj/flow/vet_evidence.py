"""What the checks show as evidence, in its declared shape: few rows of each, on one line."""

from __future__ import annotations

from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute

from mawj.tables.declared import TABLES

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

EVIDENCE_KEYS: tuple[tuple[str, Literal["ascending", "descending"]], ...] = (
    ("account_id", "ascending"), ("about", "ascending"),
    ("amount", "descending"), ("evidence_id", "ascending"),
)  # fmt: skip
CONTROLS = r"[\x00-\x1f\x7f-\x{9f}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{feff}]"
MOST_EVIDENCE = 10
"""Rows of evidence kept for one finding: enough to judge by, few enough to read; ours."""


def evidence_rows(made: pa.Table, finding: str) -> pa.Table:
    """Evidence of one check in its declared shape, the strongest first, few of each finding.

    Reads:
        made: account_id, kind, evidence_id and amount; about, at and quote where there are.
    """
    schema = TABLES["vet_evidence"].schema
    names = made.column_names
    if "about" not in names:
        made = made.append_column("about", pa.array([""] * made.num_rows, pa.string()))
    made = made.sort_by(list(EVIDENCE_KEYS))
    place = places(made)
    few = pc.less_equal(place, MOST_EVIDENCE)
    n = made.num_rows
    columns = {
        "finding": pa.array([finding] * n, pa.string()),
        "place": place,
        "quote": shortened(made["quote"]) if "quote" in names else pa.nulls(n, pa.string()),
    }
    made_columns = [
        columns[field.name]
        if field.name in columns
        else made[field.name].cast(field.type)
        if field.name in made.column_names
        else pa.nulls(n, field.type)
        for field in schema
    ]
    return pa.table(made_columns, schema=schema).filter(few)


def places(sorted_rows: pa.Table) -> Any:
    """1, 2, 3… within each run of one account and one `about`."""
    counted: dict[tuple[Any, Any], int] = {}
    made = []
    for key in zip(
        sorted_rows["account_id"].to_pylist(), sorted_rows["about"].to_pylist(), strict=True
    ):
        counted[key] = counted.get(key, 0) + 1
        made.append(counted[key])
    return pa.array(made, pa.int64())


def shortened(quotes: Any, most: int = 200) -> Any:
    """Quotes cut to `most` characters, on one line, without what would disturb a page.

    Control characters and marks that turn the direction of what follows are taken out, and
    marks beyond three on one letter: others wrote the text, and it stands among ours.
    """
    # Long texts are cut first: a comment may have megabytes.
    short = pc.utf8_slice_codeunits(quotes.cast(pa.string()), 0, most * 10)
    flat = pc.replace_substring_regex(short, r"[\s\x{0085}\x{2028}\x{2029}]+", " ")
    flat = pc.replace_substring_regex(flat, CONTROLS, "")
    flat = pc.replace_substring_regex(flat, r"(\p{M}{3})\p{M}+", r"\1")
    cut = pc.utf8_slice_codeunits(flat, 0, most - 1)
    return pc.if_else(
        pc.greater(pc.utf8_length(flat), most), pc.binary_join_element_wise(cut, "…", ""), flat
    )
