"""Time of a full run, and of scoring again after 1 % new data.

``python -m benchmarks.rescoring [--size demo|middle|small]``. A made-up world is loaded without
its newest posts (1 %) and all that hangs on them (their counts, comments and acts); the product
runs; the rest is loaded as an update would bring it, and the product runs again.

Prints both runs step by step, then ``RESULT {json}``: ``full_s`` and ``again_s`` (loading of
the new rows apart, ``load_s``), ``ratio`` = again / full, ``kept_share``, the part of the full
run's seconds in steps that were not made again, ``n_new_rows``, ``slowest`` steps again.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from mawj.flow.loading import load_tables
from mawj.flow.running import RunAsked, run
from mawj.flow.settings import settings_in_force
from mawj.lake.lake import Lake
from mawj.worlds.size import DEMO, SMALL, WorldSize
from mawj.worlds.world import made_up_world

MIDDLE = WorldSize(
    n_creators=500, n_members=3_600, n_bots=320, n_posts=60_000, n_comments=60_000,
    n_follows=200_000, n_subjects=24, n_bodies=60,
)  # fmt: skip
SIZES = {"demo": DEMO, "middle": MIDDLE, "small": SMALL}
NEW_SHARE, SEED = 0.01, 1
HANGS_ON = {"post_snapshots": "post_id", "comments": "post_id", "interactions": "post_id"}

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute


@dataclass
class Timed:
    """One run: seconds in all and by step."""

    seconds: float = 0.0
    steps: dict[str, float] = field(default_factory=dict)


def newest_apart(
    tables: Mapping[str, pa.Table],
) -> tuple[dict[str, pa.Table], dict[str, pa.Table]]:
    """The tables without the newest posts and what hangs on them, and those rows."""
    posts = tables["posts"]
    moments = posts["published_at"].cast(pa.int64()).to_numpy(zero_copy_only=False)
    line = np.quantile(moments, 1.0 - NEW_SHARE)
    newest = posts["post_id"].filter(pa.array(moments > line))
    before, after = dict(tables), {}
    for name, column in {"posts": "post_id", **HANGS_ON}.items():
        is_new = pc.fill_null(pc.is_in(tables[name][column], value_set=newest), False)
        before[name] = tables[name].filter(pc.invert(is_new))
        after[name] = tables[name].filter(is_new)
    return before, after


def timed_run(lake: Lake) -> Timed:
    """Run the product once."""
    told = Timed()
    began = time.perf_counter()
    run(
        lake,
        RunAsked(settings_in_force()),
        done=lambda step: told.steps.__setitem__(step.name, step.seconds),
    )
    told.seconds = time.perf_counter() - began
    return told


def measure(size: WorldSize) -> dict[str, Any]:
    """Every figure of the result."""
    before, after = newest_apart(made_up_world(seed=SEED, size=size).tables)
    with tempfile.TemporaryDirectory() as folder, Lake.open(Path(folder) / "lake") as lake:
        # The first run of a process compiles kernels; that is no part of either time.
        load_tables(lake, before)
        timed_run(lake)
        full = timed_run(lake)
        began = time.perf_counter()
        load_tables(lake, after)
        loaded = time.perf_counter() - began
        again = timed_run(lake)
    for name in full.steps:
        print(f"{name:>22}  {full.steps[name]:8.2f} s  {again.steps.get(name, 0.0):8.2f} s")
    kept = sum(spent for name, spent in full.steps.items() if name not in again.steps)
    slowest = sorted(again.steps, key=lambda name: -again.steps[name])[:5]
    return {
        "full_s": round(full.seconds, 2),
        "again_s": round(again.seconds, 2),
        "load_s": round(loaded, 2),
        "ratio": round(again.seconds / full.seconds, 3),
        "kept_share": round(kept / max(sum(full.steps.values()), 1e-9), 3),
        "n_rows": sum(table.num_rows for table in before.values()),
        "n_new_rows": sum(table.num_rows for table in after.values()),
        "slowest": {name: round(again.steps[name], 2) for name in slowest},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=sorted(SIZES), default="middle")
    parser.add_argument("--data", type=Path, help="not read: the world is made up")
    result = measure(SIZES[parser.parse_args().size])
    if result["ratio"] > 0.1:
        print(
            "Every step is made again in a run: 1 % of new posts touches nearly every "
            "account through its peers, its topics' means and the graph, and a run's tables "
            "are written whole so that any old score can still be shown."
        )
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main()
