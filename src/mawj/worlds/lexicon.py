"""The words a world is written with: subjects, comments, people and brands of `texts/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES = ("ar", "fa", "en")
FLAVOURS = (
    "msa", "gulf", "egyptian", "levantine", "maghrebi", "written", "spoken", "plain",
    "arabizi", "finglish",
)  # fmt: skip
CODES = ("ar", "ar", "ar", "ar", "ar", "fa", "fa", "en", "ar-Latn", "fa-Latn")
"""The BCP-47 code of each flavour."""

SCRIPTS = ("ar", "ar", "ar", "ar", "ar", "fa", "fa", "en", "en", "en")
"""Whose subject words each flavour uses: romanised writing borrows the English ones."""

TONES = (
    "admiration", "support", "attachment", "question", "doubt", "hostility", "generic", "spam",
)  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """What is written about one topic.

    Attributes:
        topic_id: dotted id, as in the taxonomy of topics.
        name: the subject in each of `LANGUAGES`, as it stands in a bio.
        words: by language: `thing` and `detail` (slots), `tags`, `posts`, and posts of a
            single flavour under its name.
    """

    topic_id: str
    name: Mapping[str, str]
    words: Mapping[str, Mapping[str, Sequence[str]]]

    def templates(self, flavour: int) -> list[str]:
        """What an author of `flavour` may write: the language's posts and the flavour's own."""
        words = self.words[SCRIPTS[flavour]]
        return [*words["posts"], *words.get(FLAVOURS[flavour], ())]


@dataclass(frozen=True)
class Country:
    """A country in which a language is written.

    Attributes:
        code: ISO 3166-1 alpha-2.
        language: index in `LANGUAGES`.
        share: its part of the language's authors.
        flavour: index in `FLAVOURS` of the dialect written there.
        offset_h: hours east of UTC.
        calendar: name of its rhythm in `rhythm.CALENDARS`.
        cities: as written in the language.
    """

    code: str
    language: int
    share: float
    flavour: int
    offset_h: float
    calendar: str
    cities: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Everything under `texts/`: subjects, and the rest as written."""

    subjects: tuple[Subject, ...]
    countries: tuple[Country, ...]
    frames: Mapping[str, Any]
    comments: Mapping[str, Any]
    people: Mapping[str, Any]
    brands: Mapping[str, Any]
    conduct: Mapping[str, Any]


def _read(path: Any) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _subjects(folder: Any) -> tuple[Subject, ...]:
    """The first subject of each file, then the second…: a small world still has many fields."""
    rows = [
        (place, path.name, row)
        for path in folder.iterdir()
        if path.name.endswith(".toml")
        for place, row in enumerate(_read(path)["subject"])
    ]
    return tuple(
        Subject(row["id"], row["name"], {language: row[language] for language in LANGUAGES})
        for _, _, row in sorted(rows, key=lambda entry: entry[:2])
    )


def _countries(rows: list[dict[str, Any]]) -> tuple[Country, ...]:
    return tuple(
        Country(
            row["code"],
            LANGUAGES.index(row["language"]),
            row["share"],
            FLAVOURS.index(row["flavour"]),
            row["offset_h"],
            row["calendar"],
            tuple(row["city"][row["language"]]),
        )
        for row in rows
    )


@cache
def lexicon() -> Lexicon:
    """The words of `texts/`, read once a process."""
    folder = files("mawj.worlds") / "texts"
    people = _read(folder / "people.toml")
    return Lexicon(
        subjects=_subjects(folder / "subjects"),
        countries=_countries(people["country"]),
        frames=_read(folder / "frames.toml"),
        comments=_read(folder / "comments.toml"),
        people=people,
        brands=_read(folder / "brands.toml"),
        conduct=_read(folder / "conduct.toml"),
    )
