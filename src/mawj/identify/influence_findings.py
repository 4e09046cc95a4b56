"""Every reason of every influence score: the contributions, one under another."""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.identify.contributions import CONTRIBUTIONS
from mawj.identify.finding_rows import Reason, base_rows, held_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import ibis.expr.types as ir

RULE = "influence-2"


@dataclass(frozen=True)
class InfluenceSettings:
    """Where influence starts, on what it is scored, and how it is resampled.

    Attributes:
        base: points of an account that stands at every reference: an ordinary active account.
            See docs/decisions/0005-influence-scale.md. Our judgement.
        least_topic_share: share of a topic from which an account is scored on it; ours.
        least_topic_posts: own posts on the topic, or distinct others naming the account on it,
            that a score on a topic needs. Our judgement.
        least_coverage: coverage from which a score is ranked. Our judgement.
        replicates: resamples behind the intervals; 200 give the ends of a 90 % interval to
            about 2 points of probability (Efron & Tibshirani 1993, chapter 19, advise more for
            ends further out).
    """

    base: float = 20.0
    least_topic_share: float = 0.1
    least_topic_posts: int = 3
    least_coverage: float = 0.5
    replicates: int = 200


def influence_findings(
    *tables: ir.Table,
    influence_settings: InfluenceSettings,
    keep: Callable[[ir.Table], ir.Table],
    **scales: Any,
) -> ir.Table:
    """Why each influence score is what it is: one row per account, topic and contribution.

    Reads:
        standing and account_topics for who is scored on what, and every table that a
        contribution names; the signature lists them.

    Returns:
        The findings' shape. A score is the sum of the contributions of its rows: where all
        start (`base`), what each contribution gives, and what is held at 0 or 100.
    Nulls:
        What could not be assessed gives 0 points and says what is missing.
    """
    read = dict(zip(TABLES_READ, tables, strict=True))
    subjects = keep(_subjects(read["standing"], read["account_topics"], influence_settings))
    reason = Reason("influence", "base", "points", "", RULE)
    made = base_rows(subjects, influence_settings.base, reason)
    for contribution in CONTRIBUTIONS:
        named = _named(contribution)
        inputs = {name: read[name] for name in named.tables}
        told = {name: scales[name] for name in named.scales}
        made = made.union(contribution(subjects, **inputs, **told))
    made = keep(made)
    return made.union(held_rows(made, reason))


def _subjects(
    standing: ir.Table, account_topics: ir.Table, settings: InfluenceSettings
) -> ir.Table:
    """Each account overall, and on the topics that it has a real share in."""
    overall = standing.select(
        "account_id", "platform", topic_id=ibis.literal(""), topic_share=ibis.literal(1.0)
    )
    least = settings.least_topic_posts
    on_topics = (
        account_topics.filter(
            _.topic_share >= settings.least_topic_share,
            (_.n_posts >= least) | (_.n_others >= least),
        )
        .inner_join(standing.select("account_id", "platform"), "account_id")
        .select("account_id", "platform", "topic_id", "topic_share")
    )
    return overall.union(on_topics)


@dataclass(frozen=True)
class _Named:
    """What a contribution reads: tables by name, and scales by name with their class."""

    tables: tuple[str, ...]
    scales: Mapping[str, type]


def _named(contribution: Callable[..., ir.Table]) -> _Named:
    parameters = inspect.signature(contribution).parameters.values()
    home = vars(sys.modules[contribution.__module__])
    tables = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    scales = {p.name: home[str(p.annotation)] for p in parameters if p.kind is p.KEYWORD_ONLY}
    return _Named(tuple(t for t in tables if t != "subjects"), scales)


def _signature() -> inspect.Signature:
    """What all contributions read together, so that adding one changes nothing here."""
    tables = [inspect.Parameter(name, _BY_PLACE, annotation="ir.Table") for name in TABLES_READ]
    told = {**{name: kind.__name__ for name, kind in SCALES.items()}, **_OWN}
    named = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind)
        for name, kind in told.items()
    ]
    return inspect.Signature([*tables, *named], return_annotation="ir.Table")


_BY_PLACE = inspect.Parameter.POSITIONAL_OR_KEYWORD
_OWN = {"influence_settings": "InfluenceSettings", "keep": "Callable"}

SCALES: dict[str, type] = {
    name: kind for made in CONTRIBUTIONS for name, kind in _named(made).scales.items()
}
"""The settings classes of all contributions by parameter name."""

TABLES_READ: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            "standing",
            "account_topics",
            *(t for made in CONTRIBUTIONS for t in _named(made).tables),
        ]
    )
)
"""The tables that the step reads, in the order of its parameters."""

influence_findings.__signature__ = _signature()  # type: ignore[attr-defined]
