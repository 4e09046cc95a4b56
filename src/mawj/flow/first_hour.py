"""The first hour: handles and links pasted; who is known, what could be had, who is first."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mawj.flow.coverage import LOAD_NEXT
from mawj.flow.finding import Shortlist, Wanted, find
from mawj.flow.told_accounts import Told, meant
from mawj.sources.quote_words import platform_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mawj.flow.accounts import Readable

MOST = 500
"""Accounts of one asking; more are a list, and `mawj load` reads lists. Our judgement."""
TOP = 10

WAYS: Mapping[str, tuple[str, ...]] = {
    "bluesky": ("bluesky_public", "own"),
    "mastodon": ("mastodon_public", "own"),
    "telegram": ("telegram_channels", "own"),
    "instagram": ("instagram_graph", "vendors", "scraped", "own"),
    "tiktok": ("vendors", "scraped", "own"),
    "youtube": ("youtube_api", "vendors", "scraped", "own"),
    "x": ("x_api", "own"),
}
"""What can bring accounts of a platform, the most complete first; see the guide on loading."""
OTHER_WAYS = ("table", "own")

_BETWEEN = re.compile(r"[\n,;\t،؛]+")


@dataclass(frozen=True)
class Line:
    """One thing that was pasted.

    Attributes:
        said: as it was written.
        platform: where it is; None where neither the words nor the lake say it.
        state: known, several (candidates says which), absent (not loaded) or unclear (the
            platform is not told, so it cannot be had either).
        account_id: the account where it is known.
        candidates: the accounts it could be, where there are several.
        influence, coverage, is_ranked: as the run has them; None where it has not.
    """

    said: str
    platform: str | None
    state: str
    account_id: str | None = None
    candidates: tuple[str, ...] = ()
    influence: float | None = None
    coverage: float | None = None
    is_ranked: bool = False


@dataclass(frozen=True)
class FirstHour:
    """What became of everything that was pasted.

    Attributes:
        lines: one a pasted thing, in order, each account once.
        to_have: platform, number of absent accounts there, and what can bring them.
        told: contribution, accounts of which it could be assessed, accounts known.
        lacking: what to load next, with the mean points of weight that it would make
            assessable, the most useful first.
        shortlist: the known accounts, the most influential first; also those not ranked.
    """

    lines: tuple[Line, ...]
    to_have: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
    told: tuple[tuple[str, int, int], ...] = ()
    lacking: tuple[tuple[str, float], ...] = ()
    shortlist: Shortlist | None = None
    n_left_out: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


def first_hour(lake: Readable, pasted: str) -> FirstHour:
    """Everything that can be said at once of accounts that somebody pasted.

    Raises:
        RunNotFound: before the first run.
    """
    told = told_in(pasted)
    lines = _lines(lake, told[:MOST])
    known = [one.account_id for one in lines if one.account_id]
    counts: dict[str, int] = defaultdict(int)
    for one in lines:
        counts[one.state] += 1
    told_of, lacking = _assessed(lake, known)
    return FirstHour(
        tuple(lines), _to_have(lines), told_of, lacking, _shortlist(lake, known),
        max(len(told) - MOST, 0), dict(counts),
    )  # fmt: skip


def told_in(pasted: str) -> list[Told]:
    """What is meant by pasted text: lines, or parts between commas, each once.

    "Instagram @noura", "@noura (instagram)" and "instagram: noura" name their platform.
    """
    found: dict[tuple[str, str], Told] = {}
    for part in _BETWEEN.split(pasted):
        said = " ".join(part.replace("(", " ").replace(")", " ").split()).lstrip("•*-–· ")
        if not said:
            continue
        platform, rest = platform_within(said)
        one = Told(rest, platform) if platform else Told(said)
        if one.text:
            found.setdefault((one.text.lower(), one.where or ""), one)
    return list(found.values())


def _lines(lake: Readable, told: Sequence[Told]) -> list[Line]:
    found: dict[str, Line] = {}
    each = meant(lake, told)
    scores = _scores(lake, [ids[0] for ids in each if len(ids) == 1])
    for one, ids in zip(told, each, strict=True):
        if len(ids) == 1:
            line = Line(one.text, ids[0].partition(":")[0], "known", ids[0],
                        **scores.get(ids[0], {}))  # fmt: skip
        elif ids:
            line = Line(one.text, one.where, "several", candidates=ids)
        else:
            line = Line(one.text, one.where, "absent" if one.where else "unclear")
        found.setdefault(line.account_id or f"{line.platform} {one.text.lower()}", line)
    return list(found.values())


def _scores(lake: Readable, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    columns = ["account_id", "topic_id", "influence", "coverage", "is_ranked"]
    rows = lake.seek("influence", {"account_id": list(ids)}, columns) if ids else []
    kept = ("influence", "coverage", "is_ranked")
    return {
        row["account_id"]: {name: row[name] for name in kept}
        for row in rows
        if not row["topic_id"]
    }


def _to_have(lines: Iterable[Line]) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    absent: dict[str, int] = defaultdict(int)
    for one in lines:
        if one.state == "absent" and one.platform:
            absent[one.platform] += 1
    by_many = sorted(absent.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, n, WAYS.get(name, OTHER_WAYS)) for name, n in by_many)


def _assessed(
    lake: Readable, known: Sequence[str]
) -> tuple[tuple[tuple[str, int, int], ...], tuple[tuple[str, float], ...]]:
    """Of which contributions something can be told, and what is lacking for the others."""
    columns = ["subject_id", "topic_id", "finding", "status", "weight", "missing"]
    rows = (
        lake.seek("influence_findings", {"subject_id": list(known)}, columns) if known else []
    )
    told: dict[str, list[int]] = {}
    gains: dict[str, float] = defaultdict(float)
    for row in rows:
        if row["topic_id"] or not row["weight"]:
            continue
        counted = told.setdefault(row["finding"], [0, 0])
        counted[1] += 1
        if row["status"] != "not_assessed":
            counted[0] += 1
            continue
        for table in (row["missing"] or "").split(","):
            gains[table.strip()] += row["weight"] / len(known)
    by_share = sorted(told.items(), key=lambda item: (-item[1][0] / item[1][1], item[0]))
    lacking = sorted(gains.items(), key=lambda item: (-item[1], item[0]))
    return (
        tuple((finding, n, of) for finding, (n, of) in by_share),
        tuple((table, gain) for table, gain in lacking if table in LOAD_NEXT),
    )


def _shortlist(lake: Readable, known: Sequence[str]) -> Shortlist | None:
    if not known:
        return None
    wanted = Wanted(only=tuple(known), with_unranked=True, order="influence", top=TOP)
    return find(lake, wanted)
