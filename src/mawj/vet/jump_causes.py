"""What may explain a jump in followers: everybody's week, a post, a giveaway, talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.vet.post_offers import are_giveaways


@dataclass(frozen=True)
class JumpCauseLimits:
    """What explains a jump, and how much of it.

    Attributes:
        viral_times: a post with so many times the account's usual attention may bring followers
            by itself; our judgement.
        follows_per_engagement: followers that such a post brings at most for each engagement
            beyond the usual; one follow for each like is already far more than platforms see;
            our judgement, in the account's favour.
        talk_times: acts of others, by the account's usual, from which it was talked of; ours.
        talk_share: part of a gain that being talked of explains, since the loaded acts are a
            sample and bought followers may come with bought acts; our judgement.
        giveaway_share: part of a gain that a giveaway explains: those followers were drawn, not
            bought; whether they stay is judged elsewhere; our judgement.
    """

    viral_times: float = 4.0
    follows_per_engagement: float = 1.0
    talk_times: float = 3.0
    talk_share: float = 0.5
    giveaway_share: float = 0.75


def jump_causes(
    follower_jumps: pa.Table,
    jump_posts: pa.Table,
    jump_talk: pa.Table,
    *,
    jump_cause_limits: JumpCauseLimits,
) -> pa.Table:
    """What explains most of one sudden gain of a vetted account: one row per jump.

    Reads:
        follower_jumps: gained, is_with_peers. jump_posts: text and attention. jump_talk:
        talk_times. A model function: jumps are few, and at most a hundred posts stand by each.

    Returns:
        The declared columns. The cause that explains most is told; a week that lifted the whole
        platform explains all.
    """
    beside: dict[Any, list[dict[str, Any]]] = {}
    marks = are_giveaways(jump_posts["text"].to_pylist())
    for post, is_giveaway in zip(jump_posts.drop(["text"]).to_pylist(), marks, strict=True):
        post["is_giveaway"] = is_giveaway
        beside.setdefault((post["account_id"], post["from_at"]), []).append(post)
    talk = {(row["account_id"], row["from_at"]): row for row in jump_talk.to_pylist()}
    rows = []
    for jump in follower_jumps.to_pylist():
        key = (jump["account_id"], jump["from_at"])
        posts = beside.get(key, [])
        share, cause, post_id = _cause(jump, posts, talk.get(key, {}), jump_cause_limits)
        rows.append(
            {
                "account_id": key[0], "from_at": key[1], "n_posts": len(posts), "cause": cause,
                "cause_post_id": post_id, "explained_share": share,
            }
        )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=TABLES["jump_causes"].schema)


def _cause(
    jump: dict[str, Any],
    posts: list[dict[str, Any]],
    talk: dict[str, Any],
    limits: JumpCauseLimits,
) -> tuple[float, str, str | None]:
    """The largest part explained, by what, and by which post."""
    found: list[tuple[float, str, str | None]] = [(0.0, "", None)]
    if jump["is_with_peers"]:
        found.append((1.0, "peers", None))
    beyond = {post["post_id"]: _beyond(post, limits) for post in posts}
    if any(beyond.values()):
        most = max(sorted(beyond), key=lambda post_id: beyond[post_id])
        share = sum(beyond.values()) * limits.follows_per_engagement / jump["gained"]
        found.append((min(share, 1.0), "viral_post", most))
    calls = sorted(post["post_id"] for post in posts if post["is_giveaway"])
    if calls:
        found.append((limits.giveaway_share, "giveaway", calls[0]))
    if (talk.get("talk_times") or 0.0) >= limits.talk_times:
        found.append((limits.talk_share, "talked_of", None))
    return max(found, key=lambda entry: entry[0])


def _beyond(post: dict[str, Any], limits: JumpCauseLimits) -> float:
    """Attention beyond the usual of a post that went far; 0 for any other."""
    attention, usual = post["attention"], post["usual_attention"]
    if attention is None or usual is None or attention < limits.viral_times * max(usual, 1.0):
        return 0.0
    return float(attention - usual)
