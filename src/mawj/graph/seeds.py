"""Whom to choose so that a message reaches most, and how good the choice certainly is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mawj.graph.arrays import Float64s, Int32s
from mawj.graph.certificate import Certificate, Side, certificate
from mawj.graph.crew import Crew
from mawj.graph.diffusion import Diffusion
from mawj.graph.greedy import Chosen, Way, greedy
from mawj.graph.lazy_heap import Limits
from mawj.graph.sketch import Drawer, Sketch, SketchSettings
from mawj.graph.wishes import Wish

GREEDY = "greedy"
# Looks at a growing sketch at most; each costs a share of the doubt.
MOST_LOOKS = 16
# A pile is checked for a choice and up to seven rivals in one pass.
MOST_RIVALS = 7
# A budget is spent in several ways at once; the result does not depend on it.
THREADS = 2


class Estimate(NamedTuple):
    """A spread as the check pile tells it, with its standard error."""

    spread: float
    standard_error: float


@dataclass(frozen=True)
class Choice:
    """Nodes chosen, what they reach, and what is certain of it.

    Attributes:
        nodes: int32; by the caller's ids, those of `must` first, then in the order of choice.
        how: `greedy`, or the rival that proved better on the check pile.
        estimate: what the nodes reach, by the check pile.
        certificate: bounds that hold together but for its doubt.
        upto: float64; what `must` and then the first i others reach, by the planning pile (a
            little too much, since they were chosen on it); empty where a rival won.
        rivals: what each other ranking would reach within the same limits.
        cost: what the nodes cost together.
        n_sets: sets in each pile.
    """

    nodes: Int32s
    how: str
    estimate: Estimate
    certificate: Certificate
    upto: Float64s
    rivals: dict[str, Estimate]
    cost: float
    n_sets: int


def choose(sketch: Sketch, wish: Wish, rivals: Mapping[str, Int32s] | None = None) -> Choice:
    """The choice by greedy, or the best of `rivals` where one reaches more.

    On the pile greedy is at least 1 - 1/e of the best without costs, and with a budget, by what
    a node adds for its cost and with the best exchange (`greedy.greedy`), at least a half;
    groups lower that. The certificate says how much for this very case, mostly far more.

    Args:
        sketch: drawn for the graph.
        wish: the limits.
        rivals: other choices by name (ids), such as `cheap_seeds.rivals` makes; they must
            keep the limits too. At most seven.

    Raises:
        ValueError: when the wish does not fit the graph or `must` alone breaks it.
    """
    wish = wish.checked(sketch.diffusion.n_nodes)
    chosen, nodes = best_greedy(sketch, wish)
    others = dict(list((rivals or {}).items())[:MOST_RIVALS])
    named = {GREEDY: nodes, **others}
    held = sketch.check.covered([sketch.numbers(found) for found in named.values()])
    found = dict(zip(named, held, strict=True))
    # Greedy stands first, so it wins where others only equal it.
    how = max(found, key=lambda name: found[name])
    return Choice(
        nodes=named[how], how=how,
        estimate=estimate(sketch, named[how], found[how]),
        certificate=certified(sketch, wish, named[how], (found[how], chosen.most, len(named))),
        upto=(chosen.held if how == GREEDY else np.zeros(0)).astype(np.float64) * sketch.scale,
        rivals={name: estimate(sketch, named[name], found[name]) for name in others},
        cost=wish.cost_of(named[how]), n_sets=sketch.n_sets,
    )  # fmt: skip


def best_greedy(sketch: Sketch, wish: Wish) -> tuple[Chosen, Int32s]:
    """The best of the greedy choices on the planning pile, and its nodes as ids."""
    limits = wish.limits(sketch)
    way = Way(by_cost=True, bounded=True, exchanged=wish.budget is not None)
    chosen = greedy(sketch.sets, sketch.start, fresh(limits), way)
    most, first = chosen.most, limits.first[:0]
    if wish.budget is not None:
        for begin, found in other_ways(sketch, limits, chosen):
            if found.held[-1] > chosen.held[-1]:
                chosen, first = found, begin
    must = np.asarray(wish.must)[np.sort(np.unique(wish.must, return_index=True)[1])]
    places = np.concatenate([first, chosen.places])
    nodes = np.concatenate([must, sketch.ids[places]]).astype(np.int32)
    return chosen._replace(most=most), filled(sketch, wish, nodes)


def fresh(limits: Limits) -> Limits:
    """The same limits with a room of their own, which a choice uses up."""
    return limits._replace(room=limits.room.copy())


def other_ways(sketch: Sketch, limits: Limits, chosen: Chosen) -> list[tuple[Int32s, Chosen]]:
    """Other ways to spend a budget: what each begins with, and what it comes to.

    By gain alone; after the best exchange for one node more; after the best single node.
    """
    begins = [limits.first[:0]]
    if chosen.instead >= 0:
        begins.append(np.append(chosen.places[: chosen.keep], chosen.instead).astype(np.int32))
    if chosen.alone >= 0 and (chosen.keep, chosen.instead) != (0, chosen.alone):
        begins.append(np.array([chosen.alone], np.int32))
    ways: list[tuple[Int32s, Chosen]] = [(begin, chosen) for begin in begins]

    def way(i: int) -> None:
        rest = begun(limits, begins[i])
        how = Way(by_cost=i > 0, bounded=False, exchanged=False)
        ways[i] = begins[i], greedy(sketch.sets, sketch.start, rest, how)

    with Crew(THREADS) as crew:
        crew.share(way, len(begins))
    return ways


def begun(limits: Limits, places: Int32s) -> Limits:
    """What the limits leave once `places` are chosen."""
    room, may = limits.room.copy(), limits.may
    if places.size:
        group, may = limits.group[places], may.copy()
        np.subtract.at(room, group[group >= 0], 1)
        may[places] = 0
    return limits._replace(
        first=np.concatenate([limits.first, places]).astype(np.int32), room=room, may=may,
        budget=limits.budget - float(limits.cost[places].sum()), most=limits.most - places.size,
    )  # fmt: skip


def filled(sketch: Sketch, wish: Wish, nodes: Int32s) -> Int32s:
    """Up to the number asked for also by nodes that stand in no set, busiest first."""
    if wish.most is None or nodes.size >= wish.most or wish.budget is not None:
        return nodes
    if wish.group is not None:
        return nodes
    may = wish.may(sketch.diffusion.n_nodes)
    may[nodes] = False
    order = sketch.diffusion.adjacency.order
    more = order[may[order]][: wish.most - nodes.size]
    return np.concatenate([nodes, more]).astype(np.int32)


def estimate(sketch: Sketch, nodes: Int32s, held: int) -> Estimate:
    """The spread from sets held in the check pile; certain ones add no error."""
    n_sets = max(sketch.check.n_sets, 1)
    scale = sketch.total / n_sets
    certain = certain_sets(sketch, nodes)
    rest, chances = max(held - certain, 0), max(n_sets - certain, 1)
    error = np.sqrt(rest * max(1.0 - rest / chances, 0.0)) * scale
    return Estimate(float(held * scale), float(error))


def certain_sets(sketch: Sketch, nodes: Int32s) -> int:
    """Sets that start at one of the nodes whatever is drawn."""
    return sketch.check.rounds * int(targets_among(sketch, nodes).sum())


def targets_among(sketch: Sketch, nodes: Int32s) -> np.ndarray:
    """Which of the different nodes count themselves."""
    nodes = np.unique(nodes)
    if sketch.weight is None:
        return np.ones(nodes.size, np.bool_)
    return np.asarray(sketch.weight[nodes] > 0)


def certified(
    sketch: Sketch, wish: Wish, nodes: Int32s, counts: tuple[int, float, int]
) -> Certificate:
    """The certificate of `nodes`; counts are sets held, the bound, and choices compared."""
    held, most, compared = counts
    log_doubt = float(np.log(sketch.looks * (1 + compared) / sketch.doubt))
    chosen = Side(held, certain_sets(sketch, nodes), sketch.total / max(sketch.check.n_sets, 1))
    # Any choice of the full number holds the sets that its own nodes start.
    sure = int(targets_among(sketch, wish.must).sum())
    if wish.most is not None and wish.budget is None and sketch.weight is None:
        sure = min(wish.most, sketch.diffusion.n_nodes)
        if wish.group is not None or wish.candidates is not None or wish.never.size:
            sure = min(sure, nodes.size)
    certain = min(sketch.plan.rounds * sure, most)
    found = certificate(chosen, Side(most, certain, sketch.scale), sketch.total, log_doubt)
    return found._replace(doubt=sketch.doubt)


def grown_sketch(
    diffusion: Diffusion,
    wish: Wish,
    *,
    seed: int,
    weight: Float64s | None = None,
    settings: SketchSettings | None = None,
) -> Sketch:
    """A sketch large enough for `wish`: as far as the certificate or its limits say.

    See `sketch.drawn_sketch` for the arguments; other questions may be put to it as well.
    """
    settings = settings or SketchSettings()
    return grown(Drawer(diffusion, seed, weight, settings), wish, settings)[0]


def solved(
    diffusion: Diffusion, wish: Wish, *, seed: int, settings: SketchSettings | None = None
) -> tuple[Sketch, Choice]:
    """The same sketch, and the choice that it was found large enough by."""
    settings = settings or SketchSettings()
    sketch, choice = grown(Drawer(diffusion, seed, None, settings), wish, settings)
    return sketch, choice or choose(sketch, wish)


def grown(drawer: Drawer, wish: Wish, settings: SketchSettings) -> tuple[Sketch, Choice | None]:
    """The sketch once it is large enough, and the choice on it where that was looked at."""
    wish = wish.checked(drawer.diffusion.n_nodes)
    size = settings.first_sets
    for look in range(MOST_LOOKS):
        # The growth wanted is rather too much than too little: no more than that.
        drawer.grow(min(size, settings.most_sets), at_least=False)
        sketch, choice = drawer.sketch(MOST_LOOKS), None
        if look == MOST_LOOKS - 1 or sketch.n_sets >= settings.most_sets:
            break
        choice = choose(sketch, wish)
        growth = wanted_growth(choice.certificate, settings)
        room = settings.most_bytes / max(sketch.n_bytes, 1)
        # Not worth another look: what is left of the memory would hardly add anything.
        if growth <= 1 or room < 1.25:
            break
        size = int(sketch.n_sets * min(growth, 0.95 * room))
    return sketch, choice


def wanted_growth(found: Certificate, settings: SketchSettings) -> float:
    """By how much the sets must grow, from 1.5 to 8 times; 1: they need not.

    The slack falls with the square root of the number of sets.
    """
    if settings.enough is None:
        goal = settings.slack
    else:
        if found.guarantee >= settings.enough:
            return 1.0
        limit = found.guarantee / (1 - found.slack) if found.slack < 1 else 1.0
        goal = max(1 - settings.enough / limit, settings.slack)
    if found.slack <= goal:
        return 1.0
    return float(np.clip((found.slack / max(goal, 1e-9)) ** 2, 1.5, 8.0))
