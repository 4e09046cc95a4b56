"""The topics in force: those that ship, with the user's own files laid over them.

A user's file has the form of ours. It may bring a new topic, add seeds to one or rename it, or
drop it with all that lies under it:

    [topics."food.coffee"]
    seeds.ar = ["قهوة الموكا"]

    [topics."food.coffee.decaf"]
    names = { en = "Decaf", ar = "قهوة منزوعة الكافيين", fa = "قهوهٔ بدون کافئین" }
    seeds.en = ["decaf coffee", "swiss water process"]

    [topics."games.sandbox"]
    drop = true
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

import pyarrow as pa

from mawj.identify.taxonomy.topic import Topic, TopicEntry, parent_of, topic_entries
from mawj.identify.taxonomy.written import LANGUAGES, need_all_names, wrong
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SEEDS_SCHEMA = pa.schema(
    [
        pa.field(name, kind, nullable=False)
        for name, kind in (
            ("topic_id", pa.string()),
            ("language", pa.string()),
            ("seed", pa.string()),
            ("n_words", pa.int64()),
        )
    ]
)


def topic_tree(extra_files: Sequence[Path] = ()) -> tuple[Topic, ...]:
    """Every topic in force, by id, so that a parent comes before what lies under it.

    Files are laid over the shipped topics one after the other; later ones win on names.

    Raises:
        SettingsError: a file does not hold; names the file, the topic and what to do.
    """
    topics = dict(_shipped())
    for file in extra_files:
        entries = topic_entries(file)
        for entry in entries:
            _lay(topics, entry)
        _check(topics, {entry.topic_id: entry.where for entry in entries})
    return _sorted(topics)


def topic_name(topic_id: str, language: str, tree: Sequence[Topic] | None = None) -> str:
    """The name of a topic in en, ar or fa, in `tree` or among the shipped topics.

    Raises:
        NotFound: no such topic, or no names in that language.
    """
    if language not in LANGUAGES:
        raise NotFound(f"topics have no names in {language!r}; ask for {', '.join(LANGUAGES)}")
    if tree is None:
        found = _shipped().get(topic_id)
    else:
        found = next((topic for topic in tree if topic.topic_id == topic_id), None)
    if found is None:
        raise NotFound(f"no topic is called {topic_id!r}; `mawj topics` lists them all")
    return found.names[language]


def ancestors(topic_id: str) -> tuple[str, ...]:
    """The wider topics of a topic, the nearest first; none for one of the top level."""
    parent = parent_of(topic_id)
    return () if parent is None else (parent, *ancestors(parent))


def topic_seeds(tree: Sequence[Topic]) -> pa.Table:
    """Seed phrases as written: one row a topic, language and seed.

    Returns:
        topic_id; language (en, ar, fa); seed; n_words, the words between blanks.
    """
    rows = [
        {
            "topic_id": topic.topic_id,
            "language": language,
            "seed": seed,
            "n_words": len(seed.split()),
        }
        for topic in tree
        for language in LANGUAGES
        for seed in topic.seeds[language]
    ]
    return pa.Table.from_pylist(rows, schema=SEEDS_SCHEMA)


def topics_table(tree: Sequence[Topic]) -> pa.Table:
    """The declared table `topics`: one row a topic, with its parent, level and three names."""
    rows = [
        {
            "topic_id": topic.topic_id,
            "parent_id": topic.parent_id,
            "level": topic.level,
            **{f"name_{language}": topic.names[language] for language in LANGUAGES},
        }
        for topic in tree
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["topics"].schema)


@cache
def _shipped() -> Mapping[str, Topic]:
    folder = resources.files(__package__).joinpath("topics")
    topics: dict[str, Topic] = {}
    where: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        for entry in topic_entries(file):
            _lay(topics, entry)
            where[entry.topic_id] = entry.where
    _check(topics, where)
    return MappingProxyType(topics)


def _lay(topics: dict[str, Topic], entry: TopicEntry) -> None:
    if entry.is_dropped:
        _drop(topics, entry)
        return
    before = topics.get(entry.topic_id)
    names = {**(before.names if before else {}), **entry.names}
    need_all_names(names, entry.where)
    seeds = {
        # A dictionary keeps the order and holds each phrase once.
        language: tuple(
            dict.fromkeys(
                (
                    *(before.seeds[language] if before else ()),
                    *entry.seeds.get(language, ()),
                )
            )
        )
        for language in LANGUAGES
    }
    topics[entry.topic_id] = Topic(
        topic_id=entry.topic_id,
        parent_id=parent_of(entry.topic_id),
        level=entry.topic_id.count(".") + 1,
        names=MappingProxyType(names),
        seeds=MappingProxyType(seeds),
    )


def _drop(topics: dict[str, Topic], entry: TopicEntry) -> None:
    if entry.topic_id not in topics:
        raise wrong(entry.where, "cannot be dropped: there is no such topic; take it out")
    for topic_id in list(topics):
        if topic_id == entry.topic_id or entry.topic_id in ancestors(topic_id):
            del topics[topic_id]


def _check(topics: Mapping[str, Topic], where: Mapping[str, str]) -> None:
    """What only shows once a whole file is laid: parents, and topics without a single seed."""
    for topic_id in where.keys() & topics.keys():
        topic = topics[topic_id]
        if topic.parent_id is not None and topic.parent_id not in topics:
            raise wrong(
                where[topic_id],
                f"its parent {topic.parent_id!r} is not a topic; "
                f'add [topics."{topic.parent_id}"] or choose another id',
            )
        if not any(topic.seeds.values()):
            raise wrong(where[topic_id], "has no seeds; add seeds.en, seeds.ar or seeds.fa")


def _sorted(topics: Mapping[str, Topic]) -> tuple[Topic, ...]:
    return tuple(
        topics[topic_id] for topic_id in sorted(topics, key=lambda key: key.split("."))
    )
