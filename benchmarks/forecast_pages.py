"""Posts of one page with what became of each: a brand's Facebook page, two Instagram sets."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mawj.plan.asking.deliverables import deliverables
from mawj.plan.forecasting.forecast_errors import (
    again,
    best_memory,
    class_of,
    left_out,
    left_out_errors,
    past_errors,
    with_memory,
)
from mawj.plan.forecasting.forecast_history import History, history
from mawj.plan.forecasting.forecast_model import Ask, fitted, parts
from mawj.plan.forecasting.forecast_record import Scored, effect_of, past_record
from mawj.plan.forecasting.forecast_settings import ForecastSettings
from mawj.plan.forecasting.intervals import ends
from mawj.text.dates import moment_of

Floats = npt.NDArray[np.float64]

KINDS = {"photo": "photo", "status": "text", "link": "link", "video": "video"}
YEAR = 2014
PARTS, SEEDS = 5, range(5)
KNOWN = frozenset({"kind", "hour", "subject"})
LEAST_BEFORE = 30
"""Posts known before the first forecast by time."""
SETTINGS = ForecastSettings()
OUTCOMES = {"T_Reach": "reach", "T_Interactions": "engagements"}
PAGE = "facebook:page"
SCHEMA = pa.schema(
    [
        ("account_id", pa.string()), ("platform", pa.string()),
        ("published_at", pa.timestamp("us", tz="UTC")), ("kind", pa.string()),
        ("is_paid", pa.bool_()), ("views", pa.float64()), ("reached", pa.float64()),
        ("engagements", pa.float64()), ("clicks", pa.float64()), ("followers", pa.float64()),
        ("subject", pa.string()),
    ]
)  # fmt: skip


def facebook_tests(files: list[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Reach and interactions, in shuffled parts and month by month."""
    rows = [
        row
        for file in files
        for row in read(file)
        if "T_Reach" in row or "T_Interactions" in row
    ]
    if len(rows) < 2 * PARTS:
        return
    posts = facebook_posts(rows)
    for column, measure in OUTCOMES.items():
        past = one_page(posts, measure, PAGE)
        key = "facebook_" + ("reach" if measure == "reach" else "interactions")
        if len(past) >= 2 * PARTS:
            yield key, shuffled(past, counts=True)
            by_month = in_turn(past, stretches(past), key)
            if by_month:
                yield f"{key}_by_month", by_month
        elif any(column in row for row in rows):
            print(f"{column}: only {len(past)} posts have it; skipped")


def instagram_tests(files: list[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Impressions and engagement in order of time; likes from followers."""
    for file in files:
        rows = read(file)
        if rows and {"Date", "Impressions"} <= set(rows[0]):
            yield from insights_tests(rows)
        elif rows and {"Followers", "Likes"} <= set(rows[0]):
            yield from followers_tests(rows)


def insights_tests(rows: list[dict[str, str]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """One account's posts, each forecast from those before it."""
    posts, repeated = insights_posts(rows)
    for measure, name in (("views", "impressions"), ("engagements", "engagement")):
        past = one_page(posts, measure, "instagram:page")
        if len(past) != len(repeated):
            continue
        alone = [
            np.array([n]) for n in range(len(past)) if n >= LEAST_BEFORE and not repeated[n]
        ]
        test = in_turn(past, alone, name)
        if test:
            yield f"instagram_{name}", test | {"counts": True}


def followers_tests(rows: list[dict[str, str]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Likes of accounts whose followers alone are known."""
    made = [
        {
            "account_id": f"instagram:row{n:05d}", "platform": "instagram", "kind": "photo",
            "published_at": datetime(2023, 1, 1, tzinfo=UTC), "is_paid": False,
            "engagements": number(row["Likes"]), "followers": number(row["Followers"]),
        }
        for n, row in enumerate(rows)
    ]  # fmt: skip
    posts = pa.Table.from_pylist(made, SCHEMA)
    names = [str(one["account_id"]) for one in made]
    past = history(posts, "instagram", "engagements", names, forms("instagram"))
    if len(past) >= 2 * PARTS:
        yield (
            "instagram_likes_from_followers",
            shuffled(past, counts=True, names=names),
        )


def read(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file whatever its delimiter and encoding."""
    content = file.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    head = text.splitlines()[0] if text.strip() else ""
    delimiter = max(";,\t", key=head.count)
    told = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    return [
        {
            str(k).strip(): (v or "").strip()
            for k, v in row.items()
            if k and not isinstance(v, list)
        }
        for row in told
    ]


def number(text: str | None) -> float | None:
    """A number as written; None where there is none."""
    try:
        return float((text or "").replace(",", ""))
    except ValueError:
        return None


def moment(text: str) -> datetime | None:
    """A day as written; None where it cannot be read."""
    try:
        return moment_of(text)
    except ValueError:
        return None


def facebook_posts(rows: list[dict[str, str]]) -> pa.Table:
    """The page's posts in the columns of the product.

    The set gives a month, a weekday and an hour, and the page's likes, which only rise: they
    place each post within its month, moved to the nearest day with the right weekday.
    """
    likes = np.array([number(row.get("Page_T_Likes")) or np.nan for row in rows])
    made = []
    for n, row in enumerate(rows):
        month = min(max(int(number(row.get("Month")) or 1), 1), 12)
        same = [k for k, one in enumerate(rows) if one.get("Month") == row.get("Month")]
        share = float(np.mean(likes[same] < likes[n]))
        day = datetime(YEAR, month, 1, tzinfo=UTC) + timedelta(days=int(share * 27))
        made.append(
            {
                "account_id": PAGE, "platform": "facebook",
                "kind": KINDS.get(row.get("Type", "").lower()),
                "published_at": on_weekday(day, number(row.get("Weekday")))
                + timedelta(hours=number(row.get("Hour")) or 0.0),
                "is_paid": {"1": True, "0": False}.get(row.get("Paid", "").partition(".")[0]),
                "reached": number(row.get("T_Reach")),
                "engagements": number(row.get("T_Interactions")),
                "followers": None if np.isnan(likes[n]) else float(likes[n]),
                "subject": row.get("Category") or None,
            }
        )  # fmt: skip
    return pa.Table.from_pylist(made, SCHEMA)


def on_weekday(day: datetime, weekday: float | None) -> datetime:
    """The nearest day with the weekday, 1 for Sunday."""
    if weekday is None:
        return day
    off = (int(weekday) - 1 - day.isoweekday() % 7 + 3) % 7 - 3
    return day + timedelta(days=off)


def insights_posts(rows: list[dict[str, str]]) -> tuple[pa.Table, list[bool]]:
    """The account's posts in order of time, and whether each caption was seen before."""
    dated = sorted(
        (day, n)
        for n, row in enumerate(rows)
        if number(row["Impressions"]) and (day := moment(row["Date"])) is not None
    )
    seen: set[str] = set()
    made, repeated = [], []
    for day, n in dated:
        row = rows[n]
        parts_of = [number(row.get(name)) for name in ("Likes", "Comments", "Shares", "Saves")]
        caption = row.get("Caption") or f"row {n}"
        repeated.append(caption in seen)
        seen.add(caption)
        made.append(
            {
                "account_id": "instagram:page", "platform": "instagram", "is_paid": False,
                "published_at": day,
                "views": number(row["Impressions"]),
                "engagements": sum(one for one in parts_of if one is not None),
            }
        )  # fmt: skip
    return pa.Table.from_pylist(made, SCHEMA), repeated


def forms(platform: str) -> list[str]:
    """The deliverables of a platform."""
    return [key for key, one in deliverables().items() if one.platform == platform]


def one_page(posts: pa.Table, measure: str, name: str) -> History:
    """The posts of the only account that have the measure, in order of time."""
    return history(
        posts, name.partition(":")[0], measure, [name], forms(name.partition(":")[0])
    )


def asks_of(chosen: Any, template: Ask) -> Ask:
    """The questions that the chosen posts answer, by a template made of the whole history."""
    return Ask(**{name: getattr(template, name)[chosen] for name in vars(template)})


def shuffled(past: History, *, counts: bool, names: list[str] | None = None) -> dict[str, Any]:
    """Each post from those of the other parts, over all seeds."""
    names, n_forms = names or [PAGE], 64
    whole = left_out(fitted(past, names, n_forms, SETTINGS))
    rows = []
    for seed in SEEDS:
        part = np.random.default_rng(seed).permutation(len(past)) % PARTS
        for p in range(PARTS):
            out = np.flatnonzero(part == p)
            model = fitted(past.where(part != p), names, n_forms, SETTINGS)
            model = best_memory(model, left_out(model), np.arange(len(model.posts)))
            ask = replace(
                asks_of(out, whole), but_post=np.full(out.size, -2),
                to_rank=np.full(out.size, len(past)),
            )  # fmt: skip
            made = parts(model, ask)
            low, high, _ = ends(left_out_errors(model), class_of(made.n_own), 0.8)
            before = np.median(model.posts.value)
            rows.append((past.value[out], made.total, low * made.spread, high * made.spread,
                         np.full(out.size, before)))  # fmt: skip
    actual, total, low, high, median = (np.concatenate(one) for one in zip(*rows, strict=True))
    return as_test(actual, total, low, high, median) | {"counts": counts}


def stretches(past: History) -> list[Any]:
    """The posts month by month, once enough are known."""
    month = np.floor(past.day / 30.4375).astype(int)
    found = [np.flatnonzero(month == m) for m in np.unique(month)]
    return [one for one in found if one[0] >= LEAST_BEFORE]


def in_turn(past: History, turns: list[Any], key: str) -> dict[str, Any] | None:
    """Each stretch of posts from those before it alone."""
    scores: list[Scored] = []
    rows = []
    name = [f"{key}:page"]
    for turn in turns:
        begin = past.day[turn[0]]
        before = past.where(past.day < begin)
        if len(before) < LEAST_BEFORE:
            continue
        lead = max(float(np.median(past.day[turn] - begin)), 1.0)
        model = with_memory(fitted(before, name, 64, SETTINGS), lead, KNOWN)
        whole = again(fitted(past, name, 64, SETTINGS), turn, 0.0, knows=KNOWN)
        ask = replace(
            whole, origin=np.full(turn.size, begin), to_rank=np.full(turn.size, len(before)),
            from_rank=np.zeros(turn.size, np.int64),
        )  # fmt: skip
        made = parts(model, ask)
        low, high, _ = ends(past_errors(model, lead, KNOWN), class_of(made.n_own), 0.8)
        low, high = low * made.spread, high * made.spread
        bias, width = taught(scores)
        total = made.total + bias
        ends_of = (total + low * width, total + high * width)
        each = np.ones(turn.size)
        scores.append(Scored(past.value[turn], total, *ends_of, bias * each, width * each))
        last, median = before.value[-1], np.median(before.value)
        rows.append((past.value[turn], total, low * width, high * width,
                     np.full(turn.size, median), np.full(turn.size, last)))  # fmt: skip
    if not rows:
        return None
    actual, total, low, high, median, last = (
        np.concatenate(one) for one in zip(*rows, strict=True)
    )
    test = as_test(actual, total, low, high, median) | {"counts": False}
    return test | {"naive_last": np.exp(last)}


def taught(scores: list[Scored]) -> tuple[float, float]:
    """What the record of the turns so far does to the next, as in the forecast book."""
    if not scores:
        return 0.0, 1.0
    every = (np.concatenate([getattr(one, name) for one in scores]) for name in vars(scores[0]))
    return effect_of(past_record(Scored(*every), 0.8), SETTINGS)


def as_test(
    actual: Floats, total: Floats, low: Floats, high: Floats, median: Floats
) -> dict[str, Any]:
    """Logarithms as counts; a count of none, read as half on the log scale, is none again."""
    counts = np.where(actual <= np.log(0.5) + 1e-9, 0.0, np.exp(actual))
    return {
        "actual": counts, "mawj": np.exp(total), "low": np.exp(total + low),
        "high": np.exp(total + high), "naive_median": np.exp(median),
    }  # fmt: skip
