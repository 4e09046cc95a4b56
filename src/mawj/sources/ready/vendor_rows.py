"""Rows that files of other tools for finding creators have in common.

What a vendor repeats from the platform (handle, followers, posts) is `public`; what it works
out itself (averages, rates, who the audience is) is `estimated`, so that a creator's own
figures and later public ones go before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.reading_json import count, text
from mawj.sources.ready.ready import Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

PUBLIC = ("followers", "following", "posts", "views_total", "likes_total")
GENDERS = {"male": "male", "female": "female", "m": "male", "f": "female"}


def account_made(row: Mapping[str, Any]) -> Made:
    """An account, from the columns that are known; the handle in lower case."""
    handle = row.get("handle")
    return Made("accounts", {**row, "handle": handle.lower().lstrip("@") if handle else None})


def counts_made(
    account_id: str | None, taken_at: datetime, counts: Mapping[str, float | None]
) -> Iterator[Made]:
    """Counts of one moment: those of the platform as public, the vendor's own as estimated."""
    for basis in ("public", "estimated"):
        found = {
            name: value for name, value in counts.items()
            if value is not None and (name in PUBLIC) == (basis == "public")
        }  # fmt: skip
        if found:
            row = {"account_id": account_id, "taken_at": taken_at, **found}
            yield Made("account_snapshots", row, basis)


def slice_made(
    account_id: str | None,
    taken_at: datetime,
    told: Iterable[tuple[str, str | None, float | None]],
    *,
    method: str,
    of: str = "followers",
) -> Iterator[Made]:
    """Who an audience is: (dimension, value, share from 0 to 1) in; unknown ones left out."""
    for dimension, value, share in told:
        if value and share is not None:
            row = {
                "account_id": account_id, "slice": of, "dimension": dimension, "value": value,
                "share": share, "method": method, "as_of": taken_at,
            }  # fmt: skip
            yield Made("audiences", row, "estimated")


def gender_of(said: str | None) -> str | None:
    """`male` or `female`; None for anything else."""
    return GENDERS.get((said or "").lower())


def percent(value: Any, *path: str) -> float | None:
    """A share given in per cent, from 0 to 1."""
    found = count(value, *path)
    return None if found is None else found / 100


def first_text(value: Any, *names: str) -> str | None:
    """The first of several fields that holds text."""
    return next((found for name in names if (found := text(value, name))), None)
