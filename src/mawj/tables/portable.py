"""Expressions that give the same answer on DuckDB and on Spark.

The engines differ on division by zero, on logarithms of zero and on spans of days; these
functions are the one place that evens them out. Never use the raw operation in a step.
"""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.datatypes as dt

SECONDS_A_DAY = 86_400.0


def ratio(part: Any, whole: Any) -> Any:
    """`part / whole` as a float; NULL where `whole` is 0 (DuckDB gives inf, Spark raises)."""
    return part.cast("float64") / whole.cast("float64").nullif(0.0)


def log1p(value: Any) -> Any:
    """Natural logarithm of 1 + value; value must be ≥ 0 or NULL."""
    return (value.cast("float64") + 1.0).ln()


def log10p(value: Any) -> Any:
    """Decimal logarithm of 1 + value: one unit is tenfold; value must be ≥ 0 or NULL."""
    return (value.cast("float64") + 1.0).log10()


def days_between(earlier: Any, later: Any) -> Any:
    """Days from `earlier` to `later` as a float, whole seconds counted.

    The engines count either crossed midnights or whole days; seconds since 1970 do not differ.
    """
    # A float before dividing: Spark divides whole numbers as decimals of seven digits.
    span_s = whole_seconds(later) - whole_seconds(earlier)
    return span_s.cast("float64") / SECONDS_A_DAY


def whole_seconds(moment: Any) -> Any:
    """Whole seconds since 1970; `moment` must be in UTC.

    The engines' own `epoch_seconds` differ (DuckDB keeps the fraction), and DuckDB's turns to
    the calendar of the session's time zone, which takes six times as long.
    """
    return (_EPOCH_US(moment).cast("float64") / 1e6).floor()


def value_at(ordered: Any, place: Any) -> Any:
    """The value of a list at `place`, counted from 0; NULL where the list has no such place.

    Spark takes 32-bit places only, and raises outside the list.
    """
    inside = (place >= 0) & (place < ordered.length())
    return ibis.ifelse(inside, ordered[place.cast("int32")], None)


def share_of(condition: Any) -> Any:
    """Share of the group's rows for which `condition` holds; NULL conditions are left out."""
    return condition.cast("int64").cast("float64").mean()


def in_sample(key: Any, *, share: float, salt: str = "") -> Any:
    """True for a fixed pseudo-random `share` of the keys, the same on every engine.

    The first 8 hexadecimal digits of an MD5 digest cut [0, 1) evenly enough for sampling;
    `hash()` is not portable.
    """
    limit = f"{min(int(share * 16**8), 16**8 - 1):08x}"
    return (ibis.literal(salt) + key).hexdigest("md5").substr(0, 8) <= limit


def _of_moment(moment: Any) -> Any:
    """Microseconds since 1970."""


_EPOCH_US: Any = ibis.udf.scalar.builtin(
    _of_moment, name="epoch_us", signature=((dt.Timestamp("UTC"),), int)
)
SPARK_FUNCTIONS = (
    "CREATE OR REPLACE TEMPORARY FUNCTION epoch_us(moment TIMESTAMP) RETURNS BIGINT "
    "RETURN unix_micros(moment)",
)
"""What a Spark session has to be told first: functions that DuckDB has under these names."""


def _of_row(value: Any, at: Any) -> Any:
    """The value of the row with the greatest, or smallest, `at`: known to both engines."""


_BY_TIME = ((float, dt.Timestamp("UTC")), float)
_MAX_BY: Any = ibis.udf.agg.builtin(_of_row, name="max_by", signature=_BY_TIME)
_MIN_BY: Any = ibis.udf.agg.builtin(_of_row, name="min_by", signature=_BY_TIME)


def latest_known(value: Any, at: Any) -> Any:
    """The last value of a group that is known, by `at`; for use in an aggregation.

    Ibis writes its own `argmax` on DuckDB as an ordered `first`, which takes more than twice
    the time and far more memory where groups are many, such as one a post.
    """
    return _MAX_BY(value, at, where=value.notnull())


def after_estimates(at: Any, basis: Any) -> Any:
    """`at`, put a century back for what was estimated: anything else counts as later."""
    return (basis == "estimated").ifelse(at - ibis.interval(days=36_525), at)


def earliest_known(value: Any, at: Any) -> Any:
    """The first value of a group that is known, by `at`; for use in an aggregation."""
    return _MIN_BY(value, at, where=value.notnull())
