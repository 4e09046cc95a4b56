"""A score in the manner of Klout, read from the same ledger as influence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class KloutScale:
    """How influence becomes a score from 1 to 100.

    Attributes:
        least: the score of an influence of 0; Klout's scale began at 1.
        most: the score of an influence of 100; Klout's scale ended at 100.
    """

    least: float = 1.0
    most: float = 100.0


def klout_style(
    influence: ir.Table, influence_findings: ir.Table, *, klout_scale: KloutScale
) -> ir.Table:
    """A score from 1 to 100 and its three sides: one row per account.

    Reads:
        influence: overall scores; influence_findings: attention, amplification, authority.

    Returns:
        klout_style = least + (most - least) × influence / 100, and the ends of its interval the
        same; true_reach, distinct others who turned to it; amplification, reposts per post;
        network, authority as a multiple of the mean. The sides are the three that Klout showed
        until 2012 (features as published in 2011); its weights were not public, so the score
        is our influence on Klout's scale, and the ledger of influence explains it.

    Nulls:
        A side that could not be assessed is NULL.
    """
    slope = (klout_scale.most - klout_scale.least) / 100.0
    overall = influence.filter(_.topic_id == "")
    told = influence_findings.filter(_.topic_id == "", _.status == "counted")
    sides = told.group_by("subject_id").agg(
        true_reach=_.observed.max(where=_.finding == "attention"),
        amplification=_.observed.max(where=_.finding == "amplification"),
        network=_.observed.max(where=_.finding == "authority"),
    )
    joined = overall.left_join(sides, overall.account_id == sides.subject_id)
    scored = joined.mutate(
        klout_style=_.influence * slope + klout_scale.least,
        klout_style_low=_.influence_low * slope + klout_scale.least,
        klout_style_high=_.influence_high * slope + klout_scale.least,
    )
    return shaped(scored, "klout_style")
