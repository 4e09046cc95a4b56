"""Why an account is a specialist or a celebrity: every sign on both scales."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify import kind_reasons
from mawj.identify.finding_rows import Reason, as_findings, base_rows, held_rows, real
from mawj.identify.kind_scale import NEEDS_SAMPLE, SIGNS, KindScale

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir

RULE = "kinds-1"
SCALES = ("specialist", "celebrity")


def kind_findings(
    accounts: ir.Table,
    standing: ir.Table,
    account_topics: ir.Table,
    influence_findings: ir.Table,
    edges: ir.Table,
    *,
    kind_scale: KindScale,
    keep: Callable[[ir.Table], ir.Table],
) -> ir.Table:
    """Reasons for specialist and for celebrity: one row per account, scale and sign.

    A specialist is heard on a subject, and others name it for that subject; a celebrity is
    merely well known, its followers are of scattered interests, and its fame was often made
    elsewhere. An account can be both, or neither.

    Returns:
        The findings' shape with `score` specialist or celebrity; each scale is the sum of its
        rows, 0 to 100.
    """
    observed = {
        "topical_focus": kind_reasons.topical_focus(account_topics),
        "audience_homogeneity": kind_reasons.audience_homogeneity(edges, account_topics),
        "said_by_others": kind_reasons.said_by_others(account_topics),
        "engagement_for_size": kind_reasons.engagement_for_size(influence_findings),
        "listed_for_size": kind_reasons.listed_for_size(standing),
        "well_known": kind_reasons.well_known(standing),
        "followers_before_posts": kind_reasons.followers_before_posts(standing),
        "fame_elsewhere": kind_reasons.fame_elsewhere(accounts),
    }
    subjects = accounts.select("account_id", topic_id=ibis.literal(""))
    made = [_scale_rows(subjects, observed, name, kind_scale) for name in SCALES]
    kept = keep(made[0].union(made[1]))
    held = [
        held_rows(kept.filter(_.score == name), Reason(name, "base", "points", "", RULE))
        for name in SCALES
    ]
    return kept.union(held[0]).union(held[1])


def _scale_rows(
    subjects: ir.Table, observed: dict[str, ir.Table], name: str, scale: KindScale
) -> ir.Table:
    rows = base_rows(subjects, scale.base, Reason(name, "base", "points", "", RULE))
    for sign, table in observed.items():
        points, reference = getattr(scale, sign)[SCALES.index(name)], getattr(scale, sign)[2]
        if points:
            rows = rows.union(
                _sign_rows(subjects, table, (sign, name), (points, reference), scale)
            )
    return rows


def _sign_rows(
    subjects: ir.Table,
    observed: ir.Table,
    named: tuple[str, str],
    priced: tuple[float, float],
    scale: KindScale,
) -> ir.Table:
    sign, name = named
    points, reference = priced
    unit, missing, weight = SIGNS[sign]
    enough = observed
    if sign in NEEDS_SAMPLE:
        enough = observed.filter(_.sample_size >= scale.least_sample)
    seen = subjects.left_join(enough, "account_id")
    rows = seen.select(
        "account_id",
        "topic_id",
        "observed",
        "sample_size",
        expected=real(reference),
        contribution=(points * (_.observed - reference)).clip(-scale.most, scale.most),
        points_each=real(points),
        weight=real(weight),
        basis=ibis.literal("events"),
    )
    return as_findings(rows, Reason(name, sign, unit, missing, RULE))
