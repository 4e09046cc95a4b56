"""Severity, time and numbers as a person writes them in a brand file."""

from __future__ import annotations

import math
import re
from typing import Any

from mawj.tables.errors import SettingsError
from mawj.text.normalise import search_form

SEVERITIES = {"never": 1.0, "avoid": 0.6, "watch": 0.3}
"""How much a red line matters, in words; our judgement."""

_ALSO = {
    "أبدا": "never", "ممنوع": "never", "تجنب": "avoid", "نتجنب": "avoid", "راقب": "watch",
    "نراقب": "watch", "هرگز": "never", "ممنوعه": "never", "پرهیز": "avoid",
    "اجتناب": "avoid", "مراقب": "watch", "زیر نظر": "watch",
}  # fmt: skip
_BY_FORM = {search_form(word): SEVERITIES[word] for word in SEVERITIES} | {
    search_form(word): SEVERITIES[severity] for word, severity in _ALSO.items()
}
_DAYS = {
    "day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25,
    "يوم": 1.0, "أيام": 1.0, "اسبوع": 7.0, "أسابيع": 7.0, "شهر": 30.4375, "أشهر": 30.4375,
    "سنة": 365.25, "سنوات": 365.25, "سنين": 365.25,
    "روز": 1.0, "هفته": 7.0, "ماه": 30.4375, "سال": 365.25,
}  # fmt: skip
_DAYS_BY_FORM = {search_form(word): days for word, days in _DAYS.items()}
_SPAN = re.compile(r"^(\d+(?:\.\d+)?)\s*(\w+)$")


def severity_of(said: Any, where: str) -> float:
    """0 to 1, from a word or a number.

    Raises:
        SettingsError: for anything else.
    """
    if isinstance(said, str) and search_form(said) in _BY_FORM:
        return _BY_FORM[search_form(said)]
    if isinstance(said, int | float) and not isinstance(said, bool) and 0 <= said <= 1:
        return float(said)
    raise SettingsError(
        f"{where}: severity = «{said}» is not known; write {', '.join(SEVERITIES)} or a "
        "number from 0 to 1"
    )


def days_of(said: Any, where: str) -> float | None:
    """Days, from a number of days or words such as 2 years; None where nothing is said.

    Raises:
        SettingsError: for anything else.
    """
    if said is None:
        return None
    if isinstance(said, int | float) and not isinstance(said, bool) and said >= 0:
        return float(said)
    found = _SPAN.match(search_form(said)) if isinstance(said, str) else None
    unit = found.group(2) if found else ""
    days = _DAYS_BY_FORM.get(unit) or _DAYS_BY_FORM.get(unit.removesuffix("s"))
    if found is None or days is None:
        raise SettingsError(
            f'{where}: look_back = «{said}» is not a time; write "2 years", "18 months" or a '
            "number of days"
        )
    return float(found.group(1)) * days


def amount_of(said: Any, where: str) -> float:
    """A finite number.

    Raises:
        SettingsError: for anything else.
    """
    is_number = isinstance(said, int | float) and not isinstance(said, bool)
    if not is_number or not math.isfinite(said):
        raise SettingsError(
            f"{where}: «{said}» is neither a number, a date (2026-01-31) nor true or false"
        )
    return float(said)
