"""Modash: reports and search results of its Discovery API.

Field names: Modash API documentation (docs.modash.io), "Get influencer report" and "Search
influencers": profile, audience (genders, ages, geoCountries, languages, credibility), avgLikes,
avgComments, avgViews, postsCount. Rates and weights are shares from 0 to 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.names import account_id_of, platform_of_url
from mawj.sources.ready.reading_json import count, flag, member, members, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of
from mawj.sources.ready.vendor_rows import account_made, counts_made, gender_of, slice_made
from mawj.sources.vocabulary import country_of, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

_LISTS = ("lookalikes", "directs")


def detect(raw: RawFile) -> bool:
    """A report, or a page of results, whose accounts say `engagementRate` in Modash's shape."""
    return any(next(_reports(one), None) is not None for one in records_of(raw))


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one report or one page of search results."""
    found = list(_reports(record))
    if not found:
        said = text(record, "message") or "no account in Modash's shape"
        yield Fault("", f"Modash gave nothing to load: {said}")
    for one in found:
        yield from _account(one, taken_at)


def _reports(record: Any) -> Iterator[Any]:
    if _is_report(record):
        yield record
    elif _is_report(member(record, "profile")):
        yield record["profile"]
    for name in _LISTS:
        yield from (one for one in members(record, name) if _is_report(one))


def _is_report(one: Any) -> bool:
    about = member(one, "profile")
    return isinstance(about, dict) and text(one, "userId") is not None and "followers" in about


def _account(one: Any, taken_at: datetime) -> Iterator[Made | Fault]:
    about = one["profile"]
    address, handle = text(about, "url"), text(about, "username")
    platform = platform_of_url(address or "")
    named = text(one, "userId") if platform == "youtube" else handle
    account_id = account_id_of(named or address or "", platform)
    if account_id is None:
        yield Fault("url", "the account's address is missing, so its platform is not known")
        return
    yield account_made({
        "account_id": account_id, "platform": platform, "handle": handle,
        "name": text(about, "fullname"), "bio": text(one, "bio"), "url": address,
        "language": language_of(text(one, "language", "code") or "und"),
        "country": country_of(text(one, "country") or ""), "place": text(one, "city"),
        "is_verified": flag(one, "isVerified"), "is_private": flag(one, "isPrivate"),
    })  # fmt: skip
    yield from counts_made(account_id, taken_at, {
        "followers": count(about, "followers"), "posts": count(one, "postsCount"),
        "average_engagements": count(about, "engagements"),
        "average_likes": count(one, "avgLikes"), "average_comments": count(one, "avgComments"),
        "average_views": count(one, "avgViews") or count(about, "averageViews"),
        "given_engagement_share": count(about, "engagementRate"),
    })  # fmt: skip
    for name, of in (("audience", "followers"), ("audienceLikers", "engaged")):
        told = _told(member(one, name))
        yield from slice_made(account_id, taken_at, told, method="Modash", of=of)


def _told(audience: Any) -> Iterator[tuple[str, str | None, float | None]]:
    audience = member(audience, "data") or audience
    for one in members(audience, "genders"):
        yield "gender", gender_of(text(one, "code")), count(one, "weight")
    for one in members(audience, "ages"):
        yield "age", text(one, "code"), count(one, "weight")
    for one in members(audience, "geoCountries"):
        yield "country", country_of(text(one, "code") or ""), count(one, "weight")
    for one in members(audience, "geoCities"):
        yield "city", text(one, "name"), count(one, "weight")
    for one in members(audience, "languages"):
        yield "language", language_of(text(one, "code") or ""), count(one, "weight")
    yield "authenticity", "credible", count(audience, "credibility")


READY = Ready(
    "modash",
    "Modash: influencer reports and search results (JSON)",
    detect,
    lambda _: RecordMapping("modash", make, "modash:discovery-api"),
)
