"""What an account's public face says of whether a person is behind it: signs as numbers.

A face is what any platform shows of a follower: counts, dates, a picture or none. A sign is a
number made of it that grows with suspicion, whatever the platform: logarithms, ratios and
rates instead of counts, so that what was learned on one platform is of use on another. Each
sign has a weight that it has before any labelled row is seen; a fitted model starts from it
(`mawj.vet.follower_model`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping

Floats: TypeAlias = npt.NDArray[np.float64]
Faces: TypeAlias = "Mapping[str, Floats]"

FACE_FIELDS = (
    "followers", "following", "posts", "likes_given", "lists", "bio_length", "name_words",
    "handle_digit_share", "handle_consonant_run", "is_name_handle", "has_picture", "is_private",
    "has_link", "has_banner", "has_place", "age_days", "silent_days",
)  # fmt: skip
"""What a face may say; each a float, NaN where it is not known, 1 and 0 for yes and no."""


@dataclass(frozen=True)
class Sign:
    """One sign, larger is more suspicious.

    Attributes:
        name: what the panel and a model's card call it.
        reason: why a larger value may only ever count against an account.
        weight: log-odds for a step of one spread (or from no to yes), before any labelled row.
            The order follows the rules compared by Cresci, Di Pietro, Petrocchi, Spognardi &
            Tesconi 2015 (Decision Support Systems 80, tables 2 to 4); the values are our
            judgement.
        is_flag: yes or no, not a quantity.
    """

    name: str
    reason: str
    weight: float
    is_flag: bool = False


SIGNS = (
    Sign("few_followers", "sold accounts are followed by nobody", 0.5),
    Sign("follows_over_followers", "they follow for money and are not followed back", 1.0),
    Sign("few_posts", "nobody writes for them", 0.5),
    Sign("no_posts", "nobody writes for them", 0.5, is_flag=True),
    Sign("follows_over_posts", "following is all they do", 0.5),
    Sign("follows_beyond_1000", "few people read more than a thousand others", 0.3),
    Sign("no_picture", "a picture costs work", 1.0, is_flag=True),
    Sign("no_bio", "a description costs work", 0.4, is_flag=True),
    Sign("short_bio", "a description costs work", 0.3),
    Sign("digits_in_handle", "made in series, they take what handle is free", 0.6),
    Sign("name_is_handle", "no name was thought of", 0.4, is_flag=True),
    Sign("one_word_name", "no name was thought of", 0.3, is_flag=True),
    Sign("no_link", "they have no other place on the web", 0.3, is_flag=True),
    Sign("is_open", "a closed account is somebody's own; little, since most are open", 0.1,
         is_flag=True),
    Sign("few_likes_given", "nobody reads for them", 0.6),
    Sign("posts_over_likes_given", "they speak and never listen", 0.6),
    Sign("few_lists", "nobody keeps them in mind", 0.3),
    Sign("no_banner", "a banner costs work", 0.6, is_flag=True),
    Sign("no_place", "they live nowhere; little, since many people do not say", 0.2,
         is_flag=True),
    Sign("young", "platforms close them after some time", 0.5),
    Sign("posts_a_day", "machines write without rest; little, since some people do", 0.1),
    Sign("follows_a_day", "orders have to be delivered", 0.5),
)  # fmt: skip
SIGN_NAMES = tuple(sign.name for sign in SIGNS)


def signs_of(faces: Faces) -> dict[str, Floats]:
    """Every sign of every face; NaN where what it is made of is not known.

    Args:
        faces: any of `FACE_FIELDS`; one that is left out is not known of anybody.
    """
    n = len(next(iter(faces.values())))
    unknown = np.full(n, np.nan)

    def told(name: str) -> Floats:
        return faces.get(name, unknown)

    def log(name: str) -> Floats:
        return np.log1p(np.maximum(told(name), 0.0))

    age = np.log(np.maximum(told("age_days"), 1.0))
    return {
        "few_followers": -log("followers"),
        "follows_over_followers": log("following") - log("followers"),
        "few_posts": -log("posts"),
        "no_posts": _flag(told("posts"), 0.0),
        "follows_over_posts": log("following") - log("posts"),
        "follows_beyond_1000": np.maximum(log("following") - np.log1p(1000.0), 0.0),
        "no_picture": 1.0 - told("has_picture"),
        "no_bio": _flag(told("bio_length"), 0.0),
        "short_bio": -log("bio_length"),
        "digits_in_handle": told("handle_digit_share"),
        "name_is_handle": told("is_name_handle"),
        "one_word_name": _flag(told("name_words"), 1.0),
        "no_link": 1.0 - told("has_link"),
        "is_open": 1.0 - told("is_private"),
        "few_likes_given": -log("likes_given"),
        "posts_over_likes_given": log("posts") - log("likes_given"),
        "few_lists": -log("lists"),
        "no_banner": 1.0 - told("has_banner"),
        "no_place": 1.0 - told("has_place"),
        "young": -age,
        "posts_a_day": log("posts") - age,
        "follows_a_day": log("following") - age,
    }


def _flag(values: Floats, most: float) -> Floats:
    """1 where a value is at most `most`, 0 where above, NaN where not known."""
    return np.where(np.isnan(values), np.nan, (values <= most).astype(np.float64))
