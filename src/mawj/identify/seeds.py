"""Seed phrases of topics as sets of folded terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from mawj.identify.stop_terms import stops_of
from mawj.tables.declared import TABLES
from mawj.text.tokens import search_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mawj.identify.taxonomy.topic import Topic


LEAST_TELLING = 2
"""Words that a phrase must keep when its function words are left out. Our judgement."""


def topic_seed_rows(tree: Sequence[Topic]) -> pa.Table:
    """The declared table `topic_seeds`: one row per topic, seed phrase and term of it.

    A post holds a seed when it holds all its terms, in any order and in any spelling that
    folds to them. Function words of the phrase's own language are left out where two others
    stay. A phrase that folds to nothing (signs only) is dropped, and so is one that repeats
    the terms of another phrase of its topic.
    """
    rows = [
        {
            "topic_id": topic.topic_id,
            "seed": " ".join(terms),
            "term": term,
            "n_terms": len(terms),
        }
        for topic in tree
        for terms in _phrases(topic)
        for term in terms
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["topic_seeds"].schema)


def _phrases(topic: Topic) -> Iterator[tuple[str, ...]]:
    met: set[frozenset[str]] = set()
    for language, phrases in topic.seeds.items():
        for phrase in phrases:
            terms = seed_terms(phrase, language)
            if terms and frozenset(terms) not in met:
                met.add(frozenset(terms))
                yield terms


def seed_terms(phrase: str, language: str) -> tuple[str, ...]:
    """Distinct folded terms of a phrase in order, less function words where two others stay.

    A phrase of one telling word among function words keeps them: «draw» alone is met in many
    more senses than «how to draw».
    """
    terms = tuple(dict.fromkeys(search_terms(phrase)))
    telling = tuple(term for term in terms if term not in stops_of(language))
    return telling if len(telling) >= LEAST_TELLING else terms
