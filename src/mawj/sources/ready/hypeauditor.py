"""HypeAuditor: reports of its API on Instagram (`user`) and on TikTok (`basic`, `metrics`).

Field names: HypeAuditor API documentation (hypeauditor.readme.io), "Instagram report" and
"TikTok report". Rates and parts of audiences are per cent; its quality score and its guesses of
ethnicity, income, education and family are not loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.ready.reading_json import count, flag, member, members, own_id, text
from mawj.sources.ready.ready import Fault, Made, Ready, RecordMapping, records_of
from mawj.sources.ready.vendor_rows import (
    account_made,
    counts_made,
    first_text,
    gender_of,
    percent,
    slice_made,
)
from mawj.sources.vocabulary import country_of, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mawj.sources.raw import RawFile, Record

Told = tuple[str, str | None, float | None]

_KINDS = {"real": "real", "susp": "suspicious", "bots": "suspicious", "infs": "influencer",
          "mass": "mass follower"}  # fmt: skip


def detect(raw: RawFile) -> bool:
    """A report of either shape."""
    return any(_instagram_in(one) or _tiktok_in(one) for one in records_of(raw))


def make(record: Record, taken_at: datetime) -> Iterator[Made | Fault]:
    """The rows of one report."""
    if user := _instagram_in(record):
        yield from _instagram(user, taken_at)
    elif report := _tiktok_in(record):
        yield from _tiktok(report, taken_at)
    else:
        said = text(record, "result", "report_state") or text(record, "error", "description")
        yield Fault("", f"HypeAuditor gave nothing to load: {said or 'no report'}")


def _instagram_in(record: Any) -> Any:
    user = member(record, "result", "user") or member(record, "user") or record
    is_ours = text(user, "username") and "followers_count" in user
    return user if is_ours and ("aqs" in user or "audience_type" in user) else None


def _tiktok_in(record: Any) -> Any:
    report = member(record, "result", "report") or member(record, "report") or record
    is_ours = text(report, "basic", "username") and member(report, "metrics")
    return report if is_ours and member(report, "metrics", "subscribers_count") else None


def _instagram(user: Any, taken_at: datetime) -> Iterator[Made]:
    account_id = own_id("instagram", (text(user, "username") or "").lower())
    yield account_made({
        "account_id": account_id, "platform": "instagram", "handle": text(user, "username"),
        "name": text(user, "full_name"), "bio": text(user, "about"),
        "is_verified": flag(user, "is_verified"), "is_private": flag(user, "is_private"),
    })  # fmt: skip
    yield from counts_made(account_id, taken_at, {
        "followers": count(user, "followers_count"),
        "following": count(user, "followings_count"), "posts": count(user, "posts_count"),
        "average_likes": count(user, "avg_likes"),
        "average_comments": count(user, "avg_comments"),
        "given_engagement_share": percent(user, "er", "value"),
    })  # fmt: skip
    yield from slice_made(account_id, taken_at, _told(user), method="HypeAuditor")


def _told(user: Any) -> Iterator[Told]:
    yield from _kinds(member(user, "audience_type"))
    for one in members(user, "demography_by_age"):
        yield "gender", gender_of(text(one, "gender")), percent(one, "value")
    for one in members(user, "audience_geography", "countries"):
        code = first_text(one, "code", "name", "title")
        yield "country", country_of(code or ""), percent(one, "value")
    for one in members(user, "audience_languages"):
        code = first_text(one, "code", "title")
        yield "language", language_of(code or ""), percent(one, "value")


def _kinds(parts: Any) -> Iterator[Told]:
    for theirs, ours in _KINDS.items():
        yield "authenticity", ours, percent(parts, theirs)


def _tiktok(report: Any, taken_at: datetime) -> Iterator[Made]:
    about, metrics = report["basic"], report["metrics"]
    account_id = own_id("tiktok", (text(about, "username") or "").lower())
    yield account_made({
        "account_id": account_id, "platform": "tiktok", "handle": text(about, "username"),
        "name": text(about, "title"), "bio": text(about, "description"),
        "country": country_of(text(report, "features", "blogger_geo", "data", "country") or ""),
    })  # fmt: skip
    yield from counts_made(account_id, taken_at, {
        "followers": count(metrics, "subscribers_count", "value"),
        "following": count(metrics, "following_count", "value"),
        "posts": count(metrics, "media_count", "value"),
        "likes_total": count(metrics, "likes_count", "value"),
        "average_views": count(metrics, "views_avg", "value"),
        "average_likes": count(metrics, "alikes_avg", "value"),
        "average_comments": count(metrics, "comments_avg", "value"),
        "average_reposts": count(metrics, "shares_avg", "value"),
        "given_engagement_share": percent(metrics, "er", "value"),
    })  # fmt: skip
    told = _told_of_tiktok(member(report, "features"))
    yield from slice_made(account_id, taken_at, told, method="HypeAuditor")


def _told_of_tiktok(features: Any) -> Iterator[Told]:
    yield from _kinds(member(features, "audience_by_type", "data"))
    ages = member(features, "audience_age_gender", "data")
    for age in ages if isinstance(ages, dict) else ():
        sexes = [percent(ages, age, name) for name in ("male", "female")]
        known = [share for share in sexes if share is not None]
        yield "age", age, sum(known) if known else None
    for one in members(features, "audience_geo", "data"):
        yield "country", country_of(text(one, "code") or ""), percent(one, "prc")
    for one in members(features, "audience_languages", "data"):
        yield "language", language_of(text(one, "title") or ""), percent(one, "prc")


READY = Ready(
    "hypeauditor",
    "HypeAuditor: reports on Instagram and TikTok accounts (JSON)",
    detect,
    lambda _: RecordMapping("hypeauditor", make, "hypeauditor:api"),
)
