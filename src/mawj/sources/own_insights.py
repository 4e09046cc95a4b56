"""A creator's own figures, typed or from a file of a platform: counts, and whom they reach.

Shapes: Instagram Graph API, IG User Insights (`follower_demographics` with breakdowns by
country, age, gender and city; `follower_count`); tables with a value a row and a share or count
beside it, as YouTube Studio ("Geography", "Viewer age", "Viewer gender") and TikTok Studio
("Top territories", "Gender", "Age") export them. A row of totals is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.sources.ready.reading_json import count, member, members, text
from mawj.sources.vocabulary import country_of
from mawj.tables.declared import TABLES
from mawj.text.normalise import search_form
from mawj.text.numbers import count_of, known, share_of_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from mawj.sources.raw import RawFile

SOURCE = "the creator, by their private link"
COUNTS = (
    "followers",
    "following",
    "posts",
    "average_views",
    "average_likes",
    "average_comments",
)
MOST_LINES = 500
"""Values of an audience that are read; platforms export fewer."""

_AGE = re.compile(r"(?:age ?)?(\d{2}) ?[-–] ?(\d{2})(?: years| سنة| عام| سال)?")
_OLDEST = re.compile(r"(?:age ?)?(\d{2}) ?(?:\+|-? ?$|and over)(?: years)?")
_GENDERS = {
    "male": "male", "m": "male", "men": "male", "man": "male", "ذكر": "male", "ذكور": "male",
    "رجال": "male", "مرد": "male", "مردان": "male",
    "female": "female", "f": "female", "women": "female", "woman": "female",
    "أنثى": "female", "إناث": "female", "نساء": "female", "زن": "female", "زنان": "female",
}  # fmt: skip
_TOTALS = {"total", "totals", "مجموع", "المجموع", "إجمالي", "الإجمالي", "جمع", "کل"}
_BY_GENDER = {search_form(word): gender for word, gender in _GENDERS.items()}
_OF_TOTALS = {search_form(word) for word in _TOTALS}


@dataclass
class Figures:
    """What a creator says of their own account.

    Attributes:
        counts: by column of `account_snapshots`.
        audience: (dimension, value, share from 0 to 1).
        faults: what could not be read, in words.
    """

    counts: dict[str, float] = field(default_factory=dict)
    audience: list[tuple[str, str, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing that could be kept."""
        return not self.counts and not self.audience


def figures_typed(counts: Mapping[str, str], audience: str) -> Figures:
    """Counts by column, and lines such as "Saudi Arabia 62%", "female 55%", "18-24 40%"."""
    found = Figures()
    for name in COUNTS:
        said = known(counts.get(name) or "")
        try:
            if said:
                found.counts[name] = count_of(said)
        except ValueError as error:
            found.faults.append(str(error))
    lines = [line.strip() for line in audience.splitlines()[:MOST_LINES] if line.strip()]
    _add_values(found, (_parted(line) for line in lines))
    return found


def figures_in(raw: RawFile) -> Figures:
    """The figures that a file of a platform holds."""
    found = Figures()
    if raw.first.records is not None:
        for record in raw.first.records:
            _add_insights(found, record)
        return found
    rows = raw.first.cells.to_pylist() if raw.first.cells is not None else []
    _add_values(found, list(_pairs(rows[:MOST_LINES])))
    return found


def rows_of_figures(
    figures: Figures, account_id: str, at: datetime, load_id: str
) -> dict[str, pa.Table]:
    """Rows of `account_snapshots` and `audiences`, first-party, of the moment `at`."""
    stamp = {"source": SOURCE, "fetched_at": at, "basis": "first_party", "load_id": load_id}
    whose = {"account_id": account_id, **stamp}
    made: dict[str, list[dict[str, Any]]] = {}
    if figures.counts:
        made["account_snapshots"] = [whose | {"taken_at": at} | figures.counts]
    if figures.audience:
        made["audiences"] = [
            whose | {"slice": "followers", "dimension": dimension, "value": value,
                     "share": share, "method": "first-party insights", "as_of": at}
            for dimension, value, share in figures.audience
        ]  # fmt: skip
    return {n: pa.Table.from_pylist(r, schema=TABLES[n].schema) for n, r in made.items()}


def value_of(said: str) -> tuple[str, str] | None:
    """The dimension and value that a word names: a gender, an age, a country; else a city."""
    plain = search_form(said).strip()
    if plain in _OF_TOTALS or not plain:
        return None
    if plain in _BY_GENDER:
        return "gender", _BY_GENDER[plain]
    if age := _AGE.fullmatch(plain):
        return "age", f"{age[1]}-{age[2]}"
    if oldest := _OLDEST.fullmatch(plain):
        return "age", f"{oldest[1]}+"
    country = country_of(said)
    return ("country", country) if country else ("city", said.strip()[:100])


def _parted(line: str) -> tuple[str, str]:
    """The words and the figure of a line, in either order."""
    figure = re.search(
        r"[\d٠-٩۰-۹][\d٠-٩۰-۹.,٫٬]*\s*[%٪]|[%٪]\s*[\d٠-٩۰-۹][\d٠-٩۰-۹.,٫٬]*", line
    )
    if figure is None:
        return line, ""
    return (line[: figure.start()] + line[figure.end() :]).strip(" :،,\t="), figure[0]


def _pairs(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The first cell of a row, and the first figure after it."""
    for row in rows:
        cells = [(name, str(value or "").strip()) for name, value in row.items()]
        for name, cell in cells[1:]:
            if re.search(r"\d", cell):
                is_share = "%" in name and "%" not in cell
                yield cells[0][1], f"{cell}%" if is_share else cell
                break


def _add_values(found: Figures, pairs: Iterable[tuple[str, str]]) -> None:
    """Shares as they stand; counts as parts of what their dimension adds up to."""
    counted: dict[str, list[tuple[str, float]]] = {}
    for words, figure in pairs:
        named = value_of(words)
        if named is None:
            continue
        try:
            if "%" in figure or "٪" in figure:
                found.audience.append((*named, _share(figure)))
            elif figure:
                counted.setdefault(named[0], []).append((named[1], count_of(figure)))
            else:
                found.faults.append(f"{words!r}: write the share, such as 62%")
        except ValueError as error:
            found.faults.append(f"{words!r}: {error}")
    for dimension, values in counted.items():
        total = sum(value for _, value in values)
        found.audience += [(dimension, name, n / total) for name, n in values if total]


def _share(said: str) -> float:
    share = share_of_text(said)
    if not 0 <= share <= 1:
        raise ValueError(f"{said} is no part of a whole")
    return share


def _results(part: Any) -> Iterator[tuple[str, str]]:
    for one in members(part, "results"):
        named = member(one, "dimension_values")
        if isinstance(named, list) and named:
            yield str(named[-1]), text(one, "value") or ""


def _add_insights(found: Figures, record: Any) -> None:
    """Answers of Instagram's insights; other answers give nothing."""
    for metric in members(record, "data"):
        name = text(metric, "name") or ""
        if name == "follower_demographics":
            for part in members(metric, "total_value", "breakdowns"):
                _add_values(found, _results(part))
        elif name in {"follower_count", "followers_count"}:
            values = list(members(metric, "values"))
            total = count(metric, "total_value", "value")
            last = count(values[-1], "value") if values else total
            if last is not None:
                found.counts["followers"] = last
