"""Pages of the Instagram Graph API: accounts and their posts, hashtags, tags, own insights.

Field names: Instagram Platform reference (IG User, IG Media, business_discovery, insights).
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mawj.sources.live.json_objects import listed
from mawj.sources.live.live import Item, Page
from mawj.sources.names import native_id_of
from mawj.sources.ready.reading_json import member, text
from mawj.tables.errors import SourceChanged, SourceGone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.live.instagram.asking import InstagramAsking
    from mawj.sources.live.live import Wanted
    from mawj.sources.raw import Record

AT_ONCE = 50
POSTS_AT_FIRST = 200
"""Posts of an account that the first pass reads; each page is a call of 200 an hour. Our
judgement."""
REVISIT_DAYS = 7
"""Days for which the counts of a post are looked at again. Our judgement."""
ACCOUNT = ("username,name,biography,website,profile_picture_url,followers_count,follows_count,"
           "media_count")  # fmt: skip
MEDIA = ("id,caption,comments_count,like_count,media_product_type,media_type,permalink,"
         "timestamp,username")  # fmt: skip
OF_HASHTAG = "id,caption,comments_count,like_count,media_type,permalink,timestamp"
INSIGHTS = "reach,saved,shares,views,total_interactions"
AUDIENCE = {"age": "age", "gender": "gender", "country": "country", "city": "city"}


def accounts(host: InstagramAsking, wanted: Wanted) -> Iterator[Page]:
    """A professional account with its counts."""
    found = _discovered(host, wanted.subjects[0], ACCOUNT)
    yield Page((Item({"business_discovery": found}),), "", is_last=True)


def posts(host: InstagramAsking, wanted: Wanted) -> Iterator[Page]:
    """Posts of a professional account, the newest first; later those of the last days again."""
    at = json.loads(wanted.cursor or "{}")
    while True:
        after = f".after({at['page']})" if at.get("page") else ""
        fields = f"username,media{after}.limit({AT_ONCE}){{{MEDIA},view_count}}"
        found = _discovered(host, wanted.subjects[0], fields)
        media = member(found, "media")
        # An account without posts has no media at all.
        entries = listed(media, "data", "business_discovery.media") if media else []
        at = _further(at, entries, text(media, "paging", "cursors", "after"))
        is_last = "page" not in at
        items = tuple(_item(one, text(found, "username")) for one in entries)
        yield Page(items, json.dumps(at), is_last)
        if is_last:
            return


def _discovered(host: InstagramAsking, name: str, fields: str) -> Record:
    """What business discovery tells of a professional account.

    Raises:
        SourceGone: there is none of that name; a private account is none either.
        SourceChanged: it tells nothing.
    """
    asked = f"business_discovery.username({name}){{{fields}}}"
    answer = host.get(host.own_id, "business_discovery", fields=asked)
    found = answer.get("business_discovery")
    if not isinstance(found, dict) or not text(found, "username"):
        raise SourceChanged(
            "business_discovery names no account", field="business_discovery.username"
        )
    return found


def _further(at: dict[str, Any], entries: list[Record], after: str | None) -> dict[str, Any]:
    """The cursor after a page: where it goes on, or down to when the next pass reads."""
    moments = [one for entry in entries if (one := text(entry, "timestamp"))]
    newest = max([*moments, at.get("newest") or ""])
    n, until = at.get("n", 0) + len(entries), at.get("until", "")
    is_known = bool(until and moments) and min(moments) < until
    is_enough = not until and n >= POSTS_AT_FIRST
    if after is not None and entries and not (is_known or is_enough):
        kept = {"until": until} if until else {}
        return kept | {"page": after, "newest": newest, "n": n}
    if not newest:
        return {}
    earlier = datetime.fromisoformat(newest) - timedelta(days=REVISIT_DAYS)
    return {"until": f"{earlier:%Y-%m-%dT%H:%M:%S+0000}"}


def _item(media: Record, username: str | None) -> Item:
    """One post with whose it is."""
    whose = {"username": username} if username else {}
    address = text(media, "permalink")
    return Item(whose | media, native_id_of(address, "instagram") if address else None)


def hashtag(host: InstagramAsking, wanted: Wanted) -> Iterator[Page]:
    """The newest posts with a hashtag, of the last day. Whose they are is not told."""
    tag, at = wanted.subjects[0], json.loads(wanted.cursor or "{}")
    if "id" not in at:
        found = listed(
            host.of_hashtag(tag, "ig_hashtag_search", "ig_hashtag_search", q=tag), "data",
            "ig_hashtag_search",
        )  # fmt: skip
        if not found:
            raise SourceGone(f"Instagram has no hashtag {tag!r}")
        at["id"] = text(found[0], "id")
    while True:
        what = "recent_media"
        answer = host.of_hashtag(
            tag, f"{at['id']}/{what}", what, fields=OF_HASHTAG, limit=AT_ONCE,
            after=at.get("page"),
        )  # fmt: skip
        entries = listed(answer, "data", what)
        after = text(answer, "paging", "cursors", "after")
        is_last = after is None or not entries
        at = {"id": at["id"]} | ({} if is_last else {"page": after})
        yield Page(tuple(_item(one, None) for one in entries), json.dumps(at), is_last)
        if is_last:
            return


def _edge(host: InstagramAsking, wanted: Wanted, edge: str, fields: str) -> Iterator[Page]:
    """Posts of an edge of our own account, the newest first; the cursor as for `posts`."""
    at = json.loads(wanted.cursor or "{}")
    while True:
        answer = host.get(
            f"{host.own_id}/{edge}", edge, fields=fields, limit=AT_ONCE, after=at.get("page")
        )
        entries = listed(answer, "data", edge)
        at = _further(at, entries, text(answer, "paging", "cursors", "after"))
        is_last = "page" not in at
        yield Page(tuple(_item(one, None) for one in entries), json.dumps(at), is_last)
        if is_last:
            return


def tags(host: InstagramAsking, wanted: Wanted) -> Iterator[Page]:
    """Posts in which others tagged our own account."""
    return _edge(host, wanted, "tags", MEDIA)


def own_posts(host: InstagramAsking, wanted: Wanted) -> Iterator[Page]:
    """Our own posts with reach, saves, shares and views."""
    return _edge(host, wanted, "media", f"{MEDIA},insights.metric({INSIGHTS})")


def own_audience(host: InstagramAsking, _: Wanted) -> Iterator[Page]:
    """Who follows our own account, by age, gender, country and city."""
    me = host.get(host.own_id, "account", fields=ACCOUNT)
    if text(me, "username") is None:
        raise SourceChanged("the account names no username", field="username")
    items = [Item({"business_discovery": me, "own": True})]
    for breakdown in AUDIENCE:
        answer = host.get(
            f"{host.own_id}/insights", "insights", metric="follower_demographics",
            period="lifetime", metric_type="total_value", breakdown=breakdown,
        )  # fmt: skip
        frame = {"username": text(me, "username"), "breakdown": breakdown}
        items += [Item(frame | one) for one in listed(answer, "data", "insights")]
    yield Page(tuple(items), "", is_last=True)
