"""A small model of fake followers that a user fits on labelled rows; saved as plain JSON.

A logistic regression over the signs whose weights start where judgement put them and may never
turn against a sign's reason. Rows move a weight only as far as they can carry it, so that a
model fitted on one kind of fake account keeps what is known of the others: the reason why it
finds families and platforms that it has not seen (`benchmarks/followers.py`). An unknown sign
adds nothing, so a model fitted where more was known still speaks where less is.

It is moved to the population of the account's platform without labels: what is called few posts
is read against that platform's most active fifth, and the cut goes to the thinnest place
between the two crowds of log-odds, by one unit at most.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from mawj.tables.errors import NotEnoughData, SettingsError
from mawj.vet.follower_signs import SIGN_NAMES, SIGNS, Floats

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

KIND = "mawj-followers-1"
LEAST_EACH = 20
"""Labelled rows of each class below which nothing is fitted; our judgement."""
ABOUT_ACTIVITY = ("few_posts", "follows_over_posts")
"""Signs whose usual size differs most by platform: a post on X costs less than a film."""


@dataclass(frozen=True)
class FollowerFitLimits:
    """How far labelled rows move the weights.

    Attributes:
        spread: standard deviation of the weights round what they are before any row, in
            log-odds; our judgement, from figures across sets, not within one.
        most_rows: rows that count at most, however many are given: those of one purchase or
            one crawl repeat each other; our judgement.
        clip: spreads beyond which a sign counts no further; our judgement.
        activity_quantile: where platforms are compared in activity: the end of the most active
            fifth, which fake accounts hardly reach; our judgement.
        most_shift: how far the cut moves at most, in log-odds; our judgement.
        shift_price: what moving the cut by one log-odds must gain in thinness (natural
            logarithm of the density); our judgement.
        width: width of the window in which log-odds are counted; our judgement.
    """

    spread: float = 0.4
    most_rows: int = 300
    clip: float = 3.0
    activity_quantile: float = 0.2
    most_shift: float = 1.0
    shift_price: float = 0.3
    width: float = 0.35


@dataclass(frozen=True)
class Weighed:
    """One sign in a model: (value - centre) / scale, at most `clip`, times `weight`."""

    name: str
    centre: float
    scale: float
    weight: float


@dataclass(frozen=True)
class FollowerModel:
    """A fitted model.

    Attributes:
        intercept: log-odds of an account that is usual in every sign.
        weighed: the signs that were known in the rows.
        activity: `ABOUT_ACTIVITY` of the rows at the quantile of the limits.
        clip: see `FollowerFitLimits`.
        card: what it was fitted on and how well it does, for people.
    """

    intercept: float
    weighed: tuple[Weighed, ...]
    activity: Mapping[str, float]
    clip: float = 3.0
    card: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Moved:
    """What a population changes: added to the signs of activity, and where the cut lies."""

    added: Mapping[str, float]
    cut: float


UNMOVED = Moved({}, 0.0)


def fit(
    signs: Mapping[str, Floats], is_fake: npt.NDArray[np.bool_], limits: FollowerFitLimits
) -> FollowerModel:
    """The model that the labelled rows support, both classes weighing the same.

    Args:
        signs: of `signs_of`, one entry a row.
        is_fake: the label of each row.
        limits: how far rows move the weights.

    Raises:
        NotEnoughData: with fewer than `LEAST_EACH` rows of a class.
    """
    least = int(min(is_fake.sum(), (~is_fake).sum()))
    if least < LEAST_EACH:
        raise NotEnoughData(
            f"{least} rows of one class; a model of followers needs {LEAST_EACH} fake and "
            f"{LEAST_EACH} genuine ones",
            has=least, needs=LEAST_EACH,
        )  # fmt: skip
    known = [sign for sign in SIGNS if np.isfinite(signs[sign.name]).any()]
    placed = [_placed(sign.name, signs[sign.name], is_flag=sign.is_flag) for sign in known]
    readings = np.column_stack([_reading(one, signs[one.name], limits.clip) for one in placed])
    weights = _weights(readings, is_fake, [sign.weight for sign in known], limits)
    return FollowerModel(
        float(weights[0]),
        tuple(
            Weighed(one.name, one.centre, one.scale, float(weight))
            for one, weight in zip(placed, weights[1:], strict=True)
        ),
        _activity(signs, limits),
        limits.clip,
    )


def log_odds(
    model: FollowerModel, signs: Mapping[str, Floats], moved: Moved = UNMOVED
) -> Floats:
    """Log-odds that each account is fake, before any belief in how common they are.

    NaN where none of the model's signs is known.
    """
    total = np.full(len(signs[SIGN_NAMES[0]]), model.intercept - moved.cut)
    n_known = np.zeros(len(total))
    for one in model.weighed:
        values = signs[one.name] + moved.added.get(one.name, 0.0)
        total = total + one.weight * _reading(one, values, model.clip)
        n_known = n_known + np.isfinite(values)
    return np.where(n_known > 0, total, np.nan)


def moved_to(
    model: FollowerModel, population: Mapping[str, Floats], limits: FollowerFitLimits
) -> Moved:
    """The model moved to a platform's population, of which no label is known.

    Source:
        That a cut belongs where points are thin: Chapelle & Zien 2005, "Semi-supervised
        classification by low density separation" (AISTATS).
    """
    usual = _activity(population, limits)
    added = {
        name: model.activity[name] - usual[name] for name in usual if name in model.activity
    }
    found = log_odds(model, population, Moved(added, 0.0))
    found = found[np.isfinite(found)]
    return Moved(added, _thinnest(found, limits) if len(found) else 0.0)


def probability(log_odds_of: Floats) -> Floats:
    """Log-odds as probabilities."""
    made: Floats = 1.0 / (1.0 + np.exp(-np.clip(log_odds_of, -30.0, 30.0)))
    return made


def as_json(model: FollowerModel) -> str:
    """The model as text that a person can read and any program can load safely."""
    return json.dumps(
        {
            "kind": KIND,
            "card": dict(model.card),
            "intercept": model.intercept,
            "clip": model.clip,
            "activity": dict(model.activity),
            "signs": [vars(one) for one in model.weighed],
        },
        ensure_ascii=False, indent=1, sort_keys=True,
    )  # fmt: skip


def from_json(text: str) -> FollowerModel:
    """The model that `as_json` wrote.

    Raises:
        SettingsError: for anything else.
    """
    try:
        read = json.loads(text)
        if read["kind"] != KIND:
            raise ValueError(f"kind {read['kind']!r}, not {KIND!r}")
        weighed = tuple(
            Weighed(str(s["name"]), float(s["centre"]), float(s["scale"]), float(s["weight"]))
            for s in read["signs"]
        )
        strange = [one.name for one in weighed if one.name not in SIGN_NAMES]
        if strange or any(one.scale <= 0 for one in weighed):
            raise ValueError(f"signs {strange} are not known, or a scale is not above 0")
        activity = {str(name): float(value) for name, value in read["activity"].items()}
        return FollowerModel(
            float(read["intercept"]), weighed, activity, float(read["clip"]), read["card"]
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"this is no model of followers: {error}") from error


def _placed(name: str, values: Floats, *, is_flag: bool) -> Weighed:
    """Centre and scale of a sign: median, and a normal's deviation from the outer tenths."""
    if is_flag:
        return Weighed(name, 0.0, 1.0, 0.0)
    low, middle, high = np.nanquantile(values, [0.1, 0.5, 0.9])
    # 2.56 deviations lie between the outer tenths of a normal distribution.
    return Weighed(name, float(middle), max(float(high - low) / 2.56, 1e-3), 0.0)


def _reading(one: Weighed, values: Floats, clip: float) -> Floats:
    return np.nan_to_num(np.clip((values - one.centre) / one.scale, -clip, clip), nan=0.0)


def _weights(
    readings: Floats,
    is_fake: npt.NDArray[np.bool_],
    start: list[float],
    limits: FollowerFitLimits,
) -> Floats:
    """Intercept and weights of greatest posterior density, none below 0."""
    share, prior = is_fake.mean(), np.array(start)
    counts = min(1.0, limits.most_rows / len(is_fake))
    row_weight = counts * np.where(is_fake, 0.5 / share, 0.5 / (1.0 - share))

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = readings @ weights[1:] + weights[0]
        off = row_weight * (probability(odds) - is_fake)
        away = (weights[1:] - prior) / limits.spread
        cost = (row_weight * (np.logaddexp(0.0, odds) - is_fake * odds)).sum()
        slope = np.append(off.sum(), readings.T @ off + away / limits.spread)
        return float(cost + 0.5 * (away**2).sum()), slope

    bounds = [(None, None)] + [(0.0, None)] * len(prior)
    found = minimize(loss, np.append(0.0, prior), jac=True, method="L-BFGS-B", bounds=bounds)
    weights: Floats = found.x
    return weights


def _activity(signs: Mapping[str, Floats], limits: FollowerFitLimits) -> dict[str, float]:
    return {
        name: float(np.nanquantile(signs[name], limits.activity_quantile))
        for name in ABOUT_ACTIVITY
        if np.isfinite(signs[name]).any()
    }


def _thinnest(found: Floats, limits: FollowerFitLimits) -> float:
    """Where within reach of 0 the fewest log-odds lie, nearer places preferred."""
    places = np.linspace(-limits.most_shift, limits.most_shift, 41)
    ordered = np.clip(found, -10.0, 10.0)
    near = np.array(
        [np.exp(-0.5 * ((ordered - place) / limits.width) ** 2).mean() for place in places]
    )
    # A twentieth of the densest place: thinner than that is nothing but chance.
    height = np.log(near / max(near.max(), 1e-12) + 0.02)
    return float(places[np.argmin(height + limits.shift_price * np.abs(places))])
