"""Rows of the directory that a search wants: filtered, ordered, the first of them.

Two ways give the same: from rows held in memory, for pages, and by the engine, for lists beyond
memory, runs that are older than the directory and tiers of other schemes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
from ibis import _

from mawj.flow.accounts import rows
from mawj.flow.listed_in_memory import first_of
from mawj.flow.runner import reads
from mawj.identify.directory import USUAL_SCHEME, directory

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

    from mawj.flow.accounts import Readable
    from mawj.flow.facets import Facet
    from mawj.flow.finding import Wanted

ORDERS = {
    "match": "", "influence": "influence", "relevance": "relevance", "followers": "followers",
    "engagement": "engagement_share",
}  # fmt: skip
"""Orders of a list, and the column that each sorts by; match is influence × relevance."""


def listed(
    lake: Readable, wanted: Wanted, relevance: pa.Table | None, topic_ids: tuple[str, ...],
    facets: Sequence[Facet] = (),
) -> tuple[list[dict[str, Any]], int]:  # fmt: skip
    """The first rows that are wanted, best first, and how many there are.

    Args:
        lake: where tables are read.
        wanted: filters, order and length.
        relevance: account_id and relevance, 0 to 1, of the accounts that fit at all; None for
            all accounts, as relevant as the directory says.
        topic_ids: the topics looked for; the whole account where there are none.
        facets: accounts that alone are wanted, or are not.
    """
    if wanted.scheme == USUAL_SCHEME:
        slices = [lake.slice("directory", topic) for topic in topic_ids or ("",)]
        held = [table for table in slices if table is not None]
        if len(held) == len(slices):
            return first_of(held, wanted, relevance, ORDERS[wanted.order], facets)
    return _by_engine(lake, wanted, relevance, topic_ids, facets)


def _by_engine(
    lake: Readable, wanted: Wanted, relevance: pa.Table | None, topic_ids: tuple[str, ...],
    facets: Sequence[Facet],
) -> tuple[list[dict[str, Any]], int]:  # fmt: skip
    candidates = _candidates(lake, wanted, relevance, topic_ids)
    for facet in facets:
        ids = ibis.memtable(pa.table({"account_id": facet.accounts}))
        join = candidates.anti_join if facet.leaves_out else candidates.semi_join
        candidates = join(ids, "account_id")
    counted = candidates.mutate(n_matching=_.count().over(ibis.window()))
    chosen = rows(counted.order_by([ibis.desc("order"), _.account_id]).limit(wanted.top))
    return chosen, chosen[0]["n_matching"] if chosen else 0


def _candidates(
    lake: Readable, wanted: Wanted, relevance: pa.Table | None, topic_ids: tuple[str, ...]
) -> ir.Table:
    table = _every(lake)
    table = table.filter(table.topic_id.isin(topic_ids or ("",)))
    if not wanted.with_unranked:
        table = table.filter(_.is_ranked)
    if len(topic_ids) > 1:
        table = _best(table)
    if relevance is not None:
        table = table.drop("relevance").inner_join(ibis.memtable(relevance), "account_id")
    if wanted.scheme != USUAL_SCHEME:
        other = lake.read("tiers").filter(_.scheme == wanted.scheme)
        sized = table.drop("tier").left_join(other.select("account_id", "tier"), "account_id")
        table = sized.drop("account_id_right")
    table = _filtered(table, wanted)
    return table.mutate(order=_order(table, wanted.order))


def _filtered(table: ir.Table, wanted: Wanted) -> ir.Table:
    if wanted.only:
        table = table.filter(_.account_id.isin(wanted.only))
    for column, value in (
        ("country", wanted.country.upper()), ("platform", wanted.platform),
        ("tier", wanted.tier), ("kind", wanted.kind),
    ):  # fmt: skip
        if value:
            table = table.filter(table[column] == value)
    if wanted.language:
        table = table.filter(_.languages.contains(wanted.language))
    if wanted.least_influence > 0:
        table = table.filter(_.influence >= wanted.least_influence)
    return table


def _every(lake: Readable) -> ir.Table:
    """Every account as a list shows it; made here where the run is older than its table."""
    if lake.has("directory"):
        return lake.read("directory")
    return directory(*(lake.read(name) for name in reads(directory)))


def _best(table: ir.Table) -> ir.Table:
    """Of several topics the one on which an account moves most, and its best relevance."""
    mine = ibis.window(group_by="account_id", order_by=[ibis.desc("influence"), "topic_id"])
    ranked = table.mutate(
        place=ibis.row_number().over(mine),
        relevance=_.relevance.max().over(ibis.window(group_by="account_id")),
    )
    return ranked.filter(_.place == 0).drop("place")


def _order(table: ir.Table, order: str) -> Any:
    if order == "match":
        return table.influence * table.relevance
    return table[ORDERS[order]].fill_null(-1.0)
