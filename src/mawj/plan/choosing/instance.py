"""What each offer covers and what that counts, as the arrays of one search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mawj.plan.choosing.asked import CERTAIN, RESPONSES, Coverage, Float64s, Int32s, Int64s
from mawj.plan.kernels.covering import folded, layered, merged_rows, rows_taken, signatures
from mawj.plan.kernels.picking import gain, gains, put

if TYPE_CHECKING:
    from mawj.plan.choosing.asked import PortfolioAsked
    from mawj.plan.choosing.limits import Limits
    from mawj.plan.choosing.offers import Offers

MERGED_OFFERS = 2_000
"""Up to so many offers, elements that the same offers cover are made one; above, few are."""
LEVEL_STEP = 4.0
"""Rates of response are told apart by powers of this; between, the chance makes up for it."""
MOST_LEVELS = 6
"""Levels of response told apart; lower rates share the lowest."""


@dataclass(frozen=True)
class Audience:
    """Who covers what, before anything is valued.

    Attributes:
        ptr, member: elements that two offers or more cover, by offer.
        weight: of those elements, times the scale.
        own: weight of the elements that only this offer covers.
        whole: weight of all its elements.
    """

    ptr: Int64s
    member: Int32s
    weight: Float64s
    own: Float64s
    whole: Float64s


@dataclass(frozen=True)
class Instance:
    """One objective over one set of offers.

    Attributes:
        ptr, member, weight: elements, as the kernels read them.
        chance: that an offer reaches an element that it covers.
        alone: what it brings of which no other offer takes anything.
        values: what each offer brings by itself.
    """

    ptr: Int64s
    member: Int32s
    weight: Float64s
    chance: Float64s
    alone: Float64s

    @property
    def arrays(self) -> tuple[Any, ...]:
        """As the kernels read them."""
        return self.ptr, self.member, self.weight, self.chance, self.alone

    @property
    def n_offers(self) -> int:
        """How many offers there are."""
        return int(self.chance.size)

    def state(self, limits: Limits, picked: Int32s | None = None) -> tuple[Any, ...]:
        """A state with those picks; nobody where none are given."""
        n_limits = len(limits.limits)
        made = (
            np.ones(self.weight.size),
            np.zeros(self.weight.size, np.uint16),
            np.zeros((n_limits, 2), np.int64),
            np.zeros(self.n_offers, bool),
        )
        for i in np.sort(picked).tolist() if picked is not None else ():
            put(self.arrays, limits.arrays, made, i)
        return made

    def value(self, limits: Limits, picked: Int32s) -> float:
        """What a set is worth, added up afresh in canonical order."""
        state, total = self.state(limits), 0.0
        for i in np.sort(picked).tolist():
            total += gain(self.arrays, state, i)
            put(self.arrays, limits.arrays, state, i)
        return total

    def by_themselves(self, limits: Limits) -> Float64s:
        """What each offer brings if it is the only one; worked out once."""
        known = self.__dict__.get("_singles")
        if known is None:
            everyone = np.arange(self.n_offers, dtype=np.int32)
            known = gains(self.arrays, self.state(limits), everyone)
            self.__dict__["_singles"] = known
        made: Float64s = known
        return made


def audience_of(offers: Offers, elements: Coverage | None, objective: str) -> Audience:
    """Who covers what among the usable offers; nobody where only sums count.

    Raises:
        ValueError: when an offer covers an element twice.
    """
    n = len(offers)
    if elements is None or objective == "views" or n == 0:
        nothing = np.zeros(n)
        return Audience(
            np.zeros(n + 1, np.int64), np.empty(0, np.int32), np.empty(0), nothing, nothing
        )
    weight = np.ones(elements.n_elements) if elements.weight is None else elements.weight
    ptr, member, covered, is_clean = rows_taken(
        np.asarray(elements.ptr, np.int64), np.asarray(elements.member, np.int32),
        offers.rows, elements.n_elements,
    )  # fmt: skip
    if not is_clean:
        raise ValueError("a candidate covers an element twice; give each element once")
    weight = weight * elements.scale
    ptr, own, whole, number = folded(ptr, member, weight, covered)
    kept = member[: ptr[-1]].copy()
    made = Audience(ptr, kept, weight[number >= 0], own, whole)
    return merged(made) if n <= MERGED_OFFERS else made


def merged(audience: Audience) -> Audience:
    """The same with elements that are covered by the same offers made one.

    Two sets of offers are taken for the same by a 64-bit sum of random keys: among a million
    elements the odds of one mistake are below one in ten million.
    """
    random = np.random.default_rng(20261126)
    keys = random.integers(-(2**62), 2**62, audience.own.size)
    signature = signatures(audience.ptr, audience.member, keys, audience.weight.size)
    _, first, number = np.unique(signature, return_index=True, return_inverse=True)
    # Numbered by first place, so that the order of elements stays that of the members.
    order = np.argsort(np.argsort(first, kind="stable"), kind="stable")
    number = order[number].astype(np.int32)
    ptr, member = merged_rows(audience.ptr, audience.member, number, first.size)
    weight = np.bincount(number, audience.weight, first.size).astype(np.float64)
    return Audience(ptr, member, weight, audience.own, audience.whole)


def instance_of(
    audience: Audience, values: Float64s, reach: Float64s, asked: PortfolioAsked
) -> Instance:
    """The objective over the offers with these values.

    Args:
        audience: who covers what.
        values: what each offer brings by itself; not read for `unique` and `spread`.
        reach: members that each reaches, NaN where not known; read for responses.
        asked: objective and settings.
    """
    values = np.nan_to_num(values)
    if asked.objective in CERTAIN:
        chance = np.ones(values.size)
        return Instance(audience.ptr, audience.member, audience.weight, chance, audience.own)
    if asked.objective == "reach":
        chance = np.divide(values, audience.whole, out=0 * values, where=audience.whole > 0)
        chance = np.minimum(chance, 1.0)
        beyond = np.maximum(values - chance * audience.whole, 0.0)
        alone = chance * audience.own + beyond
        return Instance(audience.ptr, audience.member, audience.weight, chance, alone)
    if asked.objective in RESPONSES and asked.settings.repeat_worth < 1.0:
        return _answered(audience, values, reach, asked)
    nobody = np.zeros(values.size + 1, np.int64), np.empty(0, np.int32), np.empty(0)
    return Instance(*nobody, 0 * values, values)


def _answered(
    audience: Audience, values: Float64s, reach: Float64s, asked: PortfolioAsked
) -> Instance:
    """Responses: of what reaches a member, the best deliverable counts whole, each next less.

    With rates of response c and chances p to be seen, best first, a member answers
    ``sum of c_i p_i * product over better j of (1 - (1 - r) p_j)``, r what a repeat is worth.
    That is ``sum over levels of rate of (step of rate) / (1 - r) * (1 - product over offers of
    that level or more of (1 - (1 - r) p))``: coverage of as many elements as there are levels,
    hence monotone with falling returns.
    """
    fall = 1.0 - asked.settings.repeat_worth
    whole = audience.whole
    seen = np.where(
        np.isnan(reach), asked.settings.seen_share * whole, np.minimum(reach, whole)
    )
    has = (values > 0) & (seen > 0)
    rate = np.divide(values, seen, out=np.ones_like(values), where=has)
    power = np.rint(np.log(rate) / np.log(LEVEL_STEP)).astype(np.int64)
    powers = np.unique(power[has])[-MOST_LEVELS:]
    if powers.size == 0:
        powers = np.zeros(1, np.int64)
    level = np.searchsorted(powers, power.clip(powers[0], powers[-1])).astype(np.int32)
    rates = LEVEL_STEP ** powers.astype(np.float64)
    wanted = rates[level] * whole
    chance = np.divide(values, wanted, out=0 * values, where=has & (wanted > 0))
    chance = np.minimum(chance, 1.0)
    beyond = np.maximum(values - chance * wanted, 0.0)
    ptr, member = layered(audience.ptr, audience.member, level, powers.size)
    steps = np.diff(rates, prepend=0.0) / fall
    weight = (audience.weight[:, None] * steps).ravel()
    alone = chance * rates[level] * audience.own + beyond
    return Instance(ptr, member, weight, fall * chance, alone)
