"""How fast pages answer while many look at once, beside a bare page of the same server.

    python -m benchmarks.pages [--data LAKE] [--users 50] [--seconds 20]

LAKE is the folder of a lake with a finished run (`make demo` leaves one at demo/lake, which is
used unless another is named). The product is served by one process; pages only read. Each user
asks, waits for the answer, and asks again. Subjects are drawn from a list in three languages;
`fresh` counts the first answer to each address alone, when nothing is remembered of it.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mawj.lake.lake import Lake
from tests.live import Live, served

SUBJECTS = (
    "coffee", "قهوة مختصة", "قهوه تخصصی", "football", "كرة القدم", "فوتبال", "skincare",
    "العناية بالبشرة", "مراقبت از پوست", "travel", "سفر", "السفر", "books", "كتب", "کتاب",
    "desert", "parenting", "smartphones", "هواتف", "موبایل", "camping", "cooking",
)  # fmt: skip
PAGES = ("find", "creator", "start", "bare")


def main() -> None:
    """Serve, ask, and print what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("demo/lake"))
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args()
    lake = asked.data.resolve()
    with Lake.open(lake) as opened:
        n_accounts = int(opened.read("accounts").count().execute())
    found: dict[str, Any] = {"accounts": n_accounts, "users": asked.users}
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder) / "home", lake, MAWJ_LOG_LEVEL="ERROR") as live,
    ):
        accounts = _accounts(live)
        for page in PAGES:
            found[page] = _measured(live, page, accounts, asked)
            print(page, json.dumps(found[page]))
    print("RESULT", json.dumps(found))


def _accounts(live: Live) -> list[str]:
    told = live.get("/api/v1/w/qahwa/find?subject=coffee&top=200&with_unranked=true")
    return [one["account_id"] for one in told["found"]]


def _measured(
    live: Live, page: str, accounts: list[str], asked: argparse.Namespace
) -> dict[str, Any]:
    """Milliseconds of one page, asked for by all users at once."""
    ends = time.monotonic() + asked.seconds
    with ThreadPoolExecutor(asked.users) as pool:
        parts = list(pool.map(lambda n: _one(live, page, accounts, (n, ends)),
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
    live: Live, page: str, accounts: list[str], mine: tuple[int, float]
) -> list[tuple[str, float]]:
    """One user: path and milliseconds of each answer."""
    n, ends = mine
    drawn = random.Random(n)
    spent = []
    while time.monotonic() < ends:
        path = _path(page, accounts, drawn)
        headers = {"Cookie": live.session}
        began = time.perf_counter()
        asked = urllib.request.Request(live.base + path, headers=headers)
        with urllib.request.urlopen(asked, timeout=120) as answer:
            answer.read()
        spent.append((path, 1000 * (time.perf_counter() - began)))
    return spent


def _path(page: str, accounts: list[str], drawn: random.Random) -> str:
    if page == "find":
        return f"/w/qahwa/find/?subject={quote(drawn.choice(SUBJECTS))}"
    if page == "creator":
        return f"/w/qahwa/creator/{quote(drawn.choice(accounts))}/"
    return "/w/qahwa/" if page == "start" else "/health/"


if __name__ == "__main__":
    main()
