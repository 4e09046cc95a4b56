"""What an average given by a source will have changed to: followers and engagement move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mawj.plan.forecasting.forecast_history import codes_of, days_of, logs_of, pc
from mawj.plan.forecasting.intervals import Errors, ends
from mawj.plan.forecasting.likeness import Cases, Questions, Trait, centres, sorted_cases

if TYPE_CHECKING:
    import pyarrow as pa

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

AVERAGED = {"engagements": "average_engagements", "views": "average_views"}
PARTS = ("average_likes", "average_comments", "average_reposts")
"""What is added up to engagements where no average of them is given."""
STRETCH_DAYS = 15.0
"""Changes that began in the same such stretch share what moved the whole platform."""
OTHERS = ("average_comments", "authentic_engagements")


@dataclass(frozen=True)
class AverageSettings:
    """How the past changes of averages become an expected change.

    Two accounts are compared by traits in robust standard deviations of their platform.
    Strengths and weights are our judgement.

    Attributes:
        size: strength of the average itself.
        rate: strength of the average per follower.
        other: strength of other averages beside it: views, comments, what a vendor calls
            authentic.
        change: strength of how it changed before.
        growth: strength of how followers changed before.
        stretch: strength of a change having begun at another time than the one asked for.
        worth: like accounts at which their change and that of the platform weigh the same.
        span: changes over at least 1 / span and at most span times the days asked for are
            looked at.
        drift: how much of a platform's change in one earlier stretch is expected again; it
            grows with more stretches.
        drift_spread: how far a platform's change may differ from stretch to stretch, on the log
            scale; it widens intervals for a stretch of which nothing is known yet.
        least: changes of a stretch below which nothing is learned from it.
        unknown: half-width of the interval, on the log scale, where no change is known yet.
    """

    size: float = 1.0
    rate: float = 1.0
    other: float = 0.5
    change: float = 1.0
    growth: float = 0.5
    stretch: float = 1.0
    worth: float = 5.0
    span: float = 1.6
    drift: float = 0.5
    drift_spread: float = 0.1
    least: int = 20
    unknown: float = 0.8

    def traits(self) -> tuple[Trait, ...]:
        """What accounts are compared by, in the order of the columns of `_traits`."""
        named = (
            ("size", self.size), ("rate", self.rate), ("beside", self.other),
            ("comments", self.other), ("authentic", self.other), ("change", self.change),
            ("growth", self.growth),
        )  # fmt: skip
        numbers = tuple(Trait(name, strength, is_number=True) for name, strength in named)
        return (*numbers, Trait("stretch", self.stretch))


@dataclass(frozen=True)
class Ahead:
    """The expected change of one average of each account, on the log scale.

    Attributes:
        accounts: whose.
        value: the logarithm of the average as last known.
        move: what is expected to be added; low, high: ends of its interval.
        n: changes of like accounts seen.
    """

    accounts: list[str]
    value: Floats
    move: Floats
    low: Floats
    high: Floats
    n: Ints


@dataclass(frozen=True)
class _Panel:
    """Snapshots with the average known, by account and time."""

    account: Ints
    day: Floats
    platform: Ints
    value: Floats
    traits: Floats

    def before(self, days: float, span: float) -> Ints:
        """For each snapshot the account's one about so many days earlier; -1 for none."""
        found = np.full(self.day.size, -1, np.int64)
        best = np.full(self.day.size, np.inf)
        # Snapshots of one account are few: each step looks one further back.
        for back in range(1, _longest(self.account)):
            earlier = np.arange(self.day.size) - back
            gap = self.day - self.day[earlier]
            same = (earlier >= 0) & (self.account == self.account[earlier])
            fits = same & (gap >= days / span) & (gap <= days * span)
            off = np.abs(np.log(np.maximum(gap, 1e-9) / days))
            better = fits & (off < best)
            found[better], best[better] = earlier[better], off[better]
        return found


def averages_ahead(
    account_snapshots: pa.Table,
    measure: str,
    origin: float,
    day: float,
    *,
    average_settings: AverageSettings,
) -> Ahead:
    """What the averages of accounts will have changed by on a day, from what like ones did.

    Reads:
        account_snapshots: account_id, platform, taken_at, followers and the averages. Snapshots
            after `origin` teach how far others moved, never what is forecast for their own
            account: pass none of them for a forecast, and those of other accounts for a test
            that leaves accounts out.

    Args:
        account_snapshots: as above.
        measure: engagements or views.
        origin: the last day known, in days since 1970; each account's latest snapshot up to it
            is what changes.
        day: the day asked for.
        average_settings: how to judge. The interval holds 80 %.
    """
    settings = average_settings
    span = max(day - origin, 1.0)
    panel, accounts = _panel(account_snapshots, measure, span, settings)
    latest = _latest(panel, origin)
    first = panel.before(span, settings.span)
    later = np.flatnonzero(first >= 0)
    cases = _Changes(panel, first[later], later)
    asked = panel.traits[latest]
    return _answered(panel, cases, latest, asked, origin, accounts, settings)


@dataclass(frozen=True)
class _Changes:
    """Changes of averages between two snapshots of one account."""

    panel: _Panel
    first: Ints
    later: Ints

    @property
    def value(self) -> Floats:
        """By how much, on the log scale."""
        made: Floats = self.panel.value[self.later] - self.panel.value[self.first]
        return made

    @property
    def group(self) -> Ints:
        """The platform."""
        return self.panel.platform[self.later]

    @property
    def stretch(self) -> Ints:
        """The half month in which each began."""
        return (self.panel.day[self.first] // STRETCH_DAYS).astype(np.int64)


def _answered(
    panel: _Panel,
    cases: _Changes,
    latest: Ints,
    asked: Floats,
    origin: float,
    accounts: list[str],
    settings: AverageSettings,
) -> Ahead:
    value, group = cases.value, cases.group
    drift_of_case = np.zeros(value.size)
    drift, is_known = np.zeros(latest.size), np.zeros(latest.size, bool)
    traits, asked = _scaled(panel.traits[cases.first], asked)
    now = origin // STRETCH_DAYS
    traits = np.column_stack((traits, cases.stretch))
    asked = np.column_stack((asked, np.full(latest.size, now)))
    for platform in np.unique(group):
        mine = group == platform
        drifts = _drifts(cases, mine, settings.least)
        for stretch, found in drifts.items():
            drift_of_case[mine & (cases.stretch == stretch)] = found
        near = [found for stretch, found in drifts.items() if abs(stretch - now) <= 1]
        here = panel.platform[latest] == platform
        is_known[here] = bool(near)
        drift[here] = near[-1] if near else _expected(list(drifts.values()), settings.drift)
    off = value - drift_of_case
    owner = panel.account[cases.first]
    known = sorted_cases(
        Cases(off, traits, group, np.zeros(off.size, np.int64), owner, np.ones(off.size))
    )
    move, n = _moved(known, asked, panel.platform[latest], panel.account[latest], settings)
    again, _ = _moved(known, traits, group, owner, settings)
    errors = Errors(off - again, group, np.ones(off.size))
    low, high, _ = ends(errors, panel.platform[latest], 0.8)
    if not off.size:
        low, high = (
            np.full(latest.size, -settings.unknown),
            np.full(latest.size, settings.unknown),
        )
    more = np.where(is_known, 0.0, settings.drift_spread)
    return Ahead(
        [accounts[a] for a in panel.account[latest]], panel.value[latest], drift + move,
        -np.hypot(low, more), np.hypot(high, more), n,
    )  # fmt: skip


def _moved(
    known: Any, traits: Floats, group: Ints, owner: Ints, settings: AverageSettings
) -> tuple[Floats, Ints]:
    """What like accounts did beside their platform, shrunk; the account's own left out."""
    found = centres(known, Questions(traits, group, but_owner=owner), settings.traits())
    trust = found.worth / (found.worth + settings.worth)
    return np.nan_to_num(trust * found.middle), found.n


def _drifts(cases: _Changes, mine: Any, least: int) -> dict[int, float]:
    """Median change of a platform in each stretch that has enough of them."""
    stretches, counts = np.unique(cases.stretch[mine], return_counts=True)
    return {
        int(stretch): float(np.median(cases.value[mine & (cases.stretch == stretch)]))
        for stretch, count in zip(stretches, counts, strict=True)
        if count >= least
    }


def _expected(drifts: list[float], share: float) -> float:
    """What of earlier drifts is expected again: more, the more of them are known."""
    if not drifts:
        return 0.0
    n = len(drifts)
    return float(np.mean(drifts)) * share * n / (share * n + 1.0 - share)


def _panel(
    snapshots: pa.Table, measure: str, span: float, settings: AverageSettings
) -> tuple[_Panel, list[str]]:
    accounts = sorted(str(one) for one in pc.unique(snapshots["account_id"]).to_pylist())
    platforms = sorted(str(one) for one in pc.unique(snapshots["platform"]).to_pylist())
    logs = _logs(snapshots)
    value, day = logs[AVERAGED[measure]], days_of(snapshots["taken_at"])
    account = codes_of(snapshots["account_id"], {name: n for n, name in enumerate(accounts)})
    platform = codes_of(snapshots["platform"], {name: n for n, name in enumerate(platforms)})
    beside = logs[AVERAGED["views" if measure == "engagements" else "engagements"]]
    size = logs["followers"]
    traits = np.column_stack(
        [value, value - size, beside - value, *(logs[name] - value for name in OTHERS)]
    )
    # An average of none is a gap in these tables, not a fact; so is a moment not known.
    kept = np.flatnonzero(np.isfinite(value) & (value > 0) & np.isfinite(day))
    kept = kept[np.lexsort((value[kept], day[kept], account[kept]))]
    panel = _Panel(account[kept], day[kept], platform[kept], value[kept], traits[kept])
    before = panel.before(span, settings.span)
    was = np.where(before >= 0, panel.value[before], np.nan)
    had = np.where(before >= 0, size[kept][before], np.nan)
    more = np.column_stack((panel.value - was, size[kept] - had))
    whole = np.column_stack((panel.traits, more))
    return _Panel(panel.account, panel.day, panel.platform, panel.value, whole), accounts


def _logs(snapshots: pa.Table) -> dict[str, Floats]:
    """Logarithms of the counts; engagements added up where they are not given as such."""
    names = ("followers", *AVERAGED.values(), *PARTS, *OTHERS)
    known = set(snapshots.column_names)
    none = np.full(snapshots.num_rows, np.nan)
    logs = {name: logs_of(snapshots[name]) if name in known else none for name in names}
    likes = np.exp(logs["average_likes"])
    more = sum((np.nan_to_num(np.exp(logs[name])) for name in PARTS[1:]), np.zeros(none.size))
    given = logs["average_engagements"]
    logs["average_engagements"] = np.where(np.isfinite(given), given, np.log(likes + more))
    return logs


def _latest(panel: _Panel, origin: float) -> Ints:
    """Place of each account's latest snapshot up to `origin`."""
    known = np.flatnonzero(panel.day <= origin)
    account = panel.account[known]
    last = np.ones(known.size, bool)
    last[:-1] = account[1:] != account[:-1]
    return known[last]


def _scaled(known: Floats, asked: Floats) -> tuple[Floats, Floats]:
    """Traits in robust standard deviations round the middle of the known, held within four."""
    made = []
    for column in range(known.shape[1]):
        values = known[:, column][np.isfinite(known[:, column])]
        middle = float(np.median(values)) if values.size else 0.0
        scale = 1.4826 * float(np.median(np.abs(values - middle))) if values.size else 1.0
        made.append((middle, scale or 1.0))
    middles, scales = (np.array(one) for one in zip(*made, strict=True))
    return np.clip((known - middles) / scales, -4, 4), np.clip(
        (asked - middles) / scales, -4, 4
    )


def _longest(account: Ints) -> int:
    return int(np.unique(account, return_counts=True)[1].max(initial=1))
