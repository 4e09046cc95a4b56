"""A model of fake followers fitted on labelled rows: what it learns, keeps and refuses."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawj.tables.errors import NotEnoughData, SettingsError
from mawj.vet.follower_model import (
    UNMOVED,
    FollowerFitLimits,
    FollowerModel,
    as_json,
    fit,
    from_json,
    log_odds,
    moved_to,
    probability,
)
from mawj.vet.follower_signs import SIGN_NAMES, Floats, signs_of

LIMITS = FollowerFitLimits()


def crowd(seed: int, n: int = 200, posts: float = 40.0) -> tuple[dict[str, Floats], np.ndarray]:
    """Half people, half accounts that follow many and are followed by few."""
    random = np.random.default_rng(seed)
    fake = np.arange(n) % 2 == 0
    faces = {
        "followers": random.lognormal(np.where(fake, 2.5, 5.0), 0.8),
        "following": random.lognormal(np.where(fake, 7.0, 5.3), 0.6),
        "posts": random.lognormal(np.where(fake, 0.5, np.log(posts)), 0.7),
        "has_picture": (random.random(n) > np.where(fake, 0.4, 0.02)).astype(np.float64),
        "handle_digit_share": np.where(fake, 0.3, 0.1) * random.random(n),
    }
    return faces, fake


@pytest.fixture(scope="module")
def model() -> FollowerModel:
    faces, fake = crowd(1)
    return fit(signs_of(faces), fake, LIMITS)


def said(model: FollowerModel, **told: float) -> float:
    signs = signs_of({name: np.array([float(value)]) for name, value in told.items()})
    return float(probability(log_odds(model, signs))[0])


def test_it_tells_accounts_of_another_draw_apart(model: FollowerModel) -> None:
    faces, fake = crowd(2)
    p = probability(log_odds(model, signs_of(faces)))
    assert ((p >= 0.5) == fake).mean() > 0.93


@settings(max_examples=30, deadline=None)
@given(followers=st.integers(0, 10_000), following=st.integers(0, 7000))
def test_more_of_a_bad_sign_never_looks_better(followers: int, following: int) -> None:
    faces, fake = crowd(1)
    fitted = fit(signs_of(faces), fake, LIMITS)
    less = said(fitted, followers=followers, following=following, has_picture=1)
    more = said(fitted, followers=followers, following=following + 500, has_picture=0)
    assert more >= less


def test_what_the_rows_know_nothing_of_keeps_its_weight() -> None:
    faces, fake = crowd(1)
    faces["has_picture"] = np.ones(len(fake))
    fitted = fit(signs_of(faces), fake, LIMITS)
    weight = {one.name: one.weight for one in fitted.weighed}["no_picture"]
    assert weight == pytest.approx(1.0, abs=0.05)


def test_an_unknown_sign_adds_nothing_and_a_face_without_any_is_not_judged(
    model: FollowerModel,
) -> None:
    assert said(model, followers=5, following=2000, lists=0) == said(
        model, followers=5, following=2000
    )
    assert np.isnan(said(model, lists=3))


def test_the_order_of_rows_does_not_matter() -> None:
    faces, fake = crowd(1)
    order = np.random.default_rng(0).permutation(len(fake))
    mixed = {name: values[order] for name, values in faces.items()}
    one, other = (fit(signs_of(f), y, LIMITS) for f, y in ((faces, fake), (mixed, fake[order])))
    asked = signs_of(crowd(3)[0])
    assert np.allclose(log_odds(one, asked), log_odds(other, asked), atol=1e-3)


def test_too_few_rows_of_a_class_are_refused() -> None:
    faces, fake = crowd(1, n=30)
    with pytest.raises(NotEnoughData, match="15 rows of one class"):
        fit(signs_of(faces), fake, LIMITS)


def test_a_platform_where_everybody_posts_more_moves_what_is_few(model: FollowerModel) -> None:
    faces, fake = crowd(4, posts=4000.0)
    signs = signs_of(faces)
    moved = moved_to(model, signs, LIMITS)
    assert moved.added["few_posts"] > 2.0
    assert abs(moved.cut) <= LIMITS.most_shift
    p = probability(log_odds(model, signs, moved))
    assert ((p >= 0.5) == fake).mean() > 0.93


def test_a_population_of_nobody_moves_nothing(model: FollowerModel) -> None:
    nobody = {name: np.full(3, np.nan) for name in SIGN_NAMES}
    assert moved_to(model, nobody, LIMITS) == UNMOVED


@pytest.mark.parametrize(
    ("field", "value"),
    [("spread", 2.0), ("most_rows", 40), ("clip", 0.5), ("activity_quantile", 0.5),
     ("most_shift", 0.0), ("shift_price", 0.0), ("width", 1.5)],
)  # fmt: skip
def test_every_limit_changes_some_answer(field: str, value: float) -> None:
    faces, fake = crowd(1)
    population = signs_of(crowd(6, n=80, posts=9.0)[0])

    def answer(limits: FollowerFitLimits) -> Floats:
        fitted = fit(signs_of(faces), fake, limits)
        return log_odds(fitted, population, moved_to(fitted, population, limits))

    assert field in {one.name for one in dataclasses.fields(FollowerFitLimits)}
    changed = answer(dataclasses.replace(LIMITS, **{field: value}))
    assert not np.allclose(changed, answer(LIMITS), atol=1e-3)


def test_a_saved_model_says_the_same(model: FollowerModel) -> None:
    asked = signs_of(crowd(3)[0])
    again = from_json(as_json(model))
    assert np.array_equal(log_odds(model, asked), log_odds(again, asked))
    assert json.loads(as_json(model))["kind"] == "mawj-followers-1"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"kind": "pickle"}', "\x00", "null",
     '{"kind": "mawj-followers-1", "card": {}, "intercept": 0, "clip": 3, "activity": {}, '
     '"signs": [{"name": "evil", "centre": 0, "scale": 1, "weight": 1}]}'],
)  # fmt: skip
def test_anything_else_is_refused_as_a_model(text: str) -> None:
    with pytest.raises(SettingsError, match="no model of followers"):
        from_json(text)
