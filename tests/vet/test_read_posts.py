"""How many posts could be read."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.read_posts import read_posts


def counted(*told: tuple[str | None, str | None]) -> list[dict[str, Any]]:
    posts = [
        {"post_id": f"x:{n}", "account_id": "x:1", "platform": "x", "text": text,
         "language": language}
        for n, (text, language) in enumerate(told)
    ]  # fmt: skip
    subjects = [{"account_id": one, "platform": "x"} for one in ("x:1", "x:2")]
    tables = [
        ibis.memtable(pa.Table.from_pylist(rows, schema=TABLES[name].schema))
        for name, rows in (("vet_subjects", subjects), ("vet_posts", posts))
    ]
    made = read_posts(*tables).order_by("account_id").to_pyarrow()
    return [{name: row[name] for name in ("n_read", "n_other")} for row in made.to_pylist()]


def test_posts_in_other_languages_or_without_text_are_not_read() -> None:
    told = (
        ("hi", "en"),
        ("سلام", "fa-Latn"),
        ("x", None),
        ("oui", "fr"),
        (None, "en"),
        (" ", "en"),
    )
    assert counted(*told) == [{"n_read": 3, "n_other": 3}, {"n_read": 0, "n_other": 0}]
