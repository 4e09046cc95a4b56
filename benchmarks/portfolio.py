"""Portfolios: how near to the best, how fast, and whether caution pays on held-out outcomes.

``python -m benchmarks.portfolio [--data FOLDER] [--only PART …] [--size N]``. Needs no
data: all instances are made up (`benchmarks.portfolio_cases`), and so is the world of the
last part (`benchmarks.portfolio_world`). FOLDER is taken for the sake of one way to call
benchmarks.

- ``small``: the best portfolio by trying all, with groups, must-haves, several offers a
  creator, each objective; once as the product answers, once by its search alone (no proof).
- ``greedy``: 1,000 and 2,000 candidates × 4,000 segments, a budget and 25 picks: beside
  greedy by gain for the money and by gain (the better), and scipy's integer programming
  (HiGHS) for 30 seconds.
- ``large``: 100,000 candidates × 10 million members: seconds and memory of the whole search
  with its bound, in a process of its own, and of a new budget on the same instance.
- ``robust``: portfolios as the product chooses, from its own forecasts, against the naive
  ones that take the medians of the posts at hand at their word, on what posts brought after
  that day; and each part of the way by itself.

Prints ``RESULT {json}``: ``optimal_share`` and ``worst_ratio_small`` (as answered),
``search_optimal_share`` and ``search_worst_ratio``; ``vs_greedy`` and ``vs_milp``, mean
ratios of our value to theirs; ``seconds_100k``, ``peak_gb``, ``bound_100k`` (value over
bound), ``replan_ms``; ``robust_gain`` (mean of what the robust choice brought over what the
naive one did, less 1) with ``robust_gain_low`` and ``robust_gain_high`` (95 %, bootstrap over
worlds), ``robust_wins_share``; the same of correcting luck in medians
(``medians_corrected_gain``) and in the product's forecasts (``corrected_gain``), and of
weighing bad outcomes (``risk_gain``); ``…_overstates``, what each way was said to bring over
what is typical of its picks; ``median_slope`` and ``forecast_slope``, how much of a distance
between two forecasts comes true.
"""

import argparse
import json
import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, eye_array, hstack

from benchmarks.portfolio_cases import (
    Prepared,
    prepared,
    segments,
    small_case,
    towns,
    tried,
)
from benchmarks.portfolio_world import held_out
from mawj.plan.choosing.asked import PortfolioAsked, PortfolioSettings
from mawj.plan.choosing.bound import most_possible
from mawj.plan.choosing.search import best_found
from mawj.plan.portfolio import portfolio

PLAIN = PortfolioSettings(correct_luck=False, risk_weight=0.0)
SMALL_CASES, MILP_SECONDS = 80, 30.0


def small(_: int) -> dict[str, Any]:
    """Against all that can be tried."""
    answered, searched = [], []
    for seed in range(SMALL_CASES):
        table, elements, wanted = small_case(seed)
        case = prepared(table, elements, wanted)
        best = tried(case)
        made = portfolio(table, elements, wanted, is_whole=False)
        if best is None or best == 0:
            assert made.is_possible == (best is not None)
            continue
        found = best_found(case.instance, case.limits, wanted.settings)
        answered.append(made.result["value"][0].as_py() / best)
        searched.append(found.value / best if found is not None else 0.0)
    ratio, alone = np.array(answered), np.array(searched)
    result = {
        "n_small": ratio.size,
        "optimal_share": float(np.mean(ratio > 1 - 1e-9)),
        "worst_ratio_small": float(ratio.min()),
        "search_optimal_share": float(np.mean(alone > 1 - 1e-9)),
        "search_worst_ratio": float(alone.min()),
    }
    print(f"small      {result}")
    return result


def greedy_plain(case: Prepared, *, by_price: bool) -> float:
    """Greedy as anybody would write it: numpy, nothing lazy, no swaps."""
    ptr, member, weight, _, alone = case.instance.arrays
    price, budget = case.limits.price, case.limits.budget_minor
    most = case.limits.limits[1].most
    rows = [member[ptr[i] : ptr[i + 1]] for i in range(price.size)]
    open_weight, is_in, spent, value = weight.copy(), np.zeros(price.size, bool), 0, 0.0
    while is_in.sum() < most:
        gain = np.array([open_weight[row].sum() for row in rows]) + alone
        key = gain / np.maximum(price, 1) if by_price else gain
        key[is_in | (price + spent > budget)] = -1.0
        best = int(np.argmax(key))
        if key[best] <= 0:
            break
        value += float(gain[best])
        spent, is_in[best], open_weight[rows[best]] = spent + int(price[best]), True, 0.0
    return value


def milp_timed(case: Prepared) -> tuple[float, float]:
    """What HiGHS finds in the time, and its bound."""
    instance, n, n_elements = case.instance, case.instance.n_offers, case.instance.weight.size
    covers = csc_array(
        (np.ones(instance.member.size), instance.member, instance.ptr), (n_elements, n)
    )
    none = csc_array((2, n_elements))
    limits = np.stack([case.limits.price / case.limits.budget_minor, np.ones(n)])
    rows = [
        LinearConstraint(hstack([-covers, eye_array(n_elements)]), -np.inf, 0.0),
        LinearConstraint(hstack([csc_array(limits), none]), -np.inf, [1.0, 25.0]),
    ]
    solved = milp(
        -np.concatenate([instance.alone, instance.weight]),
        integrality=np.concatenate([np.ones(n), np.zeros(n_elements)]),
        bounds=Bounds(0.0, 1.0),
        constraints=rows,
        options={"time_limit": MILP_SECONDS},
    )
    value = 0.0 if solved.x is None else -float(solved.fun)
    return value, -float(solved.mip_dual_bound or np.nan)


def greedy(_: int) -> dict[str, Any]:
    """Against greedy and integer programming on 1,000 and 2,000 candidates."""
    beside, programmed = [], []
    for seed, n in enumerate((1_000, 1_000, 1_000, 2_000, 2_000)):
        table, elements, wanted = segments(n, 4_000, seed)
        case = prepared(table, elements, wanted)
        begin = time.perf_counter()
        ours = best_found(case.instance, case.limits, wanted.settings)
        seconds = time.perf_counter() - begin
        assert ours is not None
        plain = max(greedy_plain(case, by_price=by_price) for by_price in (True, False))
        bound = most_possible(case.instance, case.limits, ours, rounds=60)
        begin = time.perf_counter()
        theirs, dual = milp_timed(case)
        beside.append(ours.value / plain)
        programmed.append(ours.value / theirs if theirs else np.nan)
        print(
            f"greedy     {n} candidates: ours {ours.value:.0f} in {seconds:.2f} s (at least"
            f" {ours.value / bound:.3f} of the best), greedy {plain:.0f}, HiGHS {theirs:.0f}"
            f" (bound {dual:.0f}) in {time.perf_counter() - begin:.0f} s"
        )
    return {"vs_greedy": float(np.mean(beside)), "vs_milp": float(np.nanmean(programmed))}


def large(n: int) -> dict[str, Any]:
    """100,000 candidates in a process of its own, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        result = pool.apply(_large, (n,))
    print(f"large      {result}")
    return result


def _large(n: int) -> dict[str, Any]:
    warm, few, wanted = segments(50, 400, 1)
    portfolio(warm, few, replace(wanted, objective="reach"), is_whole=False)
    table, elements, budget = towns(n, 100 * n)
    given = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    asked = PortfolioAsked(budget, "SAR", "reach", most_picks=200, settings=PLAIN)
    begin = time.perf_counter()
    made = portfolio(table, elements, asked, is_whole=False)
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    row = made.result.to_pylist()[0]
    case = prepared(table, elements, asked)
    replans = []
    for share in (0.5, 0.8, 1.2, 1.5):
        begin = time.perf_counter()
        best_found(case.instance, case.limits.with_budget(int(share * budget)), QUICK)
        replans.append(time.perf_counter() - begin)
    return {
        "n_candidates": n,
        "n_members": elements.n_elements,
        "n_memberships": int(elements.member.size),
        "seconds_100k": seconds,
        "peak_gb": peak / 2**20,
        "given_gb": given / 2**20,
        "bound_100k": row["of_best_share"],
        "n_picks_100k": row["n_picks"],
        "replan_ms": 1_000 * float(np.median(replans)),
    }


QUICK = replace(PLAIN, swap_rounds=0)


def robust(n: int) -> dict[str, Any]:
    """The product's choice against the naive one on held-out outcomes."""
    result = held_out(n_worlds=max(2, min(24, n // 4_000)))
    print(f"robust     {result}")
    return result


PARTS: dict[str, Callable[[int], dict[str, Any]]] = {
    "small": small,
    "greedy": greedy,
    "large": large,
    "robust": robust,
}


def main() -> None:
    """Run the parts and print the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="not needed: all cases are made up")
    parser.add_argument("--only", nargs="+", choices=sorted(PARTS), default=list(PARTS))
    parser.add_argument("--size", type=int, default=100_000, help="candidates of `large`")
    given = parser.parse_args()
    result: dict[str, Any] = {}
    for name in given.only:
        result |= PARTS[name](given.size)
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main()
