"""What a brand wrote down, as rows of fields to fill in, and back.

Every field is text, as a browser sends it. `filled` makes a form of what a brand file says,
`as_told` the file's content of a form; a form that was filled and sent unchanged says what the
file said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING, Any

from mawj.flow import brand_words
from mawj.flow.brand_rows import MUSTS, own_list
from mawj.flow.brand_words import Part
from mawj.text.dates import moment_of
from mawj.text.normalise import search_form
from mawj.text.numbers import count_of, share_of_text
from mawj.vet.safety.values import subject_called
from mawj.web.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.http import QueryDict

    from mawj.tables.errors import BrandSlip

Row = dict[str, str]

FIELDS = {
    "red_line": ("subject", "severity", "look_back", "words", "list", "language"),
    "competitor": ("name", "handle", "site"),
    "claim": ("says", "about", "fact", "must", "value"),
    "fact": ("name", "value", "unit", "source"),
}
"""The fields of each part, in the order of the form."""

SEVERITIES = {**brand_words.SEVERITIES, "allowed": 0.0}
"""What a form offers; other numbers come from the text, and stay."""

_EMPTY = {
    "red_line": {"severity": "never"},
    "competitor": {},
    "claim": {"must": "at_least"},
    "fact": {},
}
"""What an empty row says all the same, since a choice is never empty."""

MOST_ROWS = 200
"""Rows that a form shows; a longer file is for the text alone. Ours: a request may hold 2,000
fields."""


@dataclass(frozen=True)
class BrandForm:
    """The form as it is shown.

    Attributes:
        name: of the brand.
        values: one a line.
        rows: fields of each part's rows, by part.
        wrong: kind of slip by field, such as `fact-0-value`.
    """

    name: str = ""
    values: str = ""
    rows: Mapping[str, list[Row]] = field(default_factory=lambda: {part: [] for part in FIELDS})
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def n_rows(self) -> int:
        """Rows of all parts."""
        return sum(map(len, self.rows.values()))


def posted(post: QueryDict) -> BrandForm:
    """A form as a browser sent it, rows that were left empty gone."""
    rows = {
        part: [
            {name: _sent(post, f"{part}-{place}-{name}") for name in names}
            for place in range(MOST_ROWS)
            if f"{part}-{place}-{names[0]}" in post
        ]
        for part, names in FIELDS.items()
    }
    return BrandForm(_sent(post, "name"), _sent(post, "values"), rows)


def _sent(post: QueryDict, name: str) -> str:
    return post.get(name, "").replace("\r\n", "\n").strip()


def changed(form: BrandForm, *, add: str = "", remove: str = "") -> BrandForm:
    """The form with an empty row more of the part `add`, or without a row such as `fact-0`."""
    part, _, place = remove.rpartition("-")
    rows = {name: list(some) for name, some in form.rows.items()}
    if part in rows and place.isdecimal() and int(place) < len(rows[part]):
        del rows[part][int(place)]
    if add in rows and form.n_rows < MOST_ROWS:
        rows[add].append(_empty(add))
    return BrandForm(form.name, form.values, rows)


def with_slips(form: BrandForm, slips: Iterable[BrandSlip]) -> BrandForm:
    """The form with what is wrong beside its fields; rows as `without_empty` has them."""
    wrong = {
        f"{slip.part}-{slip.place}-{_field_of(slip)}" if slip.part else slip.field: slip.kind
        for slip in slips
    }
    return BrandForm(form.name, form.values, form.rows, wrong)


def _field_of(slip: BrandSlip) -> str:
    return "value" if slip.field in MUSTS else slip.field


def with_room(form: BrandForm) -> BrandForm:
    """The form with an empty row of each part that has none."""
    rows = {part: some or [_empty(part)] for part, some in form.rows.items()}
    return BrandForm(form.name, form.values, rows, form.wrong)


def _empty(part: str) -> Row:
    return dict.fromkeys(FIELDS[part], "") | _EMPTY[part]


def without_empty(form: BrandForm) -> BrandForm:
    """The form without rows that say nothing."""
    rows = {
        part: [row for row in some if row != _empty(part)] for part, some in form.rows.items()
    }
    return BrandForm(form.name, form.values, rows)


def filled(told: Mapping[str, Any], language: str) -> BrandForm:
    """The form of what a brand file that holds says, yes and no in the reader's language."""
    rows = {
        part: [
            _SHOWN[part](one, place, language) for place, one in enumerate(told.get(part, []))
        ]
        for part in FIELDS
    }
    # A line of an empty list of words draws nothing, and no field could say so.
    rows["red_line"] = [row for row in rows["red_line"] if row["subject"] or row["words"]]
    return BrandForm(told["name"].strip(), "\n".join(told.get("values", [])), rows)


def as_told(form: BrandForm) -> dict[str, Any]:
    """What a brand file would say; what cannot be read stays text, for the file to refuse."""
    parts = {part: [_TOLD[part](row) for row in some] for part, some in form.rows.items()}
    taken = {one["list"] for one in parts["red_line"]}
    for place, one in enumerate(parts["red_line"]):
        if one["words"] and not one["list"]:
            # A list keeps its name when rows before it go.
            free = (own_list(n) for n in range(place, place + MOST_ROWS))
            one["list"] = next(name for name in free if name not in taken)
            taken.add(one["list"])
    said = {part: [_said(one) for one in some] for part, some in parts.items()}
    return {"name": form.name, "values": _lines(form.values), **said}


def _said(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if value is not None}


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _red_line_shown(one: Mapping[str, Any], place: int, _language: str) -> Row:
    words, weight = one.get("words", []), Part(one, "").severity()
    names = {value: name for name, value in SEVERITIES.items()}
    return {
        "subject": subject_called(one.get("subject", "")) or "",
        "severity": names.get(weight, str(weight)),
        "look_back": str(one.get("look_back", "")),
        "words": "\n".join(_lines("\n".join(words))),
        "list": one.get("list", own_list(place) if words else ""),
        "language": one.get("language", ""),
    }


def _red_line_told(row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {name: row[name] or None for name in ("subject", "list", "language")}
    return told | {
        # «allowed» is a word of the form; a file says 0.
        "severity": 0.0 if row["severity"] == "allowed" else _number(row["severity"]),
        "look_back": _number(row["look_back"]) if row["look_back"] else None,
        "words": _lines(row["words"]) or None,
    }


def _competitor_shown(one: Mapping[str, Any], _place: int, _language: str) -> Row:
    return {name: one.get(name, "") for name in FIELDS["competitor"]}


def _claim_shown(one: Mapping[str, Any], _place: int, language: str) -> Row:
    must = next((must for must in MUSTS if must in one), "")
    about = one.get("about", "")
    return {
        "says": one["says"], "about": "" if about == "own" else about,
        "fact": one.get("fact", ""), "must": must or _EMPTY["claim"]["must"],
        "value": _shown(one[must], language) if must else "",
    }  # fmt: skip


def _claim_told(row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {name: row[name] or None for name in ("says", "about", "fact")}
    return told | ({row["must"]: _value(row["value"])} if row["value"] else {})


def _fact_shown(one: Mapping[str, Any], _place: int, language: str) -> Row:
    told = {name: one.get(name, "") for name in ("name", "unit", "source")}
    return told | {"value": _shown(one["value"], language)}


def _fact_told(row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {name: row[name] or None for name in ("name", "unit", "source")}
    return told | {"value": _value(row["value"])}


def _as_it_is(row: Row) -> dict[str, Any]:
    return {name: value or None for name, value in row.items()}


def _shown(value: Any, language: str) -> str:
    """A number, a day or yes and no, as a field says it."""
    if isinstance(value, bool):
        return words_of("brand")["yes" if value else "no"][language]
    return value.isoformat() if isinstance(value, date) else str(value)


def _value(text: str) -> Any:
    """A number in any digits, a day of any calendar, or yes and no; else the text itself."""
    for yes, word in ((True, "yes"), (False, "no")):
        if search_form(text) in map(search_form, (*words_of("brand")[word].values(), str(yes))):
            return yes
    read: tuple[Callable[[str], Any], ...] = (float, share_of_text, count_of, _day)
    for reading in read:
        try:
            value = reading(text)
        except ValueError:
            continue
        return int(value) if isinstance(value, float) and value.is_integer() else value
    return text


def _day(text: str) -> date:
    """A day, or a moment where it is not midnight."""
    at = moment_of(text)
    return at.date() if at.time() == time() else at


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


_SHOWN: Mapping[str, Callable[[Mapping[str, Any], int, str], Row]] = {
    "red_line": _red_line_shown, "competitor": _competitor_shown, "claim": _claim_shown,
    "fact": _fact_shown,
}  # fmt: skip
_TOLD: Mapping[str, Callable[[Row], dict[str, Any]]] = {
    "red_line": _red_line_told, "competitor": _as_it_is, "claim": _claim_told,
    "fact": _fact_told,
}  # fmt: skip
