"""Values in providers' JSON, read without trusting their types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.text.dates import moment_of
from mawj.text.numbers import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


def member(value: Any, *path: str) -> Any:
    """The value at a path of keys, or None where a step is missing."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def members(value: Any, *path: str) -> Iterator[dict[str, Any]]:
    """The objects in the list at a path; nothing where there is none."""
    found = member(value, *path)
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, dict))


def text(value: Any, *path: str) -> str | None:
    """The text at a path; figures as text; None where it is empty or missing."""
    found = member(value, *path)
    if isinstance(found, bool) or not isinstance(found, (str, int)):
        return None
    return str(found).strip() or None


def count(value: Any, *path: str) -> float | None:
    """The count at a path, given as a figure or as text; None where there is none."""
    found = member(value, *path)
    if isinstance(found, bool) or found is None:
        return None
    try:
        return count_of(str(found))
    except ValueError:
        return None


def moment(value: Any, *path: str) -> datetime | None:
    """The moment at a path; None where it is missing or no date."""
    found = text(value, *path)
    try:
        return moment_of(found) if found else None
    except ValueError:
        return None


def flag(value: Any, *path: str) -> bool | None:
    """The yes or no at a path."""
    found = member(value, *path)
    return found if isinstance(found, bool) else None


def own_id(platform: str, native: str | None) -> str | None:
    """`platform:native`, or None where the native id is missing."""
    return f"{platform}:{native}" if native else None
