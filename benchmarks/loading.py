"""Rate and memory of reading a large file into observed rows, without storing them.

`python -m benchmarks.loading [--rows 10000000] [--form csv|jsonl] [--gz]`. Writes a made-up
list of accounts (eight columns, seeded) to a temporary folder, opens it, guesses its mapping
and reads all rows to Arrow batches in a process of its own. Prints a line a million rows, then
``RESULT {json}``: ``rows``, ``bytes``, ``seconds`` and ``rows_per_s`` by the clock,
``cpu_seconds`` and ``rows_per_cpu_s`` by the processor's own count (on a shared machine the
fairer figure), ``peak_rss_mb``, ``certainty`` of the guess, ``kept`` and ``rejected``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import random
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from mawj.sources.guessing import guess
from mawj.sources.reading import open_file
from mawj.sources.rows import Rejections, TableBatch, rows_of

SEED = 20240501
HEADINGS = (
    "username", "full_name", "followers", "following", "posts", "avg_likes", "country",
    "verified",
)  # fmt: skip
COUNTRIES = ("Saudi Arabia", "مصر", "ایران", "UAE", "Iraq")


def write_accounts(out: IO[str], rows: int, form: str) -> None:
    """A made-up list of accounts; one row in 10,000 has followers that are no number."""
    chance = random.Random(SEED)
    if form == "csv":
        out.write(",".join(HEADINGS) + "\n")
    for i in range(rows):
        cells: tuple[Any, ...] = (
            f"user_{i}",
            f"Name {i % 977}",
            "many" if i % 10_000 == 9_999 else chance.randrange(10**6),
            i * 7 % 1000,
            i * 13 % 300,
            f"{chance.random() * 1000:.2f}",
            COUNTRIES[i % len(COUNTRIES)],
            "no" if i % 9 else "yes",
        )
        if form == "csv":
            out.write(",".join(map(str, cells)) + "\n")
        else:
            out.write(json.dumps(dict(zip(HEADINGS, cells, strict=True))) + "\n")


def measure(path: str) -> dict[str, Any]:
    """Read the whole file once; figures of this process only."""
    now = datetime(2024, 5, 1, tzinfo=UTC)
    clock, cpu = time.perf_counter(), time.process_time()
    kept = rejected = told = 0
    with open_file(path) as raw:
        found = guess(raw)
        assert found.mapping is not None
        for piece in rows_of(raw, found.mapping, load_id="b", fetched_at=now, taken_at=now):
            if isinstance(piece, TableBatch) and piece.table == "accounts":
                kept += len(piece.rows)
            elif isinstance(piece, Rejections):
                rejected += len(piece.rejected)
            if kept // 1_000_000 > told:
                told = kept // 1_000_000
                print(f"{kept:,} rows, {peak_mb():,.0f} MB", flush=True)
    return {
        "seconds": time.perf_counter() - clock,
        "cpu_seconds": time.process_time() - cpu,
        "peak_rss_mb": peak_mb(),
        "certainty": found.certainty,
        "kept": kept,
        "rejected": rejected,
    }


def peak_mb() -> float:
    """Most memory this process has held, in MB (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Write, read, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--form", choices=("csv", "jsonl"), default="csv")
    asked.add_argument("--gz", action="store_true")
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"instagram.{said.form}"
        opened: Any = gzip.open if said.gz else open
        with opened(path, "wt", encoding="utf-8") as out:
            write_accounts(out, said.rows, said.form)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            result = pool.apply(measure, (str(path),))
        size = path.stat().st_size
    result |= {
        "rows": said.rows,
        "bytes": size,
        "rows_per_s": said.rows / result["seconds"],
        "rows_per_cpu_s": said.rows / result["cpu_seconds"],
    }
    print(f"RESULT {json.dumps({key: round(value, 3) for key, value in result.items()})}")


if __name__ == "__main__":
    main()
