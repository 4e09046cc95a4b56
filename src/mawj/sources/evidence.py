"""What the values of a column look like, whatever its heading says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from mawj.sources import names, vocabulary
from mawj.sources.coercion import SPREADSHEET_ERRORS
from mawj.sources.kinds import duration_of
from mawj.text.dates import moment_of
from mawj.text.numbers import count_of, known, share_of_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mawj.sources.raw import RawBatch

LOOKED_AT = 300
"""Values of a column that are looked at one by one. Our judgement."""

_HANDLE = re.compile(r"@?[A-Za-z0-9_.][A-Za-z0-9_.\-]{0,39}|did:[a-z0-9]+:\S+")
_DAY_FIRST = re.compile(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{4}")


@dataclass(frozen=True)
class Evidence:
    """What a sample of one column shows.

    Attributes:
        n: values looked at; 0 where the column is empty.
        shares: for each kind, the share of the values that can be read as it.
        distinct_share: distinct values / values.
        is_serial: whole figures that count the rows up.
        plain_share: values that are figures only, without suffix or separator.
        fraction_share: numbers that are not whole.
        above_one_share: numbers above 1 without a per cent sign.
        median_number: the middle one of the numbers; 0 where there is none.
        numbers: the sample's numbers by row, None where there is none.
        day_first: True or False where some date shows it, None where none does or no date asks.
        asks_day_first: some date could be read either way.
    """

    n: int = 0
    shares: Mapping[str, float] = field(default_factory=dict)
    distinct_share: float = 0.0
    is_serial: bool = False
    plain_share: float = 0.0
    fraction_share: float = 0.0
    above_one_share: float = 0.0
    median_number: float = 0.0
    numbers: tuple[float | None, ...] = ()
    day_first: bool | None = None
    asks_day_first: bool = False

    def fit(self, kind: str) -> float:
        """Share of the values that can be read as `kind`; an empty column half fits all."""
        return self.shares.get(kind, 0.0) if self.n else 0.5


def evidence_of(batch: RawBatch, heading: str) -> Evidence:
    """What the values under one heading show."""
    cells = batch.column(heading).slice(0, LOOKED_AT).to_pylist()
    rows = [cell.strip() if cell else "" for cell in cells]
    values = [v for v in rows if v and v not in SPREADSHEET_ERRORS and known(v) is not None]
    if not values:
        return Evidence()
    numbers = tuple(_number(v) for v in rows)
    found = sorted(x for x in numbers if x is not None)
    day_first, asks = _day_order(values)
    return Evidence(
        n=len(values),
        shares={kind: _share(values, test) for kind, test in _TESTS.items()},
        distinct_share=len(set(values)) / len(values),
        is_serial=_is_serial(numbers),
        plain_share=_share(values, lambda v: v.replace(".", "", 1).isdigit()),
        fraction_share=_ratio(sum(not x.is_integer() for x in found), len(found)),
        above_one_share=_ratio(sum(x > 1 for x in found), len(found)),
        median_number=found[len(found) // 2] if found else 0.0,
        numbers=numbers,
        day_first=day_first,
        asks_day_first=asks,
    )


def _share(values: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _number(text: str) -> float | None:
    try:
        return count_of(text.strip("%٪ "))
    except ValueError:
        return None


def _is_serial(numbers: tuple[float | None, ...]) -> bool:
    """1, 2, 3, … down the rows (or from 0)."""
    pairs = list(pairwise(numbers))
    steps = sum(a is not None and b == a + 1 for a, b in pairs)
    return len(numbers) > 2 and numbers[0] in {0.0, 1.0} and steps >= 0.9 * len(pairs)


def _day_order(values: list[str]) -> tuple[bool | None, bool]:
    dates = [m for v in values if (m := _DAY_FIRST.match(v))]
    if any(int(m[1]) > 12 for m in dates):
        return True, False
    if any(int(m[2]) > 12 for m in dates):
        return False, False
    return None, any(m[1] != m[2] for m in dates)


def _reads(read: Callable[[str], object]) -> Callable[[str], bool]:
    def test(value: str) -> bool:
        try:
            return read(value) is not None
        except ValueError:
            return False

    return test


def _is_moment(value: str) -> bool:
    if value.isdecimal() and len(value) not in {8, 10, 13, 16}:
        return False
    try:
        moment = moment_of(value, day_first=True if _DAY_FIRST.match(value) else None)
    except ValueError:
        try:
            moment = moment_of(value, day_first=False)
        except ValueError:
            return False
    return 1990 <= moment.year <= 2100


def _is_text(value: str) -> bool:
    return any(sign.isalpha() for sign in value) and not names.is_url(value)


def _is_account(value: str) -> bool:
    return (
        names.is_url(value)
        or bool(_HANDLE.fullmatch(value))
        or names.platforms_of([value])[0] is not None
    )


_TESTS: dict[str, Callable[[str], bool]] = {
    "count": _reads(count_of),
    "share": _reads(share_of_text),
    "signed_share": lambda v: any(sign in v for sign in "%٪"),
    "percent": lambda v: _number(v) is not None,
    "moment": _is_moment,
    "duration": _reads(duration_of),
    "url": names.is_url,
    "handle": lambda v: bool(_HANDLE.fullmatch(v)) and not v.replace(".", "").isdigit(),
    "at_sign": lambda v: v.startswith("@"),
    "handle_within": lambda v: " @" in v and names.name_and_handle(v) is not None,
    "account": _is_account,
    "own_id": lambda v: names.platforms_of([v])[0] is not None,
    "native": lambda v: names.is_url(v) or (" " not in v and len(v) <= 200),
    "country": _reads(vocabulary.country_of),
    "language": lambda v: len(v) < 30 and _reads(vocabulary.language_of)(v),
    "platform": _reads(vocabulary.platform_of),
    "form": _reads(vocabulary.form_of),
    "act": _reads(vocabulary.act_of),
    "flag": _reads(vocabulary.flag_of),
    "text": _is_text,
    "long_text": lambda v: len(v.split()) >= 4,
    "name": lambda v: not names.is_url(v) and len(v) <= 120,
    "strings": lambda _: True,
}
