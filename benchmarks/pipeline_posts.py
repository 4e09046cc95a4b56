"""Made-up posts for the pipeline benchmark: files as a lake holds them, ordered by time.

Accounts publish with a heavy tail, counts are log-normal round the account's followers, a tenth
of the posts hides likes, a tenth shows no views. Text has 6 to 25 words and up to four tags;
tags stand in a list column, as they are extracted at loading.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pathlib import Path

pc: Any = pyarrow.compute

N_ACCOUNTS = 200_000
A_FILE = 2_000_000
DAYS = 365
AS_OF = datetime(2024, 12, 31, tzinfo=UTC)
SNAPSHOTS_AN_ACCOUNT = 12
_TEXT = (6, 25, "word", 20_000)
_TAGS = (0, 4, "tag", 5_000)
"""Least and most a post, how each begins, and how many there are."""
_COUNTS = ("views", "likes", "comments", "reposts", "quotes", "saves")
_A_VIEW = {"views": 1.0, "likes": 0.05, "comments": 0.004, "reposts": 0.003, "quotes": 0.0005}
_PER_FOLLOWER = 0.3

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def write_inputs(folder: Path, n_posts: int, seed: int = 1) -> None:
    """posts/*.parquet, account_snapshots.parquet and standing.parquet under `folder`."""
    rng = np.random.default_rng(seed)
    folder.joinpath("posts").mkdir(parents=True)
    followers = np.exp(rng.normal(9.5, 1.8, N_ACCOUNTS)).astype(np.int64) + 20
    _write_accounts(folder, followers, rng)
    activity = rng.pareto(1.5, N_ACCOUNTS) + 0.2
    cut = np.cumsum(activity / activity.sum())
    moments = np.sort(rng.random(n_posts)) * DAYS * 86_400
    for nth, start in enumerate(range(0, n_posts, A_FILE)):
        n = min(A_FILE, n_posts - start)
        who = np.minimum(np.searchsorted(cut, rng.random(n)), N_ACCOUNTS - 1)
        rows = _posts(start, who, moments[start : start + n], followers[who], rng)
        pq.write_table(rows, folder / "posts" / f"{nth:03}.parquet", compression="zstd")


def _names(numbers: Ints) -> Any:
    return pc.binary_join_element_wise(
        "instagram:", pa.array(numbers + 10**9).cast("string"), ""
    )


def _times(seconds: Floats) -> Any:
    start = (AS_OF - timedelta(days=DAYS)).timestamp()
    return pa.array(
        (np.floor(seconds + start) * 1e6).astype("int64"), pa.timestamp("us", "UTC")
    )


def _posts(
    start: int, who: Ints, seconds: Floats, followers: Ints, rng: np.random.Generator
) -> pa.Table:
    n = len(who)
    views = np.exp(rng.normal(np.log(followers * _PER_FOLLOWER), 0.8))
    columns: dict[str, Any] = {
        "post_id": _names(np.arange(start, start + n) + 10**9),
        "account_id": _names(who),
        "platform": pa.array(np.full(n, "instagram")).dictionary_encode().cast("string"),
        "published_at": _times(seconds),
        "kind": _picked(["photo", "short_video", "carousel", "story"], n, rng),
        "is_labelled_ad": pa.array(rng.random(n) < 0.08),
        "text": _joined(_lists(rng, n, _TEXT)),
        "hashtags": _lists(rng, n, _TAGS),
        "followers": pa.array(followers.astype("float64")),
    }
    for name in _COUNTS:
        share = _A_VIEW.get(name, 0.002)
        counts = np.floor(views * share * np.exp(rng.normal(0, 0.5, n)))
        hidden = rng.random(n) < (0.1 if name in {"views", "likes"} else 0.0)
        columns[name] = pa.array(counts, mask=hidden)
    columns["impressions"] = pa.array(np.floor(views * 1.2))
    columns["reached"] = pa.array(np.floor(views * 0.9))
    columns["clicks"] = pa.nulls(n, pa.float64())
    table = pa.table(columns)
    parts = [
        pc.fill_null(table[name], 0.0) for name in ("comments", "reposts", "quotes", "saves")
    ]
    total = table["likes"]
    for part in parts:
        total = pc.add(total, part)
    return table.append_column("engagements", total)


def _picked(values: list[str], n: int, rng: np.random.Generator) -> Any:
    codes = pa.array(rng.integers(0, len(values), n), pa.int32())
    return pa.DictionaryArray.from_arrays(codes, pa.array(values)).cast("string")


def _lists(rng: np.random.Generator, n: int, kind: tuple[int, int, str, int]) -> Any:
    """Lists of words, the lower numbered ones more often."""
    least, most, word, n_words = kind
    lengths = rng.integers(least, most + 1, n)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype("int32")
    picked = (n_words * rng.random(int(offsets[-1])) ** 3).astype("int32")
    words = pa.array([f"{word}{number}" for number in range(n_words)])
    values = pa.DictionaryArray.from_arrays(pa.array(picked), words).cast("string")
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _joined(lists: Any) -> Any:
    return pc.binary_join(lists, " ")


def _write_accounts(folder: Path, followers: Ints, rng: np.random.Generator) -> None:
    names = _names(np.arange(N_ACCOUNTS))
    standing: dict[str, Any] = {
        "account_id": names,
        "followers": followers.astype("float64"),
    }
    # A fifth of the accounts comes with averages of a source.
    given = rng.random(N_ACCOUNTS) >= 0.2
    for name, share in (("average_likes", 0.015), ("average_comments", 0.001)):
        standing[name] = pa.array(followers * share, mask=given)
    standing["average_views"] = pa.array(followers * 0.3, mask=given)
    standing["given_engagement_share"] = pa.array(np.full(N_ACCOUNTS, 0.017), mask=given)
    pq.write_table(pa.table(standing), folder / "standing.parquet", compression="zstd")
    each = np.repeat(np.arange(N_ACCOUNTS), SNAPSHOTS_AN_ACCOUNT)
    month = np.tile(np.arange(SNAPSHOTS_AN_ACCOUNT), N_ACCOUNTS)
    slope = np.repeat(rng.normal(0.01, 0.03, N_ACCOUNTS), SNAPSHOTS_AN_ACCOUNT)
    noise = rng.normal(0, 0.002, len(each))
    counts = np.floor(followers[each] * np.exp(slope * (month - 11) + noise)) + 1
    snapshots = {
        "account_id": names.take(pa.array(each)),
        "taken_at": _times((month * 30.0 + 1.0) * 86_400),
        "followers": counts,
    }
    pq.write_table(
        pa.table(snapshots), folder / "account_snapshots.parquet", compression="zstd"
    )
