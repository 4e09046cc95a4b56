"""Choosing on a day of a made-up world, and what posts brought after it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mawj.plan.asking.deliverables import deliverable_of
from mawj.plan.choosing.asked import PortfolioAsked, PortfolioSettings
from mawj.plan.forecasting.forecast_settings import ForecastSettings
from mawj.plan.forecasting.forecasts import ForecastAsked, forecasts
from mawj.plan.portfolio import portfolio
from mawj.worlds.size import SMALL, START
from mawj.worlds.world import made_up_world

Floats = npt.NDArray[np.float64]

SIZE = replace(
    SMALL, n_creators=500, n_members=200, n_bots=20, n_posts=40_000, n_comments=500,
    n_follows=5_000,
)  # fmt: skip
DAY, AHEAD = START + timedelta(days=250), timedelta(days=30)
SHORTLIST, TRIALS, LEAST = 60, 40, 3
SHOWN = (1, 2, 3, 5, 8)
"""How many of the latest posts of an account are at hand: one of these, by lot."""
Z_80 = 1.2816

WORD = PortfolioSettings(correct_luck=False, risk_weight=0.0)
WAYS = {
    "naive": ("medians", WORD),
    "medians_corrected": ("medians", replace(WORD, correct_luck=True)),
    "word": ("forecasts", WORD),
    "corrected": ("forecasts", replace(WORD, correct_luck=True)),
    "robust": ("forecasts", PortfolioSettings()),
}
"""By what each way chooses, and how: `robust` as the product does."""

POSTS = pa.schema(
    [(name, pa.string()) for name in ("account_id", "platform", "kind")]
    + [("published_at", pa.timestamp("us", tz="UTC")), ("is_paid", pa.bool_())]
    + [(name, pa.float64()) for name in ("views", "reached", "engagements", "clicks",
                                         "followers")]
)  # fmt: skip
ACCOUNTS = pa.schema(
    [("account_id", pa.string()), ("platform", pa.string())]
    + [(n, pa.float64()) for n in ("followers", "average_views", "average_engagements")]
)


@dataclass(frozen=True)
class Known:
    """What is known of each account on the day, and what its posts brought after.

    Attributes:
        account, deliverable: ids, and the kind of post that each publishes most.
        shown: engagements of the posts of that kind at hand, by account.
        after: the same of its posts after the day.
        followers: on the day.
        posts: every post at hand, as forecasts read them.
    """

    account: list[str]
    deliverable: list[str]
    shown: list[Floats]
    after: list[Floats]
    followers: Floats
    posts: pa.Table


@dataclass(frozen=True)
class Valued:
    """What each account is taken to bring: middle, ends of 80 %, and posts behind it."""

    middle: Floats
    low: Floats
    high: Floats
    n: Floats


Post = tuple[datetime, str, float, dict[str, Any]]


def known_of(seed: int, random: np.random.Generator) -> Known:
    """Accounts with three posts or more of their usual kind on both sides of the day."""
    tables = made_up_world(seed=seed, size=SIZE).tables
    followers: dict[str, float] = {}
    for row in tables["account_snapshots"].sort_by("taken_at").to_pylist():
        if row["followers"] and row["taken_at"] <= DAY:
            followers[row["account_id"]] = row["followers"]
    made: list[tuple[str, str, list[Post], list[float]]] = []
    rows: list[dict[str, Any]] = []
    for account, posts in sorted(_by_account(tables).items()):
        before = sorted((p for p in posts if p[0] <= DAY), key=lambda post: post[0])
        if not before or account not in followers:
            continue
        key = Counter(post[1] for post in before).most_common(1)[0][0]
        own = [post for post in before if post[1] == key]
        shown = own[-int(random.choice(SHOWN)) :]
        rows += [_row(post, followers[account]) for post in shown]
        after = [post[2] for post in posts if post[0] > DAY and post[1] == key]
        if min(len(own), len(after)) >= LEAST:
            made.append((account, key, shown, after))
    return Known(
        [one[0] for one in made], [one[1] for one in made],
        [np.array([post[2] for post in one[2]]) for one in made],
        [np.array(one[3]) for one in made],
        np.array([followers[one[0]] for one in made]),
        pa.Table.from_pylist(rows, POSTS),
    )  # fmt: skip


def _by_account(tables: Any) -> dict[str, list[Post]]:
    """Posts of one's own with what they brought, by account."""
    posts = tables["posts"].select(
        ["post_id", "account_id", "platform", "kind", "published_at", "repost_of_post_id",
         "reply_to_post_id"]
    )  # fmt: skip
    counts = tables["post_snapshots"].select(["post_id", "likes", "comments", "views"])
    found: dict[str, list[Post]] = {}
    for row in posts.join(counts, "post_id", join_type="inner").sort_by("post_id").to_pylist():
        key = deliverable_of(row["platform"], row["kind"])
        is_own = not row["repost_of_post_id"] and not row["reply_to_post_id"]
        if key and is_own and row["likes"] is not None:
            brought = row["likes"] + (row["comments"] or 0)
            found.setdefault(row["account_id"], []).append(
                (row["published_at"], key, brought, row)
            )
    return found


def _row(post: Post, followers: float) -> dict[str, Any]:
    told = {name: post[3][name] for name in ("account_id", "platform", "kind", "views")}
    return told | {
        "published_at": post[0], "is_paid": False, "engagements": post[2],
        "followers": followers,
    }  # fmt: skip


def medians(known: Known) -> Valued:
    """The median of the posts at hand, and how far single posts lie from it.

    As a marketer would take them from a list.
    """
    logs = [np.log1p(x) for x in known.shown]
    n = np.array([x.size for x in logs], np.float64)
    middle = np.array([np.median(x) for x in logs])
    within = np.array([np.var(x, ddof=1) if x.size > 1 else np.nan for x in logs])
    pooled = float(np.nanmean(within))
    # Two posts say little of their spread: it is moved to that of all.
    own = np.nan_to_num(within, nan=pooled)
    error = np.where(n <= 2, 1.0, np.pi / 2) / n
    spread = np.sqrt(((n - 1) * own + 4 * pooled) / (n + 3) * (1 + error))
    value = np.maximum(np.expm1(middle), 0.5)
    return Valued(value, value * np.exp(-Z_80 * spread), value * np.exp(Z_80 * spread), n)


def forecast(known: Known) -> Valued:
    """What the product forecasts from the same posts; the median where it has none."""
    accounts = pa.Table.from_pylist(
        [
            {"account_id": one, "platform": one.partition(":")[0], "followers": followers}
            for one, followers in zip(known.account, known.followers.tolist(), strict=True)
        ],
        ACCOUNTS,
    )
    asked = ForecastAsked(
        DAY, [(DAY + AHEAD).date()], sorted(set(known.deliverable)), ["engagements"],
        is_paid=False, with_lines=False,
    )  # fmt: skip
    rows, _ = forecasts(accounts, known.posts, asked, forecast_settings=ForecastSettings())
    told = {(r["account_id"], r["deliverable"]): r for r in rows.to_pylist() if r["forecast"]}
    usual = medians(known)
    columns: dict[str, list[float]] = {"middle": [], "low": [], "high": [], "n": []}
    names = {"middle": "forecast", "low": "forecast_low", "high": "forecast_high", "n": "n_own"}
    for at, key in enumerate(zip(known.account, known.deliverable, strict=True)):
        for column, name in names.items():
            row = told.get(key)
            value = getattr(usual, column)[at] if row is None else row[name]
            columns[column].append(float(value or 0.0))
    return Valued(**{name: np.array(values) for name, values in columns.items()})


def trial(
    known: Known, told: dict[str, Valued], random: np.random.Generator
) -> list[tuple[float, float, float]]:
    """Of one shortlist and budget, by each way: what was said, what came, what is typical."""
    some = np.sort(random.choice(len(known.account), min(SHORTLIST, len(known.account)), False))
    price = 100 * known.followers[some] ** 0.8 * random.lognormal(0, 0.4, some.size)
    budget = int(price.sum() * random.uniform(0.05, 0.3))
    asked = PortfolioAsked(budget, "SAR", "engagements")
    place = {name: at for at, name in enumerate(known.account)}
    rows = []
    for by, settings in WAYS.values():
        table = _candidates(known, told[by], some.tolist(), price)
        made = portfolio(table, None, replace(asked, settings=settings), is_whole=False)
        came = [known.after[place[one]] for one in made.picked["account_id"].to_pylist()]
        said = float(made.result["value"][0].as_py())
        rows.append((said, sum(float(x.mean()) for x in came),
                     sum(float(np.median(x)) for x in came)))  # fmt: skip
    return rows


def _candidates(known: Known, told: Valued, some: Sequence[int], price: Floats) -> pa.Table:
    return pa.table(
        {
            "account_id": [known.account[i] for i in some],
            "platform": [known.account[i].partition(":")[0] for i in some],
            "deliverable": [known.deliverable[i] for i in some],
            "price_minor": pa.array(price.astype(np.int64) + 1),
            "currency": ["SAR"] * len(some),
            "value": pa.array(told.middle[some]),
            "value_low": pa.array(told.low[some]),
            "value_high": pa.array(told.high[some]),
            "n_own": pa.array(told.n[some].astype(np.int64)),
        }
    )


def slope(known: Known, told: Valued) -> float:
    """How much of a distance between two forecasts, price and kind apart, comes true.

    1 for forecasts that are drawn to their peers as far as they have to be; below it for
    guesses that are too far apart, above it for such that were drawn twice.
    """
    kinds = np.unique(known.deliverable, return_inverse=True)[1]
    came = np.log([max(float(np.median(x)), 0.5) for x in known.after])
    said, size = np.log(told.middle), np.log(known.followers)
    every = np.column_stack([np.eye(int(kinds.max()) + 1)[kinds], size])
    rest = [x - every @ np.linalg.lstsq(every, x, rcond=None)[0] for x in (said, came)]
    return float(np.sum(rest[0] * rest[1]) / np.sum(rest[0] ** 2))


def held_out(*, n_worlds: int, trials: int = TRIALS, seed: int = 7) -> dict[str, Any]:
    """Many shortlists and budgets over several worlds: paired differences of what came."""
    worlds, slopes = [], []
    for number in range(n_worlds):
        random = np.random.default_rng((seed, number))
        known = known_of(200 + number, random)
        told = {"medians": medians(known), "forecasts": forecast(known)}
        slopes.append([slope(known, one) for one in told.values()])
        worlds.append(np.array([trial(known, told, random) for _ in range(trials)]))
    every = np.concatenate(worlds)
    place = {name: at for at, name in enumerate(WAYS)}
    said, came, typical = (every[:, :, i] for i in range(3))
    robust, naive = place["robust"], place["naive"]
    return {
        "n_trials": int(every.shape[0]), "n_worlds": n_worlds,
        **_gain("robust_gain", worlds, (robust, naive)),
        **_gain("medians_corrected_gain", worlds, (place["medians_corrected"], naive)),
        **_gain("corrected_gain", worlds, (place["corrected"], place["word"])),
        **_gain("risk_gain", worlds, (robust, place["word"])),
        "robust_wins_share": float(np.mean(came[:, robust] > came[:, naive])),
        "robust_ties_share": float(np.mean(came[:, robust] == came[:, naive])),
        **{
            f"{name}_overstates": float(said[:, at].sum() / typical[:, at].sum() - 1)
            for name, at in place.items()
        },
        "median_slope": float(np.mean([one[0] for one in slopes])),
        "forecast_slope": float(np.mean([one[1] for one in slopes])),
    }  # fmt: skip


def _gain(name: str, worlds: list[Floats], pair: tuple[int, int]) -> dict[str, float]:
    """Mean of the relative differences of what came, with 95 % over worlds drawn again.

    Each trial counts by its relative difference: one large shortlist must not decide.
    """
    ours, other = pair
    gain = [np.mean(w[:, ours, 1] / w[:, other, 1] - 1) for w in worlds]
    random = np.random.default_rng(7)
    again = [np.mean(random.choice(gain, len(gain))) for _ in range(2_000)]
    low, high = np.quantile(again, (0.025, 0.975))
    return {name: float(np.mean(gain)), f"{name}_low": float(low), f"{name}_high": float(high)}
