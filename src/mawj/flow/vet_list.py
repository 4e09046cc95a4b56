"""A shortlist as people have it: lines of text, or the CSV that `mawj find` gives."""

from __future__ import annotations

import csv

HEADINGS = ("account_id", "account", "handle", "url", "username")
"""Headings of a CSV whose column names the account, the best first."""


def listed(text: str) -> list[str]:
    """The accounts of a list, as they are called there, each once.

    A first line with one of `HEADINGS` makes it a CSV, whose column is read; otherwise each
    line names one account. Empty lines and those that begin with # are left out.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    heads = [head.strip().lower() for head in next(csv.reader(lines[:1]))]
    column = next((name for name in HEADINGS if name in heads), None)
    if column is None:
        found = [line.strip() for line in lines if not line.lstrip().startswith("#")]
    else:
        place = heads.index(column)
        found = [row[place].strip() for row in csv.reader(lines[1:]) if len(row) > place]
    return list(dict.fromkeys(one for one in found if one))
