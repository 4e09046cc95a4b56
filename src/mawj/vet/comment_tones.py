"""What is said to an account: shares of tones, beside those of accounts in its language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from mawj.tables.declared import TABLES
from mawj.tables.derived_vet_bond import MEASURED_KNOWN
from mawj.vet.shares import wilson
from mawj.vet.tones import WARM

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute


@dataclass(frozen=True)
class TonePeers:
    """What it takes to compare the tones of an account with those of others.

    Attributes:
        least_peers: accounts of the same language that a comparison needs; our judgement.
        least_comments: comments that each of them must have; our judgement.
        language_share: share of the comments read from which a language is named; ours.
    """

    least_peers: int = 20
    least_comments: int = 30
    language_share: float = 0.1


def comment_tones(
    vet_subjects: pa.Table, comment_readings: pa.Table, *, tone_peers: TonePeers
) -> pa.Table:
    """Shares of what readers say: one row per vetted account and kind of comment.

    Reads:
        vet_subjects: whose. comment_readings: tone, is_loop, is_entry, is_tag, language.

    Returns:
        The declared columns. Peers are accounts that write most in the same language: how
        much the term lists tell differs by language, and what is compared must not.

    Nulls:
        An account without a comment read has no rows; peers' columns where they are too few.
    """
    measured = _measured(comment_readings)
    peers = comment_readings.filter(comment_readings["is_peer"])
    peers = peers.filter(pc.less_equal(peers["place"], _places_of_peers(comment_readings)))
    usual = _usual(_measured(peers), tone_peers)
    subjects = comment_readings.filter(comment_readings["is_subject"])
    spoken = _languages(subjects, tone_peers.language_share)
    spans = subjects.group_by(["account_id"]).aggregate(
        [("published_at", "min"), ("published_at", "max")]
    )
    dates = {
        row["account_id"]: (row["published_at_min"], row["published_at_max"])
        for row in spans.to_pylist()
    }
    ids = set(vet_subjects["account_id"].to_pylist())
    rows = [
        {
            "account_id": account, "tone": tone, "n": n, "n_read": whole,
            "languages": spoken[account], "peer_group": group,
            "from_at": dates[account][0], "to_at": dates[account][1],
            **usual.get((group, tone), {"n_peers": 0}),
        }
        for (account, group), (counts, whole) in measured.items()
        if account in ids and account in spoken
        for tone, n in zip(MEASURED_KNOWN, counts, strict=True)
    ]  # fmt: skip
    return _with_shares(rows)


def _with_shares(rows: list[dict[str, Any]]) -> pa.Table:
    part, whole = ([row[name] for row in rows] for name in ("n", "n_read"))
    low, high = wilson(part, whole)
    for row, bottom, top in zip(rows, low.tolist(), high.tolist(), strict=True):
        share = row["n"] / row["n_read"]
        row |= {"share": share, "share_low": min(bottom, share), "share_high": max(top, share)}
    return pa.Table.from_pylist(rows, schema=TABLES["comment_tones"].schema)


def _places_of_peers(readings: pa.Table) -> int:
    """Comments read of each peer: as many are taken of one that is vetted itself."""
    others = readings.filter(pc.invert(readings["is_subject"]))
    found = pc.max(others["place"]).as_py()
    return int(found) if found is not None else int(pc.max(readings["place"]).as_py() or 0)


Counts = dict[tuple[str, str | None], tuple[list[int], int]]


def _measured(readings: pa.Table) -> Counts:
    """Comments of each kind and all, by account and its language."""
    tones = {tone: pc.equal(readings["tone"], tone) for tone in MEASURED_KNOWN[:-3]}
    tags = pc.and_(readings["is_tag"], pc.greater(readings["n_mentions"], 0))
    flags = {
        **tones,
        "warm": pc.is_in(readings["tone"], pa.array(WARM)),
        "loop": readings["is_loop"],
        "entry": pc.or_(readings["is_entry"], tags),
    }
    table = readings.select(["account_id", "account_language"])
    for name, flag in flags.items():
        table = table.append_column(name, flag.cast(pa.int64()))
    summed = table.group_by(["account_id", "account_language"]).aggregate(
        [(name, "sum") for name in MEASURED_KNOWN] + [("warm", "count")]
    )
    return {
        (row["account_id"], row["account_language"]): (
            [row[f"{name}_sum"] for name in MEASURED_KNOWN], row["warm_count"],
        )
        for row in summed.to_pylist()
    }  # fmt: skip


def _usual(peers: Counts, limits: TonePeers) -> dict[tuple[str | None, str], dict[str, Any]]:
    """Median, twentieth and nineteen twentieths of the peers' shares, by language and kind."""
    shares: dict[str | None, list[list[float]]] = {}
    for (_account, group), (counts, whole) in peers.items():
        if whole >= limits.least_comments and group is not None:
            shares.setdefault(group, []).append([n / whole for n in counts])
    found: dict[tuple[str | None, str], dict[str, Any]] = {}
    for group, rows in shares.items():
        if len(rows) >= limits.least_peers:
            ends = np.quantile(np.array(rows), [0.05, 0.5, 0.95], axis=0)
            for place, tone in enumerate(MEASURED_KNOWN):
                low, middle, high = ends[:, place].tolist()
                found[group, tone] = {
                    "n_peers": len(rows), "peers_low": low, "peers_median": middle,
                    "peers_high": high,
                }  # fmt: skip
    return found


def _languages(subjects: pa.Table, least: float) -> dict[str, list[str]]:
    """Languages of a good part of the comments of each vetted account."""
    counted = subjects.group_by(["account_id", "language"]).aggregate([("tone", "count")])
    by_account: dict[str, list[tuple[int, str]]] = {}
    for row in counted.to_pylist():
        by_account.setdefault(row["account_id"], []).append(
            (row["tone_count"], row["language"] or "")
        )
    return {
        account: [
            code
            for n, code in sorted(found, reverse=True)
            if code not in ("", "und") and n >= least * sum(m for m, _ in found)
        ]
        for account, found in by_account.items()
    }
