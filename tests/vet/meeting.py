"""Comments of a ring, of fans and of passers-by, for tests of rings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from mawj.vet.ring_comments import ring_comments
from mawj.vet.ring_members import RingLimits, ring_members
from mawj.vet.ring_visits import RingAuthorLimits, ring_authors, ring_delays, ring_visits
from mawj.vet.vet_comments import vet_comments
from tests.vet.jumping import ENGINE, told

START = datetime(2024, 1, 1, 9, 0, 7, tzinfo=UTC)
RING = ("r0", "r1", "r2", "r3", "r4", "r5")
OTHERS = ("o0", "o1", "o2", "o3")
N_POSTS = 8


def posts_of(*accounts: str) -> list[dict[str, Any]]:
    """Eight posts of each account, some days apart."""
    return [
        {
            "post_id": f"{account}-{n}", "account_id": account, "platform": "x",
            "published_at": START + timedelta(days=3 * n + i),
        }
        for i, account in enumerate(accounts)
        for n in range(N_POSTS)
    ]  # fmt: skip


def comment(post: dict[str, Any], author: str, seconds: float) -> dict[str, Any]:
    """One comment so long after a post."""
    return {
        "comment_id": f"{post['post_id']}:{author}", "post_id": post["post_id"],
        "account_id": author, "text": f"nice {author}",
        "published_at": post["published_at"] + timedelta(seconds=round(seconds)),
    }  # fmt: skip


def crowd(posts: list[dict[str, Any]], seed: int = 1) -> list[dict[str, Any]]:
    """Thirty fans who each comment on every third post, hours after it."""
    stream = np.random.default_rng(seed)
    return [
        comment(post, f"fan{fan}", 60 + 18_000 * stream.lognormal(0, 1.2))
        for post in posts
        for fan in range(30)
        if stream.random() < 0.33
    ]


def ring(
    posts: list[dict[str, Any]], members: tuple[str, ...] = RING, step: float = 40.0
) -> Any:
    """Every member under every post of the others, one after the other in one order."""
    return [
        comment(post, member, 60 + step * i)
        for post in posts
        for i, member in enumerate(members)
        if member != post["account_id"]
    ]


class Rings:
    """Every table of rings for some comments, all accounts with posts being vetted."""

    def __init__(
        self,
        posts: list[dict[str, Any]],
        comments: list[dict[str, Any]],
        limits: RingLimits | None = None,
        author_limits: RingAuthorLimits | None = None,
        vetted: tuple[str, ...] = (),
    ) -> None:
        limits = limits or RingLimits()
        whom = vetted or tuple(sorted({post["account_id"] for post in posts}))
        self.subjects = told("vet_subjects", [{"account_id": a, "platform": "x"} for a in whom])
        written, shown = told("comments", comments), told("posts", posts)
        authors = self._kept(
            "ring_authors",
            ring_authors(
                self.subjects, written, shown,
                ring_author_limits=author_limits or RingAuthorLimits(),
            ),
        )  # fmt: skip
        visits = ENGINE.to_pyarrow(ring_visits(authors, written, shown))
        members = ring_members(
            ENGINE.to_pyarrow(authors),
            ENGINE.to_pyarrow(ring_delays(written, shown)),
            visits.to_reader(),
            ring_limits=limits,
        )
        self.members = members.to_pylist()
        mine = told("vet_posts", [post for post in posts if post["account_id"] in whom])
        self.vet_comments = self._kept("vet_comments", vet_comments(mine, written, shown))
        self.ring_members = told("ring_members", self.members)
        self.ring_comments = self._kept(
            "ring_comments",
            ring_comments(self.ring_members, self.vet_comments, ring_limits=limits),
        )

    @staticmethod
    def _kept(name: str, made: Any) -> Any:
        return told(name, ENGINE.to_pyarrow(made).to_pylist())

    @property
    def found(self) -> set[str]:
        """The accounts that are in any ring."""
        return {row["account_id"] for row in self.members}
