"""Planted posts: paid ones with and without disclosure, praise, complaints and giveaways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mawj.worlds.cast import DISCLOSED, HAS_LABEL, UNDISCLOSED, Cast
from mawj.worlds.lexicon import CODES, LANGUAGES, SCRIPTS, Lexicon
from mawj.worlds.phrases import number

if TYPE_CHECKING:
    from mawj.worlds.dice import Dice, Ints
    from mawj.worlds.faces import Faces
    from mawj.worlds.pool import PoolWriter

N_BRANDS_EACH = 3
"""Brands that one paid creator works for in the year; our judgement."""

FITTING_SHARE = 0.75
"""Share of a creator's brands that fit its subjects; our judgement."""

MARKED_SHARE = 0.75
"""Share of disclosed posts that say so in words, where the platform also has a label."""


@dataclass(frozen=True)
class Placements:
    """Where the planted texts stand in the pool.

    Attributes:
        paid: (first, past the last) paid text of each account; equal where none.
        paid_brand, is_marked: brand of each text of the pool so far (-1: none), and whether
            it says that it is paid.
        praise, complaint, giveaway, spam: (first, past the last) for each language.
    """

    paid: Ints
    paid_brand: Ints
    is_marked: Ints
    praise: Ints
    complaint: Ints
    giveaway: Ints
    spam: Ints


def write_placements(
    dice: Dice, writer: PoolWriter, words: Lexicon, cast: Cast, faces: Faces
) -> Placements:
    """Texts of all planted posts; must be the first that `writer` keeps."""
    paid = np.zeros((len(cast), 2), np.int64)
    brands: list[int] = []
    marked: list[int] = []
    stream = dice.stream("placements")
    for group in (UNDISCLOSED, DISCLOSED):
        for account in cast.planted(group):
            handle = str(faces.handle[account])
            texts = _paid_texts(stream, words, cast, int(account), handle)
            paid[account] = writer.add(
                [text for text, _, _ in texts], CODES[cast.flavour[account]]
            )
            brands.extend(brand for _, brand, _ in texts)
            marked.extend(mark for _, _, mark in texts)
    cells = [
        np.array([_by_language(stream, writer, words, (name, code)) for code in LANGUAGES])
        for name in ("praise", "complaint", "giveaway", "spam")
    ]
    return Placements(paid, np.array(brands, np.int64), np.array(marked, np.int64), *cells)


def _brands_for(stream: np.random.Generator, words: Lexicon, topic_id: str) -> list[int]:
    brands = words.brands["brand"]
    fitting = [i for i, brand in enumerate(brands) if topic_id in brand["subjects"]]
    chosen = []
    for _ in range(N_BRANDS_EACH):
        fits = bool(fitting) and stream.random() < FITTING_SHARE
        chosen.append(fitting[0] if fits else int(stream.integers(len(brands))))
    return chosen


def _paid_texts(
    stream: np.random.Generator, words: Lexicon, cast: Cast, account: int, handle: str
) -> list[tuple[str, int, int]]:
    """(text, brand, says it is paid) of one creator's paid posts."""
    language = SCRIPTS[cast.flavour[account]]
    topic_id = words.subjects[cast.subject[account]].topic_id
    code = f"{handle.split('_', maxsplit=1)[0].upper()}{int(stream.integers(1, 6)) * 5}"
    is_open = bool(cast.group[account] == DISCLOSED)
    has_label = cast.platform[account] in HAS_LABEL
    texts = []
    for brand in _brands_for(stream, words, topic_id):
        row = words.brands["brand"][brand]
        link = f"https://{row['id']}.example/{handle.split('.', maxsplit=1)[0]}"
        for template in words.brands["paid"][language]:
            text = template.format(
                brand=row["name"][language],
                link=link,
                code=code,
                n=number(stream, language, 30),
            )
            is_marked = is_open and (not has_label or stream.random() < MARKED_SHARE)
            if is_marked:
                marks = words.brands["disclosure"][language]
                text = f"{text} {marks[int(stream.integers(len(marks)))]}"
            texts.append((text, brand, int(is_marked)))
    return texts


def _by_language(
    stream: np.random.Generator, writer: PoolWriter, words: Lexicon, cell: tuple[str, str]
) -> tuple[int, int]:
    """Keep the texts of `cell` (name, language), the first brand in its slot."""
    name, code = cell
    brand = words.brands["brand"][0]["name"][code]
    source = words.comments if name == "spam" else words.brands
    texts = [
        template.replace("{brand}", brand).replace("{n}", number(stream, code, 5))
        for template in source[name][code]
    ]
    return writer.add(texts, code)
