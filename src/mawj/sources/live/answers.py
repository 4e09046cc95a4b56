"""What an answer's status and headings mean, the same for every source that speaks HTTP."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from mawj.tables.errors import (
    SourceError,
    SourceGone,
    SourceLimited,
    SourceRefused,
    SourceUnreachable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mawj.sources.live.polite import Quota

LIMITED, SERVER_FAULT = 429, 500
NO_KEY = (401, 403)
NOT_THERE = (404, 410)
SAID = 200
_REMAINING = ("ratelimit-remaining", "x-ratelimit-remaining", "x-rate-limit-remaining")
_RESET = ("ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset")
EPOCH_LOOKS = 1_000_000_000
"""A reset of this many seconds and more is a moment, below it a time to go."""


def error_of(status: int, headings: Mapping[str, str], said: str) -> SourceError:
    """The error that a status other than 2xx stands for.

    Args:
        status: of HTTP.
        headings: of the answer, in lower case.
        said: who was asked for what, and what the answer says; it may hold no key.
    """
    said = said[:SAID]
    if status == LIMITED:
        wait = retry_after_s(headings)
        told = f"in {wait:.0f} s" if wait else "later; it does not say when"
        return SourceLimited(f"{said}: too many requests; ask {told}", retry_after_s=wait)
    if status >= SERVER_FAULT:
        return SourceUnreachable(f"{said}: the source has a fault of its own ({status})")
    if status in NO_KEY:
        return SourceRefused(
            f"{said}: refused ({status}); the key is missing, wrong or was taken back: "
            "connect the source again"
        )
    if status in NOT_THERE:
        return SourceGone(f"{said}: is not there ({status})")
    return SourceRefused(f"{said}: the source does not take the request ({status})")


def retry_after_s(headings: Mapping[str, str]) -> float:
    """Seconds that the source asks us to wait; 0 where it does not say.

    A moment is counted from the source's own `Date`, since our clock may be wrong.
    """
    told = headings.get("retry-after", "").strip()
    if told:
        seconds = _number(told)
        if seconds is not None:
            return max(seconds, 0.0)
        until, at = _moment(told), _moment(headings.get("date", ""))
        return max(until - at, 0.0) if until is not None and at is not None else 0.0
    return _until_reset_s(headings) or 0.0


def note_quota(quota: Quota, headings: Mapping[str, str], now: float) -> None:
    """Remember what the answer says is left."""
    left = next((_number(headings[name]) for name in _REMAINING if name in headings), None)
    if left is not None:
        quota.left = left
        to_go = _until_reset_s(headings)
        quota.resets_at = None if to_go is None else now + to_go


def _until_reset_s(headings: Mapping[str, str]) -> float | None:
    told = next((headings[name] for name in _RESET if name in headings), "")
    reset = _number(told)
    if reset is None:
        reset = _moment(told)
    if reset is None:
        return None
    if reset < EPOCH_LOOKS:
        return max(reset, 0.0)
    at = _moment(headings.get("date", ""))
    return None if at is None else max(reset - at, 0.0)


def _number(told: str) -> float | None:
    try:
        found = float(told)
    except ValueError:
        return None
    return found if 0 <= found < float("inf") else None


def _moment(told: str) -> float | None:
    """Seconds since 1970 of a date as HTTP writes it (RFC 9110), or as ISO 8601 does."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(told).timestamp()
        except (TypeError, ValueError):
            continue
    return None
