"""One topic, and one change that a file asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj.identify.taxonomy.written import (
    LANGUAGES,
    names_of,
    only_keys,
    read_toml,
    table_of,
    texts_of,
    wrong,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

# Three levels: branch, subject, speciality. More would cut the evidence too thin to score.
_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,2}")


@dataclass(frozen=True)
class Topic:
    """A subject that people post about.

    Attributes:
        topic_id: dotted English id that stays: `food.coffee.specialty`.
        parent_id: the wider topic, None for one of the top level.
        level: 1 to 3, the number of parts of the id.
        names: language (en, ar, fa) to the name that a reader sees.
        seeds: language to phrases, as people write them, each a sign that a post is about this.
    """

    topic_id: str
    parent_id: str | None
    level: int
    names: Mapping[str, str]
    seeds: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class TopicEntry:
    """What one file says of one topic: a new topic, additions to a topic, or its end."""

    topic_id: str
    where: str
    names: Mapping[str, str]
    seeds: Mapping[str, tuple[str, ...]]
    is_dropped: bool


def parent_of(topic_id: str) -> str | None:
    """The id of the wider topic; None for one of the top level."""
    return topic_id.rpartition(".")[0] or None


def topic_entries(file: Path | Traversable) -> list[TopicEntry]:
    """What a topics file says, one entry a topic, in the order of the file.

    Raises:
        SettingsError: naming the file, the topic and what to do.
    """
    return [
        _entry(topic_id, written, f"{file}: topic {topic_id!r}")
        for topic_id, written in read_toml(file, "topics").items()
    ]


def _entry(topic_id: str, written: Any, where: str) -> TopicEntry:
    if not _ID.fullmatch(topic_id):
        raise wrong(
            where,
            "an id is one to three parts of a-z, 0-9 and _ joined by dots and quoted, "
            'such as [topics."food.coffee"]',
        )
    if not isinstance(written, dict):
        raise wrong(where, f"must be a table with names and seeds, not {written!r}")
    only_keys(written, ("names", "seeds", "drop"), where)
    is_dropped = _drop(written, where)
    names = names_of(written, where)
    return TopicEntry(topic_id, where, names, _seeds(written, where), is_dropped)


def _drop(written: Mapping[str, Any], where: str) -> bool:
    if "drop" not in written:
        return False
    if written["drop"] is not True:
        raise wrong(where, f"drop can only be true, not {written['drop']!r}; or leave it out")
    if len(written) > 1:
        raise wrong(where, "is dropped and changed at once; keep drop = true or the rest")
    return True


def _seeds(written: Mapping[str, Any], where: str) -> dict[str, tuple[str, ...]]:
    seeds = table_of(written, "seeds", where)
    only_keys(seeds, LANGUAGES, f"{where}: seeds")
    return {language: texts_of(seeds, language, f"{where}: seeds") for language in seeds}
