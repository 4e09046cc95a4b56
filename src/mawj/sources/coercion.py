"""Columns of text read as what they stand for, whole columns at once, faults with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.sources.arrow import NO_TEXT, Column, column, pc, plain, where
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

_NOTHING = column(
    [
        *("-", "--", "—", "–", "n/a", "na", "null", "none", "nan", "nil", "(null)"),
        *("غير متوفر", "غير معروف", "لا يوجد", "ندارد", "نامشخص"),
    ],
    pa.string(),
)

_ERRORS = column(["", *sorted(SPREADSHEET_ERRORS)], pa.string())

_WHOLE = r"^[0-9]{1,15}$"
_DECIMAL = r"^[0-9]{1,12}\.(?:[0-9]{1,2}|[0-9]{4,15})$"
_DAY = r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
_SECONDS = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
_DAY_OR_TIME = rf"^{_DAY}(?:[T ](?:[0-9]{{2}}:[0-9]{{2}}|{_SECONDS}))?$"
_WITH_ZONE = rf"^{_DAY}[T ]{_SECONDS}(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})$"


@dataclass(frozen=True)
class Coerced:
    """A column as read: `values` with NULL where nothing was said or it could not be read.

    Attributes:
        values: the column.
        problems: (row within the batch, reason) of each cell that could not be read.
    """

    values: Column
    problems: tuple[tuple[int, str], ...] = ()


def nothing_to_null(texts: Column) -> Column:
    """Trimmed texts; NULL where the cell is empty or holds a spreadsheet's error."""
    trimmed: Any = pc.utf8_trim_whitespace(texts)
    return _without(trimmed, pc.is_in(trimmed, value_set=_ERRORS))


def _without(texts: Column, condition: Column) -> Column:
    """The texts, NULL where the condition holds."""
    return plain(pc.if_else(condition, NO_TEXT, texts))


def plain_text(texts: Column) -> Column:
    """Texts as written, trimmed; NULL where they only say that nothing is known."""
    trimmed = nothing_to_null(texts)
    return _without(trimmed, pc.is_in(pc.utf8_lower(trimmed), value_set=_NOTHING))


def by_distinct(texts: Column, read: Any, kind: pa.DataType) -> Coerced:
    """The column read through a function of its distinct values, each looked at once."""
    coded: Any = texts.dictionary_encode()
    values, reasons = read(coded.dictionary.to_pylist())
    found = column(values, kind).take(coded.indices)
    if not any(reasons):
        return Coerced(found)
    told = column(reasons, pa.string()).take(coded.indices)
    return Coerced(found, tuple((i, told[i].as_py()) for i in where(pc.is_valid(told))))


def counts(texts: Column, field: Field) -> Coerced:
    """Counts such as 1234, 6.2M or ۱۲۳; plain figures by the column, others one by one."""
    texts = nothing_to_null(texts)
    plain = pc.or_(
        pc.match_substring_regex(texts, _WHOLE), pc.match_substring_regex(texts, _DECIMAL)
    )
    fast = pc.cast(pc.if_else(plain, texts, NO_TEXT), pa.float64())
    found = _joined(texts, plain, fast, _read_counts)
    if field.times == 1.0:
        return found
    # 8.3 times a million must be 8300000, not 8300000.000000001.
    times = pc.round(pc.multiply(found.values, field.times), 6)
    return Coerced(times, found.problems)


def _read_counts(texts: Sequence[str | None]) -> tuple[list[float | None], list[str | None]]:
    return counts_of(texts)


def shares(texts: Column, _: Field) -> Coerced:
    """Shares: "12%" and 0.12 are the same; a bare figure above 1 is a fault."""
    return by_distinct(nothing_to_null(texts), reader_of(share_of_text), pa.float64())


def percents(texts: Column, _: Field) -> Coerced:
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


def moments(texts: Column, field: Field) -> Coerced:
    """Points in time in UTC; ISO dates by the column, others one by one."""
    texts = nothing_to_null(texts)
    plain = pc.match_substring_regex(texts, _DAY_OR_TIME)
    zoned = pc.match_substring_regex(texts, _WITH_ZONE)
    nothing = NO_TEXT
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


def _joined(texts: Column, done: Column, fast: Column, read: Any) -> Coerced:
    """The quick reading where it applied, the careful one for the rest."""
    rest = pc.if_else(pc.fill_null(done, True), NO_TEXT, texts)
    if rest.null_count == len(rest):
        return Coerced(fast)
    slow = by_distinct(rest, read, fast.type)
    return Coerced(pc.coalesce(fast, slow.values), slow.problems)
