"""The fields of the brand form, each with its label, its choices and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.flow.brand_rows import MUSTS
from mawj.vet.safety.claims import CLAIM_KINDS
from mawj.vet.safety.lists import LANGUAGES
from mawj.vet.safety.values import SUBJECT_NAMES
from mawj.web.brand.form import FIELDS, SEVERITIES
from mawj.web.reader import reader
from mawj.web.wording import said, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.web.brand.form import BrandForm

AREAS = ("words", "says")
"""Fields of several lines."""

CODES = ("handle", "site")
"""Fields that read from the left in every language."""

MOST_LINES = 12
"""Lines of an area before it scrolls."""

FACT_FIELDS = (("claim", "fact"), ("fact", "name"))
"""Fields that offer the names of the facts that claims rest on."""


@dataclass(frozen=True)
class Field:
    """One field as the page draws it.

    Attributes:
        name: of the field, and its id.
        label: in the reader's language.
        value: what it says.
        wrong: what is wrong with it; empty for nothing.
        choices: value and name of each, where it is a choice.
        is_area: several lines.
        is_code: reads from the left.
        offers: id of the list that it offers words from; empty for none.
        hint: an example; empty for none.
    """

    name: str
    label: str
    value: str
    wrong: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_area: bool = False
    is_code: bool = False
    offers: str = ""
    hint: str = ""

    @property
    def n_lines(self) -> int:
        """Lines that an area shows: what it says and one to write on."""
        return min(self.value.count("\n") + 2, MOST_LINES)


@dataclass(frozen=True)
class Group:
    """A part of the form with its rows."""

    part: str
    title: str
    help: str
    rows: tuple[tuple[Field, ...], ...]


def once(form: BrandForm) -> tuple[Field, Field]:
    """Name and values."""
    name = Field("name", said("brand.name"), form.name, _wrong(form, "name"))
    values = Field("values", said("brand.values"), form.values, is_area=True)
    return name, values


def groups(form: BrandForm) -> Iterator[Group]:
    """The parts that may stand several times."""
    for part, rows in form.rows.items():
        fields = (
            tuple(_field(form, part, place, field) for field in FIELDS[part])
            for place in range(len(rows))
        )
        title, text = said(f"brand.{part}"), said(f"brand.{part}_help")
        yield Group(part, title, text, tuple(fields))


def _field(form: BrandForm, part: str, place: int, field: str) -> Field:
    name, value = f"{part}-{place}-{field}", form.rows[part][place][field]
    return Field(
        name, said(f"brand.{part}_{field}"), value, _wrong(form, name),
        choices=_choices(field, value) if field in CHOICES else (),
        is_area=field in AREAS, is_code=field in CODES,
        offers="known-facts" if (part, field) in FACT_FIELDS else "",
        hint=said("brand.look_back_hint") if field == "look_back" else "",
    )  # fmt: skip


def _wrong(form: BrandForm, name: str) -> str:
    kind = form.wrong.get(name)
    return said(f"brand.slip_{kind}") if kind else ""


def _choices(field: str, value: str) -> tuple[tuple[str, str], ...]:
    """What is offered; what a text said beside stands too, as it is."""
    offered = CHOICES[field]()
    kept = () if value in dict(offered) else ((value, value),)
    return (*offered, *kept)


def _subjects() -> tuple[tuple[str, str], ...]:
    language = reader().language
    names = ((subject, names[language]) for subject, names in SUBJECT_NAMES.items())
    return (("", "–"), *names)


def _severities() -> tuple[tuple[str, str], ...]:
    return tuple((key, said(f"brand.severity_{key}")) for key in SEVERITIES)


def _languages() -> tuple[tuple[str, str], ...]:
    named = ((key, words_of("keys")[key][reader().language]) for key in LANGUAGES)
    return (("", said("brand.any_language")), *named)


def _abouts() -> tuple[tuple[str, str], ...]:
    return (
        ("", said("brand.about_own")),
        *((key, said(f"claims.{key}")) for key in CLAIM_KINDS),
    )


def _musts() -> tuple[tuple[str, str], ...]:
    return tuple((must, said(f"brand.must_{must}")) for must in MUSTS)


CHOICES = {
    "subject": _subjects, "severity": _severities, "language": _languages, "about": _abouts,
    "must": _musts,
}  # fmt: skip


def known_facts() -> list[tuple[str, str]]:
    """Facts that kinds of claims rest on: their name, and what it means."""
    conditions = [one for kind in CLAIM_KINDS.values() for one in kind]
    names = [name for one in conditions for name in (one.fact, one.other) if name]
    return [(name, said(f"facts.{name}")) for name in dict.fromkeys(names)]
