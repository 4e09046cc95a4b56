"""What each account speaks of: its first subject, its second, and everything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mawj.worlds.cast import CELEBRITY, MEMBER, SPECIALIST, Cast

if TYPE_CHECKING:
    from mawj.worlds.dice import Dice, Floats, Ints


@dataclass(frozen=True)
class Minds:
    """Shares of the first and second subject in what an account says; the rest is spread."""

    first_share: Floats
    second_share: Floats
    writes_english: Ints
    n_subjects: int

    def subjects(self, stream: np.random.Generator, cast: Cast, author: Ints) -> Ints:
        """The subject of one post of each `author`."""
        draw = stream.random(len(author))
        first = self.first_share[author]
        other = stream.integers(0, self.n_subjects, len(author))
        second = draw < first + self.second_share[author]
        return np.where(
            draw < first, cast.subject[author], np.where(second, cast.second[author], other)
        )


def make_minds(dice: Dice, cast: Cast, n_subjects: int) -> Minds:
    """Specialists keep to one subject, celebrities speak of everything."""
    stream = dice.stream("minds")
    n = len(cast)
    first = 0.45 + 0.25 * stream.random(n)
    first = np.where(cast.role == MEMBER, 0.3, first)
    first = np.where(cast.group == SPECIALIST, 0.84 + 0.1 * stream.random(n), first)
    first = np.where(cast.group == CELEBRITY, 0.12, first)
    second = np.where(cast.group == CELEBRITY, 0.12, 0.45 * (1.0 - first))
    english = (stream.random(n) < 0.15) & (cast.language < 2)
    return Minds(first, second, english.astype(np.int64), n_subjects)
