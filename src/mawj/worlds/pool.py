"""The stock of texts that posts are put together from, the facts of each worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mawj.text.facts import text_facts
from mawj.worlds.lexicon import CODES, FLAVOURS, LANGUAGES, SCRIPTS, Lexicon
from mawj.worlds.phrases import fill

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mawj.worlds.dice import Dice, Floats, Ints
    from mawj.worlds.size import WorldSize

N_FLAVOURS = len(FLAVOURS)


@dataclass(frozen=True)
class Lists:
    """A list of words for each text: `words[codes[starts[i]:starts[i + 1]]]`."""

    starts: Ints
    codes: Ints
    words: pa.Array[Any]

    def joined(self, parts: Sequence[Ints]) -> pa.Array[Any]:
        """For each row the words of its parts in order, each once; part -1 is none."""
        n = len(parts[0])
        sizes = np.stack(
            [np.where(part < 0, 0, np.diff(self.starts)[part]) for part in parts], 1
        )
        row = np.repeat(np.repeat(np.arange(n), len(parts)), sizes.ravel())
        first = np.repeat(
            np.stack([self.starts[part] for part in parts], 1).ravel(), sizes.ravel()
        )
        place = np.arange(len(row)) - np.repeat(
            np.cumsum(sizes.ravel()) - sizes.ravel(), sizes.ravel()
        )
        codes = self.codes[first + place]
        kept = np.sort(np.unique(row * len(self.words) + codes, return_index=True)[1])
        offsets = np.searchsorted(row[kept], np.arange(n + 1))
        values = pc.take(self.words, pa.array(codes[kept]))
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)


@dataclass(frozen=True)
class Pool:
    """Texts and where to find them.

    Attributes:
        texts: every part that a post may have.
        languages: of each; `und` where it has no letters.
        hashtags, links, terms: what each text holds.
        bodies: (first, past the last) text of each subject and flavour.
        tags: the same for each subject and language.
        leads, tails: the same for each flavour.
    """

    texts: pa.Array[Any]
    languages: pa.Array[Any]
    hashtags: Lists
    links: Lists
    terms: Lists
    bodies: Ints
    tags: Ints
    leads: Ints
    tails: Ints

    @staticmethod
    def pick(cells: Ints, draws: Floats) -> Ints:
        """One text from each of `cells` (first, past the last), by `draws` in 0..1."""
        low, high = cells[..., 0], cells[..., 1]
        place: Ints = low + (draws * (high - low)).astype(np.int64)
        return place


@dataclass
class PoolWriter:
    """Collects texts; `pool` works out their facts at the end, in one go."""

    texts: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def add(self, texts: Sequence[str], code: str) -> tuple[int, int]:
        """Keep `texts` of language `code`; where they stand."""
        first = len(self.texts)
        self.texts.extend(texts)
        self.codes.extend([code] * len(texts))
        return first, len(self.texts)


def slots_of(words: Lexicon, subject: int, flavour: int) -> dict[str, Sequence[str]]:
    """What `{thing}`, `{detail}`, `{time}` and `{place}` may stand for."""
    language = SCRIPTS[flavour]
    own = words.subjects[subject].words[language]
    shared: Mapping[str, Sequence[str]] = words.frames["slots"][language]
    return {"thing": own["thing"], "detail": own["detail"], **shared}


def write_bodies(dice: Dice, writer: PoolWriter, words: Lexicon, size: WorldSize) -> Ints:
    """Bodies of every subject in every flavour; their places."""
    stream = dice.stream("bodies")
    n_subjects = min(size.n_subjects, len(words.subjects))
    cells = np.zeros((n_subjects, N_FLAVOURS, 2), np.int64)
    for subject in range(n_subjects):
        for flavour, name in enumerate(FLAVOURS):
            whole = words.frames[name].get("whole")
            templates = whole or words.subjects[subject].templates(flavour)
            slots = slots_of(words, subject, flavour)
            texts = fill(stream, templates, slots, flavour, size.n_bodies)
            cells[subject, flavour] = writer.add(texts, CODES[flavour])
    return cells


def write_tags(dice: Dice, writer: PoolWriter, words: Lexicon, size: WorldSize) -> Ints:
    """Strings of one to three hashtags of every subject in every language; their places."""
    stream = dice.stream("tags")
    n_subjects = min(size.n_subjects, len(words.subjects))
    cells = np.zeros((n_subjects, len(LANGUAGES), 2), np.int64)
    for subject in range(n_subjects):
        for row, language in enumerate(LANGUAGES):
            tags = words.subjects[subject].words[language]["tags"]
            texts = [
                " ".join(f"#{tags[i]}" for i in stream.permutation(len(tags))[: 1 + n % 3])
                for n in range(12)
            ]
            cells[subject, row] = writer.add(texts, language)
    return cells


def write_frames(dice: Dice, writer: PoolWriter, words: Lexicon, part: str) -> Ints:
    """Leads or tails of every flavour; their places."""
    stream = dice.stream(part)
    cells = np.zeros((N_FLAVOURS, 2), np.int64)
    for flavour, name in enumerate(FLAVOURS):
        templates = words.frames[name][part]
        cells[flavour] = writer.add(
            fill(stream, templates, {}, flavour, 3 * len(templates)), CODES[flavour]
        )
    return cells


def _lists(columns: Sequence[Sequence[str]]) -> Lists:
    starts = np.concatenate([[0], np.cumsum([len(column) for column in columns])])
    coded = pa.array(list(chain.from_iterable(columns)), pa.string()).dictionary_encode()
    return Lists(starts, np.asarray(coded.indices, np.int64), coded.dictionary)


def make_pool(dice: Dice, writer: PoolWriter, words: Lexicon, size: WorldSize) -> Pool:
    """The stock of the world, with the texts already in `writer`."""
    bodies = write_bodies(dice, writer, words, size)
    tags = write_tags(dice, writer, words, size)
    leads, tails = (write_frames(dice, writer, words, part) for part in ("lead", "tail"))
    facts = text_facts(writer.texts, writer.codes)
    languages = [
        code if any(letter.isalpha() for letter in text) else "und"
        for text, code in zip(writer.texts, writer.codes, strict=True)
    ]
    hashtags, links, terms = (_lists(facts[name]) for name in ("hashtags", "links", "terms"))
    return Pool(
        pa.array(writer.texts),
        pa.array(languages),
        hashtags,
        links,
        terms,
        bodies,
        tags,
        leads,
        tails,
    )
