"""How much of influence could be assessed over all accounts, and what was missing elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ibis import _

from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


def assessed(influence_findings: ir.Table) -> ir.Table:
    """Accounts by contribution to overall influence and what it lacked: one row each.

    A page that counted them itself would read every finding of every account.

    Reads:
        influence_findings: the contributions of each account, assessed or not.
    """
    whole = influence_findings.filter(_.topic_id == "", _.weight > 0)
    told = whole.mutate(is_assessed=_.status != "not_assessed", missing=_.missing.coalesce(""))
    counted = told.group_by("finding", "missing").agg(
        n_accounts=_.count(),
        n_assessed=_.is_assessed.cast("int64").sum(),
        by_events=(_.is_assessed & (_.basis == "events")).cast("int64").sum(),
        by_counts=(_.is_assessed & (_.basis == "counted")).cast("int64").sum(),
        weight_lacking=_.is_assessed.ifelse(0.0, _.weight).sum(),
    )
    return shaped(counted, "assessed")
