"""A list of accounts from rows of the directory that are held in memory, a page's way.

Columns are narrowed to the rows that are still wanted one filter after the other: a word that
forty thousand of a million accounts say costs as much as forty thousand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from mawj.flow.facets import Facet
    from mawj.flow.finding import Wanted


class _Rows:
    """Rows of one table, of which some are still wanted."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table
        self.places: NDArray[np.int64] | None = None
        self.relevance: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        """Rows still wanted."""
        return self.table.num_rows if self.places is None else self.places.size

    def __getitem__(self, name: str) -> Any:
        """A column of the rows still wanted."""
        column = self.table[name]
        return column if self.places is None else column.take(_at(self.places))

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers; NaN for not known. Relevance may have been told from outside."""
        if name == "relevance" and self.relevance is not None:
            return self.relevance
        made: NDArray[np.float64] = self[name].to_numpy().astype(np.float64)
        return made

    def leave(self, wanted: Any) -> None:
        """Let go of the rows for which `wanted` is false or not known."""
        self.keep(pc.fill_null(wanted, pa.scalar(False)).to_numpy(zero_copy_only=False))

    def keep(self, wanted: NDArray[np.bool_]) -> None:
        """Let go of the rows for which `wanted` is false."""
        kept = np.flatnonzero(wanted)
        self.places = kept if self.places is None else self.places[kept]
        if self.relevance is not None:
            self.relevance = self.relevance[kept]

    def fit(self, relevance: pa.Table) -> None:
        """Leave the accounts of `relevance`, each as relevant as it says."""
        told = relevance["account_id"].combine_chunks()
        found = pc.index_in(self["account_id"], value_set=told)
        self.leave(found.is_valid())
        at = found.drop_null().to_numpy()
        self.relevance = relevance["relevance"].to_numpy()[at]

    def best_of_each(self) -> None:
        """Of the rows of one account that with most influence, as relevant as the best."""
        names = ("account_id", "influence", "topic_id")
        given = pa.Table.from_arrays([self[name] for name in names], list(names))
        order = pc.sort_indices(given, sort_keys=[
            ("account_id", "ascending"), ("influence", "descending"), ("topic_id", "ascending"),
        ]).to_numpy()  # fmt: skip
        if order.size == 0:
            return
        ids = given["account_id"].take(_at(order)).combine_chunks()
        is_next = pc.not_equal(ids.slice(1), ids.slice(0, len(ids) - 1))
        starts = np.flatnonzero(np.append(True, is_next.to_numpy(zero_copy_only=False)))
        best = np.maximum.reduceat(self.numbers("relevance")[order], starts)
        chosen = order[starts]
        self.places = chosen if self.places is None else self.places[chosen]
        self.relevance = best

    def first(self, values: NDArray[np.float64], top: int) -> list[dict[str, Any]]:
        """The rows with the greatest values, ids deciding between equal ones."""
        known = np.where(np.isnan(values), -1.0, values)
        near = np.arange(known.size)
        if top < known.size:
            least = np.partition(known, known.size - top)[known.size - top]
            near = np.flatnonzero(known >= least)
        ids = self["account_id"].take(_at(near)).to_pylist()
        order = sorted(range(near.size), key=lambda i: (-known[near[i]], ids[i]))[:top]
        chosen = near[order]
        places = chosen if self.places is None else self.places[chosen]
        rows: list[dict[str, Any]] = self.table.take(_at(places)).to_pylist()
        for row, relevance in zip(rows, self.numbers("relevance")[chosen], strict=True):
            row["relevance"] = float(relevance)
        return rows


def first_of(
    slices: Sequence[pa.Table], wanted: Wanted, relevance: pa.Table | None, order: str,
    facets: Sequence[Facet] = (),
) -> tuple[list[dict[str, Any]], int]:  # fmt: skip
    """The first rows that are wanted, best first, and how many there are.

    Args:
        slices: rows of the directory for each topic looked for, or for none.
        wanted: filters and length.
        relevance: account_id and relevance of the accounts that fit; None for all.
        order: the column to sort by, the greatest first; influence × relevance where empty.
        facets: accounts that alone are wanted, or are not.
    """
    rows = _Rows(slices[0] if len(slices) == 1 else pa.concat_tables(slices))
    # What leaves fewest rows comes first; of several topics the best counts among the ranked.
    if relevance is not None and len(slices) == 1:
        rows.fit(relevance)
    if not wanted.with_unranked:
        rows.leave(rows["is_ranked"])
    if len(slices) > 1:
        rows.best_of_each()
        if relevance is not None:
            rows.fit(relevance)
    _filter(rows, wanted)
    for facet in facets:
        held = pc.is_in(rows["account_id"], value_set=facet.accounts)
        rows.leave(pc.invert(held) if facet.leaves_out else held)
    values = rows.numbers(order) if order else _match(rows)
    return rows.first(values, wanted.top), len(rows)


def _filter(rows: _Rows, wanted: Wanted) -> None:
    if wanted.only:
        rows.leave(pc.is_in(rows["account_id"], value_set=pa.array(wanted.only, pa.string())))
    for column, value in (
        ("country", wanted.country.upper()), ("platform", wanted.platform),
        ("tier", wanted.tier), ("kind", wanted.kind),
    ):  # fmt: skip
        if value:
            rows.leave(pc.equal(rows[column], pa.scalar(value)))
    if wanted.language:
        rows.keep(_holds(rows["languages"], wanted.language))
    if wanted.least_influence > 0:
        rows.leave(pc.greater_equal(rows["influence"], pa.scalar(wanted.least_influence)))


def _holds(lists: Any, value: str) -> NDArray[np.bool_]:
    """For each list whether it holds `value`."""
    whole = lists.combine_chunks()
    is_one = pc.equal(whole.flatten(), pa.scalar(value)).to_numpy(zero_copy_only=False)
    held = np.zeros(len(whole), bool)
    held[pc.list_parent_indices(whole).to_numpy()[is_one]] = True
    return held


def _at(places: NDArray[np.int64]) -> pa.Int64Array:
    return pa.array(places, pa.int64())


def _match(rows: _Rows) -> NDArray[np.float64]:
    return rows.numbers("influence") * rows.numbers("relevance")
