"""How fast receipts are, how well past fees foretell the next, and how often the audit errs.

There is no public set of fees, so all is made up with a known truth:
`python -m benchmarks.prices` (`--data FOLDER` is taken, as elsewhere, and not needed).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from mawj.plan.pricing.cards import rate_cards
from mawj.plan.pricing.money import CurrencyRates
from mawj.plan.pricing.pay_gap import PayGapScale, pay_audit
from mawj.plan.pricing.price_lines import price_lines
from mawj.plan.pricing.price_scale import PriceScale
from mawj.plan.pricing.prices import prices
from mawj.plan.pricing.terms import Terms
from mawj.tables.observed_quotes import QUOTES

if TYPE_CHECKING:
    from collections.abc import Sequence

ON = date(2026, 11, 20)
KEY = "tiktok:video"


def offers(n: int, random: np.random.Generator) -> pa.Table:
    """Offers of all sizes, with intervals round their views."""
    views = np.exp(random.normal(9, 1.5, n))
    return pa.table({
        "account_id": [f"tiktok:{i}" for i in range(n)], "deliverable": [KEY] * n,
        "subject": [""] * n, "followers": views * 10, "views": views, "views_low": views / 2,
        "views_high": views * 2,
    })  # fmt: skip


def receipts(n: int) -> dict[str, float]:
    """Seconds for receipts of `n` offers with every term, and for their sums."""
    table = offers(n, np.random.default_rng(1))
    rights = {"usage_days": 30, "exclusivity_days": 60, "boosting_days": 30}
    terms = Terms("SAR", "SA", due_days=3, boost_minor=1000, is_for_cause=True, **rights)
    began = time.perf_counter()
    lines = price_lines(
        table, QUOTES.schema.empty_table(), terms, rate_cards(),
        currency_rates=CurrencyRates(), price_scale=PriceScale(), as_of=ON,
    )  # fmt: skip
    middle = time.perf_counter()
    totals = prices(lines)
    ended = time.perf_counter()
    assert totals.num_rows == n
    spent = {"lines_s": middle - began, "sums_s": ended - middle}
    return {"offers": n, "lines": lines.num_rows, **spent}


def foretold(n: int, n_past: int, spreads: tuple[float, float]) -> dict[str, float]:
    """How near the suggested fee is to the next fee, beside the card alone and past fees alone.

    The world: an account's own level lies `spreads[0]` (logarithms) round the card's figure,
    its fees `spreads[1]` round that level. The settings are the usual ones, whatever the world.
    """
    random = np.random.default_rng(7)
    table = offers(n, random)
    known: dict[str, Any] = {
        "currency_rates": CurrencyRates(), "price_scale": PriceScale(), "as_of": ON,
    }  # fmt: skip
    empty = QUOTES.schema.empty_table()
    card = np.asarray(
        prices(price_lines(table, empty, Terms(), rate_cards(), **known))["price_minor"]
    )
    level = np.log(card) + random.normal(0, spreads[0], n)
    past = np.exp(level[:, None] + random.normal(0, spreads[1], (n, n_past)))
    fee = np.exp(level + random.normal(0, spreads[1], n))
    rows = [
        {"quote_id": f"{i}-{j}", "account_id": f"tiktok:{i}", "deliverable": KEY,
         "amount_minor": round(past[i, j]), "currency": "USD", "quoted_on": date(2026, 6, 1),
         "is_paid": True, "source": "made up", "fetched_at": datetime(2026, 6, 1, tzinfo=UTC),
         "basis": "typed_in", "load_id": "1"}
        for i in range(n) for j in range(n_past)
    ]  # fmt: skip
    quotes = pa.Table.from_pylist(rows, QUOTES.schema)
    told = prices(price_lines(table, quotes, Terms(), rate_cards(), **known))
    ours, low, high = (np.asarray(told[f"price{end}_minor"]) for end in ("", "_low", "_high"))

    def error(guess: np.ndarray[Any, Any]) -> float:
        return float(np.median(np.abs(guess - fee) / fee))

    alone = np.exp(np.log(past).mean(axis=1))
    return {
        "n_past": n_past, "median_error": error(ours), "card_error": error(card),
        "past_error": error(alone), "coverage_80": float(np.mean((low <= fee) & (fee <= high))),
    }  # fmt: skip


def audit_rates(gap: float, worlds: int, n: int) -> dict[str, float]:
    """How often a gap is called a difference, and how often its interval holds the truth."""
    scale = PayGapScale(n_permutations=499)
    called = held = 0
    for seed in range(worlds):
        random = np.random.default_rng(seed)
        second = random.random(n) < 0.4
        views = np.exp(random.normal(10, 1.0, n) - 0.8 * second)
        fee = np.exp(0.8 * np.log(views) + random.normal(0, 0.4, n)) * (1 + gap * second)
        table = pa.table({
            "account_id": [str(i) for i in range(n)], "group": np.where(second, "b", "a"),
            "amount": fee, "currency": ["USD"] * n, "views": views,
            "engagements": views * np.exp(random.normal(-3, 0.3, n)),
            "platform": ["tiktok"] * n, "deliverable": [KEY] * n,
            "tier": random.choice(["micro", "mid"], n), "market": ["SA"] * n,
        })  # fmt: skip
        found = pay_audit(table, pay_gap_scale=scale, seed=seed).gaps[0]
        called += found.verdict == "difference"
        held += bool(
            found.gap_low is not None and found.gap_low <= gap <= (found.gap_high or 0)
        )
    return {
        "gap": gap,
        "worlds": worlds,
        "fees": n,
        "called": called / worlds,
        "held": held / worlds,
    }


def main(arguments: Sequence[str] = ()) -> None:
    """Print the figures; the last line is `RESULT {json}`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="", help="taken as elsewhere; nothing is read")
    parser.add_argument("--offers", type=int, default=100_000)
    parser.add_argument("--accounts", type=int, default=2_000)
    parser.add_argument("--worlds", type=int, default=300)
    told = parser.parse_args(list(arguments))
    result: dict[str, Any] = {"receipts": receipts(told.offers)}
    print(result["receipts"])
    for name, spreads in {
        "as_supposed": (0.7, 0.35),
        "wilder": (1.0, 0.6),
        "tamer": (0.4, 0.2),
    }.items():
        result[f"fees_{name}"] = [foretold(told.accounts, n, spreads) for n in (1, 3)]
        for row in result[f"fees_{name}"]:
            print(name, row)
    result["audit"] = [audit_rates(gap, told.worlds, 240) for gap in (0.0, -0.1, -0.2)]
    for row in result["audit"]:
        print(row)
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1:])
