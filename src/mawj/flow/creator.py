"""One creator as a page shows it: who it is, counts over time, topics, neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.flow.accounts import Readable, rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

MOST_POINTS = 120
"""Points of a line; more cannot be told apart at its width (our judgement)."""
MOST_NEIGHBOURS = 12
"""Accounts drawn on each side of a creator; more would be a tangle (our judgement)."""
MOST_TOPICS = 12


@dataclass(frozen=True)
class Face:
    """One account of a person, and where what is known of it came from."""

    account_id: str
    platform: str
    handle: str | None
    name: str | None
    bio: str | None
    url: str | None
    language: str | None
    country: str | None
    place: str | None
    is_verified: bool | None
    source: str
    fetched_at: datetime | None
    basis: str
    followers: float | None = None
    linked_by: str = "alone"


@dataclass(frozen=True)
class Point:
    """One count at one moment."""

    at: datetime
    value: float


@dataclass(frozen=True)
class TopicSeen:
    """A topic that an account speaks of: its share of what it says, and its influence there."""

    topic_id: str
    name: str
    share: float | None
    share_low: float | None
    share_high: float | None
    n_posts: int | None
    influence: float | None
    influence_low: float | None
    influence_high: float | None
    rank: int | None


@dataclass(frozen=True)
class Neighbour:
    """An account that turned to this one, or to which this one turned."""

    account_id: str
    name: str | None
    n_acts: int
    n_reposts: int
    influence: float | None


@dataclass(frozen=True)
class Neighbourhood:
    """Who turns to an account, to whom it turns, the most often first, and how many in all."""

    moved: tuple[Neighbour, ...]
    n_moved: int
    moves_it: tuple[Neighbour, ...]
    n_moves_it: int


def faces(lake: Readable, account_id: str) -> tuple[Face, ...]:
    """The account itself, then the other accounts of the same person, by platform."""
    linked = _same_person(lake, account_id)
    own = {"account_id": list(linked)}
    standing = lake.seek("standing", own, ["account_id", "followers"])
    followers = {row["account_id"]: row["followers"] for row in standing}
    known = [
        name for name in Face.__dataclass_fields__ if name not in ("followers", "linked_by")
    ]
    found = [
        Face(**row, followers=followers.get(row["account_id"]),
             linked_by=linked[row["account_id"]])
        for row in lake.seek("accounts", own, known)
    ]  # fmt: skip
    return tuple(
        sorted(found, key=lambda f: (f.account_id != account_id, f.platform, f.account_id))
    )


def _same_person(lake: Readable, account_id: str) -> dict[str, str]:
    """The accounts of a person, with why each is taken for the person's."""
    rows = lake.seek("people", {"account_id": account_id})
    if any(row["n_accounts"] > 1 for row in rows):
        rows = lake.seek("people", {"person_id": rows[0]["person_id"]})
    return {row["account_id"]: row["linked_by"] for row in rows} or {account_id: "alone"}


def followers_over_time(lake: Readable, account_id: str) -> tuple[Point, ...]:
    """Followers at each moment they were counted, oldest first, thinned to `MOST_POINTS`."""
    table = lake.read("account_snapshots").filter(
        _.account_id == account_id, _.followers.notnull()
    )
    found = rows(table.select("taken_at", "followers").order_by("taken_at"))
    return _thinned([Point(row["taken_at"], float(row["followers"])) for row in found])


def engagements_over_time(lake: Readable, account_id: str) -> tuple[Point, ...]:
    """Likes and comments of each post as last counted, oldest post first, thinned."""
    posts = lake.read("posts").filter(_.account_id == account_id, _.published_at.notnull())
    counts = lake.read("post_snapshots").semi_join(posts, "post_id")
    last = counts.group_by("post_id").agg(
        likes=_.likes.argmax(_.taken_at), comments=_.comments.argmax(_.taken_at)
    )
    both = posts.select("post_id", "published_at").inner_join(last, "post_id")
    found = rows(both.filter(_.likes.notnull()).order_by("published_at"))
    return _thinned(
        [
            Point(row["published_at"], float(row["likes"] + (row["comments"] or 0)))
            for row in found
        ]
    )


def topics_of(lake: Readable, account_id: str, language: str) -> tuple[TopicSeen, ...]:
    """The topics that an account speaks of most, with its influence on each."""
    spoken = lake.seek("account_topics", {"account_id": account_id})
    spoken.sort(key=lambda row: (-row["topic_share"], row["topic_id"]))
    first = spoken[:MOST_TOPICS]
    ids = [row["topic_id"] for row in first]
    names = {
        row["topic_id"]: row[f"name_{language}"]
        for row in lake.seek("topics", {"topic_id": ids})
    }
    scores = {
        row["topic_id"]: row
        for row in lake.seek("influence", {"account_id": account_id, "topic_id": ids})
    }
    return tuple(
        _topic_seen(row, names[row["topic_id"]], scores.get(row["topic_id"], {}))
        for row in first
        if row["topic_id"] in names
    )


def _topic_seen(spoken: dict[str, Any], name: str, score: dict[str, Any]) -> TopicSeen:
    return TopicSeen(
        spoken["topic_id"], name, spoken["topic_share"], spoken["own_share_low"],
        spoken["own_share_high"], spoken["n_posts"], score.get("influence"),
        score.get("influence_low"), score.get("influence_high"), score.get("rank"),
    )  # fmt: skip


def neighbourhood(lake: Readable, account_id: str) -> Neighbourhood:
    """Who mentions, answers or passes on an account, and whom it does so to."""
    acts = lake.read("acts").filter(_.actor_id != _.target_id)
    to_it, of_it = acts.filter(_.target_id == account_id), acts.filter(_.actor_id == account_id)
    moved, n_moved = _counted(lake, to_it, "actor_id")
    moves_it, n_moves_it = _counted(lake, of_it, "target_id")
    return Neighbourhood(moved, n_moved, moves_it, n_moves_it)


def _counted(lake: Readable, acts: Any, side: str) -> tuple[tuple[Neighbour, ...], int]:
    table = acts.group_by(account_id=acts[side]).agg(
        n_acts=_.count(), n_reposts=(_.kind == "repost").cast("int64").sum()
    )
    n = int(table.count().execute())
    first = rows(table.order_by(_.n_acts.desc(), _.account_id).limit(MOST_NEIGHBOURS))
    ids = [row["account_id"] for row in first]
    names = _named(lake, ids)
    return tuple(Neighbour(**row, **names.get(row["account_id"], NOBODY)) for row in first), n


NOBODY: dict[str, Any] = {"name": None, "influence": None}


def _named(lake: Readable, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    where = {"account_id": list(ids)}
    named = lake.seek("accounts", where, ["account_id", "name"])
    scores = lake.seek("influence", where | {"topic_id": ""}, ["account_id", "influence"])
    overall = {row["account_id"]: row["influence"] for row in scores}
    return {
        row["account_id"]: {"name": row["name"], "influence": overall.get(row["account_id"])}
        for row in named
    }


def _thinned(points: list[Point]) -> tuple[Point, ...]:
    """At most `MOST_POINTS` points, evenly taken, always with the last one."""
    if len(points) <= MOST_POINTS:
        return tuple(points)
    step = (len(points) - 1) / (MOST_POINTS - 1)
    return tuple(points[round(place * step)] for place in range(MOST_POINTS))
