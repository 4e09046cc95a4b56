"""The public table of 200 Instagram accounts whose figures lost their units.

Followers and average likes are in millions, posts in thousands, total likes in milliards: with
these factors total likes agree with posts times average likes within 3 % for half of the rows
and within 0.7 to 1.4 times for nineteen in twenty (measured here, 2026; the others disagree in
the table itself).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.sources.file_names import moment_in_name
from mawj.sources.mapping import Mapping
from mawj.sources.ready.ready import Ready
from mawj.sources.ready.tables import AUDIENCE, has, read_as, target

if TYPE_CHECKING:
    from mawj.sources.raw import RawFile

SCORE = (
    "influence_score is a vendor's number that nothing explains; it stays in the raw rows and "
    "is never taken for a truth"
)
RECENT = "new_post_avg_like is of a window that is not stated; it stays in the raw rows"
MILLIONS_BELOW = 1_000.0
"""No account has fewer than a thousand followers in a table of the largest: below this the
figures are millions."""


def detect(raw: RawFile) -> bool:
    """Its headings, and followers too small to be people one by one."""
    if not has(raw, "channel_info", "influence_score", "60_day_eng_rate", "new_post_avg_like"):
        return False
    cells = raw.first.column("followers").to_pylist()
    return all(_is_below(cell) for cell in cells if cell)


def mapping(raw: RawFile) -> Mapping:
    """The figures times what their units lost."""
    who = "channel_info"
    return Mapping(
        (
            target(
                raw, "accounts", account_id=who,
                handle=read_as(raw, "handle", who, kind="maybe_handle"),
            ),
            target(
                raw, "account_snapshots", account_id=who,
                followers=read_as(raw, "followers", "followers", times=1e6),
                posts=read_as(raw, "posts", "posts", times=1e3),
                average_likes=read_as(raw, "average_likes", "avg_likes", times=1e6),
                likes_total=read_as(raw, "likes_total", "total_likes", times=1e9),
                given_engagement_share=read_as(
                    raw, "given_engagement_share", "60_day_eng_rate", kind="percent"
                ),
            ),
        ),
        "top_instagram_200", "instagram", taken_at=moment_in_name(raw.name),
        notes=(SCORE, RECENT, AUDIENCE),
    )  # fmt: skip


def _is_below(cell: str) -> bool:
    try:
        return float(cell) < MILLIONS_BELOW
    except ValueError:
        return False


READY = Ready(
    "top_instagram_200",
    "the public table of 200 Instagram accounts with an unexplained influence_score",
    detect,
    mapping,
)
