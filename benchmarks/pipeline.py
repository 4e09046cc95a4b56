"""Measures over posts: our functions beside hand-written SQL and polars doing the same.

``python -m benchmarks.pipeline [--posts 1000000,5000000,20000000] [--repeats 3]``. Posts of
200,000 accounts are made up in Parquet files ordered by time (`pipeline_posts`), then six
tables are computed from files to files: engagement under every formula with intervals, reach
of the last 90 days, cadence with the exact median gap, growth, the labelled share and its rate,
and tags (distinct, and the top five an account). Mawj's functions through Ibis on DuckDB, SQL
written by hand for DuckDB, and polars' streaming engine each run in a process of their own,
two threads each, in turns; importing is not counted, compiling the expressions is. The engines
of DuckDB may use 3 GB and spill.

Every number of every table is summed and must agree to 1e-9 (relative) among the three.

Prints a table, then ``RESULT {json}``: ``ratio_sql_N`` and ``ratio_polars_N`` (our wall time /
theirs, medians of the repeats), ``cpu_ratio_sql_N`` and ``cpu_ratio_polars_N`` (processor time,
which a busy machine moves less), ``seconds_N``, ``peak_rss_gb``, and ``growth_exponent`` of
our time over posts, with and without the exact medians of gaps (`cadence`).
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.pipeline_posts import write_inputs

ENGINES = ("mawj", "sql", "polars")
AGREE = 1e-9


def run_engine(engine: str, folder: Path, out: Path) -> dict[str, Any]:
    """Wall and processor seconds of each table, and the peak of memory, in this process."""
    out.mkdir(parents=True, exist_ok=True)
    module = importlib.import_module(f"benchmarks.pipeline_{engine}")
    seconds = {}
    for name, compute in module.jobs(folder, out):
        wall, cpu = time.perf_counter(), time.process_time()
        compute()
        seconds[name] = (time.perf_counter() - wall, time.process_time() - cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return {"seconds": seconds, "peak_gb": peak}


def checksums(out: Path) -> dict[str, float]:
    """Rows and the sum of every number of every table that an engine has written."""
    sums = {}
    for file in sorted(out.glob("*.parquet")):
        table = duckdb.read_parquet(str(file))
        kinds = zip(table.columns, map(str, table.types), strict=True)
        numbers = [c for c, kind in kinds if kind in {"DOUBLE", "BIGINT", "INTEGER"}]
        chosen = ", ".join(f"sum({column}::DOUBLE)" for column in sorted(numbers))
        row = table.aggregate(f"count(*), {chosen}").fetchone() or ()
        names = ["rows", *sorted(numbers)]
        sums |= {f"{file.stem}.{n}": float(v or 0) for n, v in zip(names, row, strict=True)}
    return sums


def disagreements(ours: dict[str, float], theirs: dict[str, float]) -> list[str]:
    """Sums that differ, or that one side lacks."""
    return [
        name
        for name in sorted({*ours, *theirs})
        if not math.isclose(
            ours.get(name, math.nan), theirs.get(name, math.nan), rel_tol=AGREE, abs_tol=1e-9
        )
    ]


def measured(n_posts: int, repeats: int, work: Path) -> dict[str, list[dict[str, Any]]]:
    """What each engine reports, run in turns, after a check that all have the same sums."""
    folder = work / f"posts-{n_posts}"
    write_inputs(folder, n_posts)
    reports: dict[str, list[dict[str, Any]]] = {engine: [] for engine in ENGINES}
    for _turn in range(repeats):
        for engine in ENGINES:
            out = work / engine
            shutil.rmtree(out, ignore_errors=True)
            reports[engine].append(_in_process(engine, folder, out))
    sums = {engine: checksums(work / engine) for engine in ENGINES}
    shutil.rmtree(folder)
    for engine in ENGINES[1:]:
        wrong = disagreements(sums["mawj"], sums[engine])
        if wrong:
            raise SystemExit(f"mawj and {engine} disagree at {n_posts} posts: {wrong}")
    return reports


def _in_process(engine: str, folder: Path, out: Path) -> dict[str, Any]:
    called = [sys.executable, "-m", "benchmarks.pipeline", "--engine", engine]
    done = subprocess.run(
        [*called, "--folder", str(folder), "--out", str(out)], capture_output=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{engine} failed:\n{done.stderr.decode()[-2_000:]}")
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return report


def total(reports: list[dict[str, Any]], which: int, without: str = "") -> float:
    """Median over the repeats of the seconds of all tables; 0 is wall, 1 is processor."""
    return statistics.median(
        sum(s[which] for name, s in report["seconds"].items() if name != without)
        for report in reports
    )


def main() -> None:
    """Run the benchmark, or one engine of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", default="1000000,5000000,20000000")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--data", help="not needed: the posts are made up")
    for name in ("--engine", "--folder", "--out"):
        parser.add_argument(name, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.engine:
        print(json.dumps(run_engine(given.engine, Path(given.folder), Path(given.out))))
        return
    sizes = [int(size) for size in given.posts.split(",")]
    with tempfile.TemporaryDirectory() as work:
        every = {size: measured(size, given.repeats, Path(work)) for size in sizes}
    for size, reports in every.items():
        _show(size, reports)
    print("RESULT", json.dumps(_result(every)))


def _show(size: int, reports: dict[str, list[dict[str, Any]]]) -> None:
    print(f"\n{size:,} posts: wall seconds (processor seconds), median of the repeats")
    names = list(reports["mawj"][0]["seconds"])
    print(f"{'':16}" + "".join(f"{engine:>18}" for engine in ENGINES))
    for name in names:
        cells = [
            [
                statistics.median(r["seconds"][name][which] for r in reports[e])
                for which in (0, 1)
            ]
            for e in ENGINES
        ]
        print(f"{name:16}" + "".join(f"{w:10.2f} ({c:5.2f})" for w, c in cells))
    sums = [(total(reports[e], 0), total(reports[e], 1)) for e in ENGINES]
    print(f"{'all':16}" + "".join(f"{w:10.2f} ({c:5.2f})" for w, c in sums))
    peaks = [max(r["peak_gb"] for r in reports[e]) for e in ENGINES]
    print(f"{'peak GB':16}" + "".join(f"{peak:18.2f}" for peak in peaks))


def _result(every: dict[int, dict[str, list[dict[str, Any]]]]) -> dict[str, float]:
    result: dict[str, float] = {}
    for size, reports in every.items():
        wall, cpu = (
            {engine: total(reports[engine], which) for engine in ENGINES} for which in (0, 1)
        )
        result[f"seconds_{size}"] = wall["mawj"]
        for other in ENGINES[1:]:
            result[f"ratio_{other}_{size}"] = wall["mawj"] / wall[other]
            result[f"cpu_ratio_{other}_{size}"] = cpu["mawj"] / cpu[other]
    peaks = [r["peak_gb"] for reports in every.values() for r in reports["mawj"]]
    result["peak_rss_gb"] = max(peaks)
    if len(every) > 1:
        result["growth_exponent"] = _exponent(every, "")
        result["growth_exponent_without_cadence"] = _exponent(every, "cadence")
    return {name: round(value, 3) for name, value in result.items()}


def _exponent(every: dict[int, dict[str, list[dict[str, Any]]]], without: str) -> float:
    """Slope of log processor seconds over log posts, from the smallest to the largest."""
    least, most = min(every), max(every)
    ends = [total(every[size]["mawj"], 1, without) for size in (least, most)]
    return math.log(ends[1] / ends[0]) / math.log(most / least)


if __name__ == "__main__":
    main()
