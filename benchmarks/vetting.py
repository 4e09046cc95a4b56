"""What vetting finds of what is planted in a made-up world, how often it errs, and its speed.

``python -m benchmarks.vetting [--lake FOLDER] [--sizes 1000,3000,10000] [--no-speed]
[--rates FILE]``. No data is needed: the demo world of seed 1 is loaded and run (or read from
``--lake``, a demo lake that was run already), and every account of its creators is vetted. For
each planted group: how many of its accounts the checks meant for it raise. For each check: how
many clean ones it raises.

Then the speed: the demo world is copied under other names into lakes of 1,000, 3,000 and 10,000
vetted accounts with 2,000 comments each, and each is vetted in a process of its own.

Prints ``RESULT {json}``: ``recall_<group>`` (with ``_low`` and ``_high``, 90 %),
``false_alarms`` (clean creators raised by any check, of all clean creators, with ends) and
``alarms_by_check``; ``serious_clean`` (share of clean creators whose verdict is serious on any
score); ``seconds_<n>`` with ``seconds_10000``, ``accounts_per_second``,
``comments_per_second`` and ``peak_gb`` of the largest lake, and ``growth`` (the exponent of
seconds in accounts). ``--rates`` writes the rows of `mawj/vet/error_rates.toml`.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from benchmarks.vetting_size import Size, made_lake
from benchmarks.vetting_truth import known_truth, wilson
from mawj.flow.loading import load_tables
from mawj.flow.running import RunAsked, run
from mawj.flow.settings import settings_in_force
from mawj.flow.vetting import VetAsked, Vetted, vet
from mawj.lake.lake import Lake
from mawj.worlds.world import demo_world

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute
COMMENTS_EACH = 2_000
RATES_HEAD = """\
# How often each check erred where the truth is known; read by reports. Written by `python -m
# benchmarks.vetting --rates FILE`; written again when the rule of a check changes.
# finding: the check; what: recall (planted cases found) or false_alarms (clean ones raised);
# n of `of`; low and high: 90 % interval (Wilson 1927); where (a key of the words) and date.
"""


def demo_lake(folder: Path) -> None:
    """The demo world, loaded and run."""
    with Lake.open(folder) as lake:
        load_tables(lake, demo_world(1).tables)
        run(lake, RunAsked(settings_in_force()))


def truth_of(lake: Path) -> dict[str, pa.Table]:
    """What is true in the demo world: beside the lake where it was written, else made again."""
    beside = lake.with_name(f"{lake.name}-truth")
    if beside.is_dir():
        return {
            name: pq.read_table(beside / f"{name}.parquet") for name in ("accounts", "planted")
        }
    return dict(demo_world(1).truth)


def creators_of(truth: dict[str, pa.Table]) -> list[str]:
    """The accounts of creators, in order."""
    known = truth["accounts"]
    mine = known.filter(pc.equal(known["role"], "creator"))
    return sorted(mine["account_id"].to_pylist())


def truth_told(
    vetted: Vetted, truth: dict[str, pa.Table], rates: Path | None = None
) -> dict[str, Any]:
    """Recall, false alarms and verdicts, printed and for the RESULT."""
    found = known_truth(vetted.findings, truth)
    if rates is not None:
        rates.write_text(rates_told(found), encoding="utf-8")
    told: dict[str, Any] = {}
    for group, row in found["groups"].items():
        by, absent = row["by"], row["absent"]
        spoken = {code: f"{n} of {m}" for code, (n, m) in row["languages"].items()}
        print(
            f"{group:20} found {row['raised']:4} of {row['n']:4}  {by} {spoken} absent {absent}"
        )
        told |= {f"recall_{group}{end}": row[f"recall{end}"] for end in ("", "_low", "_high")}
    for check, row in found["checks"].items():
        print(f"  clean creators raised by {check:28} {row['raised']:5} of {row['n']:5}")
    told["alarms_by_check"] = {name: row["share"] for name, row in found["checks"].items()}
    known = truth["accounts"]
    is_clean = pc.and_(known["is_clean"], pc.equal(known["role"], "creator"))
    clean = known.filter(is_clean)["account_id"].combine_chunks()
    raised = vetted.findings.filter(pc.equal(vetted.findings["status"], "raised"))
    mine = pc.unique(raised.filter(pc.is_in(raised["subject_id"], clean))["subject_id"])
    told["false_alarms"] = len(mine) / len(clean)
    told["false_alarms_low"], told["false_alarms_high"] = wilson(len(mine), len(clean))
    return told | _verdicts(vetted, clean)


def rates_told(found: dict[str, dict[str, Any]]) -> str:
    """The rows of `error_rates.toml`: recall of checks on their groups, false alarms of all."""
    rows = [
        {"finding": check, "what": "recall", "n": row["by"][check], "of": row["n"]}
        for row in found["groups"].values()
        for check in row["by"]
        if row["by"][check] and check not in row["absent"]
    ]
    rows += [
        {"finding": check, "what": "false_alarms", "n": row["raised"], "of": row["n"]}
        for check, row in found["checks"].items()
        if row["n"]
    ]
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    told = [RATES_HEAD]
    for row in rows:
        low, high = wilson(row["n"], row["of"])
        told.append(
            f'[[rate]]\nfinding = "{row["finding"]}"\nwhat = "{row["what"]}"\nn = {row["n"]}\n'
            f'of = {row["of"]}\nlow = {low:.5f}\nhigh = {high:.5f}\nwhere = "demo_world"\n'
            f'date = "{today}"\n'
        )
    return "\n".join(told)


def _verdicts(vetted: Vetted, clean: Any) -> dict[str, Any]:
    """Clean creators whose score has moved so far that it reads as serious."""
    scale: Any = settings_in_force()["VetScale"]
    scores = vetted.scores.filter(pc.is_in(vetted.scores["account_id"], clean))
    start = pc.if_else(pc.equal(scores["score"], "risk"), scale.harmless, scale.trusted)
    moved = pc.abs(pc.subtract(scores["value"], start))
    serious = scores.filter(pc.and_(scores["is_scored"], pc.greater(moved, scale.marked)))
    n = len(pc.unique(serious["account_id"]))
    print(f"clean creators with a serious verdict on any score: {n} of {len(clean)}")
    return {"serious_clean": n / len(clean)}


def speed_of(small: Path, creators: list[str], n_accounts: int) -> dict[str, Any]:
    """Seconds, rates and peak memory of vetting a lake of this size, in another process."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        size = Size(n_accounts, n_accounts * COMMENTS_EACH)
        whom = made_lake(small, creators, size, Path(folder) / "lake")
        (Path(folder) / "whom.txt").write_text("\n".join(whom), encoding="utf-8")
        took = time.perf_counter() - began
        print(f"lake of {n_accounts:,} accounts made in {took:.0f} s", flush=True)
        words = [sys.executable, "-m", "benchmarks.vetting", "--one", folder]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    sys.stdout.write(done.stdout)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def one(folder: Path) -> dict[str, Any]:
    """Vet the accounts listed in `folder` on the lake beside the list; what it took."""
    whom = (folder / "whom.txt").read_text("utf-8").splitlines()
    spent: dict[str, float] = {}
    with Lake.open(folder / "lake") as lake:
        n_comments = int(lake.read("comments").count().execute())
        began = time.perf_counter()

        def done(step: Any) -> None:
            spent[step.name] = spent.get(step.name, 0.0) + step.seconds

        vetted = vet(lake, VetAsked(whom, settings_in_force()), done=done)
        seconds = time.perf_counter() - began
    for name, took in sorted(spent.items(), key=lambda pair: -pair[1]):
        print(f"  {name:32} {took:8.1f} s")
    return {
        "accounts": len(whom), "comments": n_comments, "seconds": round(seconds, 2),
        "peak_gb": round(peak_bytes() / 1e9, 3), "findings": vetted.findings.num_rows,
    }  # fmt: skip


def peak_bytes() -> int:
    """The most memory that this process has held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def speeds_told(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of speed for the RESULT."""
    told: dict[str, Any] = {f"seconds_{row['accounts']}": row["seconds"] for row in rows}
    first, last = rows[0], rows[-1]
    told |= {
        "accounts_per_second": round(last["accounts"] / last["seconds"], 2),
        "comments_per_second": round(last["comments"] / last["seconds"], 1),
        "peak_gb": last["peak_gb"],
    }
    if len(rows) > 1:
        steps = math.log(last["accounts"] / first["accounts"])
        told["growth"] = round(math.log(last["seconds"] / first["seconds"]) / steps, 3)
    return told


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="Not needed: the world is made up.")
    parser.add_argument("--lake", type=Path, help="A demo lake that was run already.")
    parser.add_argument("--sizes", default="1000,3000,10000")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--no-truth", action="store_true")
    parser.add_argument("--rates", type=Path, help="Write the rows of error_rates.toml here.")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(one(asked.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        small = asked.lake or Path(folder) / "demo"
        if asked.lake is None:
            demo_lake(small)
        print("RESULT " + json.dumps(measured(small, asked)))


def measured(small: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Truth and speed on the demo lake."""
    truth = truth_of(small)
    creators = creators_of(truth)
    told: dict[str, Any] = {}
    if not asked.no_truth:
        with Lake.open(small) as lake:
            vetted = vet(lake, VetAsked(creators, settings_in_force()))
        told |= truth_told(vetted, truth, asked.rates)
    if not asked.no_speed:
        sizes = [int(size) for size in asked.sizes.split(",")]
        told |= speeds_told([speed_of(small, creators, size) for size in sizes])
    return told


if __name__ == "__main__":
    main()
