"""Two to five accounts side by side, contribution by contribution."""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, sqrt
from typing import TYPE_CHECKING, Any

from mawj.flow.why import Why, why
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mawj.flow.accounts import Readable

MOST_COMPARED = 5


@dataclass(frozen=True)
class Compared:
    """The accounts' reasons, their measures, and how sure the order of the first two is."""

    sides: tuple[Why, ...]
    measures: tuple[dict[str, Any], ...]
    p_first_above_second: float | None

    @property
    def findings(self) -> tuple[str, ...]:
        """Every contribution that any side has, the largest difference first."""
        names = {reason.finding for side in self.sides for reason in side.reasons}
        return tuple(sorted(names, key=lambda name: (-self._spread(name), name)))

    def points(self, finding: str) -> tuple[float, ...]:
        """The points of one contribution for each side; 0 where it has none."""
        return tuple(
            sum(r.contribution for r in side.reasons if r.finding == finding)
            for side in self.sides
        )

    def _spread(self, finding: str) -> float:
        points = self.points(finding)
        return max(points) - min(points)


def compare(lake: Readable, said: Sequence[str], topic_id: str = "") -> Compared:
    """Accounts side by side.

    Raises:
        ActionRefused: for fewer than two or more than five accounts.
        NotFound: for an unknown account, or a topic on which one is not scored.
    """
    if not 2 <= len(said) <= MOST_COMPARED:
        raise ActionRefused(f"compare takes two to {MOST_COMPARED} accounts, not {len(said)}")
    sides = tuple(why(lake, one, topic_id) for one in said)
    measures = tuple(measures_of(lake, side.account_id) for side in sides)
    return Compared(sides, measures, _p_above(sides[0], sides[1]))


ONE_ROW = (
    "standing", "reach", "growth", "cadence", "conversation", "kinds", "klout_style",
    "kred_style", "account_communities",
)  # fmt: skip
SEVERAL = ("engagement", "tiers", "account_languages")


def measures_of(
    lake: Readable, account_id: str, names: Sequence[str] = (*ONE_ROW, *SEVERAL)
) -> dict[str, Any]:
    """What is measured of one account, by table: counts, reach, growth and so on.

    A row, or None, of a table with one row an account; the list of rows of any other.
    """
    found: dict[str, Any] = {}
    for name in (name for name in names if name in ONE_ROW):
        own = lake.seek(name, {"account_id": account_id})
        found[name] = own[0] if own else None
    for name in (name for name in names if name in SEVERAL):
        found[name] = lake.seek(name, {"account_id": account_id})
    return found


def _p_above(left: Why, right: Why) -> float | None:
    """Chance that left truly stands above right, each score normal within its 90 % interval.

    The half-width of a 90 % normal interval is 1.645 standard deviations.
    """
    spreads = [_deviation(left), _deviation(right)]
    if any(spread is None for spread in spreads):
        return None
    spread = sqrt(sum(s * s for s in spreads if s is not None))
    gap = left.influence - right.influence
    if spread == 0:
        return 1.0 if gap > 0 else 0.5 if gap == 0 else 0.0
    return 0.5 * (1 + erf(gap / spread / sqrt(2)))


def _deviation(side: Why) -> float | None:
    if side.influence_low is None or side.influence_high is None:
        return None
    return (side.influence_high - side.influence_low) / (2 * 1.645)
