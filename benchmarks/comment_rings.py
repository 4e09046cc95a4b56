"""Rings of commenters in made-up comments of growing size: seconds, memory, what is found.

``python -m benchmarks.comment_rings [--sizes 1000000 5000000 20000000]``. Each size is made,
written to a Parquet file and searched in a process of its own: ``n`` comments under posts of
``n / 2000`` accounts (10,000 at 20 million), by fans whose number of comments is heavy-tailed
and who come at hours that are lognormal after a post (median five hours), busy posts drawing
far more than others; about one account in eight is in a planted ring of 12 whose members meet
under 12 posts of each other. Needs no data.

What is measured is the product's own steps: ``ring_authors``, ``ring_visits`` and
``ring_delays`` on DuckDB with the lake's limit of memory, ``ring_members`` in this process.
Beside it stands, for the smallest size only, the plain way: a self-join of comments under one
post within the window, counted by pair.

Prints ``RESULT {json}``: by size ``seconds`` (of it ``seconds_members`` in ring_members),
``peak_rss_mb``, ``recall`` of the planted members, ``false`` members; ``plain_seconds`` and
``plain_recall``, and ``growth``: the exponent of seconds over comments between the smallest and
the largest size (1 is linear).
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mawj.vet.ring_members import RingLimits, ring_members
from mawj.vet.ring_visits import RingAuthorLimits, ring_authors, ring_delays, ring_visits

SEED = 20240501
START_S = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
DAY_S = 86_400
POSTS_EACH, RING, MEETINGS, STEP_S = 100, 12, 12, 45.0
MEMORY = "2GB"
SIZES = [1_000_000, 5_000_000, 20_000_000]


def made_up(n: int, folder: Path) -> set[str]:
    """Write posts and comments; the ids of those in planted rings."""
    stream = np.random.default_rng(SEED)
    n_owners = max(n // 2_000, 50)
    n_posts, n_fans = n_owners * POSTS_EACH, n // 8
    owner = np.repeat(np.arange(n_owners), POSTS_EACH)
    post_at = START_S + stream.integers(0, 364 * DAY_S, n_posts)
    weight = np.repeat(stream.lognormal(0, 1.2, n_owners), POSTS_EACH)
    weight *= stream.lognormal(0, 0.8, n_posts)
    post = np.searchsorted(np.cumsum(weight) / weight.sum(), stream.random(n)).clip(
        0, n_posts - 1
    )
    # A fan has a few favourites: its number says which fifty accounts it reads.
    rank = (n_fans * stream.random(n) ** 2.5).astype(np.int64)
    fan = (rank // 50 * 50 + owner[post] % 50) % n_fans
    at = post_at[post] + 30 + (5 * 3_600 * stream.lognormal(0, 1.4, n)).astype(np.int64)
    rings, extra = planted(stream, n_owners, post_at)
    authors = [f"x:f{number}" for number in range(n_fans)]
    names = pa.array([*authors, *(f"x:o{number}" for number in range(n_owners))])
    who = np.concatenate([fan, n_fans + extra[0]])
    where, when = np.concatenate([post, extra[1]]), np.concatenate([at, extra[2]])
    ids = pa.array([f"x:p{number}" for number in range(n_posts)])
    posts = pa.table(
        {
            "post_id": ids, "account_id": names.take(pa.array(n_fans + owner)),
            "published_at": moments(post_at),
            "reply_to_post_id": pa.nulls(n_posts, pa.string()),
        }
    )  # fmt: skip
    pq.write_table(posts, folder / "posts.parquet")
    comments = {
        "post_id": ids.take(pa.array(where)),
        "account_id": names.take(pa.array(who)),
        "published_at": moments(when),
    }
    pq.write_table(pa.table(comments), folder / "comments.parquet")
    subjects = {"account_id": [f"x:o{number}" for number in range(n_owners)]}
    pq.write_table(pa.table(subjects), folder / "subjects.parquet")
    return {f"x:o{number}" for number in rings}


def planted(stream: Any, n_owners: int, post_at: Any) -> tuple[Any, Any]:
    """Members of rings, and (author, post, moment) of what they write."""
    n_rings = max(1, n_owners // 100)
    members = stream.permutation(n_owners)[: n_rings * RING].reshape(n_rings, RING)
    rows: list[tuple[Any, Any, Any]] = []
    for ring in members:
        for host in ring:
            for post in host * POSTS_EACH + stream.permutation(POSTS_EACH)[:MEETINGS]:
                there = ring[(ring != host) & (stream.random(RING) < 0.85)]
                steps = np.cumsum(STEP_S * (0.4 + 1.2 * stream.random(len(there))))
                rows.append((there, np.full(len(there), post), post_at[post] + 60 + steps))
    parts = [np.concatenate(column).astype(np.int64) for column in zip(*rows, strict=True)]
    return members.ravel(), parts


def moments(seconds: Any) -> pa.Array[Any]:
    """Moments of whole seconds since 1970."""
    return pa.array(seconds * 1_000_000, pa.timestamp("us", tz="UTC"))


def engine_in(folder: str) -> Any:
    """DuckDB with bounded memory, spilling into the folder."""
    spill = f"{folder}/spill"
    engine = ibis.duckdb.connect(memory_limit=MEMORY, threads=2, temp_directory=spill)
    engine.raw_sql("SET TimeZone='UTC'; SET preserve_insertion_order=false")
    return engine


def searched(folder: str) -> dict[str, Any]:
    """The product's steps on the files of `folder`."""
    engine = ibis.duckdb.connect(
        memory_limit=MEMORY, threads=2, temp_directory=f"{folder}/spill"
    )
    engine.raw_sql("SET TimeZone='UTC'; SET preserve_insertion_order=false")
    tables = {
        name: engine.read_parquet(f"{folder}/{name}.parquet", table_name=name)
        for name in ("posts", "comments", "subjects")
    }
    began = time.perf_counter()
    said = (tables["comments"], tables["posts"])
    limits = RingAuthorLimits()
    authors = ring_authors(tables["subjects"], *said, ring_author_limits=limits)
    engine.create_table("ring_authors", authors)
    delays = engine.to_pyarrow(ring_delays(*said))
    visits = ring_visits(engine.table("ring_authors"), *said)
    engine.to_parquet(visits, f"{folder}/visits.parquet")
    numbered = engine.to_pyarrow(engine.table("ring_authors"))
    n_visits = pq.read_metadata(f"{folder}/visits.parquet").num_rows
    before = time.perf_counter()
    reader = engine.read_parquet(f"{folder}/visits.parquet").to_pyarrow_batches()
    found = ring_members(numbered, delays, reader, ring_limits=RingLimits())
    after = time.perf_counter()
    return {
        "seconds": after - began, "seconds_members": after - before, "n_visits": n_visits,
        "n_authors": numbered.num_rows, "found": found["account_id"].to_pylist(),
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def plainly(folder: str) -> dict[str, Any]:
    """All pairs of comments under one post within the window, counted by pair."""
    engine = ibis.duckdb.connect(
        memory_limit=MEMORY, threads=2, temp_directory=f"{folder}/spill"
    )
    engine.read_parquet(f"{folder}/comments.parquet", table_name="comments")
    began = time.perf_counter()
    pairs = engine.raw_sql(
        "SELECT a.account_id AS one, b.account_id AS other FROM comments a JOIN comments b "
        "ON a.post_id = b.post_id AND a.account_id < b.account_id AND "
        "abs(epoch(a.published_at) - epoch(b.published_at)) <= 600 "
        "GROUP BY ALL HAVING count(DISTINCT a.post_id) >= 4"
    ).fetchall()
    found = sorted({one for pair in pairs for one in pair})
    return {"seconds": time.perf_counter() - began, "found": found}


def measure(n: int, plain: bool) -> dict[str, Any]:
    """One size, in processes of their own."""
    with tempfile.TemporaryDirectory() as folder:
        rings = made_up(n, Path(folder))
        spawned = multiprocessing.get_context("spawn")
        with spawned.Pool(1) as pool:
            found = pool.apply(searched, (folder,))
        told = set(found.pop("found"))
        result = found | {"recall": len(told & rings) / len(rings), "false": len(told - rings)}
        result["n_planted"] = len(rings)
        if plain:
            with spawned.Pool(1) as pool:
                beside = pool.apply(plainly, (folder,))
            named = set(beside["found"])
            result |= {
                "plain_seconds": beside["seconds"],
                "plain_recall": len(named & rings) / len(rings),
                "plain_false": len(named - rings),
            }
    return {
        name: round(value, 3) if isinstance(value, float) else value
        for name, value in result.items()
    }


def main() -> None:
    """Measure every size and print."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000_000, 5_000_000, 20_000_000]
    )
    asked.add_argument("--data", type=Path, help="not needed: the comments are made up")
    sizes = sorted(asked.parse_args().sizes)
    result: dict[str, Any] = {}
    for n in sizes:
        result[str(n)] = measure(n, plain=n == sizes[0])
        print(f"{n:>12,} comments: {result[str(n)]}", flush=True)
    if len(sizes) > 1:
        spent = [result[str(n)]["seconds"] for n in (sizes[0], sizes[-1])]
        result["growth"] = round(
            math.log(spent[1] / spent[0]) / math.log(sizes[-1] / sizes[0]), 3
        )
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main()
