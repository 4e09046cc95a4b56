"""The public tables "Social Media Influencers in 2022", YouTube, of several dates.

"youtuber name" and "channel name" change places from one date to the next; the one that holds
handles was found by joining the tables. A channel without a handle is named by its title, which
stands in the same column. "N/A'" and "#VALOR!" (a spreadsheet's error, in Spanish) are not
known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.sources.file_names import moment_in_name
from mawj.sources.mapping import Mapping
from mawj.sources.ready.ready import Ready
from mawj.sources.ready.tables import AUDIENCE, has, read_as, target

if TYPE_CHECKING:
    from mawj.sources.raw import RawFile

_VARIANTS: tuple[dict[str, str], ...] = (
    {
        "who": "channel name", "name": "youtuber", "category": "category",
        "followers": "subscribers count (2)", "average_views": "views avg. (2)",
        "average_likes": "likes avg (2)", "average_comments": "comments avg. (2)",
    },
    {
        "who": "youtuber", "name": "name", "category": "category_2",
        "followers": "subscribers (2)", "average_likes": "avg. likes (2)",
        "average_comments": "avg comments (2)",
    },
    {
        "who": "youtuber name", "name": "channel name", "category": "category",
        "followers": "subscribers (2)", "average_views": "avg views (2)",
        "average_likes": "avg likes (2)", "average_comments": "avg comments (2)",
    },
)  # fmt: skip


def detect(raw: RawFile) -> bool:
    """One of the sets of headings, each count once short and once in full."""
    return _variant(raw) is not None


def mapping(raw: RawFile) -> Mapping:
    """Who it is, and the counts written in full."""
    headings = dict(_variant(raw) or _VARIANTS[0])
    who, name, category = (headings.pop(key) for key in ("who", "name", "category"))
    handle = read_as(raw, "handle", who, kind="maybe_handle")
    accounts = target(
        raw, "accounts", account_id=who, handle=handle, name=name, category=category
    )
    snapshots = target(raw, "account_snapshots", account_id=who, **headings)
    return Mapping(
        (accounts, snapshots), "top_youtube_2022", "youtube",
        taken_at=moment_in_name(raw.name), notes=(AUDIENCE,),
    )  # fmt: skip


def _variant(raw: RawFile) -> dict[str, str] | None:
    return next((one for one in _VARIANTS if has(raw, *one.values())), None)


READY = Ready(
    "top_youtube_2022",
    'public tables "Social Media Influencers in 2022", YouTube, any date',
    detect,
    mapping,
)
