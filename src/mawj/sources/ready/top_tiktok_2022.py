"""The public tables "Social Media Influencers in 2022", TikTok, of several dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.sources.file_names import moment_in_name
from mawj.sources.mapping import Mapping
from mawj.sources.ready.ready import Ready
from mawj.sources.ready.tables import has, target

if TYPE_CHECKING:
    from mawj.sources.raw import RawFile

_VARIANTS = (
    ("tiktoker", "influencer name", "subscribers count (2)", ""),
    ("tiktoker name", "tiktok name", "subscribers count (2)", ""),
    ("tiktoker name", "tiktok name", "subscribers (2)", "."),
)
"""Headings of the handle, the name and the followers, and what follows "likes avg"."""


def detect(raw: RawFile) -> bool:
    """One of the sets of headings, each count once short and once in full."""
    return _variant(raw) is not None


def mapping(raw: RawFile) -> Mapping:
    """Who it is, and the counts written in full."""
    who, name, followers, dot = _variant(raw) or _VARIANTS[0]
    return Mapping(
        (
            target(raw, "accounts", account_id=who, handle=who, name=name),
            target(
                raw, "account_snapshots", account_id=who, followers=followers,
                average_views="views avg. (2)", average_likes=f"likes avg{dot} (2)",
                average_comments="comments avg. (2)", average_reposts=f"shares avg{dot} (2)",
            ),
        ),
        "top_tiktok_2022", "tiktok", taken_at=moment_in_name(raw.name),
    )  # fmt: skip


def _variant(raw: RawFile) -> tuple[str, str, str, str] | None:
    for one in _VARIANTS:
        who, name, followers, dot = one
        counts = [f"{word}{dot} (2)" for word in ("likes avg", "shares avg")]
        if has(raw, who, name, followers, "views avg. (2)", "comments avg. (2)", *counts):
            return one
    return None


READY = Ready(
    "top_tiktok_2022",
    'public tables "Social Media Influencers in 2022", TikTok, any date',
    detect,
    mapping,
)
