"""What an occasion does to a post, learned from the posts of its days, shrunk towards none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mawj.plan.asking.occasions import occasions, occasions_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mawj.plan.forecasting.forecast_history import History
    from mawj.plan.forecasting.forecast_settings import ForecastSettings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

EPOCH_ORDINAL = 719_163
"""Day number of 1 January 1970 in the calendar of `date.toordinal`."""
NOT_KEPT, PERHAPS, KEPT = 0, 1, 2
"""Whether an account's country keeps an occasion; perhaps, where its country is not known."""

MAD = 1.4826
"""Standard deviations in a median absolute deviation of a normal distribution."""
LEAST_NOISE = 0.3
"""Posts differ by at least so much on the log scale, however alike a few of them look."""
CHANGE = 0.5
"""How far an effect differs from time to time beside how far effects differ, as variances: one
Ramadan counts two thirds, two count four fifths. Our judgement."""
USUAL = 10.0
"""Well-known occasions that the usual spread counts as. Our judgement."""
ROUNDS = 16
"""Times that each occasion is fitted to what the others leave; then effects move by less than
a tenth of a per cent on the posts of our tests."""
_NOBODY = np.zeros((3, len(occasions())), np.int64)


@dataclass(frozen=True)
class OccasionEffects:
    """Effects of occasions on the log scale, each column one of `occasions()` in their order.

    Attributes:
        kept: int8[accounts, occasions]; NOT_KEPT, PERHAPS or KEPT.
        effect: float64[3, occasions]; by whether it is kept; 0 for NOT_KEPT.
        n_posts: int64[3, occasions]; posts that each rests on.
    """

    kept: npt.NDArray[np.int8]
    effect: Floats
    n_posts: Ints


@dataclass(frozen=True)
class Days:
    """Which occasions take which days.

    Attributes:
        first: the first day, counted from 1970.
        taken: int32[days, occasions]; how often the occasion was met up to that day where it
            is one of its days; 0 on all other days.
    """

    first: int
    taken: npt.NDArray[np.int32]

    def on(self, day: Floats) -> npt.NDArray[np.int32]:
        """The rows of some days."""
        made: npt.NDArray[np.int32] = self.taken[np.floor(day).astype(np.int64) - self.first]
        return made


def days_of_occasions(day: Floats) -> Days:
    """The occasions of every day that the given ones span."""
    if not day.size:
        return Days(0, np.zeros((0, len(occasions())), np.int32))
    return _days_between(int(np.floor(day.min())), int(np.floor(day.max())))


@lru_cache(64)
def _days_between(first: int, last: int) -> Days:
    place = {key: n for n, key in enumerate(occasions())}
    taken = np.zeros((last - first + 1, len(place)), np.int32)
    times = np.zeros(len(place), np.int32)
    begin, end = (date.fromordinal(day + EPOCH_ORDINAL) for day in (first, last))
    for met in occasions_between(begin, end):
        # The days themselves: neither those before them nor by how much the moon may move them.
        low = max(met.starts_on.toordinal() - EPOCH_ORDINAL - first, 0)
        high = met.ends_on.toordinal() - EPOCH_ORDINAL - first + 1
        if high > low:
            n = place[met.occasion.key]
            times[n] += 1
            taken[low:high, n] = times[n]
    return Days(first, taken)


def kept_by(countries: Sequence[str | None]) -> npt.NDArray[np.int8]:
    """Whether each account's country keeps each occasion: int8[accounts, occasions]."""
    known = sorted({one for one in countries if one})
    row = {None: np.full(len(occasions()), PERHAPS, np.int8)} | {
        country: np.array(
            [
                KEPT if not one.countries or country in one.countries else NOT_KEPT
                for one in occasions().values()
            ],
            np.int8,
        )
        for country in known
    }
    made = np.zeros((len(countries), len(occasions())), np.int8)
    for n, country in enumerate(countries):
        made[n] = row[country or None]
    return made


def met_by(kept: npt.NDArray[np.int8], account: Ints, day: Floats) -> Flags:
    """Which posts stand in an occasion that their account's country keeps or may keep."""
    effect = np.ones((3, len(occasions())))
    effect[NOT_KEPT] = 0.0
    found = OccasionEffects(kept, effect, _NOBODY)
    made: Flags = occasion_effect(found, account, day) > 0
    return made


def occasion_effects(
    posts: History, rest: Floats, kept: npt.NDArray[np.int8], settings: ForecastSettings
) -> OccasionEffects:
    """What posts of each occasion's days got beside other posts.

    Args:
        posts: the history.
        rest: what is left of each post beside like posts of its account that stand in no
            occasion; NaN where there are too few.
        kept: see `kept_by`.
        settings: `occasion_log`.

    Occasions overlap (Ramadan lay in the weeks before Nowruz for years), so each is fitted to
    what the others leave, again and again until nothing moves (backfitting: Breiman & Friedman,
    JASA 80, 1985). Medians, since counts are heavy-tailed.
    """
    found = OccasionEffects(kept, np.zeros((3, len(occasions()))), _NOBODY.copy())
    known = np.flatnonzero(np.isfinite(rest))
    is_met = met_by(kept, posts.account[known], posts.day[known])
    if not is_met.any() or is_met.all():
        return found
    middle = float(np.median(rest[known[~is_met]]))
    known = known[is_met]
    left = rest[known] - middle
    cells = list(_cells(posts.account[known], posts.day[known], kept))
    spread = settings.occasion_log
    for _ in range(ROUNDS):
        seen, chance = np.zeros(len(cells)), np.zeros(len(cells))
        for c, (n, who, mine, times) in enumerate(cells):
            left[mine] += found.effect[who, n]
            seen[c], chance[c] = _seen(left[mine], times)
            trust = _trust(spread, int(np.unique(times).size), chance[c])
            found.effect[who, n] = trust * seen[c]
            left[mine] -= found.effect[who, n]
        spread = _spread_of(seen, chance, settings.occasion_log)
    for n, who, mine, _times in cells:
        found.n_posts[who, n] = mine.size
    return found


def _cells(
    account: Ints, day: Floats, kept: npt.NDArray[np.int8]
) -> Iterator[tuple[int, int, Ints, npt.NDArray[np.int32]]]:
    """Each occasion and whether it is kept: its posts, and which time of it each is of."""
    times = days_of_occasions(day).on(day)
    for n in np.flatnonzero(times.any(axis=0)):
        for who in (PERHAPS, KEPT):
            mine = np.flatnonzero((times[:, n] > 0) & (kept[account, n] == who))
            if mine.size:
                yield int(n), who, mine, times[mine, n]


def _seen(off: Floats, times: npt.NDArray[np.int32]) -> tuple[float, float]:
    """The mean over the times that an occasion was met of each one's median; its variance."""
    each = [np.median(off[times == one]) for one in np.unique(times)]
    noise = max(MAD * float(np.median(np.abs(off - np.median(off)))), LEAST_NOISE)
    # The median of n posts errs by 1.57 / n of the variance of one (Kenney & Keeping 1962).
    return float(np.mean(each)), 1.57 * noise**2 / off.size


def _trust(spread: float, n_times: int, chance: float) -> float:
    """How much of what was seen is expected again (Efron & Morris, JASA 70, 1975)."""
    between = spread**2
    return between / (between + CHANGE * between / n_times + chance)


def _spread_of(seen: Floats, chance: Floats, usual: float) -> float:
    """How far the effects of occasions differ, as the posts tell, beside what is usual.

    Moments with each occasion weighed by how well it is known (DerSimonian & Laird, Controlled
    Clinical Trials 7, 1986).
    """
    weight = (usual**2 / (usual**2 + chance)) ** 2
    told = float(np.sum(weight * (seen**2 - chance)))
    return float(np.sqrt(max((told + USUAL * usual**2) / (weight.sum() + USUAL), 0.0)))


def occasion_effect(found: OccasionEffects, account: Ints, day: Floats) -> Floats:
    """What the occasions of each day do to a post of each account, on the log scale."""
    made = np.zeros(day.size)
    for n, mine in _playing(found, account, day):
        made[mine] += found.effect[found.kept[account[mine], n], n]
    return made


def occasion_posts(found: OccasionEffects, account: Ints, day: Floats) -> Floats:
    """Posts behind `occasion_effect`."""
    made = np.zeros(day.size)
    for n, mine in _playing(found, account, day):
        made[mine] += found.n_posts[found.kept[account[mine], n], n]
    return made


def occasions_met(found: OccasionEffects, account: Ints, day: Floats) -> Any:
    """The keys of the occasions behind `occasion_effect`, with commas between; object[n]."""
    keys, made = list(occasions()), np.full(day.size, "", object)
    for n, mine in _playing(found, account, day):
        made[mine] = [f"{one}, {keys[n]}" if one else keys[n] for one in made[mine]]
    return made


def _playing(found: OccasionEffects, account: Ints, day: Floats) -> Iterator[tuple[int, Ints]]:
    """Each occasion that does something, and to which of the posts."""
    days = days_of_occasions(day)
    at = np.floor(day).astype(np.int64) - days.first
    for n in np.flatnonzero(days.taken.any(axis=0)):
        taken = np.flatnonzero(days.taken[at, n] > 0)
        mine = taken[found.effect[found.kept[account[taken], n], n] != 0.0]
        if mine.size:
            yield int(n), mine
