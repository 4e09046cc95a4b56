"""What readers say: comments and replies by flavour, tone and subject."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from mawj.worlds.lexicon import CODES, FLAVOURS, SCRIPTS, TONES, Lexicon
from mawj.worlds.phrases import fill
from mawj.worlds.pool import N_FLAVOURS, PoolWriter, slots_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.worlds.dice import Dice, Ints

N_TONES = len(TONES)
ADMIRATION, SUPPORT, ATTACHMENT, QUESTION, DOUBT, HOSTILITY, GENERIC, SPAM = range(N_TONES)
_SUFFIXES = ("", "", "", "", " 🌹", " 🙏", " 😂", " ❤️", "!", "…", " 👌", " 🌸")
_PLAIN = ("", "", "", "", ".", "…")
N_GENERAL, N_OF_SUBJECT = 5, 2
"""Spellings of each saying, and of each that names a subject; our judgement."""


def templates_of(words: Lexicon, flavour: int, tone: int) -> Sequence[str]:
    """What readers of `flavour` say in `tone`."""
    if tone in (GENERIC, SPAM):
        # Romanised noise is English noise: the same words under any post.
        said: Sequence[str] = words.comments[TONES[tone]][SCRIPTS[flavour]]
    else:
        said = words.comments[FLAVOURS[flavour]][TONES[tone]]
    return said


def write_sayings(dice: Dice, writer: PoolWriter, words: Lexicon, n_subjects: int) -> Ints:
    """Sayings for each subject, flavour and tone; their places.

    Those that name no subject are written once and shared by all subjects.
    """
    stream = dice.stream("sayings")
    cells = np.zeros((n_subjects, N_FLAVOURS, N_TONES, 2), np.int64)
    for flavour, tone in product(range(N_FLAVOURS), range(N_TONES)):
        templates = templates_of(words, flavour, tone)
        general = [text for text in templates if "{" not in text]
        said = fill(stream, general, {}, flavour, N_GENERAL * len(general))
        cells[:, flavour, tone] = writer.add(_ended(stream, said, tone), CODES[flavour])
        for subject in range(n_subjects if len(general) < len(templates) else 0):
            slots = slots_of(words, subject, flavour)
            said = fill(stream, templates, slots, flavour, N_OF_SUBJECT * len(templates))
            place = writer.add(_ended(stream, said, tone), CODES[flavour])
            cells[subject, flavour, tone] = place
    return cells


def _ended(stream: np.random.Generator, texts: Sequence[str], tone: int) -> list[str]:
    """`texts` with or without a sign at their end."""
    ends = _SUFFIXES if tone in (ADMIRATION, SUPPORT, ATTACHMENT) else _PLAIN
    chosen = stream.integers(0, len(ends), len(texts))
    return [
        text + ends[end] if text[-1].isalpha() else text
        for text, end in zip(texts, chosen, strict=True)
    ]
