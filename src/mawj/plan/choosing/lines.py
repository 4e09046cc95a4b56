"""Why each pick is in and the next best are out, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.plan.choosing.risk import shares
from mawj.plan.choosing.search import near_of, swap_pool
from mawj.plan.kernels.picking import FULL, gain, gains, put, take
from mawj.plan.kernels.swapping import if_taken

if TYPE_CHECKING:
    from mawj.plan.choosing.asked import Int32s, PortfolioSettings
    from mawj.plan.choosing.instance import Instance
    from mawj.plan.choosing.limits import Limits
    from mawj.plan.choosing.offers import Offers
    from mawj.plan.choosing.risk import Corrected
    from mawj.plan.choosing.search import Found, Near

HALF = 0.5
"""Of what it brings by itself; one that would add less is out because of overlap. Ours."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A solved case: what every reason is read from."""

    offers: Offers
    instance: Instance
    limits: Limits
    best: Found
    corrected: Corrected


def lines(case: Case, settings: PortfolioSettings) -> list[Row]:
    """Picks by what would be lost without them, then the next best."""
    return [*_lines_in(case), *_lines_out(case, settings)]


def _seen(case: Case, place: int, added: float, alone: float) -> Row:
    """What is the same for picks and others that were looked at."""
    price = int(case.limits.price[place])
    return {
        **_named(case, place),
        "value_corrected": _known(case.corrected.values[place]),
        "gain": added,
        "alone": alone,
        "overlap_share": min(max(1 - added / alone, 0.0), 1.0) if alone > 0 else None,
        "unit_minor": price / added if added > 0 else None,
    }


def _named(case: Case, place: int) -> Row:
    row = case.offers.table.slice(place, 1).to_pylist()[0]
    kept = ("account_id", "deliverable", "person_id", "price_minor", "currency", "value")
    return {name: row.get(name) for name in kept}


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _lines_in(case: Case) -> list[Row]:
    picks = case.best.picks
    _, lost = shares(case.instance, case.limits, picks)
    alone = gains(case.instance.arrays, case.instance.state(case.limits), picks)
    order = np.argsort(-lost, kind="stable")
    rows = []
    for n, at in enumerate(order, 1):
        row = _seen(case, int(picks[at]), float(lost[at]), float(alone[at]))
        why = _why_in(case, int(picks[at]))
        rows.append({**row, "is_in": True, "place": n, **why})
    return rows


def _why_in(case: Case, place: int) -> Row:
    """Wished by name, needed for a lower bound that would break, or for what it adds."""
    rest = np.setdiff1d(case.best.picks, [place])
    for one in case.limits.of_offer(place):
        if not one.has_least:
            continue
        if not one.is_kept(rest.astype(np.int32), case.limits.price):
            why = "must" if one.key == "must" else "needed"
            return {"why": why, "other": one.name or one.key}
    return {"why": "worth", "other": None}


def _lines_out(case: Case, settings: PortfolioSettings) -> list[Row]:
    """The next best, by what they would add and bring alone for their money."""
    picks = case.best.picks
    state = case.instance.state(case.limits, picks)
    everyone = np.flatnonzero(~state[3]).astype(np.int32)
    added = gains(case.instance.arrays, state, everyone)
    alone = gains(case.instance.arrays, case.instance.state(case.limits), everyone)
    # By what they would bring alone too: one that adds nothing is asked after all the same.
    price = np.maximum(case.limits.price[everyone], 0.5)
    score = (added + alone) / price
    order = np.argsort(-score, kind="stable")[: settings.next_best]
    near = _near(case, everyone[order], settings)
    rows = []
    for n, at in enumerate(order, 1):
        place = int(everyone[at])
        row = _seen(case, place, float(added[at]), float(alone[at]))
        row |= {"is_in": False, "place": n, **_why_out(case, place, row)}
        row["result_if_taken"] = _if_taken(case, near, place)
        rows.append(row)
    return rows


def _near(case: Case, others: Int32s, settings: PortfolioSettings) -> Near:
    """The case cut down to the picks, these others, and who would fill up."""
    instance, limits, picks = case.instance, case.limits, case.best.picks
    singles = instance.by_themselves(limits)
    pool = swap_pool(instance, limits, picks, singles, settings.swap_pool)
    return near_of(instance, limits, picks, np.union1d(pool, others).astype(np.int32))


def _why_out(case: Case, place: int, row: Row) -> Row:
    """The first that holds: its creator is in, a limit, overlap, money, less for the money."""
    picks = case.best.picks
    creator = case.offers.creator
    same = picks[creator[picks] == creator[place]]
    broken = [one for one in case.limits.of_offer(place) if _is_over(case, one, place)]
    if any(one.key == "creator" for one in broken) and same.size:
        return {
            "why": "creator_taken",
            "other": case.offers.table["account_id"][int(same[0])].as_py(),
        }
    for one in broken:
        if one.key not in ("budget", "creator"):
            return {"why": "limit", "other": one.name or one.key}
    if row["alone"] > 0 and row["gain"] < HALF * row["alone"]:
        return {"why": "overlap", "other": overlaps_most(case, place)}
    is_dear = any(one.key == "budget" for one in broken)
    least = min((case.limits.price[i] for i in picks), default=0)
    if is_dear and case.limits.price[place] > case.limits.budget_minor - least:
        return {"why": "money", "other": None}
    return {"why": "less_worth" if is_dear or picks.size else "money", "other": None}


def _is_over(case: Case, one: Any, place: int) -> bool:
    n, cost = one.used(case.best.picks, case.limits.price)
    return bool(n + 1 > one.most or cost + case.limits.price[place] > one.most_minor)


def overlaps_most(case: Case, place: int) -> str | None:
    """The pick that takes most of what an offer brings; None where none takes anything."""
    instance, limits = case.instance, case.limits
    empty = instance.state(limits)
    alone = gain(instance.arrays, empty, place)
    best, name = 0.0, None
    for i in case.best.picks.tolist():
        if i == place:
            continue
        put(instance.arrays, limits.arrays, empty, i)
        taken = alone - gain(instance.arrays, empty, place)
        take(instance.arrays, limits.arrays, empty, i)
        if taken > best * (1 + 1e-9) and taken > (1 - FULL) * alone:
            best, name = taken, case.offers.table["account_id"][i].as_py()
    return name


def _if_taken(case: Case, near: Near, place: int) -> float | None:
    """The result with this offer put in, room made for it, and the rest filled up."""
    at = int(np.searchsorted(near.ids, place))
    how = (at, near.costs[0])
    changed, is_kept = if_taken(near.offers, near.limits, near.state, near.near, how)
    return float(case.best.value + changed) if is_kept else None


def reasons(case: Case, made: list[Row]) -> list[Row]:
    """The numbers behind each line that was looked at, one row a reason."""
    left = case.limits.budget_minor - int(case.limits.price[case.best.picks].sum())
    spent = int(case.limits.price[case.best.picks].sum())
    mean_unit = spent / case.best.value if case.best.value > 0 else None
    place_of = {
        (row["account_id"], row["deliverable"]): place
        for place, row in enumerate(
            case.offers.table.select(["account_id", "deliverable"]).to_pylist()
        )
    }
    rows: list[Row] = []
    for line in made:
        place = place_of[line["account_id"], line["deliverable"]]
        told: list[tuple[str, Any, Any, Any]] = [
            ("why", None, None, line["other"]),
            ("adds", line["gain"], line["alone"], None),
            ("alone", line["alone"], case.best.value, None),
            ("unit_cost", line["unit_minor"], mean_unit, None),
        ]
        if (line["overlap_share"] or 0.0) > 0:
            told.append(
                ("overlaps_with", line["overlap_share"], None, overlaps_most(case, place))
            )
        if not line["is_in"]:
            told.append(("money_left", float(left), float(line["price_minor"]), None))
            told.append(("result_if_taken", line["result_if_taken"], case.best.value, None))
        if case.corrected.kept_share[place] < 1:
            told.append(("luck", line["value_corrected"], line["value"], None))
        rows += [
            {"account_id": line["account_id"], "deliverable": line["deliverable"],
             "reason": reason, "observed": observed, "expected": expected, "other": other}
            for reason, observed, expected, other in told
        ]  # fmt: skip
    return rows
