"""Choosing on a day of a made-up world, and what posts brought after it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mawj.plan.choosing.asked import PortfolioAsked, PortfolioSettings
from mawj.plan.portfolio import portfolio
from mawj.worlds.size import SMALL, START
from mawj.worlds.world import made_up_world

Floats = npt.NDArray[np.float64]

SIZE = replace(
    SMALL, n_creators=500, n_members=200, n_bots=20, n_posts=40_000, n_comments=500,
    n_follows=5_000,
)  # fmt: skip
DAY = 250
SHORTLIST, TRIALS = 60, 60
NAIVE = PortfolioSettings(correct_luck=False, risk_weight=0.0)


@dataclass(frozen=True)
class Past:
    """What is known of each creator's account on the day, and what its posts brought after.

    Attributes:
        account: ids.
        before, after: engagements of posts before and after the day, by account.
        followers: on the day.
    """

    account: list[str]
    before: list[Floats]
    after: list[Floats]
    followers: Floats


def past_of(seed: int) -> Past:
    """Accounts with three posts or more on both sides of the day."""
    tables = made_up_world(seed=seed, size=SIZE).tables
    posts = tables["posts"].select(
        ["post_id", "account_id", "published_at", "repost_of_post_id", "reply_to_post_id"]
    )
    counts = tables["post_snapshots"].select(["post_id", "likes", "comments"])
    rows = posts.join(counts, "post_id", join_type="inner").to_pylist()
    followers: dict[str, float] = {}
    cut = START.timestamp() + DAY * 86_400
    for row in tables["account_snapshots"].sort_by("taken_at").to_pylist():
        if row["followers"] and row["taken_at"].timestamp() <= cut:
            followers[row["account_id"]] = row["followers"]
    found: dict[str, tuple[list[tuple[float, float]], list[float]]] = {}
    for row in rows:
        if row["likes"] is None or row["repost_of_post_id"] or row["reply_to_post_id"]:
            continue
        at = row["published_at"].timestamp()
        before, after = found.setdefault(row["account_id"], ([], []))
        brought = row["likes"] + (row["comments"] or 0)
        if at <= cut:
            before.append((at, brought))
        else:
            after.append(brought)
    kept = sorted(
        name
        for name, (before, after) in found.items()
        if len(before) >= 3 and len(after) >= 3 and name in followers
    )
    return Past(
        kept,
        [np.array([n for _, n in sorted(found[name][0])]) for name in kept],
        [np.array(found[name][1]) for name in kept],
        np.array([followers[name] for name in kept]),
    )


def forecasts(past: Past, random: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Median of the last few own posts, the spread of their logarithms, and how many.

    As a marketer would take them: the last one to eight posts, as many as the list shows.
    """
    n = random.choice([1, 2, 3, 5, 8], len(past.account))
    logs = [np.log1p(b[-k:]) for b, k in zip(past.before, n, strict=True)]
    middle = np.array([np.median(x) for x in logs])
    n = np.array([x.size for x in logs])
    within = np.array([np.var(x, ddof=1) if x.size > 1 else np.nan for x in logs])
    pooled = float(np.nanmean(within))
    # Two posts say little of their spread: it is moved to that of all.
    own = np.nan_to_num(within, nan=pooled)
    error = np.where(n <= 2, 1.0, np.pi / 2) / n
    spread = np.sqrt(((n - 1) * own + 4 * pooled) / (n + 3) * (1 + error))
    return np.expm1(middle), spread, n.astype(np.float64)


def trial(
    past: Past, told: tuple[Floats, Floats, Floats], random: np.random.Generator
) -> list[tuple[float, float]]:
    """Of one shortlist and budget: what was said and what came, for naive and robust."""
    value, spread, n = told
    some = np.sort(random.choice(len(past.account), min(SHORTLIST, len(past.account)), False))
    price = 100 * past.followers[some] ** 0.8 * random.lognormal(0, 0.4, some.size)
    ends = 1.2816 * spread[some]
    table = pa.table(
        {
            "account_id": [past.account[i] for i in some],
            "platform": [past.account[i].partition(":")[0] for i in some],
            "deliverable": [past.account[i].partition(":")[0] + ":post" for i in some],
            "price_minor": pa.array(price.astype(np.int64) + 1),
            "currency": ["SAR"] * some.size,
            "value": pa.array(value[some]),
            "value_low": pa.array(value[some] * np.exp(-ends)),
            "value_high": pa.array(value[some] * np.exp(ends)),
            "n_own": pa.array(n[some].astype(np.int64)),
        }
    )
    budget = int(price.sum() * random.uniform(0.05, 0.3))
    brought = {past.account[i]: float(past.after[i].mean()) for i in some}
    asked = PortfolioAsked(budget, "SAR", "engagements")
    rows = []
    for settings in (NAIVE, PortfolioSettings()):
        made = portfolio(table, None, replace(asked, settings=settings), is_whole=False)
        names = made.picked["account_id"].to_pylist()
        said = made.result["value"][0].as_py()
        typical = sum(float(np.median(past.after[past.account.index(name)])) for name in names)
        rows.append((said, sum(brought[name] for name in names), typical))
    return rows


def held_out(*, n_worlds: int, trials: int = TRIALS, seed: int = 7) -> dict[str, Any]:
    """Many shortlists and budgets over several worlds: paired differences of what came."""
    worlds = []
    for number in range(n_worlds):
        random = np.random.default_rng((seed, number))
        past = past_of(200 + number)
        pairs = [trial(past, forecasts(past, random), random) for _ in range(trials)]
        worlds.append(np.array(pairs))
    every = np.concatenate(worlds)
    naive, ours = every[:, 0], every[:, 1]
    # One large shortlist must not decide: each trial counts by its relative difference.
    gain = [np.mean((w[:, 1, 1] - w[:, 0, 1]) / w[:, 0, 1]) for w in worlds]
    random = np.random.default_rng(seed)
    again = [np.mean(random.choice(gain, len(gain))) for _ in range(2_000)]
    return {
        "n_trials": int(every.shape[0]),
        "robust_gain": float(np.mean(gain)),
        "robust_gain_low": float(np.quantile(again, 0.025)),
        "robust_gain_high": float(np.quantile(again, 0.975)),
        "robust_wins_share": float(np.mean(ours[:, 1] > naive[:, 1])),
        "robust_ties_share": float(np.mean(ours[:, 1] == naive[:, 1])),
        "naive_overstates": float(np.sum(naive[:, 0]) / np.sum(naive[:, 2]) - 1),
        "robust_overstates": float(np.sum(ours[:, 0]) / np.sum(ours[:, 2]) - 1),
    }
