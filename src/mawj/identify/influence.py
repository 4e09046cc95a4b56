"""Influence: the sum of its reasons, how sure it is, and the place that it gives."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

from mawj.graph.crew import Crew
from mawj.identify.freshness import RESTS_ON
from mawj.identify.influence_findings import RULE
from mawj.identify.kernels import resampling
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mawj.identify.freshness import FreshnessLimits
    from mawj.identify.influence_findings import InfluenceSettings
    from mawj.identify.kernels.resampling import Drawn

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

POISSON_FINDINGS = ("endorsement", "attention", "authority")
SPREADS = {"response": "engagements", "amplification": "reposts"}
"""Contributions of typical posts, and the columns of post_response with their spread."""

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

FINDINGS = TABLES["influence_findings"].schema

MANY = 100.0
"""Counts from which the logarithm of a Poisson draw is taken for normal: it is off by
less than a tenth of its own spread there."""

TOPS = (10, 50, 100)
BLOCK = 4096

READ = ("subject_id", "topic_id", "finding", "status", "basis", "contribution", "points_each",
        "observed", "weight", "sample_size")  # fmt: skip
OF_FEW_WORDS = ("finding", "status", "basis")
"""Columns of which few different words are known: kept as places in a list of them."""


def influence(
    influence_findings: pa.RecordBatchReader,
    post_response: pa.Table,
    freshness: pa.Table,
    *,
    influence_settings: InfluenceSettings,
    freshness_limits: FreshnessLimits,
    seed: int,
) -> pa.Table:
    """How much one account moves others, 0 to 100: one row per account, overall and per topic.

    Reads:
        influence_findings: all of it; post_response: spreads and numbers of posts.
        freshness: which kinds of values of which accounts are stale.

    Returns:
        influence, the sum of the contributions; influence_low and influence_high, the 5 % and
        95 % quantile of `replicates` resamples, widened where needed to hold the score;
        coverage, in which what rests on stale values counts `stale_weight` of its weight;
        is_ranked; rank among ranked accounts of the topic (equal scores, equal
        rank); p_top_k, the share of resamples in which it is among the first k.
    What is resampled:
        Numbers of distinct others, of lists and of the sources of authority, each by Poisson
        (the Poisson bootstrap: Hanley & MacGibbon 2006; for authority an approximation, as if
        its sources were alike); typical posts over posts, by the normal law of a mean of
        logarithms with the account's own spread; the topical share by its binomial error.
        Followers, follows and weeks are counted, not sampled, and averages given by a source
        come without their spread: these stay as they are. Engagement against peers moves with
        the same posts as response and is left as it is.
    Memory:
        Findings are read batch by batch, about 80 bytes of each are kept; replicates are made
        again instead of kept: about 300 bytes a subject.
    """
    findings = _narrowed(influence_findings)
    known = _assessed_weight(findings, freshness, freshness_limits.stale_weight)
    sums = _summed(findings, known, influence_settings)
    drawn = _noise(findings, post_response, sums)
    ends = _spans(drawn, influence_settings.replicates, seed)
    is_noisy = (drawn[1] > 0) | (np.diff(drawn[2]) > 0)
    low, high = np.minimum(ends[:, 0], sums.score), np.maximum(ends[:, 1], sums.score)
    top = _tops(sums, drawn, ends, (influence_settings.replicates, seed))
    hidden = ~(sums.ranked & is_noisy)
    columns: dict[str, Any] = {
        "account_id": sums.account_id,
        "topic_id": sums.topic_id,
        "influence": sums.score,
        "influence_low": pa.array(low, mask=~is_noisy),
        "influence_high": pa.array(high, mask=~is_noisy),
        "coverage": sums.coverage,
        "is_ranked": sums.ranked,
        "rank": pa.array(_ranks(sums), mask=~sums.ranked),
        **{f"p_top_{k}": pa.array(top[k], mask=hidden) for k in TOPS},
        "rule_version": pa.array([RULE] * len(sums.score), pa.string()),
    }
    return pa.table(columns, schema=TABLES["influence"].schema)


def _narrowed(batches: Iterable[pa.RecordBatch]) -> pa.Table:
    """The columns of the findings that are read here, in a third of the memory."""
    few: Any = pa.dictionary(pa.int8(), pa.string())
    schema = pa.schema(
        [pa.field(name, few) if name in OF_FEW_WORDS else FINDINGS.field(name) for name in READ]
    )

    def cut(batch: pa.RecordBatch) -> pa.RecordBatch:
        columns = [
            batch[name].dictionary_encode().cast(few) if name in OF_FEW_WORDS else batch[name]
            for name in READ
        ]
        return pa.record_batch(columns, schema=schema)

    return pa.Table.from_batches([cut(batch) for batch in batches], schema).unify_dictionaries()


class Sums(NamedTuple):
    """Each subject: ids, group of its topic, score, coverage, whether ranked; sorted by ids."""

    account_id: Any
    topic_id: Any
    group: Ints
    score: Floats
    coverage: Floats
    ranked: Bools


def _assessed_weight(findings: pa.Table, freshness: pa.Table, stale_weight: float) -> Any:
    """The weight that each finding brings to coverage: less where it rests on stale values."""
    assessed = pc.not_equal(findings["status"], "not_assessed")
    known = pc.if_else(assessed, findings["weight"], 0.0)
    stale = freshness.filter(freshness["is_stale"])
    for kind in pc.unique(stale["kind"]).to_pylist():
        whose = stale.filter(pc.equal(stale["kind"], kind))["account_id"].combine_chunks()
        rests = pa.array([name for name, on in RESTS_ON.items() if on == kind], pa.string())
        is_stale = pc.and_(
            pc.is_in(findings["finding"].cast(pa.string()), value_set=rests),
            pc.is_in(findings["subject_id"], value_set=whose),
        )
        known = pc.if_else(is_stale, pc.multiply(known, stale_weight), known)
    return known


def _summed(findings: pa.Table, known_weight: Any, settings: InfluenceSettings) -> Sums:
    told = findings.select(["subject_id", "topic_id", "contribution", "weight"]).append_column(
        "assessed", known_weight
    )
    made = (
        # One thread: sums in the order of the rows, so that the same rows give the same bits.
        told.group_by(["subject_id", "topic_id"], use_threads=False)
        .aggregate([("contribution", "sum"), ("weight", "sum"), ("assessed", "sum")])
        .sort_by([("topic_id", "ascending"), ("subject_id", "ascending")])
        .combine_chunks()
    )
    score = np.clip(_floats(made["contribution_sum"]), 0.0, 100.0)
    total, known = _floats(made["weight_sum"]), _floats(made["assessed_sum"])
    coverage = np.divide(known, total, out=np.zeros_like(known), where=total > 0)
    topic = made["topic_id"].combine_chunks()
    group = _first(topic.dictionary_encode()).indices.to_numpy().astype(np.int64)
    ranked = coverage >= settings.least_coverage
    return Sums(_first(made["subject_id"]), _first(topic), group, score, coverage, ranked)


def _noise(findings: pa.Table, post_response: pa.Table, sums: Sums) -> Drawn:
    """What of each score is drawn again, and what is left of it."""
    place = pa.array(np.arange(sums.score.size, dtype=np.int64))
    subjects = pa.table(
        {"subject_id": sums.account_id, "topic_id": sums.topic_id, "subject": place}
    )
    rows = _noisy_rows(findings, post_response)
    rows = rows.join(subjects, ["subject_id", "topic_id"], join_type="inner")
    rows = rows.sort_by([("subject", "ascending"), ("finding", "ascending")])
    subject, noise = rows["subject"].to_numpy(), _floats(rows["noise"])
    points, observed = _floats(rows["points_each"]), _floats(rows["observed"])
    is_count = pc.is_in(rows["finding"], pa.array(POISSON_FINDINGS)).to_numpy()
    is_few = is_count & (noise < MANY)
    # Of many, the logarithm is as good as normal: its error by the delta method.
    with np.errstate(invalid="ignore"):
        of_many = points * observed / ((1.0 + observed) * np.log(10.0) * np.sqrt(noise))
    error = np.where(is_count, of_many, noise)
    fixed, spread = _unheld(findings, subjects), np.zeros(sums.score.size)
    taken = points * np.log10(1.0 + observed)
    np.subtract.at(fixed, subject[is_few], taken[is_few])
    np.add.at(spread, subject[~is_few], error[~is_few] ** 2)
    ptr = np.searchsorted(subject[is_few], np.arange(sums.score.size + 1)).astype(np.int64)
    terms = np.column_stack([points, observed, noise])[is_few]
    return fixed, np.sqrt(spread), ptr, np.ascontiguousarray(terms)


def _unheld(findings: pa.Table, subjects: pa.Table) -> Floats:
    """The sum of contributions of each subject before it was held at an end of the scale."""
    held = pc.is_in(findings["finding"], pa.array(["held_at_zero", "held_at_hundred"]))
    rows = findings.filter(pc.invert(held)).select(["subject_id", "topic_id", "contribution"])
    sums = rows.group_by(["subject_id", "topic_id"], use_threads=False).aggregate(
        [("contribution", "sum")]
    )
    placed = sums.join(subjects, ["subject_id", "topic_id"], join_type="inner")
    raw = np.zeros(subjects.num_rows)
    raw[placed["subject"].to_numpy()] = _floats(placed["contribution_sum"])
    return raw


def _noisy_rows(findings: pa.Table, post_response: pa.Table) -> pa.Table:
    """Rows of findings with noise above 0: subject, finding, points_each, observed, noise."""
    columns = ["subject_id", "topic_id", "finding", "points_each", "observed", "contribution"]
    known = findings.filter(pc.equal(findings["status"], "counted"))
    counts = known.filter(pc.is_in(known["finding"], pa.array(POISSON_FINDINGS)))
    counts = counts.select(columns).append_column("noise", counts["sample_size"])
    parts = [counts, _share_noise(known, columns)]
    for finding, measure in SPREADS.items():
        rows = known.filter(
            pc.and_(pc.equal(known["finding"], finding), pc.equal(known["basis"], "events"))
        )
        parts.append(_post_noise(rows.select(columns), post_response, measure))
    parts = [part.select([*columns, "noise"]) for part in parts]
    # Few rows are noisy; as plain text again, which can be sorted by.
    parts = [p.set_column(2, "finding", p["finding"].cast(pa.string())) for p in parts]
    every = pa.concat_tables(parts, promote_options="permissive")
    return every.filter(pc.greater(every["noise"], 0.0))


def _post_noise(rows: pa.Table, post_response: pa.Table, measure: str) -> pa.Table:
    """Standard error in points of contributions of typical posts: points × spread / √posts."""
    spread = post_response.select(
        ["account_id", "topic_id", f"{measure}_spread", f"n_{measure}"]
    )
    spread = spread.rename_columns(["subject_id", "topic_id", "spread", "n"])
    joined = rows.join(spread, ["subject_id", "topic_id"], join_type="inner")
    per_root = pc.divide(joined["spread"], pc.sqrt(pc.cast(joined["n"], pa.float64())))
    return joined.append_column("noise", pc.multiply(per_root, joined["points_each"]))


def _share_noise(known: pa.Table, columns: list[str]) -> pa.Table:
    """Standard error in points of the topical share: points × √(p (1 − p) / n)."""
    rows = known.filter(pc.equal(known["finding"], "topical_share"))
    share, n = _floats(rows["observed"]), _floats(rows["sample_size"])
    error = np.sqrt(np.clip(share * (1.0 - share), 0.0, None) / np.maximum(n, 1.0))
    return rows.select(columns).append_column(
        "noise", pa.array(error * _floats(rows["points_each"]))
    )


def _spans(drawn: Drawn, replicates: int, seed: int) -> Floats:
    """Each subject's 5 % and 95 % quantile, least and most over the replicates."""
    n = drawn[0].size
    ends = np.empty((n, 4))

    def block(piece: int) -> None:
        rows = (piece * BLOCK, min(n, (piece + 1) * BLOCK))
        resampling.spans(rows, replicates, drawn, seed, ends)

    with Crew(2) as crew:
        crew.share(block, -(-n // BLOCK))
    return ends


def _tops(sums: Sums, drawn: Drawn, ends: Floats, run: tuple[int, int]) -> dict[int, Floats]:
    """The share of replicates in which each ranked subject is among the first k."""
    top = {k: np.zeros(sums.score.size) for k in TOPS}
    n_groups = int(sums.group.max(initial=-1)) + 1
    starts = np.searchsorted(sums.group, np.arange(n_groups + 1))
    for first, last in pairwise(starts):
        ranked = np.arange(first, last)[sums.ranked[first:last]]
        for k, share in _tops_of_group(ranked, drawn, ends, run).items():
            top[k][ranked] = share
    return top


def _tops_of_group(
    ranked: Ints, drawn: Drawn, ends: Floats, run: tuple[int, int]
) -> dict[int, Floats]:
    replicates, seed = run
    n = ranked.size
    share = {k: np.zeros(n) if n > k else np.ones(n) for k in TOPS}
    asked = [k for k in TOPS if n > k]
    if not asked:
        return share
    # At least `most` accounts never fall below this, so whoever never reaches it stays outside.
    most = asked[-1]
    line = np.partition(ends[ranked, 2], n - most)[n - most]
    may = np.flatnonzero(ends[ranked, 3] >= line)
    for b in range(replicates):
        made = resampling.replicate_scores(ranked[may], b, drawn, seed)
        order = np.argsort(-made, kind="stable")
        for k in asked:
            share[k][may[order[:k]]] += 1.0 / replicates
    return {k: np.minimum(values, 1.0) for k, values in share.items()}


def _ranks(sums: Sums) -> Ints:
    """Places among the ranked subjects of each topic, 1 the first; equal scores share one."""
    rank = np.zeros(sums.score.size, np.int64)
    order = np.lexsort((-sums.score, sums.group))
    order = order[sums.ranked[order]]
    group, score = sums.group[order], sums.score[order]
    place = np.arange(order.size)
    is_new = np.ones(order.size, bool)
    is_new[1:] = group[1:] != group[:-1]
    start = np.maximum.accumulate(np.where(is_new, place, 0))
    is_lower = is_new.copy()
    is_lower[1:] |= score[1:] != score[:-1]
    first = np.maximum.accumulate(np.where(is_lower, place, 0))
    rank[order] = first - start + 1
    return rank


def _floats(column: Any) -> Floats:
    values: Floats = np.asarray(column.to_numpy(zero_copy_only=False), np.float64)
    return values


def _first(column: Any) -> Any:
    """The one chunk of a column that was combined."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
