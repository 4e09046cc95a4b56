"""How fast pages answer while many look at once, beside a bare page of the same server.

    python -m benchmarks.pages [--data LAKE] [--accounts N] [--users 50] [--seconds 20]
        [--ways pushed used beside_run facets memory]

LAKE is the folder of a lake with a finished run (`make demo` leaves one at demo/lake, which is
used unless another is named); with `--accounts` its rows are repeated, each time with ids of
their own, until there are N accounts. The product is served as `mawj serve` does.

Three times: `pushed`, where each user asks, waits for the answer and asks again at once;
`used`, where each waits a second after an answer, as people do or do not; and `beside_run`,
the same while a worker computes runs of LAKE. Subjects are drawn from a list in three
languages, every second time with a filter or an order besides; `fresh` counts the first answer
to each address alone, when nothing is remembered of it.

`facets` is `used` with searches that each filter by credibility, audience or fee. `memory` is
what processes hold: a web process after all pages as `used`, the one that starts them, and a
worker at rest and at most while it vets three accounts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.pages_large import repeated
from mawj.lake.lake import Lake
from tests.live import Live, served

SUBJECTS = (
    "coffee", "قهوة مختصة", "قهوه تخصصی", "football", "كرة القدم", "فوتبال", "skincare",
    "العناية بالبشرة", "مراقبت از پوست", "travel", "سفر", "السفر", "books", "كتب", "کتاب",
    "desert", "parenting", "smartphones", "هواتف", "موبایل", "camping", "cooking",
)  # fmt: skip
FILTERS = (
    "platform=instagram", "platform=tiktok", "platform=youtube", "language=ar", "language=fa",
    "tier=micro", "tier=macro", "kind=specialist", "order=followers", "order=engagement",
)  # fmt: skip
FACETS = (
    "trust=not_assessed", "audience_country=SA", "audience_country=EG", "audience_language=ar",
    "audience_language=fa", "price=known", "price=not_known", "fee=900&currency=SAR",
)  # fmt: skip
PAGES = ("find", "creator", "start", "bare")
PAUSE_S = 1.0
PREPARED_S = 20.0
"""How long a worker is given until it is at rest."""
WAYS = {
    "pushed": 0.0,
    "used": PAUSE_S,
    "beside_run": PAUSE_S,
    "facets": PAUSE_S,
    "memory": PAUSE_S,
}
RUN = """
import sys
from mawj.flow.running import RunAsked, run
from mawj.flow.settings import settings_in_force
from mawj.lake.lake import Lake
with Lake.open(sys.argv[1]) as lake:
    while True:
        run(lake, RunAsked(settings_in_force()))
"""


def main() -> None:
    """Serve, ask, and print what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("demo/lake"))
    parser.add_argument("--accounts", type=int, default=0)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lake = asked.data.resolve()
        if asked.accounts:
            lake = Path(folder) / "large"
            repeated(asked.data.resolve(), lake, asked.accounts)
        with Lake.open(lake) as opened:
            n_accounts = int(opened.read("accounts").count().execute())
        found: dict[str, Any] = {"accounts": n_accounts, "users": asked.users}
        for way in asked.ways:
            found[way] = _way(way, Path(folder), lake, asked)
    print("RESULT", json.dumps(found))


def _way(way: str, folder: Path, lake: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """All pages in one way, by a server that has answered nothing yet."""
    worker = None
    if way == "beside_run":
        shutil.copytree(asked.data.resolve(), folder / "computed")
        command = ["nice", "-n", "10", sys.executable, "-c", RUN, str(folder / "computed")]
        worker = subprocess.Popen(command)
    found = {}
    try:
        workers = str(min(os.cpu_count() or 1, 4))
        with served(folder / way, lake, WEB_CONCURRENCY=workers) as live:
            accounts = _accounts(live)
            for page in ("facets",) if way == "facets" else PAGES:
                found[page] = _measured(live, page, accounts, (WAYS[way], asked))
                print(way, page, json.dumps(found[page]), flush=True)
            if way == "memory":
                found = _memory(live, accounts)
        if worker is not None and worker.poll() is not None:
            raise SystemExit("the run beside the pages ended: nothing was measured beside it")
    finally:
        if worker is not None:
            worker.kill()
            worker.wait()
    return found


def _memory(live: Live, accounts: list[str]) -> dict[str, Any]:
    """Megabytes of memory that each process holds, the pages having been asked for."""
    children = Path(f"/proc/{live.process_id}/task/{live.process_id}/children").read_text()
    found: dict[str, Any] = {
        "web_mb": [_resident_mb(int(one)) for one in children.split()],
        "starter_mb": _resident_mb(live.process_id),
    }
    worker = live.worker()
    try:
        time.sleep(PREPARED_S)
        found["worker_at_rest_mb"] = _resident_mb(worker.pid)
        job = live.post("/api/v1/w/qahwa/vettings", {"accounts": accounts[:3]})
        while job["state"] not in ("done", "failed"):
            time.sleep(PAUSE_S)
            job = live.get(f"/api/v1/w/qahwa/jobs/{job['id']}")
        assert job["state"] == "done", job
        found["worker_at_most_mb"] = _resident_mb(worker.pid, "VmHWM")
    finally:
        worker.terminate()
        worker.wait()
    return found


def _resident_mb(process_id: int, kind: str = "VmRSS") -> float:
    """Megabytes resident now, or at most so far (VmHWM), as Linux counts them."""
    status = Path(f"/proc/{process_id}/status").read_text()
    return round(int(re.search(rf"{kind}:\s+(\d+)", status)[1]) / 1024, 1)  # type: ignore[index]


def _accounts(live: Live) -> list[str]:
    told = live.get("/api/v1/w/qahwa/find?top=400&with_unranked=true")
    return [one["account_id"] for one in told["found"]]


def _measured(
    live: Live, page: str, accounts: list[str], how: tuple[float, argparse.Namespace]
) -> dict[str, Any]:
    """Milliseconds of one page, asked for by all users at once."""
    pause_s, asked = how
    ends = time.monotonic() + asked.seconds
    with ThreadPoolExecutor(asked.users) as pool:
        parts = list(pool.map(lambda n: _one(live, page, accounts, (n, ends, pause_s)),
                              range(asked.users)))  # fmt: skip
    spent = sorted(ms for part in parts for _, ms in part)
    first: dict[str, float] = {}
    for path, ms in (one for part in parts for one in part):
        first.setdefault(path, ms)
    return {
        "n": len(spent), "per_second": round(len(spent) / asked.seconds, 1),
        "p50_ms": round(statistics.median(spent), 1),
        "p95_ms": round(spent[int(len(spent) * 0.95)], 1),
        "fresh_p50_ms": round(statistics.median(first.values()), 1),
    }  # fmt: skip


def _one(
    live: Live, page: str, accounts: list[str], mine: tuple[int, float, float]
) -> list[tuple[str, float]]:
    """One user: path and milliseconds of each answer."""
    n, ends, pause_s = mine
    drawn = random.Random(n)
    time.sleep(drawn.random() * pause_s)
    spent = []
    while time.monotonic() < ends:
        path = _path(page, accounts, drawn)
        headers = {"Cookie": live.session}
        began = time.perf_counter()
        asked = urllib.request.Request(live.base + path, headers=headers)
        with urllib.request.urlopen(asked, timeout=120) as answer:
            answer.read()
        spent.append((path, 1000 * (time.perf_counter() - began)))
        time.sleep(pause_s)
    return spent


def _path(page: str, accounts: list[str], drawn: random.Random) -> str:
    if page == "find":
        more = f"&{drawn.choice(FILTERS)}" if drawn.random() < 0.5 else ""
        return f"/w/qahwa/find/?subject={quote(drawn.choice(SUBJECTS))}{more}"
    if page == "facets":
        subject, facet = quote(drawn.choice(SUBJECTS)), drawn.choice(FACETS)
        return f"/w/qahwa/find/?subject={subject}&{facet}"
    if page == "creator":
        return f"/w/qahwa/creator/{quote(drawn.choice(accounts))}/"
    return "/w/qahwa/" if page == "start" else "/health/"


if __name__ == "__main__":
    main()
