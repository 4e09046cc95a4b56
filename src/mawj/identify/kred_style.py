"""The pair of scores that the activity statement gives, in the manner of Kred."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ibis import _

from mawj.tables.portable import log10p
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Guards whole levels and scores against the last bit of a logarithm.
_HAIR = 1e-9


@dataclass(frozen=True)
class KredScale:
    """How points are read.

    Attributes:
        step: points that a first tenfold is counted from. Our judgement.
        full: points of the highest influence, 1000. Kred normalised by community so that
            somebody always had 1000, and scores moved when others gained; ours is fixed. Our
            judgement.
        first_level: points of outreach level 1; 100, docs.score.kred, scoring outreach.
        growth: how much more each level costs than the one before. Level 2 is published as 270,
            that is 170 more than level 1: 1.7 times. The levels above continue the rule, which
            puts level 12, the highest seen by June 2012, at about 83,000 points.
    """

    step: float = 10.0
    full: float = 100_000_000.0
    first_level: float = 100.0
    growth: float = 1.7


def kred_style(kred_activity: ir.Table, *, kred_scale: KredScale) -> ir.Table:
    """Influence 1 to 1000 and outreach level: one row per account with any act.

    Reads:
        kred_activity: direction and points.

    Returns:
        influence_points and outreach_points, sums of the points received and sent;
        kred_influence = 1 + 999 × log10(1 + points / step) / log10(1 + full / step), rounded
        down and 1000 at most; kred_outreach, the greatest level L with
        first_level × (growth^L - 1) / (growth - 1) points or fewer. Neither ever falls when
        an act is added, and neither depends on other accounts.
    """
    summed = kred_activity.group_by("account_id").agg(
        influence_points=_.points.sum(where=_.direction == "received").fill_null(0),
        outreach_points=_.points.sum(where=_.direction == "sent").fill_null(0),
    )
    scored = summed.mutate(
        kred_influence=_influence(summed.influence_points, kred_scale),
        kred_outreach=_level(summed.outreach_points, kred_scale),
    )
    return shaped(scored, "kred_style")


def _influence(points: Any, scale: KredScale) -> Any:
    span = math.log10(1.0 + scale.full / scale.step)
    read = log10p(points / scale.step) * (999.0 / span) + (1.0 + _HAIR)
    return read.floor().clip(1, 1000)


def _level(points: Any, scale: KredScale) -> Any:
    levels = (points * ((scale.growth - 1.0) / scale.first_level) + 1.0).log10()
    return (levels / math.log10(scale.growth) + _HAIR).floor()
