"""Columns of text read as what they stand for: whole columns at once, each fault with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from mawj.text.dates import moments_of
from mawj.text.numbers import counts_of, known, share_of_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mawj.sources.mapping import Field

MOMENT = pa.timestamp("us", tz="UTC")

SPREADSHEET_ERRORS = frozenset({
    "#N/A", "#N/A!", "#VALUE!", "#VALOR!", "#WERT!", "#VALEUR!", "#REF!", "#NAME?", "#NOMBRE?",
    "#NOM?", "#DIV/0!", "#NULL!", "#NUM!", "N/A'", "#ERROR!", "#SPILL!", "#DEGER!", "#BEZUG!",
})  # fmt: skip
"""What spreadsheets in several languages write where a formula failed: not known."""

_NOTHING = frozenset({"-", "--", "—", "–", "n/a", "na", "null", "none", "nan", "nil", "(null)",
                      "غير متوفر", "غير معروف", "لا يوجد", "ندارد", "نامشخص"})  # fmt: skip

_WHOLE = r"^[0-9]{1,15}$"
_DECIMAL = r"^[0-9]{1,12}\.(?:[0-9]{1,2}|[0-9]{4,15})$"
_DAY_OR_TIME = r"^(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?$"
_WITH_ZONE = r"^(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})$"


@dataclass(frozen=True)
class Coerced:
    """A column as read: `values` with NULL where nothing was said or it could not be read.

    Attributes:
        values: the column.
        problems: (row within the batch, reason) of each cell that could not be read.
    """

    values: pa.Array[Any]
    problems: tuple[tuple[int, str], ...] = ()


def nothing_to_null(texts: pa.Array[Any]) -> pa.Array[Any]:
    """Trimmed texts; NULL where the cell is empty or holds a spreadsheet's error."""
    trimmed = pc.utf8_trim_whitespace(texts)
    empty = pc.or_(pc.equal(trimmed, ""), _is_spreadsheet_error(trimmed))
    return pc.if_else(empty, pa.scalar(None, pa.string()), trimmed)


def _is_spreadsheet_error(texts: pa.Array[Any]) -> pa.Array[Any]:
    return pc.is_in(texts, value_set=pa.array(sorted(SPREADSHEET_ERRORS)))


def plain_text(texts: pa.Array[Any]) -> pa.Array[Any]:
    """Texts as written, trimmed; NULL where they only say that nothing is known."""
    trimmed = nothing_to_null(texts)
    short = pc.utf8_lower(trimmed)
    unknown = pc.is_in(short, value_set=pa.array(sorted(_NOTHING)))
    return pc.if_else(unknown, pa.scalar(None, pa.string()), trimmed)


def by_distinct(texts: pa.Array[Any], read: Any, kind: pa.DataType) -> Coerced:
    """The column read through a function of its distinct values, each looked at once."""
    coded = texts.dictionary_encode()
    values, reasons = read(coded.dictionary.to_pylist())
    found = pa.array(values, kind).take(coded.indices)
    if not any(reasons):
        return Coerced(found)
    told = pa.array(reasons, pa.string()).take(coded.indices)
    where = pc.indices_nonzero(pc.is_valid(told)).to_pylist()
    return Coerced(found, tuple((i, told[i].as_py()) for i in where))


def counts(texts: pa.Array[Any], field: Field) -> Coerced:
    """Counts such as 1234, 6.2M or ۱۲۳; plain figures by the column, others one by one."""
    texts = nothing_to_null(texts)
    plain = pc.or_(
        pc.match_substring_regex(texts, _WHOLE), pc.match_substring_regex(texts, _DECIMAL)
    )
    fast = pc.cast(pc.if_else(plain, texts, pa.scalar(None, pa.string())), pa.float64())
    found = _joined(texts, plain, fast, _read_counts)
    if field.times == 1.0:
        return found
    return Coerced(pc.multiply(found.values, pa.scalar(field.times)), found.problems)


def _read_counts(texts: Sequence[str | None]) -> tuple[list[float | None], list[str | None]]:
    return counts_of(texts)


def shares(texts: pa.Array[Any], _: Field) -> Coerced:
    """Shares: "12%" and 0.12 are the same; a bare figure above 1 is a fault."""
    return by_distinct(nothing_to_null(texts), reader_of(share_of_text), pa.float64())


def percents(texts: pa.Array[Any], _: Field) -> Coerced:
    """Figures in per cent, with or without the sign: 1.39 is 0.0139."""
    return by_distinct(nothing_to_null(texts), reader_of(_share_of_percent), pa.float64())


def _share_of_percent(text: str) -> float:
    signed = any(sign in text for sign in "%٪")
    return share_of_text(text if signed else text + "%")


def reader_of(read: Callable[[str], Any]) -> Any:
    """A reader of many from a reader of one; what says nothing is not known."""

    def read_all(texts: Sequence[str | None]) -> tuple[list[Any], list[str | None]]:
        values: list[Any] = []
        reasons: list[str | None] = []
        for text in texts:
            value, reason = None, None
            if text is not None and known(text) is not None:
                try:
                    value = read(text)
                except ValueError as error:
                    reason = str(error)
            values.append(value)
            reasons.append(reason)
        return values, reasons

    return read_all


def moments(texts: pa.Array[Any], field: Field) -> Coerced:
    """Points in time in UTC; ISO dates by the column, others one by one."""
    texts = nothing_to_null(texts)
    plain = pc.match_substring_regex(texts, _DAY_OR_TIME)
    zoned = pc.match_substring_regex(texts, _WITH_ZONE)
    nothing = pa.scalar(None, pa.string())
    if field.calendar not in {None, "gregorian"}:
        plain = zoned = pa.array([False] * len(texts))
    try:
        fast = pc.coalesce(
            pc.cast(pc.if_else(plain, texts, nothing), pa.timestamp("us")).cast(MOMENT),
            pc.cast(pc.if_else(zoned, texts, nothing), MOMENT),
        )
    except pa.ArrowInvalid:
        # A day that no month has: all are read one by one, so that it gets its reason.
        fast, plain, zoned = pa.nulls(len(texts), MOMENT), *[pa.array([False] * len(texts))] * 2
    return _joined(texts, pc.or_(plain, zoned), fast, _read_moments(field))


def _read_moments(field: Field) -> Any:
    def read(texts: Sequence[str | None]) -> tuple[Sequence[Any], Sequence[str | None]]:
        said = [None if text is None or known(text) is None else text for text in texts]
        return moments_of(said, calendar=field.calendar, day_first=field.day_first)

    return read


def _joined(texts: Any, done: Any, fast: pa.Array[Any], read: Any) -> Coerced:
    """The quick reading where it applied, the careful one for the rest."""
    rest = pc.if_else(pc.fill_null(done, True), pa.scalar(None, pa.string()), texts)
    if rest.null_count == len(rest):
        return Coerced(fast)
    slow = by_distinct(rest, read, fast.type)
    return Coerced(pc.coalesce(fast, slow.values), slow.problems)
