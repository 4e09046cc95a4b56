"""Forecasts beside naive ones, on real tables that nobody here wrote.

``python -m benchmarks.forecast [--data FOLDER]``. FOLDER holds the sets in folders of their
own, or one set's files directly:

- `influencer-tables-2022`: averages of Instagram, TikTok and YouTube accounts at several dates,
  loaded through the product's ready mappings. Average engagement and views about three months
  ahead (`mawj.plan.forecasting.averages_ahead`), once with accounts left out (five parts,
  fixed seed: what other accounts did in those months is known) and once by time alone
  (nothing after the origin is known). Beside it: the same as last, and
  that moved by the median change.
- `facebook-metrics`: reach and interactions of the posts of one page from what is known before
  publication (`mawj.plan.forecasting.forecast_model`, the page's own posts; the columns become
  kind, subject, paid and time of publication), in five shuffled parts, five seeds; and month by
  month, each month's errors teaching the next through the record of past error.
- `instagram-post-insights`: impressions and engagement of the posts of one account in order
  of time, in the same way, posts whose caption was seen before left out; and likes of 100
  posts from their accounts' followers, the account left out.

Errors are |forecast - outcome| / outcome, outcomes of 0 left out. Intervals are of 80 %.
Nothing is fitted to the sets beyond what the product fits by itself.

Prints ``RESULT {json}``: ``median_error`` and ``coverage_80`` over all forecasts, and the same
for each set, with the naive forecasts of the same rows beside; ``less_than_last_…``, the ends
of 95 % of our median error less that of the last value, rows drawn again in pairs: where they
lie on both sides of 0, neither is better for all that these rows can tell.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks import forecast_pages, forecast_panel

Floats = npt.NDArray[np.float64]

DRAWS, DRAWN_AS = 2_000, 20220901
SETS = {
    "influencer-tables-2022": forecast_panel.tests,
    "facebook-metrics": forecast_pages.facebook_tests,
    "instagram-post-insights": forecast_pages.instagram_tests,
}


@dataclass
class Gathered:
    """Errors and hits of all tests that count towards the whole."""

    errors: list[Floats] = field(default_factory=list)
    inside: list[Floats] = field(default_factory=list)


def scored(test: dict[str, Any]) -> tuple[dict[str, float], Floats, Floats]:
    """The figures of one test, the errors of its forecasts and whether each interval held."""
    actual, low, high = test["actual"], test["low"], test["high"]
    known = (actual > 0) & np.isfinite(test["mawj"])
    inside = ((actual >= low) & (actual <= high))[known]
    made = {"n": int(known.sum()), "coverage_80": round(float(inside.mean()), 4)}
    for way in ("mawj", *(name for name in test if name.startswith("naive_"))):
        error = np.abs(test[way] - actual)[known] / actual[known]
        made |= {f"{way}_median": float(np.median(error)), f"{way}_mean": float(error.mean())}
    error = np.abs(test["mawj"] - actual)[known] / actual[known]
    return made, error, inside.astype(float)


def less_than_last(test: dict[str, Any]) -> list[float]:
    """Our median error less that of the last value: ends of 95 %, rows drawn again in pairs."""
    actual = test["actual"]
    known = (actual > 0) & np.isfinite(test["mawj"])
    ours, last = (
        np.abs(test[way] - actual)[known] / actual[known] for way in ("mawj", "naive_last")
    )
    rows = np.random.default_rng(DRAWN_AS).integers(0, ours.size, (DRAWS, ours.size))
    less = np.median(ours[rows], axis=1) - np.median(last[rows], axis=1)
    return [round(float(end), 4) for end in np.quantile(less, (0.025, 0.975))]


def told(name: str, test: dict[str, Any], whole: Gathered) -> Iterator[tuple[str, Any]]:
    """Prints one test and gives its keys."""
    made, error, inside = scored(test)
    if test["counts"]:
        whole.errors.append(error)
        whole.inside.append(inside)
    parts = [f"{made['mawj_median']:.1%} (mean {made['mawj_mean']:.0%})"]
    yield f"median_error_{name}", round(made["mawj_median"], 4)
    yield f"coverage_80_{name}", made["coverage_80"]
    for way in [one for one in test if one.startswith("naive_")]:
        parts.append(f"{way.removeprefix('naive_')} {made[f'{way}_median']:.1%}")
        yield f"median_error_{name}_{way}", round(made[f"{way}_median"], 4)
    if "naive_last" in test:
        less = less_than_last(test)
        parts[-1] += f" (ours less last {less[0]:+.1%} to {less[1]:+.1%})"
        yield f"less_than_last_{name}", less
    yield f"n_{name}", made["n"]
    width = float(np.nanmedian(test["high"] / np.maximum(test["low"], 1e-9)))
    say(
        f"{name:42} n {made['n']:5}  median error {parts[0]:22} naive: {', '.join(parts[1:])}; "
        f"80 % intervals held {made['coverage_80']:.1%}, times {width:.1f} wide"
    )


def say(text: str) -> None:
    """Print one line."""
    sys.stdout.write(text + "\n")


def files_of(folder: Path, name: str) -> list[Path]:
    """The CSV files of a set: in its own folder, or in FOLDER itself."""
    home = folder / name if (folder / name).is_dir() else folder
    return sorted(home.glob("*.csv")) if home.is_dir() else []


def measured(folder: Path) -> dict[str, Any]:
    """Every test of every set that is there."""
    result: dict[str, Any] = {}
    whole = Gathered()
    for name, tests_of in SETS.items():
        found = 0
        for key, test in tests_of(files_of(folder, name)):
            found += 1
            result |= dict(told(key, test, whole))
        if not found:
            say(f"{name}: not there, or nothing in it can be read; skipped")
    if not whole.errors:
        return {"skipped": f"no set under {folder}"}
    error, inside = np.concatenate(whole.errors), np.concatenate(whole.inside)
    overall = {
        "median_error": round(float(np.median(error)), 4),
        "coverage_80": round(float(inside.mean()), 4), "n": int(error.size),
    }  # fmt: skip
    return overall | result


def main() -> None:
    """Read the sets, test, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    began = time.perf_counter()
    result = measured(parser.parse_args().data)
    if "skipped" not in result:
        result["seconds"] = round(time.perf_counter() - began, 1)
    say(f"RESULT {json.dumps(result)}")


if __name__ == "__main__":
    main()
