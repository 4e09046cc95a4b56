"""How large a made-up world is, and how much of it is planted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

AS_OF = datetime(2026, 10, 31, tzinfo=UTC)
"""The moment every world describes; fixed, so that a seed gives the same world on any day."""

N_DAYS = 364
"""Days before `AS_OF` that posts and snapshots cover: 52 whole weeks."""

START = AS_OF - timedelta(days=N_DAYS)


@dataclass(frozen=True)
class WorldSize:
    """Sizes of one world; all are our judgement of what a test or a demo needs.

    Attributes:
        n_creators: persons who publish for an audience (each has one to three accounts).
        n_members: ordinary accounts, of which most only read.
        n_bots: planted false accounts.
        n_posts: posts in all, reposts and replies included.
        n_comments: comments wanted; the answers of creators and of rings come on top.
        n_follows: follows wanted before the same pair drawn twice is dropped.
        n_subjects: how many subjects of `texts/subjects` are in use.
        n_bodies: distinct texts written for one subject in one flavour of a language.
        group_share: share of creators in each planted group.
        n_conduct_each: creators in each group of planted conduct (`cast.CONDUCT`).
        ring_sizes: accounts in each comment ring.
        n_ring_posts: posts of each ring account under which the ring meets.
    """

    n_creators: int
    n_members: int
    n_bots: int
    n_posts: int
    n_comments: int
    n_follows: int
    n_subjects: int = 99
    n_bodies: int = 200
    group_share: float = 0.04
    ring_sizes: tuple[int, ...] = (10,)
    n_ring_posts: int = 8
    n_conduct_each: int = 0


SMALL = WorldSize(
    n_creators=70, n_members=170, n_bots=45, n_posts=6_000, n_comments=6_000, n_follows=7_000,
    n_subjects=8, n_bodies=24,
)  # fmt: skip
DEMO = WorldSize(
    n_creators=2_400, n_members=17_500, n_bots=1_600, n_posts=505_000, n_comments=500_000,
    n_follows=1_600_000, ring_sizes=(10, 12, 16, 24, 32, 50), n_ring_posts=12,
    n_conduct_each=24,
)  # fmt: skip
