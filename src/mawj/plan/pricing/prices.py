"""Prices: the sums of receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from mawj.tables.derived_plan_price import PRICES
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute
_ENDS = ("", "_low", "_high")


def prices(price_lines: pa.Table) -> pa.Table:
    """One deliverable of one account: the sum of its receipt.

    Reads:
        price_lines: the lines, in any order.

    Returns:
        The declared columns of `prices`, in the order of the receipts.

    Nulls:
        A price is NULL where a line of it is, and `missing` is that of the first such line.

    Raises:
        ActionRefused: when one receipt has lines in two currencies.
    """
    if not price_lines.num_rows:
        return PRICES.schema.empty_table()
    price_lines, starts = _together(price_lines)
    _one_currency(price_lines, starts)
    first = price_lines.take(starts)
    known = ~np.asarray(price_lines["amount_minor"].is_null())
    missing = _first_missing(price_lines, starts, known)
    columns: dict[str, Any] = {
        "account_id": first["account_id"],
        "deliverable": first["deliverable"],
        "currency": first["currency"],
        "basis": _bases(price_lines, starts, known),
        "missing": missing,
    }
    whole = np.logical_and.reduceat(known, starts)
    for end in _ENDS:
        amounts = pc.fill_null(price_lines[f"amount{end}_minor"], 0).to_numpy()
        columns[f"price{end}_minor"] = pa.array(np.add.reduceat(amounts, starts), mask=~whole)
    return pa.table([columns[name] for name in PRICES.schema.names], schema=PRICES.schema)


def _together(lines: pa.Table) -> tuple[pa.Table, NDArray[np.int64]]:
    """The lines, receipt by receipt in the order of their first, and where each begins."""
    whose = (lines[name].to_pylist() for name in ("account_id", "deliverable"))
    first: dict[tuple[Any, Any], int] = {}
    codes = np.array([first.setdefault(pair, len(first)) for pair in zip(*whose, strict=True)])
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    return lines.take(order), starts


def _one_currency(lines: pa.Table, starts: NDArray[np.int64]) -> None:
    codes = np.asarray(lines["currency"].combine_chunks().dictionary_encode().indices)
    mixed = np.minimum.reduceat(codes, starts) != np.maximum.reduceat(codes, starts)
    if mixed.any():
        row = int(starts[np.flatnonzero(mixed)[0]])
        raise ActionRefused(
            f"the receipt of {lines['account_id'][row]} has lines in several currencies; "
            "price it in one, with a rate of exchange where it needs one"
        )


def _first_missing(
    lines: pa.Table, starts: NDArray[np.int64], known: NDArray[np.bool_]
) -> list[str | None]:
    told = lines["missing"].to_pylist()
    ends = [*starts[1:], len(told)]
    return [
        next((told[row] or "not_known" for row in range(start, end) if not known[row]), None)
        for start, end in zip(starts, ends, strict=True)
    ]


def _bases(
    lines: pa.Table, starts: NDArray[np.int64], known: NDArray[np.bool_]
) -> list[str | None]:
    names = np.array(lines["line"].to_pylist(), dtype=object)

    def has(*some: str) -> NDArray[np.bool_]:
        return np.logical_or.reduceat(np.isin(names, some) & known, starts)

    found = np.full(len(starts), None, dtype=object)
    found[has("views", "flat_fee")] = "rate_card"
    found[has("own_past")] = "past"
    found[has("quoted_fee")] = "quote"
    return list(found)
