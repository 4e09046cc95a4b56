"""Where one line of follower counts rises faster than it ever does: arrays in, places out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.ndimage import median_filter

if TYPE_CHECKING:
    from mawj.vet.follower_jumps import JumpLimits

Floats = npt.NDArray[np.float64]

MAD_TO_SIGMA = 1.4826
"""Spread of a normal law over its median absolute deviation (Hampel 1974)."""

LEAST_BEFORE = 4
"""Stretches before a jump that its growth before is taken from; four times as many at most."""


@dataclass(frozen=True)
class Line:
    """The counts of one account, one more than stretches between them.

    Attributes:
        followers: counts, steadied; `days`: length of each stretch.
        usual: growth of log followers that its own history and its platform expect, a stretch.
        spread: usual spread of a stretch around it, of log followers.
        rounding: half of the last digit that each count shows, as a share of it.
    """

    followers: Floats
    days: Floats
    usual: Floats
    spread: Floats
    rounding: Floats


@dataclass(frozen=True)
class Jump:
    """A run of stretches [first, last) that gained `share` beyond what was usual."""

    first: int
    last: int
    share: float
    spreads: float


def steadied(counts: Floats) -> Floats:
    """Counts without those that stand alone: running medians of three, with the end rule.

    A single wrong count vanishes; a rise or fall that stays is kept as it is. What only the
    last count shows is not believed yet.

    Source:
        Tukey 1977, Exploratory Data Analysis, chapter 7.
    """
    if len(counts) < 3:
        return counts
    middle = np.median([counts[:-2], counts[1:-1], counts[2:]], axis=0)
    first = np.median(
        [counts[0], middle[0], 3 * middle[0] - 2 * middle[min(1, len(middle) - 1)]]
    )
    last = np.median(
        [counts[-1], middle[-1], 3 * middle[-1] - 2 * middle[max(-2, -len(middle))]]
    )
    ends = np.clip([first, last], 1.0, None)
    return np.concatenate([ends[:1], middle, ends[1:]])


def rounding_of(counts: Floats) -> Floats:
    """Half of the last digit that is not 0, as a share: 12,300 may be 12,250 to 12,350.

    Platforms show 12.3K and 1.2M; in such counts one digit more is no jump.
    """
    digit = np.ones(len(counts))
    for power in range(1, 10):
        digit[np.mod(np.round(counts), 10.0**power) == 0] = 10.0**power
    return np.minimum(digit, counts) / (2.0 * np.maximum(counts, 1.0))


def line_of(counts: Floats, days: Floats, tide: Floats, limits: JumpLimits) -> Line:
    """The counts with what is usual for them: running medians of the daily growth.

    The higher of a wide and a close one: a young account that slows down, or one whose fame
    builds up over months, is held against its own weeks.
    """
    followers = steadied(counts)
    # A week in which others lose says nothing on a gain.
    lifted = np.maximum(tide, 0.0)
    own = np.diff(np.log(followers)) - lifted
    typical, most = float(np.median(days)), max(9, len(days))
    wide = int(np.clip(limits.memory_days / typical, 9, most))
    # Twice as long as the longest jump, and one more: no jump can be its own median.
    close = int(np.clip(2 * np.ceil(limits.most_days / typical) + 1, 5, most))
    usual = np.maximum(
        *(median_filter(own / days, size=n, mode="mirror") for n in (wide, close))
    )
    usual = usual * days
    off = MAD_TO_SIGMA * float(np.median(np.abs(own - usual)))
    few = 1.0 / np.sqrt(followers[:-1])
    spread = np.maximum(np.maximum(off, limits.least_spread), few)
    return Line(followers, days, usual + lifted, spread, rounding_of(followers))


def jumps_in(line: Line, limits: JumpLimits) -> list[Jump]:
    """The rises of at most `most_days` that are far beyond the usual, the farthest first.

    Every run of stretches that is short enough is tried; of those that overlap, the one that
    stands out most is taken (a scan statistic), with neighbours that stand out as well.
    """
    off = np.diff(np.log(line.followers)) - line.usual
    found = _runs(line, off, limits)
    found.sort(key=lambda jump: (-jump.spreads, jump.first))
    taken: list[Jump] = []
    for jump in found:
        if all(jump.last <= other.first or jump.first >= other.last for other in taken):
            taken.append(_widened(jump, line, off))
    return _apart(taken)


def _runs(line: Line, off: Floats, limits: JumpLimits) -> list[Jump]:
    n, typical = len(off), float(np.median(line.days))
    total, at = (np.concatenate([[0.0], np.cumsum(values)]) for values in (off, line.days))
    found: list[Jump] = []
    for width in range(1, n + 1):
        days = at[width:] - at[:-width]
        near = days <= (limits.longest_step_days if width == 1 else limits.most_days)
        if not near.any():
            break
        first = np.arange(n - width + 1)
        gain = total[width:] - total[:-width]
        sure = gain - line.rounding[first] - line.rounding[first + width]
        spread = line.spread[first] * np.sqrt(np.maximum(days / typical, 1.0))
        share, spreads = np.expm1(np.clip(sure, -20.0, 20.0)), sure / spread
        holds = near & (share >= limits.least_share) & (spreads >= limits.spreads)
        holds &= share * line.followers[first] >= limits.least_gained
        found += [
            Jump(int(i), int(i) + width, float(np.expm1(gain[i])), float(spreads[i]))
            for i in np.flatnonzero(holds)
        ]
    return found


def _widened(jump: Jump, line: Line, off: Floats) -> Jump:
    """With the stretch before and after it where they rise by three spreads themselves."""
    first, last = jump.first, jump.last
    if first > 0 and off[first - 1] > 3 * line.spread[first - 1]:
        first -= 1
    if last < len(off) and off[last] > 3 * line.spread[last]:
        last += 1
    return Jump(first, last, float(np.expm1(off[first:last].sum())), jump.spreads)


def _apart(taken: list[Jump]) -> list[Jump]:
    """Those that do not overlap once widened, in order of time."""
    kept: list[Jump] = []
    for jump in taken:
        if all(jump.last <= other.first or jump.first >= other.last for other in kept):
            kept.append(jump)
    return sorted(kept, key=lambda jump: jump.first)


def lost_again(line: Line, jump: Jump, until: int) -> float:
    """Part of the gain that was gone at count `until`, held against usual growth; 0..1.

    Usual is the median growth before the jump, since after it those who leave pull it down. At
    most twice what the count itself fell by is told: an account that merely stopped growing
    lost nothing.
    """
    top, then = line.followers[jump.last], line.followers[until]
    before = slice(max(0, jump.first - LEAST_BEFORE * 4), jump.first)
    if jump.first >= LEAST_BEFORE:
        rate = np.median(
            np.diff(np.log(line.followers[: jump.first + 1]))[before] / line.days[before]
        )
    else:
        rate = np.median(line.usual[jump.first : until] / line.days[jump.first : until])
    path = line.followers[jump.first] * np.exp(
        max(float(rate), 0.0) * np.cumsum(line.days[jump.first : until])
    )
    gained = top - path[jump.last - jump.first - 1]
    if gained <= 0 or then >= top:
        return 0.0
    against_usual = 1.0 - (then - path[-1]) / gained
    return float(np.clip(min(against_usual, 2.0 * (top - then) / gained), 0.0, 1.0))
