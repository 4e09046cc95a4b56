"""What the whole panel says of each sampled follower of each vetted account, and the counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pyarrow as pa
from ibis import _

from mawj.tables.declared import TABLES
from mawj.tables.shaped import shaped
from mawj.vet.follower_model import probability
from mawj.vet.follower_words import with_nulls
from mawj.vet.panel import EVERYBODY, NEIGHBOURS, disagreement, neighbour_word, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    import ibis.expr.types as ir

    from mawj.vet.follower_signs import Floats

LEAST_POPULATION = 200
"""Accounts of a platform's population below which it is not told what is usual; ours."""


@dataclass(frozen=True)
class FollowerLimits:
    """What is counted as mass-following and as inactive.

    Attributes:
        mass_following: accounts followed above which a follower can hardly be reached by any
            of them: HypeAuditor's mass followers, "more than 1,500 followings" (its help pages
            on audience types, read 2026).
        silent_days: days without a known post or act after which a follower is inactive; half
            a year, our judgement.
    """

    mass_following: float = 1500.0
    silent_days: float = 180.0


def follower_panel(follower_company: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """What all detectors say, alone and together: one row per account and sampled follower.

    A model function, batch by batch.

    Reads:
        follower_company: what detectors of faces said, and the company.

    Returns:
        The declared columns. `p_panel` adds up the points of the detectors (`mawj.vet.panel`).
    """
    for batch in follower_company:
        if batch.num_rows:
            yield _judged(pa.Table.from_batches([batch]))


def _judged(rows: pa.Table) -> pa.RecordBatch:
    words = {
        name: _log_odds(rows[f"p_{name}"]) for name in EVERYBODY if name != NEIGHBOURS.name
    }
    company = {
        name: np.asarray(rows[name].to_numpy(), np.float64)
        for name in ("company_share", "burst_times")
    }
    words[NEIGHBOURS.name] = neighbour_word(company)
    split = disagreement(words)
    columns = {
        **{name: rows[name].combine_chunks() for name in rows.column_names},
        "p_neighbours": with_nulls(probability(words[NEIGHBOURS.name])),
        "p_panel": with_nulls(probability(together(words))),
        "is_split": pa.array(split == 1.0, mask=~np.isfinite(split)),
    }
    schema = TABLES["follower_panel"].schema
    return pa.RecordBatch.from_arrays([columns[name] for name in schema.names], schema=schema)


def _log_odds(column: Any) -> Floats:
    p = np.clip(np.asarray(column.to_numpy(), np.float64), 1e-12, 1.0 - 1e-12)
    odds: Floats = np.log(p / (1.0 - p))
    return odds


def follower_shares(
    follower_sample: ir.Table,
    follower_panel: ir.Table,
    follower_faces: ir.Table,
    follower_population: ir.Table,
    *,
    follower_limits: FollowerLimits,
) -> ir.Table:
    """How many of the sampled followers are what: one row per account with loaded followers.

    Reads:
        follower_sample: all that were drawn. follower_panel: who was judged. follower_faces:
        how many they follow and when they were last seen. follower_population: what is usual.

    Returns:
        The declared columns. Inactive is who never posted, or was last seen longer ago than
        the limit; who is known by neither is not counted.
    """
    judged = follower_panel.group_by("account_id").agg(
        n_judged=_.p_panel.count(),
        n_fake=_count(_.p_panel >= 0.5),
        n_split=_count(_.is_split),
        **{f"n_{name}_spoke": _[f"p_{name}"].count() for name in EVERYBODY},
        **{f"n_{name}_fake": _count(_[f"p_{name}"] >= 0.5) for name in EVERYBODY},
    )
    faces = follower_faces.select(
        "platform", "following", follower_id="account_id",
        is_inactive=_inactive(follower_faces, follower_limits),
    )  # fmt: skip
    seen = (
        follower_sample.left_join(faces, "follower_id")
        .group_by("account_id")
        .agg(
            n_loaded=_.n_loaded.max(),
            n_sampled=_.count(),
            platform=_.platform.max(),
            n_following=_.following.count(),
            n_mass=_count(_.following > follower_limits.mass_following),
            n_seen=_.is_inactive.count(),
            n_inactive=_count(_.is_inactive),
        )
    )
    usual = (
        follower_population.select(
            "platform", is_inactive=_inactive(follower_population, follower_limits)
        )
        .group_by("platform")
        .agg(
            usual_inactive_share=_.is_inactive.cast("int64").cast("float64").mean(),
            n_known=_.is_inactive.count(),
        )
        .filter(_.n_known >= LEAST_POPULATION)
    )
    joined = seen.left_join(judged, "account_id").drop("account_id_right")
    joined = joined.left_join(usual, "platform").drop("platform_right")
    counted = [name for name in judged.columns if name != "account_id"]
    return shaped(
        joined.filter(_.platform.notnull()).mutate(
            **{name: joined[name].fill_null(0) for name in counted}
        ),
        "follower_shares",
    )


def _inactive(faces: ir.Table, limits: FollowerLimits) -> Any:
    """True, False, or NULL where neither posts nor acts are known."""
    return ibis.cases(
        (faces.silent_days <= limits.silent_days, False),
        (faces.silent_days > limits.silent_days, True),
        (faces.posts == 0, True),
        else_=ibis.null("boolean"),
    )


def _count(condition: Any) -> Any:
    return condition.fill_null(False).cast("int64").sum()
