"""Whether it carries from group to group: ties that reach into several communities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from mawj.identify.finding_rows import Reason, as_findings, real

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = {
    "en": "bridging communities",
    "ar": "الربط بين المجتمعات",
    "fa": "پیوند میان گروه‌ها",
}
TEXT = {
    "en": "Its ties are spread over communities by {observed} (0%: all inside "
    "one; near 100%: over many).",
    "ar": "توزّع روابطه على المجتمعات: {observed} (تعني 0% أنها داخل مجتمع "
    "واحد، وما قارب 100% أنها بين مجتمعات كثيرة).",
    "fa": "پراکندگی ارتباط‌هایش میان گروه‌ها: {observed} (۰٪ یعنی همه درون یک "
    "گروه، نزدیک ۱۰۰٪ یعنی میان گروه‌های بسیار).",
}
REASON = Reason("influence", "bridging", "share", "interactions, follows", "bridging-1")


@dataclass(frozen=True)
class BridgingScale:
    """What joining groups is worth.

    Attributes:
        points: points for ties spread evenly over very many communities against ties inside one
            (participation coefficient, Guimera & Amaral, Nature 2005). News crosses groups by
            those who belong to several (Granovetter 1973; Burt 1992); the figure is our
            judgement.
        least_betweenness: share of shortest paths that must run through it: ties into several
            groups that no path uses carry nothing. Our judgement.
    """

    points: float = 4.0
    least_betweenness: float = 0.000001


def bridging(
    subjects: ir.Table, account_communities: ir.Table, *, bridging_scale: BridgingScale
) -> ir.Table:
    """Spread of its ties over communities, where shortest paths run through it.

    Two-step flow: opinion leaders pass messages on to groups that the source does not reach, so
    joining groups counts and not only volume. Not given on a topic.
    """
    scale = bridging_scale
    seen = subjects.filter(_.topic_id == "").left_join(account_communities, "account_id")
    is_crossed = (_.betweenness_est >= scale.least_betweenness).cast("float64")
    observed = _.participation * is_crossed
    rows = seen.select(
        "account_id",
        "topic_id",
        observed=observed,
        expected=real(0.0),
        contribution=scale.points * observed,
        points_each=real(scale.points),
        weight=real(scale.points),
        basis=ibis.literal("events"),
    )
    return as_findings(rows, REASON)
