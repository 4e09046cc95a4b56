"""What the steps of making a world share once its people and texts stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mawj.worlds.cast import Cast, make_cast
from mawj.worlds.conduct import Conduct, write_conduct
from mawj.worlds.dice import Dice
from mawj.worlds.faces import Faces, make_faces
from mawj.worlds.growth import Growth, make_growth
from mawj.worlds.lexicon import Lexicon, lexicon
from mawj.worlds.minds import Minds, make_minds
from mawj.worlds.placements import Placements, write_placements
from mawj.worlds.pool import Pool, PoolWriter, make_pool
from mawj.worlds.sayings import Sayings, write_sayings

if TYPE_CHECKING:
    from mawj.worlds.size import WorldSize


@dataclass(frozen=True)
class Ground:
    """People, their faces and growth, and the texts they write with.

    Attributes:
        sayings: where readers' sayings stand in the pool.
    """

    dice: Dice
    size: WorldSize
    words: Lexicon
    n_subjects: int
    cast: Cast
    faces: Faces
    growth: Growth
    minds: Minds
    placements: Placements
    conduct: Conduct
    sayings: Sayings
    pool: Pool


def lay_ground(seed: int, size: WorldSize) -> Ground:
    """People and texts of the world of `seed`."""
    dice, words, writer = Dice(seed), lexicon(), PoolWriter()
    n_subjects = min(size.n_subjects, len(words.subjects))
    cast = make_cast(dice, size, n_subjects)
    faces = make_faces(dice, cast)
    placements = write_placements(dice, writer, words, cast, faces)
    sayings = write_sayings(dice, writer, words, n_subjects)
    conduct, faces = write_conduct(dice, writer, words, cast, faces)
    return Ground(
        dice=dice,
        size=size,
        words=words,
        n_subjects=n_subjects,
        cast=cast,
        faces=faces,
        growth=make_growth(dice, cast),
        minds=make_minds(dice, cast, n_subjects),
        placements=placements,
        conduct=conduct,
        sayings=sayings,
        pool=make_pool(dice, writer, words, size),
    )
