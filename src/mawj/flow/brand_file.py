"""Reads what a brand wrote down in a plain file: values, red lines, competitors, claims, facts.

How the file is written is said in docs/guides/brand.md. The tables are those of
`mawj.tables.derived_vet_brand`; vetting gets them beside the loaded ones.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.flow.brand_words import amount_of, days_of, severity_of
from mawj.tables.declared import TABLES
from mawj.tables.derived_vet_brand import BRAND_GIVEN
from mawj.tables.errors import SettingsError
from mawj.vet.safety.claims import CLAIM_KINDS
from mawj.vet.safety.conflicts import USUAL_LINES
from mawj.vet.safety.lists import SUBJECTS
from mawj.vet.safety.values import subject_called, value_called

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

PARTS = {
    "red_line": {"subject", "words", "list", "language", "severity", "look_back"},
    "competitor": {"name", "handle", "site"},
    "claim": {"says", "about", "fact", "at_least", "at_most", "is"},
    "fact": {"name", "value", "unit", "source"},
}
"""Parts of the file that may stand several times, and what each may say."""

_ONCE = {"name", "values"}


@dataclass(frozen=True)
class BrandFile:
    """What a brand wrote down.

    Attributes:
        name: the brand's name.
        tables: reference tables by name, for `VetAsked.given`.
        notes: what was read but not understood, for the person who wrote it.
    """

    name: str
    tables: Mapping[str, pa.Table]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """One `[[part]]` of the file, and how to say where it stands."""

    said: Mapping[str, Any]
    where: str

    def text(self, name: str, *, needed: bool = False) -> str | None:
        value = self.said.get(name)
        if value is None and not needed:
            return None
        if not isinstance(value, str) or not value.strip():
            raise SettingsError(f'{self.where}: `{name}` is missing; write {name} = "…"')
        return value.strip()


def brand_file(file: Path) -> BrandFile:
    """What stands in the file.

    Raises:
        SettingsError: where it cannot be read or does not hold; says the line and what to do.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        told = tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{file}: {error}. Text stands in quotes, lists in [ ]; see docs/guides/brand.md"
        ) from error
    return brand_told(told, text, str(file))


def brand_told(told: Mapping[str, Any], text: str, file: str) -> BrandFile:
    """The tables of a file that was read as TOML; `text` is asked for line numbers only."""
    parts = {name: list(_parts(told, name, text, file)) for name in PARTS}
    for name in told:
        if name not in PARTS and name not in _ONCE:
            raise SettingsError(
                f"{file}: `{name}` is not known; known are {', '.join(sorted(_ONCE))} "
                f"and [[{']], [['.join(PARTS)}]]"
            )
    brand_name = _Part(told, file).text("name", needed=True) or ""
    brand_id = re.sub(r"\W+", "-", brand_name.lower()).strip("-") or "brand"
    values = list(_values(told.get("values", []), file))
    rows = {
        "brand": [{"name": brand_name}],
        "brand_values": values,
        "brand_red_lines": _with_usual(_red_lines(parts["red_line"]), file),
        "brand_terms": list(_terms(parts["red_line"])),
        "brand_competitors": _once(map(_competitor, parts["competitor"]), "name", file),
        "brand_claims": [_claim(part, n) for n, part in enumerate(parts["claim"], start=1)],
        "brand_facts": _once(map(_fact, parts["fact"]), "fact", file),
    }
    strange = dict.fromkeys(row["value"] for row in values if row["known_as"] is None)
    notes = tuple(
        f"{file}: the value «{value}» is not understood, so nothing is checked by it; "
        "say what goes against it as a [[red_line]] with words"
        for value in strange
    )
    return BrandFile(brand_name, _tables(brand_id, rows), notes)


def _with_usual(lines: Iterator[dict[str, Any]], file: str) -> list[dict[str, Any]]:
    """The brand's lines; a subject that it does not name keeps its usual weight."""
    drawn = _once(lines, "subject", file)
    named = {row["subject"] for row in drawn}
    usual = [row for row in _usual_lines() if row["subject"] not in named]
    return [*drawn, *usual]


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


def _parts(told: Mapping[str, Any], name: str, text: str, file: str) -> Iterator[_Part]:
    found = told.get(name, [])
    heads = [m.start() for m in re.finditer(rf"(?m)^[ \t]*\[\[\s*{name}\s*\]\]", text)]
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise SettingsError(f"{file}: write each {name} under a line [[{name}]] of its own")
    for place, one in enumerate(found):
        line = text.count("\n", 0, heads[place]) + 1 if place < len(heads) else 0
        where = f"{file}, line {line} ([[{name}]])" if line else f"{file} ([[{name}]])"
        strange = sorted(set(one) - PARTS[name])
        if strange:
            raise SettingsError(
                f"{where}: `{strange[0]}` is not known; known are "
                f"{', '.join(sorted(PARTS[name]))}"
            )
        yield _Part(one, where)


def _values(said: Any, file: str) -> Iterator[dict[str, Any]]:
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise SettingsError(f'{file}: write values = ["equality", "family"]')
    for value in dict.fromkeys(" ".join(one.split()) for one in said):
        found = value_called(value)
        if found is None:
            yield {"value": value, "known_as": None, "subject": "", "severity": 0.0}
            continue
        for subject, severity in found[1].items():
            yield {
                "value": value, "known_as": found[0], "subject": subject,
                "severity": severity,
            }  # fmt: skip


def _red_lines(parts: list[_Part]) -> Iterator[dict[str, Any]]:
    for part in parts:
        said = part.text("subject")
        if said is None and "words" not in part.said:
            raise SettingsError(
                f"{part.where}: says neither `subject` nor `words`; subjects are "
                f"{', '.join(SUBJECTS)}"
            )
        if said is not None:
            subject = subject_called(said)
            if subject is None:
                raise SettingsError(
                    f"{part.where}: the subject «{said}» is not among "
                    f'{", ".join(SUBJECTS)}; list your own with words = ["…"]'
                )
            yield {"subject": subject, **_weighed(part)}


def _terms(parts: list[_Part]) -> Iterator[dict[str, Any]]:
    for place, part in enumerate(parts, start=1):
        words = part.said.get("words", [])
        if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
            raise SettingsError(f'{part.where}: write words = ["one phrase", "another"]')
        language = part.text("language")
        if language not in (None, "ar", "fa", "en"):
            raise SettingsError(f"{part.where}: language is ar, fa or en, not «{language}»")
        told = {"list": part.text("list") or f"own-{place}", "language": language}
        for phrase in dict.fromkeys(" ".join(word.split()) for word in words):
            if phrase:
                yield {**told, "phrase": phrase, **_weighed(part)}


def _weighed(part: _Part) -> dict[str, Any]:
    return {
        "severity": severity_of(part.said.get("severity", "never"), part.where),
        "look_back_days": days_of(part.said.get("look_back"), part.where),
    }


def _competitor(part: _Part) -> dict[str, Any]:
    site, handle = part.text("site"), part.text("handle")
    domain = re.sub(r"^(?:https?://)?(?:www\.)?|/.*$", "", site.lower()) if site else None
    return {
        "name": part.text("name", needed=True),
        "handle": handle.lstrip("@").lower() if handle else None,
        "domain": domain or None,
    }


def _claim(part: _Part, place: int) -> dict[str, Any]:
    about = part.text("about") or "own"
    if about != "own" and about not in CLAIM_KINDS:
        raise SettingsError(
            f"{part.where}: about = «{about}» is not known; known are "
            f"{', '.join(CLAIM_KINDS)}, or leave it out and say fact and at_least"
        )
    musts = [must for must in ("at_least", "at_most", "is") if must in part.said]
    fact = part.text("fact")
    if (about == "own" and (fact is None or not musts)) or len(musts) > 1:
        raise SettingsError(
            f"{part.where}: say about = one of {', '.join(CLAIM_KINDS)}; or the fact it rests "
            "on and one of at_least, at_most, is"
        )
    value = part.said.get(musts[0]) if musts else None
    is_yes = value if isinstance(value, bool) else None
    amount = None if value is None or is_yes is not None else amount_of(value, part.where)
    return {
        "claim_id": f"claim-{place}", "says": part.text("says", needed=True), "about": about,
        "fact": fact, "must": musts[0] if musts else None, "amount": amount, "is_yes": is_yes,
    }  # fmt: skip


def _fact(part: _Part) -> dict[str, Any]:
    value = part.said.get("value")
    row: dict[str, Any] = {
        "fact": part.text("name", needed=True), "unit": part.text("unit"),
        "source": part.text("source"),
    }  # fmt: skip
    if isinstance(value, bool):
        return row | {"is_yes": value}
    if isinstance(value, datetime):
        return row | {
            "on": value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        }
    if isinstance(value, date):
        return row | {"on": datetime.combine(value, time(), UTC)}
    return row | {"amount": amount_of(value, part.where)}


def _once(rows: Iterable[dict[str, Any]], key: str, file: str) -> list[dict[str, Any]]:
    """The rows as a list.

    Raises:
        SettingsError: where one key is said twice.
    """
    made: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row[key] in made:
            raise SettingsError(f"{file}: «{row[key]}» stands twice; keep one")
        made[row[key]] = row
    return list(made.values())
