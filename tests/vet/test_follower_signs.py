"""Signs: numbers that grow with suspicion on any platform."""

from __future__ import annotations

import numpy as np

from mawj.vet.follower_signs import FACE_FIELDS, SIGN_NAMES, signs_of


def face(**told: float) -> dict[str, np.ndarray]:
    return {name: np.array([float(value)]) for name, value in told.items()}


def sign(name: str, **told: float) -> float:
    return float(signs_of(face(**told))[name][0])


def test_what_is_not_known_is_no_sign() -> None:
    signs = signs_of(face(followers=10))
    assert np.isnan(signs["no_picture"][0])
    assert np.isnan(signs["follows_over_followers"][0])
    assert set(signs) == set(SIGN_NAMES)


def test_an_unknown_count_is_not_a_count_of_zero() -> None:
    assert np.isnan(sign("no_posts", posts=np.nan))
    assert sign("no_posts", posts=0) == 1.0


def test_signs_grow_with_suspicion() -> None:
    assert sign("few_followers", followers=3) > sign("few_followers", followers=300)
    assert sign("follows_over_followers", followers=3, following=900) > 4
    assert sign("young", age_days=10) > sign("young", age_days=1000)
    assert sign("follows_a_day", following=900, age_days=10) > 4
    assert sign("posts_over_likes_given", posts=900, likes_given=0) > 6


def test_a_ratio_of_counts_is_the_same_at_any_size() -> None:
    small = sign("follows_over_followers", followers=999, following=9_999)
    large = sign("follows_over_followers", followers=99_999, following=999_999)
    assert abs(small - large) < 1e-9


def test_hostile_numbers_stay_finite() -> None:
    for value in (-5.0, 0.0, 1e18):
        signs = signs_of({name: np.array([value]) for name in FACE_FIELDS})
        assert all(np.isfinite(values).all() for values in signs.values())
