"""Traackr: creators, their audiences and the posts of a campaign, as its API v1 gives them.

Field names: Traackr API v1 (OpenAPI document in the published client traackr-api-mcp 0.3.0):
CreatorDetail with `channels`, CreatorAudiences, CampaignPostsResponse. Absent is not measured
and 0 is a measurement, as here. Its reach, resonance and VIT are its own scores: not loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.names import account_id_of, handle_of, native_id_of
from mawj.sources.ready.reading_json import count, member, members, moment, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of
from mawj.sources.ready.vendor_rows import account_made, counts_made, gender_of, slice_made
from mawj.sources.vocabulary import country_of, form_of, language_of, platform_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

_COUNTS = {
    "views": "video_views", "impressions": "impressions", "reached": "actualized_reach",
    "likes": "reactions", "comments": "comments", "reposts": "shares", "saves": "saves",
}  # fmt: skip


def detect(raw: RawFile) -> bool:
    """Channels, audiences by channel, or posts with Traackr's metrics."""
    return any(
        any(True for _ in _channels(one)) or any(True for _ in _audiences(one))
        or any(True for _ in _posts(one))
        for one in records_of(raw)
    )  # fmt: skip


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one answer."""
    n_made = 0
    for rows in (_of_channels, _of_audiences, _of_posts):
        for made in rows(record, taken_at):
            n_made += 1
            yield made
    if not n_made:
        said = text(record, "message") or "no channel, audience or post in Traackr's shape"
        yield Fault("", f"Traackr gave nothing to load: {said}")


def _channels(record: Any) -> Iterator[tuple[Any, Any]]:
    for creator in (record, *members(record, "creators")):
        for one in members(creator, "channels"):
            if "metrics" in one and "platform_user_id" in one:
                yield creator, one


def _audiences(record: Any) -> Iterator[Any]:
    return (one for one in members(record, "audiences") if "notable_users_ratio" in one)


def _posts(record: Any) -> Iterator[Any]:
    return (one for one in members(record, "posts") if "publication_type" in one)


def _account_id(channel: Any, platform: str | None) -> str | None:
    native = text(channel, "platform_user_id") if platform == "youtube" else None
    return account_id_of(native or text(channel, "username") or "", platform)


def _of_channels(record: Any, taken_at: datetime) -> Iterator[Made | Fault]:
    for creator, one in _channels(record):
        platform = platform_of(text(one, "platform") or "")
        account_id = _account_id(one, platform)
        if account_id is None:
            yield Fault("platform", f"{text(one, 'url')}: the platform is not known here")
            continue
        yield account_made({
            "account_id": account_id, "platform": platform, "handle": text(one, "username"),
            "name": text(creator, "name"), "bio": text(creator, "description"),
            "url": text(one, "url"), "place": text(creator, "location", "display"),
            "country": country_of(text(creator, "location", "country_iso") or ""),
        })  # fmt: skip
        yield from counts_made(account_id, taken_at, {
            "followers": count(one, "metrics", "audience"),
            "given_engagement_share": count(one, "metrics", "engagement_rate"),
        })  # fmt: skip


def _of_audiences(record: Any, taken_at: datetime) -> Iterator[Made]:
    for one in _audiences(record):
        platform = platform_of(text(one, "platform") or "")
        account_id = _account_id(member(one, "channel"), platform)
        told = list(_told(one))
        yield from slice_made(account_id, taken_at, told, method="Traackr")
        engaged = count(one, "credibility", "from_engaged_audience")
        told = [("authenticity", "credible", engaged)]
        yield from slice_made(account_id, taken_at, told, method="Traackr", of="engaged")


def _told(one: Any) -> Iterator[tuple[str, str | None, float | None]]:
    yield "authenticity", "credible", count(one, "credibility", "from_followers")
    for part in members(one, "distributions"):
        kind = (text(part, "type") or "").lower()
        for value in members(part, "values"):
            key = text(value, "key") or ""
            known = {
                "genders": ("gender", gender_of(key)), "ages": ("age", key),
                "countries": ("country", country_of(key)),
            }  # fmt: skip
            if kind in known:
                yield *known[kind], count(value, "weight")


def _of_posts(record: Any, taken_at: datetime) -> Iterator[Made | Fault]:
    for one in _posts(record):
        address = text(one, "url") or ""
        platform = platform_of(text(one, "platform") or "")
        post_id = native_id_of(text(one, "post_id") or address, platform)
        if platform is None or handle_of(address) is None:
            # Traackr names the person; only some addresses name the account that published.
            yield Fault("url", f"{address!r} does not say which account published it")
            continue
        account_id = account_id_of(handle_of(address) or "", platform)
        words = [text(one, "title"), text(one, "description")]
        yield Made("posts", {
            "post_id": post_id, "account_id": account_id, "platform": platform,
            "published_at": moment(one, "published_at"), "url": address or None,
            "kind": form_of(text(one, "content_type") or ""),
            "text": "\n".join(word for word in words if word) or None,
            "language": language_of(text(one, "language") or "und"),
        })  # fmt: skip
        found = {ours: count(one, "metrics", theirs) for ours, theirs in _COUNTS.items()}
        yield Made("post_snapshots", {"post_id": post_id, "taken_at": taken_at, **found})


READY = Ready(
    "traackr",
    "Traackr API v1: creators with channels, audiences, posts of a campaign (JSON)",
    detect,
    lambda _: RecordMapping("traackr", make, "traackr:api-v1"),
)
