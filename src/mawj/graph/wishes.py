"""What a choice of nodes must keep to: how many, for how much, who must and must not be in."""

from dataclasses import dataclass, field

import numpy as np

from mawj.graph.arrays import Bools, Float64s, Int32s
from mawj.graph.lazy_heap import Limits
from mawj.graph.sketch import Sketch

# A node that costs nothing is still divided by something: a trillionth of the budget.
FREE = 1e-12


def no_nodes() -> Int32s:
    """An empty list of nodes."""
    return np.zeros(0, np.int32)


@dataclass(frozen=True)
class Wish:
    """Limits of a choice; nodes by the caller's ids.

    Attributes:
        most: how many nodes at most, those of `must` included; None: as many as are paid for.
        budget: what they may cost together; None: costs do not matter.
        cost: float64[n] of each node, at least 0; needed with a budget.
        must: nodes that are in whatever they add; they count and cost.
        never: nodes that are not chosen; they may still be reached.
        candidates: the only nodes that may be chosen besides `must`; None: all.
        group: int32[n]; the group of each node, -1: none; None: no groups.
        group_most: int32[groups]; how many of each group at most.
    """

    most: int | None = None
    budget: float | None = None
    cost: Float64s | None = None
    must: Int32s = field(default_factory=no_nodes)
    never: Int32s = field(default_factory=no_nodes)
    candidates: Int32s | None = None
    group: Int32s | None = None
    group_most: Int32s | None = None

    def checked(self, n_nodes: int) -> "Wish":
        """The same wish, or what is wrong with it.

        Raises:
            ValueError: when nothing limits the choice, a list names a node outside the graph,
                costs or groups do not fit, or `must` alone breaks a limit.
        """
        if self.most is None and self.budget is None:
            raise ValueError("a choice needs a number of nodes or a budget")
        if self.most is not None and self.most < self.n_must:
            raise ValueError(f"{self.n_must} nodes must be in, more than the {self.most} asked")
        for name in ("must", "never", "candidates"):
            check_ids(name, getattr(self, name), n_nodes)
        if np.intersect1d(self.must, self.never).size:
            raise ValueError("a node cannot be both in `must` and in `never`")
        self.check_costs(n_nodes)
        self.check_groups(n_nodes)
        return self

    def check_costs(self, n_nodes: int) -> None:
        """Costs that are there, fit, and leave room for `must`."""
        if self.budget is None:
            return
        cost = self.cost
        if cost is None or cost.shape != (n_nodes,):
            raise ValueError(f"a budget needs a cost for each of {n_nodes} nodes")
        if not np.all(np.isfinite(cost) & (cost >= 0)) or not np.isfinite(self.budget):
            raise ValueError("costs must be finite and at least 0")
        if self.cost_of(self.must) > self.budget:
            raise ValueError(
                f"the nodes that must be in cost {self.cost_of(self.must):g}, "
                f"more than the budget of {self.budget:g}"
            )

    def check_groups(self, n_nodes: int) -> None:
        """Groups that fit and are not overfull by `must` alone."""
        if (self.group is None) != (self.group_most is None):
            raise ValueError("groups need both `group` and `group_most`")
        if self.group is None or self.group_most is None:
            return
        if self.group.shape != (n_nodes,) or self.group.max(initial=-1) >= self.group_most.size:
            raise ValueError(f"`group` must be {n_nodes} numbers below {self.group_most.size}")
        full = np.flatnonzero(self.room() < 0)
        if full.size:
            raise ValueError(f"more nodes of group {full[0]} must be in than it may have")

    @property
    def n_must(self) -> int:
        """How many different nodes must be in."""
        return int(np.unique(self.must).size)

    def cost_of(self, nodes: Int32s) -> float:
        """What nodes cost together, each once; 0 without costs."""
        if self.cost is None:
            return 0.0
        return float(self.cost[np.unique(nodes)].sum())

    def room(self) -> Int32s:
        """How many more of each group may be chosen once `must` is in."""
        if self.group is None or self.group_most is None:
            return no_nodes()
        of = self.group[np.unique(self.must)]
        used = np.bincount(of[of >= 0], minlength=self.group_most.size)
        return np.asarray(self.group_most - used, np.int32)

    def may(self, n_nodes: int) -> Bools:
        """Who may be chosen besides `must`, by the caller's ids."""
        allowed = np.full(n_nodes, self.candidates is None)
        if self.candidates is not None:
            allowed[self.candidates] = True
        allowed[self.never] = False
        allowed[self.must] = False
        return allowed

    def limits(self, sketch: Sketch) -> Limits:
        """The same limits by place in the planning pile."""
        ids, n = sketch.ids, sketch.diffusion.n_nodes
        first = sketch.plan.places(sketch.numbers(np.unique(self.must)))
        left = np.inf if self.most is None else float(self.most - self.n_must)
        if self.budget is None or self.cost is None:
            budget, cost = left, np.ones(ids.size)
        else:
            budget = self.budget - self.cost_of(self.must)
            cost = np.maximum(self.cost[ids], FREE * max(budget, 1.0))
        group = np.full(ids.size, -1, np.int32) if self.group is None else self.group[ids]
        may = self.may(n)[ids].astype(np.uint8)
        return Limits(
            cost, group.astype(np.int32), self.room(), float(budget),
            first.astype(np.int32), may, int(min(left, 2**31)),
        )  # fmt: skip


def check_ids(name: str, ids: Int32s | None, n_nodes: int) -> None:
    """Refuse ids that no node has."""
    if ids is not None and ids.size and not (ids.min() >= 0 and ids.max() < n_nodes):
        raise ValueError(f"`{name}` names a node outside 0..{n_nodes - 1}")
