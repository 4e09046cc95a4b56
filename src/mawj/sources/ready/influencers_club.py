"""influencers.club: accounts found or enriched, as JSON or as the CSV made of it.

Field names: influencers.club API documentation (app.theneo.io/influencers-club) and the columns
that its published client influencers-club-mcp 0.3.0 writes: `profile.username`,
`profile.followers`, `profile.engagement_percent`; for enriched accounts a block a platform:
`instagram.username`, `instagram.follower_count`, `youtube.subscriber_count`. Rates are
per cent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.file_names import platform_in_name
from mawj.sources.names import account_id_of
from mawj.sources.ready.reading_json import count, flag, member, members, text
from mawj.sources.ready.reading_nested import nested, nested_of
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping
from mawj.sources.ready.vendor_rows import account_made, counts_made, first_text, percent
from mawj.sources.vocabulary import country_of, language_of, platform_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

_BLOCKS = {"instagram": "instagram", "tiktok": "tiktok", "youtube": "youtube", "twitter": "x",
           "twitch": "twitch"}  # fmt: skip


def detect(raw: RawFile) -> bool:
    """Accounts with `engagement_percent`, by themselves or in a platform's block."""
    return any(_found(one) or _blocks(one) for one in nested_of(raw))


def mapping(raw: RawFile) -> RecordMapping:
    """Results of a search do not say their platform; the file's name may."""
    named = platform_in_name(raw.name)

    def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
        yield from _rows(nested(record), taken_at, named)

    return RecordMapping("influencers_club", make, "influencers.club:api")


def _rows(record: Record, taken_at: datetime, named: str | None) -> Iterator[Made | Fault]:
    found, blocks = _found(record), _blocks(record)
    said = platform_of(text(record, "platform") or "") or named
    if not found and not blocks:
        yield Fault("", "holds no account of influencers.club")
    for one in found:
        if said is None:
            yield Fault("platform", "the platform is not said; put it into the file's name")
            return
        yield from _account(one, said, taken_at)
    for name, one in blocks:
        yield from _account(one, _BLOCKS[name], taken_at)


def _found(record: Any) -> list[Any]:
    pages = [*members(record, "accounts"), record]
    about = [member(one, "profile") for one in pages]
    return [
        one for one in about
        if text(one, "username") and ("engagement_percent" in one) and "followers" in one
    ]  # fmt: skip


def _blocks(record: Any) -> list[tuple[str, Any]]:
    inner = member(record, "result") or member(record, "enrichment_data") or record
    return [
        (name, one) for name in _BLOCKS
        if isinstance(one := member(inner, name), dict)
        and ("follower_count" in one or "subscriber_count" in one)
    ]  # fmt: skip


def _account(one: Any, platform: str, taken_at: datetime) -> Iterator[Made]:
    handle = first_text(one, "username", "custom_url")
    native = first_text(one, "channel_id", "id") if platform == "youtube" else None
    account_id = account_id_of(native or handle or "", platform)
    yield account_made({
        "account_id": account_id, "platform": platform, "handle": handle,
        "name": first_text(one, "full_name", "title"),
        "bio": first_text(one, "biography", "description"),
        "category": text(one, "category"),
        "country": country_of(text(one, "country") or ""),
        "language": language_of(text(one, "language_code") or "und"),
        "is_verified": flag(one, "is_verified"), "is_private": flag(one, "is_private"),
    })  # fmt: skip
    yield from counts_made(account_id, taken_at, {
        "followers": _first_count(one, "followers", "follower_count", "subscriber_count"),
        "following": count(one, "following_count"),
        "posts": _first_count(one, "media_count", "video_count", "tweets_count"),
        "average_likes": count(one, "avg_likes"), "average_views": count(one, "avg_views"),
        "average_comments": count(one, "avg_comments"),
        "given_engagement_share": percent(one, "engagement_percent"),
    })  # fmt: skip


def _first_count(one: Any, *names: str) -> float | None:
    return next((found for name in names if (found := count(one, name)) is not None), None)


READY = Ready(
    "influencers_club",
    "influencers.club: accounts found or enriched (JSON, or CSV with dotted headings)",
    detect,
    mapping,
)
