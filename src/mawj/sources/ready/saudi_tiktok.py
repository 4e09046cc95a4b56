"""The public table of 100 TikTok accounts in Saudi Arabia, 2024.

The name column holds "name @handle". The file was written in Latin-1, which has no Arabic:
names came out as question marks and are not known. "POTENTIAL REACH" is 30 % of the followers
on every row, so it is a formula and no measurement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.sources.file_names import moment_in_name
from mawj.sources.mapping import Mapping
from mawj.sources.ready.ready import Ready
from mawj.sources.ready.tables import has, read_as, target

if TYPE_CHECKING:
    from mawj.sources.raw import RawFile

NOTES = (
    "names whose Arabic letters were lost to question marks are stored as not known; only a "
    "copy of the table in UTF-8 can bring them back",
    "POTENTIAL REACH is a fixed share of the followers and no measurement; it stays in the "
    "raw rows",
)


def detect(raw: RawFile) -> bool:
    """Its headings."""
    return has(
        raw, "name", "followers", "er", "country", "topic of influence", "potential reach"
    )


def mapping(raw: RawFile) -> Mapping:
    """Handle and name from one column, followers, engagement rate, country and topic."""
    return Mapping(
        (
            target(
                raw, "accounts",
                account_id=read_as(raw, "account_id", "name", kind="account_within"),
                handle=read_as(raw, "handle", "name", kind="handle_within"),
                name=read_as(raw, "name", "name", kind="name_before_handle"),
                country="country", category="topic of influence",
            ),
            target(
                raw, "account_snapshots",
                account_id=read_as(raw, "account_id", "name", kind="account_within"),
                followers="followers", given_engagement_share="er",
            ),
        ),
        "saudi_tiktok", "tiktok", taken_at=moment_in_name(raw.name), notes=NOTES,
    )  # fmt: skip


READY = Ready(
    "saudi_tiktok",
    "the public table of 100 TikTok accounts in Saudi Arabia, 2024",
    detect,
    mapping,
)
