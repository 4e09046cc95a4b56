"""One part of a brand file: severity, time and numbers as a person writes them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

from mawj.tables.errors import BrandSlip
from mawj.text.normalise import search_form

if TYPE_CHECKING:
    from collections.abc import Mapping

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


@dataclass(frozen=True)
class Part:
    """One `[[part]]` of the file, or the file itself, and how to say where it stands.

    Attributes:
        said: its fields as TOML gives them.
        where: the file and the line, for messages.
        name: red_line, competitor, claim or fact; empty for the file.
        place: which of the parts of that name, from 0.
    """

    said: Mapping[str, Any]
    where: str
    name: str = ""
    place: int = 0

    def slip(self, field: str, kind: str, message: str) -> BrandSlip:
        """What is wrong with a field, for the person who wrote it."""
        at = (self.name, self.place, field)
        return BrandSlip(f"{self.where}: {message}", at=at, kind=kind)

    def text(self, field: str, *, needed: bool = False) -> str | None:
        """A text without blanks round it; None where it is not said.

        Raises:
            BrandSlip: where it is needed and not said, or is no text.
        """
        value = self.said.get(field)
        if value is None and not needed:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.slip(field, "missing", f'`{field}` is missing; write {field} = "…"')
        return value.strip()

    def severity(self) -> float:
        """0 to 1, from a word or a number; never (1) where nothing is said.

        Raises:
            BrandSlip: for anything else.
        """
        said = self.said.get("severity", "never")
        if isinstance(said, str) and search_form(said) in _BY_FORM:
            return _BY_FORM[search_form(said)]
        if _is_number(said) and 0 <= said <= 1:
            return float(said)
        raise self.slip(
            "severity", "severity",
            f"severity = «{said}» is not known; write {', '.join(SEVERITIES)} or a number "
            "from 0 to 1",
        )  # fmt: skip

    def look_back_days(self) -> float | None:
        """Days, from a number of days or words such as 2 years; None where nothing is said.

        Raises:
            BrandSlip: for anything else.
        """
        said = self.said.get("look_back")
        try:
            return days_of(said)
        except ValueError as error:
            message = f'look_back = {error}; write "2 years", "18 months" or a number of days'
            raise self.slip("look_back", "look_back", message) from error

    def amount(self, field: str) -> float:
        """A finite number.

        Raises:
            BrandSlip: for anything else.
        """
        said = self.said.get(field)
        if not _is_number(said) or not math.isfinite(said):
            raise self.slip(
                field, "amount",
                f"«{said}» is neither a number, a date (2026-01-31) nor true or false",
            )  # fmt: skip
        return float(said)


def _is_number(said: Any) -> TypeGuard[int | float]:
    return isinstance(said, int | float) and not isinstance(said, bool)


def days_of(said: Any) -> float | None:
    """Days, from a number of days or words such as 2 years; None where nothing is said.

    Raises:
        ValueError: for anything else.
    """
    if said is None:
        return None
    if _is_number(said) and said >= 0:
        return float(said)
    found = _SPAN.match(search_form(said)) if isinstance(said, str) else None
    unit = found.group(2) if found else ""
    days = _DAYS_BY_FORM.get(unit) or _DAYS_BY_FORM.get(unit.removesuffix("s"))
    if found is None or days is None:
        raise ValueError(f"«{said}» is not a time")
    return float(found.group(1)) * days
