"""Whom people call more influential of two accounts, and whom the influence score puts first.

``python -m benchmarks.judgement [--data FOLDER]``. FOLDER holds the set `peerindex-pairs`
(PeerIndex and Data Science London, 2013) in a folder of its own, or its files directly: pairs
of accounts A and B with their public counts and a person's choice.

Each half of the file is loaded through the ordinary import as a table of accounts (headings
guessed, no mapping written for it), and scored by the product's own steps with their default
settings: standing, influence_findings, influence. The columns `network_feature_*` are unknown
quantities of the vendor and are not used.

Prints ``RESULT {json}``: ``auc``, area under the ROC curve of influence(A) - influence(B), with
``auc_low`` and ``auc_high`` (90 %, bootstrap over pairs) and ``auc_persons_low`` and
``auc_persons_high`` (90 %, bootstrap over persons, a pair weighted by the draws of both:
Owen, The Pigeonhole Bootstrap, 2007; persons are told by their counts, since there are no
names); the same area for log followers, log lists and log mentions alone and for the sum of the
three; ``antisymmetric``, whether swapping A and B turns every difference round and gives
1 - area; ``coverage`` of the scores; ``certainty`` of the guessed mapping; seconds.
"""

import argparse
import csv
import gzip
import io
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mawj.identify.freshness import FreshnessLimits
from mawj.identify.influence import influence
from mawj.identify.influence_findings import (
    SCALES,
    TABLES_READ,
    InfluenceSettings,
    influence_findings,
)
from mawj.identify.standing import standing
from mawj.sources.guessing import guess
from mawj.sources.reading import open_file
from mawj.sources.rows import TableBatch, rows_of
from mawj.tables.declared import TABLES

Floats = npt.NDArray[np.float64]

SET = "peerindex-pairs"
PERSON = ("follower_count", "following_count", "listed_count", "mentions_received", "posts")
MOMENT = datetime(2013, 4, 1, tzinfo=UTC)
REPLICATES, SEED = 1000, 20130401


def pairs_of(folder: Path) -> list[dict[str, str]]:
    """The rows of every CSV file of the set that holds choices."""
    home = folder / SET if (folder / SET).is_dir() else folder
    rows: list[dict[str, str]] = []
    for path in sorted(home.glob("*.csv*")):
        packed = path.read_bytes()
        text = gzip.decompress(packed) if path.suffix == ".gz" else packed
        told = csv.DictReader(io.StringIO(text.decode("utf-8")))
        if "Choice" in (told.fieldnames or ()):
            rows += list(told)
    return rows


def half(rows: list[dict[str, str]], side: str, folder: Path) -> Path:
    """A file of the accounts of one side, as a marketer would have it."""
    names = [name for name in rows[0] if name.startswith(f"{side}_")]
    path = folder / f"accounts_{side}.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["handle", *(name[2:] for name in names)])
        for i, row in enumerate(rows):
            writer.writerow([f"{side.lower()}{i:06d}", *(row[name] for name in names)])
    return path


def loaded(path: Path) -> tuple[dict[str, pa.Table], float]:
    """The observed tables of one file under the guessed mapping, and how sure the guess is."""
    with open_file(path) as raw:
        found = guess(raw, platform="x")
        if found.mapping is None:
            raise SystemExit(f"{path.name}: the headings were not understood: {found.missing}")
        batches: dict[str, list[pa.RecordBatch]] = {}
        for piece in rows_of(
            raw, found.mapping, load_id="benchmark", fetched_at=MOMENT, taken_at=MOMENT
        ):
            if isinstance(piece, TableBatch):
                batches.setdefault(piece.table, []).append(piece.rows)
    return {name: pa.Table.from_batches(b) for name, b in batches.items()}, found.certainty


def absent(name: str) -> pa.Table:
    """A table that is not loaded, as the lake reads it: no rows, every column nullable."""
    return pa.schema([field.with_nullable(True) for field in TABLES[name].schema]).empty_table()


def scored(observed: dict[str, pa.Table]) -> pa.Table:
    """Influence by the product's steps with default settings, in the order of account ids."""
    engine = ibis.duckdb.connect()
    engine.raw_sql("SET TimeZone='UTC'")

    def keep(table: Any) -> Any:
        return ibis.memtable(engine.to_pyarrow(table))

    now = standing(*(ibis.memtable(observed[n]) for n in ("accounts", "account_snapshots")))
    empty = {name: ibis.memtable(absent(name)) for name in TABLES_READ}
    settings = InfluenceSettings()
    found = influence_findings(
        *({**empty, "standing": keep(now)}[name] for name in TABLES_READ),
        influence_settings=settings,
        keep=keep,
        **{name: scale() for name, scale in SCALES.items()},
    )
    none, seen = (TABLES[n].schema.empty_table() for n in ("post_response", "freshness"))
    made = influence(
        engine.to_pyarrow(found).to_reader(), none, seen, influence_settings=settings,
        freshness_limits=FreshnessLimits(), seed=SEED,
    )  # fmt: skip
    return made.sort_by("account_id")


def area(order_by: Floats, chosen: npt.NDArray[np.bool_], weight: Floats) -> float:
    """Area under the ROC curve, ties counted half, pairs weighted."""
    order = np.argsort(order_by, kind="stable")
    value, yes = order_by[order], weight[order] * chosen[order]
    no = weight[order] * ~chosen[order]
    start = np.flatnonzero(np.append(True, value[1:] != value[:-1]))
    yes, no = np.add.reduceat(yes, start), np.add.reduceat(no, start)
    below = np.cumsum(no) - no
    return float((yes * (below + no / 2)).sum() / (yes.sum() * no.sum()))


def interval(draw: Callable[[], Floats], order_by: Floats, chosen: Any) -> list[float]:
    """The 5 % and 95 % quantile of the area under weights drawn again and again."""
    areas = [area(order_by, chosen, draw()) for _ in range(REPLICATES)]
    return [float(end) for end in np.quantile(areas, [0.05, 0.95])]


def persons(rows: list[dict[str, str]]) -> npt.NDArray[np.int64]:
    """A number for each person of each pair, [pairs, 2]; equal counts are one person."""
    known: dict[tuple[str, ...], int] = {}
    told = [[tuple(r[f"{s}_{n}"] for n in PERSON) for s in "AB"] for r in rows]
    return np.array([[known.setdefault(p, len(known)) for p in pair] for pair in told])


def alone(rows: list[dict[str, str]], *names: str) -> Floats:
    """Difference of the sums of log(1 + count) of A and B."""
    sides = [
        sum(np.log1p(np.array([float(r[f"{s}_{name}"]) for r in rows])) for name in names)
        for s in "AB"
    ]
    return np.asarray(sides[0] - sides[1])


def draws(rows: list[dict[str, str]]) -> Iterator[tuple[str, Callable[[], Floats]]]:
    """How weights are drawn: over pairs, and over persons."""
    random = np.random.default_rng(SEED)
    person = persons(rows)
    n_persons = int(person.max()) + 1
    yield "", lambda: random.poisson(1.0, len(rows)).astype(np.float64)
    yield "_persons", lambda: random.exponential(1.0, n_persons)[person].prod(axis=1)


def measure(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Every figure of the result."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        halves = [loaded(half(rows, side, Path(folder))) for side in "AB"]
    made = [scored(observed) for observed, _ in halves]
    spent = time.perf_counter() - began
    left, right = (table["influence"].to_numpy() for table in made)
    chosen, one = np.array([r["Choice"] == "1" for r in rows]), np.ones(len(rows))
    auc, swapped = area(left - right, chosen, one), area(right - left, chosen, one)
    result: dict[str, Any] = {"auc": auc}
    for name, draw in draws(rows):
        ends = interval(draw, left - right, chosen)
        result |= dict(zip((f"auc{name}_low", f"auc{name}_high"), ends, strict=True))
    counts = {"followers": "follower_count", "lists": "listed_count"}
    counts["mentions"] = "mentions_received"
    for name, column in counts.items():
        result[f"auc_{name}"] = area(alone(rows, column), chosen, one)
    result["auc_three_equal"] = area(alone(rows, *counts.values()), chosen, one)
    turned = np.array_equal(right - left, -(left - right))
    result["antisymmetric"] = bool(turned and abs(auc + swapped - 1.0) < 1e-12)
    result["accuracy"] = float(((left > right) == chosen).mean())
    result["coverage"] = float(made[0]["coverage"].to_numpy().mean())
    result["certainty"] = min(certainty for _, certainty in halves)
    result |= {"n_pairs": len(rows), "seconds": round(spent, 2)}
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with the public sets")
    data: Path | None = parser.parse_args().data
    rows = pairs_of(data) if data is not None and data.is_dir() else []
    if not rows:
        print('RESULT {"skipped": "the pairs of peerindex-pairs are not in the data folder"}')
        return
    result = measure(rows)
    for name, value in result.items():
        print(f"{name:>20}  {value if not isinstance(value, float) else round(value, 4)}")
    print("RESULT", json.dumps(result))


if __name__ == "__main__":
    main()
