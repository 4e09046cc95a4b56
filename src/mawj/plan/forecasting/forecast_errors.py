"""How wrong such forecasts were: each past post forecast from what was known then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mawj.plan.forecasting.forecast_model import Ask, parts, peers_of
from mawj.plan.forecasting.intervals import Errors

if TYPE_CHECKING:
    from mawj.plan.forecasting.forecast_model import Model

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FEW = (0, 1, 3, 10)
"""Least own posts of each class: none, one or two, three to nine, ten and more."""
MOST_OF_FEW = (0, 2, 9)
"""Posts left to an account when the past of one with fewer is played."""
MOST_POSTS = 2000
"""Posts forecast again for their error, on each platform and measure, evenly over them."""
MOST_TRIED = 500
"""Posts of them by which a memory is chosen."""
Knows = frozenset[str]
"""What of `kind`, `hour` and `subject` is known of a post before it is published."""
NOTHING: Knows = frozenset()
HALF_LIFE_DAYS = 180.0
"""Age at which an error counts half. Our judgement."""


def class_of(n_own: Ints) -> Ints:
    """The class of a forecast by the own posts behind it."""
    return np.searchsorted(FEW, n_own, side="right").astype(np.int64) - 1


def with_memory(model: Model, lead_days: float, knows: Knows = NOTHING) -> Model:
    """The model with the memory, and with or without trends, that erred least so far."""
    chosen = _drawn(model, MOST_TRIED)
    return best_memory(model, again(model, chosen, lead_days, knows=knows), chosen)


def best_memory(model: Model, ask: Ask, answers: Ints) -> Model:
    """The memory that errs least on questions whose answers are known.

    `answers` are the places in the history of the posts that answer them.
    """
    peers, value = peers_of(model, ask), model.posts.value[answers]

    def error(tried: Model) -> float:
        made = parts(tried, ask, peers)
        off = np.abs(value - made.total)
        known = np.isfinite(off) & (made.n_own > 0)
        return float(off[known].mean()) if known.any() else np.inf

    best, least = model, error(model)
    tries: list[dict[str, Any]] = [{"age": age} for age in model.settings.ages[1:]]
    tries.append({"with_trend": True})
    for changes in tries:
        tried = replace(best, **changes)
        now = error(tried)
        if now < least * (1 - model.settings.least_gain):
            best, least = tried, now
    return best


def past_errors(model: Model, lead_days: float, knows: Knows = NOTHING) -> Errors:
    """Errors of forecasts made `lead_days` ahead for posts that are known, by class.

    Every post drawn is forecast from its account's whole past, and again as if the account had
    nine posts, two or none, so that every class has errors of its own.
    """
    chosen = _drawn(model, MOST_POSTS)
    asks = [again(model, chosen, lead_days, knows=knows)]
    asks += [again(model, chosen, lead_days, most, knows=knows) for most in MOST_OF_FEW]
    value, day = model.posts.value[chosen], model.posts.day[chosen]
    latest = float(model.posts.day.max(initial=0.0))
    weight = 0.5 ** ((latest - day) / HALF_LIFE_DAYS)
    peers = peers_of(model, asks[0])
    error, group, heft = [], [], []
    for place, ask in enumerate(asks):
        made = parts(model, ask, peers)
        off = (value - made.total) / made.spread
        # A shortened past that was as short anyway would count the same error twice.
        fresh = np.isfinite(off) & ((place == 0) | (ask.from_rank > 0))
        error.append(off[fresh])
        group.append(class_of(made.n_own[fresh]))
        heft.append(weight[fresh])
    return Errors(np.concatenate(error), np.concatenate(group), np.concatenate(heft))


def again(
    model: Model,
    chosen: Ints,
    lead_days: float,
    most: int | None = None,
    *,
    knows: Knows = NOTHING,
) -> Ask:
    """The question that each chosen post answers, from what was known `lead_days` before.

    `most` shortens the account's past; `knows` says what is known of the post itself
    beforehand, so that errors are those of questions like the one asked.
    """
    posts = model.posts
    day = posts.day[chosen]
    origin = day - lead_days
    start = model.ptr[posts.account[chosen]]
    # Days of one account stand in order: a search in each stretch, all at once.
    known = _before(posts.day, start, model.ptr[posts.account[chosen] + 1], origin)
    first = np.zeros(chosen.size, np.int64) if most is None else np.maximum(known - most, 0)
    if most == 0:
        first = known
    none, nowhere = np.full(chosen.size, np.nan), np.full(chosen.size, -2)
    return Ask(
        posts.account[chosen], posts.form[chosen],
        posts.kind[chosen] if "kind" in knows else none, origin, day,
        posts.followers[chosen], posts.paid[chosen], none, known, first,
        (day % 1.0) * 24.0 if "hour" in knows else none,
        posts.subject[chosen] if "subject" in knows else none,
        np.zeros(chosen.size), nowhere,
    )  # fmt: skip


def left_out(model: Model) -> Ask:
    """The question that each post answers, from all others, before and after it.

    For the errors of filling a gap: what a post got that was not counted, beside those that
    were.
    """
    posts = model.posts
    n = len(posts)
    none, every = np.full(n, np.nan), np.full(n, n)
    return Ask(
        posts.account, posts.form, posts.kind, posts.day, posts.day, posts.followers,
        posts.paid, none, every, np.zeros(n, np.int64), (posts.day % 1.0) * 24.0,
        posts.subject, np.zeros(n), np.arange(n),
    )  # fmt: skip


def left_out_errors(model: Model) -> Errors:
    """Errors of forecasting each post from all others of the history."""
    made = parts(model, left_out(model))
    off = (model.posts.value - made.total) / made.spread
    known = np.isfinite(off)
    return Errors(off[known], class_of(made.n_own[known]), np.ones(int(known.sum())))


def _before(day: Floats, start: Ints, end: Ints, origin: Floats) -> Ints:
    """How many days of each stretch lie at or before its origin."""
    low, high = start.copy(), end.copy()
    while (low < high).any():
        middle = (low + high) // 2
        right = (low < high) & (day[np.minimum(middle, day.size - 1)] <= origin)
        left = (low < high) & ~right
        low[right], high[left] = middle[right] + 1, middle[left]
    return low - start


def _drawn(model: Model, most: int) -> Ints:
    """Places of the posts to forecast again: evenly over accounts and time."""
    n = len(model.posts)
    return np.arange(n) if n <= most else np.linspace(0, n - 1, most).astype(np.int64)
