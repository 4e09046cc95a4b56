"""Reads what a brand wrote down in a plain file: values, red lines, competitors, claims, facts.

How the file is written is said in docs/guides/brand.md. The tables are those of
`mawj.tables.derived_vet_brand`; vetting gets them beside the loaded ones.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.flow.brand_rows import PARTS, ROWS_OF, SAID_ONCE, value_rows
from mawj.flow.brand_words import Part
from mawj.tables.declared import TABLES
from mawj.tables.derived_vet_brand import BRAND_GIVEN
from mawj.tables.errors import BrandSlip, SettingsError
from mawj.text.toml import toml_value
from mawj.vet.safety.conflicts import USUAL_LINES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_ONCE = ("name", "values")


@dataclass(frozen=True)
class BrandFile:
    """What a brand wrote down.

    Attributes:
        name: the brand's name.
        tables: reference tables by name, for `VetAsked.given`.
        strange_values: values that are not understood, as written.
        notes: the same in sentences, for the person who wrote the file.
    """

    name: str
    tables: Mapping[str, pa.Table]
    strange_values: tuple[str, ...]
    notes: tuple[str, ...]


def brand_file(file: Path) -> BrandFile:
    """What stands in the file.

    Raises:
        SettingsError: where it cannot be read or does not hold; says the line and what to do.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: is not UTF-8 text; save it as UTF-8") from error
    return brand_text(text, str(file))


def brand_text(text: str, file: str) -> BrandFile:
    """What stands in the text of a file of that name.

    Raises:
        SettingsError: as `brand_file`.
    """
    return _Read(told_in(text, file), text, file).brand()


def told_in(text: str, file: str) -> dict[str, Any]:
    """What the text says as TOML, whatever it means.

    Raises:
        SettingsError: where it is no TOML.
    """
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{file}: {error}. Text stands in quotes, lists in [ ]; see docs/guides/brand.md"
        ) from error


def brand_slips(told: Mapping[str, Any]) -> list[BrandSlip]:
    """Every part that does not hold, one slip each, for a form to say them all at once."""
    slips: list[BrandSlip] = []
    read = _Read(told, "", "", slips.append)
    read.name()
    read.rows()
    return slips


def _at_once(slip: BrandSlip) -> None:
    raise slip


@dataclass(frozen=True)
class _Read:
    """A file that was read as TOML; `text` is asked for line numbers only."""

    told: Mapping[str, Any]
    text: str
    file: str
    slipped: Callable[[BrandSlip], None] = _at_once

    def brand(self) -> BrandFile:
        for name in self.told:
            if name not in PARTS and name not in _ONCE:
                raise SettingsError(
                    f"{self.file}: `{name}` is not known; known are "
                    f"{', '.join(sorted(_ONCE))} and [[{']], [['.join(PARTS)}]]"
                )
        name, values = self.name(), list(self.values())
        rows = self.rows()
        drawn = {row["subject"] for row in rows["brand_red_lines"]}
        # A subject that the brand does not name keeps its usual weight.
        rows["brand_red_lines"] += [r for r in _usual_lines() if r["subject"] not in drawn]
        strange = dict.fromkeys(row["value"] for row in values if row["known_as"] is None)
        notes = tuple(
            f"{self.file}: the value «{value}» is not understood, so nothing is checked by it; "
            "say what goes against it as a [[red_line]] with words"
            for value in strange
        )
        brand_id = re.sub(r"\W+", "-", name.lower()).strip("-") or "brand"
        tables = _tables(brand_id, {"brand": [{"name": name}], "brand_values": values, **rows})
        return BrandFile(name, tables, tuple(strange), notes)

    def name(self) -> str:
        try:
            return Part(self.told, self.file).text("name", needed=True) or ""
        except BrandSlip as slip:
            self.slipped(slip)
            return ""

    def values(self) -> Iterator[dict[str, Any]]:
        said = self.told.get("values", [])
        if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
            raise SettingsError(f'{self.file}: write values = ["equality", "family"]')
        for value in dict.fromkeys(" ".join(one.split()) for one in said):
            yield from value_rows(value)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of what may stand several times, by table."""
        made = {name: list(self.made(name)) for name in PARTS}
        return {
            "brand_red_lines": [row for row in made["red_line"] if "subject" in row],
            "brand_terms": [row for row in made["red_line"] if "phrase" in row],
            "brand_competitors": made["competitor"],
            "brand_claims": made["claim"],
            "brand_facts": made["fact"],
        }

    def made(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of every part of a name; what may be said once is refused the next time."""
        seen: set[str] = set()
        for part in self.parts(name):
            try:
                rows = ROWS_OF[name](part)
                field, column = SAID_ONCE.get(name, ("", ""))
                said = {row[column] for row in rows if column in row}
                if said & seen:
                    raise part.slip(field, "twice", f"«{said.pop()}» stands twice; keep one")
                seen |= said
                yield from rows
            except BrandSlip as slip:
                self.slipped(slip)

    def parts(self, name: str) -> Iterator[Part]:
        found = self.told.get(name, [])
        heads = [m.start() for m in re.finditer(rf"(?m)^[ \t]*\[\[\s*{name}\s*\]\]", self.text)]
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise SettingsError(
                f"{self.file}: write each {name} under a line [[{name}]] of its own"
            )
        for place, one in enumerate(found):
            line = self.text.count("\n", 0, heads[place]) + 1 if place < len(heads) else 0
            at = f"{self.file}, line {line}" if line else self.file
            where = f"{at} ([[{name}]])"
            strange = sorted(set(one) - PARTS[name])
            if strange:
                raise SettingsError(
                    f"{where}: `{strange[0]}` is not known; known are "
                    f"{', '.join(sorted(PARTS[name]))}"
                )
            yield Part(one, where, name, place)


def _usual_lines() -> list[dict[str, Any]]:
    return [
        {"subject": subject, "severity": severity} for subject, severity in USUAL_LINES.items()
    ]


def no_brand() -> Mapping[str, pa.Table]:
    """What holds where no brand is given: the usual red lines, and nothing else."""
    return _tables("", {"brand_red_lines": _usual_lines()})


def _tables(brand_id: str, rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, pa.Table]:
    return {
        table.name: pa.Table.from_pylist(
            [{"brand_id": brand_id, **row} for row in rows.get(table.name, [])],
            schema=TABLES[table.name].schema,
        )
        for table in BRAND_GIVEN
    }


def as_text(told: Mapping[str, Any]) -> str:
    """The text of a brand file that says the same."""
    lines = [f"{name} = {toml_value(told[name])}" for name in _ONCE if told.get(name)]
    for name in PARTS:
        for part in told.get(name, []):
            fields = [f"{key} = {toml_value(v)}" for key, v in part.items()]
            lines += ["", f"[[{name}]]", *fields]
    return "\n".join(lines) + "\n"
