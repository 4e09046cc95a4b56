"""Two weeks of daily syncs of 10,000 accounts: calls against quota, and how fresh they stay.

    python -m benchmarks.syncing [--accounts N] [--days 14] [--seed 1]

Made up: 45 % of the accounts on Instagram, 35 % on YouTube, 20 % on Bluesky; 3 % stand in an
open plan, 12 % in an open list, 5 % are watched; on day 7 another 3 % come into plans. At the
beginning what is known of them is up to 60 days old, and nothing is known of every tenth.
2 % of the calls fail and count all the same.

Quotas a day and cost of one account: YouTube 10,000 units (Data API, usual quota), one account
1/50 for `channels.list` of 50, 1 for a page of its uploads and 1/50 for `videos.list` of 50;
Instagram 4,800 calls (Graph API, 200 an hour for one user's token), 1 for `business_discovery`
with its media; Bluesky 288,000 requests (3,000 in 5 minutes, a third of it taken), 1/25 for
`getProfiles` of 25 and 1 for `getAuthorFeed`. Syncs may take half of each quota (`ample`), or
5 % of it (`tight`), as where one key serves many.

Three ways in the same run: `ours` (`mawj.flow.refreshing`, by which `mawj sync` goes), `oldest`
first, as a queue has it, and `chance`. `fresh` is the part of accounts younger than what they
are for asks, after each day's sync, from the second day on; `late` how many times as old as
that the worst is.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.flow.refreshing import MATTERS, RefreshSettings, refresh_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from mawj.flow.refreshing import Floats, Ints

PLATFORMS = ("instagram", "youtube", "bluesky")
SHARES = (0.45, 0.35, 0.20)
PARTS = {"ample": 0.5, "tight": 0.05}
"""Part of each quota that syncs may take."""
QUOTA = {"instagram": 4_800.0, "youtube": 10_000.0, "bluesky": 288_000.0}
COST = {"instagram": 1.0, "youtube": 1.0 + 2 / 50, "bluesky": 1.0 + 1 / 25}
OF_EACH = (0.03, 0.12, 0.05, 0.80)
FAILS = 0.02
NEW_PLANS_ON = 7
SETTINGS = RefreshSettings()

Choose = Any


def ours(age: Floats, matter: Ints, cost: Floats, quota: float, _: Any) -> Ints:
    """What is due, by what it is for, with the reserve."""
    overdue = SETTINGS.overdue(age, matter)
    return refresh_order(overdue, matter, cost, quota, SETTINGS.reserve_share).all


def oldest(age: Floats, _: Ints, cost: Floats, quota: float, __: Any) -> Ints:
    """A queue: the oldest first, whatever it is for."""
    order = np.argsort(-age, kind="stable")
    return order[np.cumsum(cost[order]) <= quota]


def chance(age: Floats, _: Ints, cost: Floats, quota: float, random: Any) -> Ints:
    """Any."""
    order = random.permutation(len(age))
    return order[np.cumsum(cost[order]) <= quota]


WAYS: dict[str, Callable[..., Ints]] = {"ours": ours, "oldest": oldest, "chance": chance}


def simulated(way: Choose, part: float, n: int, days: int, seed: int) -> dict[str, Any]:
    """What one way comes to: freshness by what accounts are for, and use of each quota."""
    random = np.random.default_rng(seed)
    platform = random.choice(len(PLATFORMS), n, p=SHARES)
    matter = random.choice(len(MATTERS), n, p=OF_EACH)
    age = np.where(random.random(n) < 0.1, np.inf, random.uniform(0, 60, n))
    fresh: list[list[float]] = []
    worst, used, spent_s = 0.0, dict.fromkeys(PLATFORMS, 0.0), 0.0
    for day in range(days):
        if day == NEW_PLANS_ON:
            matter = np.where((matter == 3) & (random.random(n) < 0.03 / 0.8), 0, matter)
        for place, name in enumerate(PLATFORMS):
            mine = np.flatnonzero(platform == place)
            cost, quota = np.full(len(mine), COST[name]), QUOTA[name] * part
            began = time.perf_counter()
            chosen = way(age[mine], matter[mine], cost, quota, random)
            spent_s += time.perf_counter() - began
            assert cost[chosen].sum() <= quota + 1e-6
            used[name] += cost[chosen].sum() / (quota * days)
            came = chosen[random.random(len(chosen)) >= FAILS]
            age[mine[came]] = 0.0
        if day:
            late = age / SETTINGS.days()[matter]
            worst = max(worst, float(late[np.isfinite(late)].max()))
            fresh.append([float((late <= 1.0)[matter == m].mean()) for m in range(4)])
        age = age + 1.0
    means = np.array(fresh).mean(axis=0)
    told = {f"fresh_{name}": round(float(x), 4) for name, x in zip(MATTERS, means, strict=True)}
    told |= {f"used_{name}": round(x, 3) for name, x in used.items()}
    told["fresh_last_other"] = round(fresh[-1][3], 4)
    return told | {"late": round(worst, 2), "choosing_ms": round(1000 * spent_s / days, 2)}


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accounts", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    result: dict[str, dict[str, Any]] = {}
    for case, part in PARTS.items():
        result[case] = {}
        for name, way in WAYS.items():
            row = simulated(way, part, told.accounts, told.days, told.seed)
            result[case][name] = row
            words = "  ".join(f"{key} {value}" for key, value in row.items())
            print(f"{case:>6} {name:>7}  {words}")
    asked = {"accounts": told.accounts, "days": told.days, "seed": told.seed}
    print("RESULT", json.dumps(asked | result))


if __name__ == "__main__":
    main()
