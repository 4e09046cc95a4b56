"""What readers say: comments and replies by flavour, tone and subject."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from mawj.worlds.lexicon import CODES, FLAVOURS, SCRIPTS, TONES, Lexicon
from mawj.worlds.phrases import fill
from mawj.worlds.pool import N_FLAVOURS, Pool, PoolWriter, slots_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.worlds.dice import Dice, Flags, Ints

N_TONES = len(TONES)
ADMIRATION, SUPPORT, ATTACHMENT, QUESTION, DOUBT, HOSTILITY, GENERIC, SPAM = range(N_TONES)
_SUFFIXES = ("", "", "", "", " 🌹", " 🙏", " 😂", " ❤️", "!", "…", " 👌", " 🌸")
_PLAIN = ("", "", "", "", ".", "…")
OPENER_SHARE, CLOSER_SHARE = 0.3, 0.4
"""Shares of sayings with something before and behind them; our judgement."""

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


def code_of(flavour: int, tone: int) -> str:
    """The language of what `templates_of` gives."""
    return (SCRIPTS if tone in (GENERIC, SPAM) else CODES)[flavour]


@dataclass(frozen=True)
class Sayings:
    """Where sayings stand in the pool, as (first, past the last).

    Attributes:
        said: by subject, flavour and tone; past the last subject stands what names none.
        openers: what may stand before one, by flavour.
        closers: signs that may follow one.
    """

    said: Ints
    openers: Ints
    closers: Ints

    def framed(
        self, stream: np.random.Generator, flavour: Ints, frames: Flags
    ) -> tuple[Ints, Ints]:
        """An opener and a closer for each row that `frames`; each is there by chance."""
        n = len(flavour)
        opener = Pool.pick(self.openers[flavour], stream.random(n))
        closer = Pool.pick(np.tile(self.closers, (n, 1)), stream.random(n))
        opens, closes = stream.random(n) < OPENER_SHARE, stream.random(n) < CLOSER_SHARE
        return np.where(frames & opens, opener, -1), np.where(frames & closes, closer, -1)


def write_sayings(dice: Dice, writer: PoolWriter, words: Lexicon, n_subjects: int) -> Sayings:
    """Sayings for each subject, flavour and tone.

    Those that name no subject are written once and shared by all subjects.
    """
    stream = dice.stream("sayings")
    cells = np.zeros((n_subjects + 1, N_FLAVOURS, N_TONES, 2), np.int64)
    for flavour, tone in product(range(N_FLAVOURS), range(N_TONES)):
        templates = templates_of(words, flavour, tone)
        general = [text for text in templates if "{" not in text]
        said = fill(stream, general, {}, flavour, N_GENERAL * len(general))
        cells[:, flavour, tone] = writer.add(_ended(stream, said, tone), code_of(flavour, tone))
        for subject in range(n_subjects if len(general) < len(templates) else 0):
            slots = slots_of(words, subject, flavour)
            said = fill(stream, templates, slots, flavour, N_OF_SUBJECT * len(templates))
            place = writer.add(_ended(stream, said, tone), code_of(flavour, tone))
            cells[subject, flavour, tone] = place
    return Sayings(cells, *_write_frames(writer, words))


def _write_frames(writer: PoolWriter, words: Lexicon) -> tuple[Ints, Ints]:
    openers = [
        writer.add(words.comments["opener"][name], CODES[flavour])
        for flavour, name in enumerate(FLAVOURS)
    ]
    signs = words.comments["closer"]["signs"]
    closers = writer.add([sign * n for sign in signs for n in (1, 2, 3)], "und")
    return np.array(openers), np.array(closers)


def _ended(stream: np.random.Generator, texts: Sequence[str], tone: int) -> list[str]:
    """`texts` with or without a sign at their end."""
    ends = _SUFFIXES if tone in (ADMIRATION, SUPPORT, ATTACHMENT) else _PLAIN
    chosen = stream.integers(0, len(ends), len(texts))
    return [
        text + ends[end] if text[-1].isalpha() else text
        for text, end in zip(texts, chosen, strict=True)
    ]
