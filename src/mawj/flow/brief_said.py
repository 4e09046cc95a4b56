"""One part of a brief's file: typed values, and errors that say where and what to write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any, NoReturn

from mawj.flow.sentences import LANGUAGES, words
from mawj.plan.pricing.money import digits_of, minor_of
from mawj.tables.errors import NotFound, SettingsError
from mawj.text.dates import moment_of
from mawj.text.normalise import search_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TOMAN_CODE, RIAL = "IRT", "IRR"
RIALS_IN_TOMAN = 10
"""Iranian shops count in tomans, which have no code in ISO 4217: ten rials, stored as IRR."""

_WHOLE = 2**53
"""Amounts from here on would lose units on their way through other programs."""


@dataclass(frozen=True)
class Written:
    """The file that a brief is read from, to say where something stands.

    Attributes:
        file: its name.
        text: what it says.
    """

    file: str
    text: str

    def where(self, field: str) -> str:
        """The file and the line of a field such as `audience.countries` or `diversity 2`."""
        line = self._line(field)
        return f"{self.file}, line {line}" if line else self.file

    def _line(self, field: str) -> int:
        section, _, key = field.rpartition(".")
        numbered = re.fullmatch(r"(\w+) (\d+)", section or field)
        start = 0
        if numbered:
            heads = list(re.finditer(rf"(?m)^[ \t]*\[\[\s*{numbered[1]}\s*\]\]", self.text))
            start = heads[int(numbered[2]) - 1].start() if heads else -1
            key = key if section else ""
        elif section:
            head = re.search(rf"(?m)^[ \t]*\[\s*{section}\s*\]", self.text)
            start = head.start() if head else -1
        if start < 0:
            return 0
        found = re.compile(rf"(?m)^[ \t]*{re.escape(key)}[ \t]*=").search(self.text, start)
        at = found.start() if key and found else start
        return self.text.count("\n", 0, at) + 1 if found or start else 0


@dataclass(frozen=True)
class Said:
    """One table of the file; `name` is what stands before its keys, empty for the whole."""

    told: Mapping[str, Any]
    written: Written
    name: str = ""

    def refuse(self, key: str, says: str) -> NoReturn:
        """Say what is wrong with a key, and where.

        Raises:
            SettingsError: always.
        """
        field = f"{self.name}.{key}" if self.name else key
        raise SettingsError(f"{self.written.where(field)}: `{field}` {says}")

    def known(self, keys: Iterable[str]) -> None:
        """Refuse keys that mean nothing here."""
        keys = list(keys)
        for key in self.told:
            if key not in keys:
                self.refuse(key, f"is not known; known are {', '.join(keys)}")

    def text(self, key: str, *, needed: bool = False) -> str:
        """Words; empty where they are not said."""
        value = self.told.get(key)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, f'is missing or no text; write {key} = "…"')
        return " ".join(value.split())

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words; one word may stand without brackets."""
        value = self.told.get(key, [])
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.refuse(key, f'is no list of words; write {key} = ["…", "…"]')
        return tuple(dict.fromkeys(" ".join(one.split()) for one in value if one.strip()))

    def meant(self, key: str, section: str, *, needed: bool = False) -> str:
        """A key of a section of the words, said as the key or by its name in any language."""
        value = self.text(key, needed=needed)
        if not value:
            return ""
        found = _named(section).get(search_form(value.replace("_", " ")))
        if found is None:
            known = ", ".join(words("en")[section])
            self.refuse(key, f"= «{value}» is not known; write one of {known}")
        return found

    def part(self, key: str) -> Said:
        """The table `[key]`; empty where it is not there."""
        value = self.told.get(key, {})
        if not isinstance(value, dict):
            self.refuse(key, f"is no part of its own; write its fields under a line [{key}]")
        return Said(value, self.written, key)

    def parts(self, key: str) -> tuple[Said, ...]:
        """The tables `[[key]]`."""
        value = self.told.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.refuse(key, f"is no list; write each under a line [[{key}]] of its own")
        return tuple(
            Said(one, self.written, f"{key} {place}") for place, one in enumerate(value, 1)
        )

    def amount(self, key: str) -> float | None:
        """A number; None where it is not said."""
        value = self.told.get(key)
        if value is None:
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not isfinite(value) or abs(value) > _WHOLE:
            self.refuse(key, f"= «{value}» is no number that can be counted with")
        return float(value)

    def count(self, key: str) -> int | None:
        """A whole number; None where it is not said."""
        value = self.amount(key)
        if value is not None and value != int(value):
            self.refuse(key, f"= {value:g} is no whole number")
        return None if value is None else int(value)

    def share(self, key: str) -> float | None:
        """A share; 30 and 0.3 would be mixed up, so only 0 to 1 is taken."""
        value = self.amount(key)
        if value is not None and not 0 <= value <= 1:
            self.refuse(key, f"= {value:g} is no share from 0 to 1; 30 % is written 0.3")
        return value

    def yes(self, key: str) -> bool | None:
        """True or false; None where it is not said."""
        value = self.told.get(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, f"= «{value}» is neither true nor false")
        return value

    def money(self, key: str, currency: str, *, needed: bool = False) -> int | None:
        """An amount in minor units; an amount in tomans becomes rials."""
        value = self.amount(key)
        if value is None:
            if needed:
                self.refuse(key, f"is missing; write {key} = 100000 beside currency")
            return None
        if currency == TOMAN_CODE:
            return minor_of(value * RIALS_IN_TOMAN, RIAL)
        return minor_of(value, currency)

    def currency(self, key: str) -> str:
        """Three letters of a currency, or IRT for the toman."""
        value = self.text(key, needed=True)
        code = TOMAN_CODE if search_form(value) in _TOMAN else value.upper()
        try:
            digits_of(RIAL if code == TOMAN_CODE else code)
        except NotFound as error:
            self.refuse(key, f"= «{value}»: {error}")
        return code

    def day(self, key: str) -> date:
        """A day in any of the three calendars."""
        value = self.told.get(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if not isinstance(value, str):
            self.refuse(key, f'is missing or no date; write {key} = "2027-01-20", {_DAYS}')
        try:
            return moment_of(value).date()
        except ValueError as error:
            self.refuse(key, f'is no date ({error}); write "2027-01-20", {_DAYS}')


_DAYS = '"1405/10/30" or "12 رمضان 1448"'
_TOMAN = {search_form(word) for word in ("IRT", "toman", "تومان", "تومن")}


def _named(section: str) -> dict[str, str]:
    """Keys of a section by their folded names in every language, and by themselves."""
    keys = words("en")[section]
    found = {search_form(key.replace("_", " ")): key for key in keys}
    for language in LANGUAGES:
        found |= {search_form(name): key for key, name in words(language)[section].items()}
    return found
