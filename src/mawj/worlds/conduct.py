"""Planted conduct: lines written into posts that stand already, moments, bios and comments.

It is laid over the world that the other streams made, so that nobody else's posts change: an
account keeps the number of its posts, and some of them say something else or come at another
time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.worlds.cast import CONDUCT, DRIFT, EXCHANGE, HAS_LABEL, MACHINE, Cast
from mawj.worlds.conduct_lines import EARLY, LATE, LINES_OF, Line, Writer, value_of
from mawj.worlds.lexicon import CODES, LANGUAGES, Lexicon
from mawj.worlds.rows import END_MICROS, MICROS_A_DAY, START_MICROS

if TYPE_CHECKING:
    from mawj.worlds.dice import Dice, Ints
    from mawj.worlds.faces import Faces
    from mawj.worlds.ground import Ground
    from mawj.worlds.pool import PoolWriter

EARLY_PART, LATE_PART = 1.0 / 3.0, 0.4
"""Days before the first part of the year are early, after the second late. Our judgement."""

BY_HAND_SHARE = 0.2
"""Share of its posts that an account with a machine's rhythm still sends by hand; ours."""

EXCHANGE_SHARE = 0.2
"""Share of comments under such accounts that offer a follow for a follow; our judgement."""

_HOUR, _MINUTE = MICROS_A_DAY // 24, MICROS_A_DAY // 1440


_COLUMNS = (
    "account", "place", "plant", "when", "copy_of", "is_paid", "is_disclosed", "brand",
)  # fmt: skip


@dataclass(frozen=True)
class Conduct:
    """Lines to be written, one entry a line, and where the texts of comments stand.

    Attributes:
        account: whose; place: of the text in the pool; plant: index in `posting.PLANTS`.
        when: ANY, EARLY or LATE; copy_of: entry of what is copied, else -1.
        is_paid, is_disclosed: 0 or 1; brand: index of the brand, else -1.
        offers: (first, past the last) comment that offers a follow, by language.
    """

    account: Ints
    place: Ints
    plant: Ints
    when: Ints
    copy_of: Ints
    is_paid: Ints
    is_disclosed: Ints
    brand: Ints
    offers: Ints


def write_conduct(
    dice: Dice, writer: PoolWriter, words: Lexicon, cast: Cast, faces: Faces
) -> tuple[Conduct, Faces]:
    """The texts of all planted conduct, kept by `writer`, and the faces with stated values."""
    stream = dice.stream("conduct")
    bios = faces.bio.copy()
    rows: list[tuple[int, ...]] = []
    for group in CONDUCT:
        for number, account in enumerate(cast.planted(group).tolist()):
            own = Writer(stream, words, cast, account, str(faces.handle[account]), number)
            if group == DRIFT and number % 3 < 2:
                bios[account] = f"{own.one(value_of(own)['said'][own.code])}. {bios[account]}"
            lines = LINES_OF[group](own) if group in LINES_OF else []
            rows += _rows(lines, own, writer, len(rows))
    offers = [writer.add(words.conduct["exchange_comment"][code], code) for code in LANGUAGES]
    columns = dict(zip(_COLUMNS, np.array(rows, np.int64).reshape(-1, 8).T, strict=True))
    return Conduct(**columns, offers=np.array(offers)), replace(faces, bio=bios)


def _rows(lines: list[Line], own: Writer, writer: PoolWriter, n: int) -> list[tuple[int, ...]]:
    rows: list[tuple[int, ...]] = []
    for line in lines:
        account = own.account if line.account < 0 else line.account
        place = writer.add([line.text], CODES[own.cast.flavour[account]])[0]
        copy_of = -1 if line.copy_of < 0 else n + line.copy_of
        rows.append(
            (account, place, line.plant, line.when, copy_of, line.is_paid, line.is_disclosed,
             line.brand)
        )  # fmt: skip
    return rows


def plant_conduct(ground: Ground, posts: dict[str, Ints]) -> None:
    """Write the lines of `ground.conduct` into own posts of their accounts, within `posts`."""
    stream, conduct = ground.dice.stream("planted conduct"), ground.conduct
    row_of = np.full(len(conduct.account), -1)
    _set_moments(ground, posts)
    free = {
        account: np.flatnonzero((posts["author"] == account) & (posts["planted"] == 0))
        for account in np.unique(conduct.account).tolist()
    }
    # What is copied must stand before the copy looks for a later moment.
    for entries in (conduct.copy_of < 0, conduct.copy_of >= 0):
        for entry in np.flatnonzero(entries):
            source = conduct.copy_of[entry]
            if source >= 0 and row_of[source] < 0:
                continue
            after = -1 if source < 0 else int(posts["at"][row_of[source]])
            account = int(conduct.account[entry])
            fit = _fitting(posts["at"], free[account], int(conduct.when[entry]), after)
            draw = stream.random()
            if len(fit):
                row_of[entry] = fit[int(draw * len(fit))]
                free[account] = free[account][free[account] != row_of[entry]]
    _write(ground, posts, np.flatnonzero(row_of >= 0), row_of)


def _fitting(at: Ints, rows: Ints, when: int, after: int) -> Ints:
    """Those of `rows` that are of the right time of the year, or later than what is copied."""
    part = (at[rows] - START_MICROS) / (END_MICROS - START_MICROS)
    fits = np.ones(len(rows), np.bool_)
    if after >= 0:
        fits = at[rows] > after + MICROS_A_DAY
    elif when == EARLY:
        fits = part < EARLY_PART
    elif when == LATE:
        fits = part > LATE_PART
    found: Ints = rows[fits]
    return found


def _write(ground: Ground, posts: dict[str, Ints], entries: Ints, row_of: Ints) -> None:
    conduct, cast = ground.conduct, ground.cast
    rows = row_of[entries]
    account = conduct.account[entries]
    posts["body"][rows] = conduct.place[entries]
    posts["flavour"][rows] = cast.flavour[account]
    for part in ("lead", "tail", "tags", "mention"):
        posts[part][rows] = -1
    for name in ("is_paid", "is_disclosed", "brand"):
        posts[name][rows] = getattr(conduct, name)[entries]
    posts["planted"][rows] = conduct.plant[entries]
    # Half of what is open about payment also bears the platform's label.
    labelled = (conduct.is_disclosed[entries] == 1) & (entries % 2 == 0)
    has_label = np.isin(cast.platform[account], HAS_LABEL)
    posts["is_labelled"][rows] = labelled & has_label
    of_no_subject = (conduct.copy_of[entries] < 0) & (cast.group[account] > 0)
    posts["subject"][rows[of_no_subject]] = ground.n_subjects


def _set_moments(ground: Ground, posts: dict[str, Ints]) -> None:
    """Moments of accounts with a machine's rhythm: one minute, one gap, or never asleep."""
    stream, cast = ground.dice.stream("machine moments"), ground.cast
    for number, account in enumerate(cast.planted(MACHINE).tolist()):
        rows = np.flatnonzero(posts["author"] == account)
        rows = rows[np.argsort(posts["at"][rows], kind="stable")]
        rows = rows[stream.random(len(rows)) >= BY_HAND_SHARE]
        n, at = len(rows), posts["at"][rows]
        late = stream.integers(0, 20, n) * 1_000_000
        if number % 3 == 0:
            moments = at // _HOUR * _HOUR + int(stream.integers(60)) * _MINUTE + late
        elif number % 3 == 1:
            gap = int(stream.integers(6, 25)) * _HOUR
            last = END_MICROS - 2 * MICROS_A_DAY + int(stream.integers(1440)) * _MINUTE
            moments = last - np.arange(n)[::-1] * gap + late
        else:
            moments = at // MICROS_A_DAY * MICROS_A_DAY + stream.integers(0, 1440, n) * _MINUTE
        moments = np.where(moments < START_MICROS + MICROS_A_DAY, at, moments)
        posts["at"][rows] = moments.clip(START_MICROS, END_MICROS - _HOUR)


def offers(
    stream: np.random.Generator, ground: Ground, author: Ints, flavour: Ints
) -> tuple[Any, Ints]:
    """Which comments under posts of each `author` offer a follow, and the text of each."""
    cast = ground.cast
    rows = (cast.group[author] == EXCHANGE) & cast.is_first[author]
    is_offer = rows & (stream.random(len(author)) < EXCHANGE_SHARE)
    language = np.array([LANGUAGES.index(CODES[f].split("-")[0]) for f in range(len(CODES))])
    cells = ground.conduct.offers[language[flavour]]
    return is_offer, ground.pool.pick(cells, stream.random(len(author)))
