"""A panel of open detectors: what each says of a follower, and what they say together.

Each detector looks at one side of a face and adds up points, log-odds that grow from where a
sign begins to count to where it counts in full; beginning, end and points are our judgement
after the rules compared by Cresci, Di Pietro, Petrocchi, Spognardi & Tesconi 2015 ("Fame for
sale", Decision Support Systems 80, tables 2 to 4). A sign that is not known gives no points,
and a detector of which too little is known says nothing at all. Bare faces, digits in handles
and readers who never post are common among genuine people of our languages: none of them is
enough alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mawj.vet.follower_model import probability
from mawj.vet.follower_signs import signs_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mawj.vet.follower_signs import Faces, Floats


@dataclass(frozen=True)
class Ramp:
    """Points that a sign gives: none up to `start`, all from `full` on, in between a part.

    Negative points speak for an account; they begin at the other end of the sign.
    """

    sign: str
    start: float
    full: float
    points: float


def _yes(sign: str, points: float) -> Ramp:
    return Ramp(sign, 0.0, 1.0, points)


@dataclass(frozen=True)
class Detector:
    """One member of the panel.

    Attributes:
        name: its column is `p_` and this.
        base: log-odds before any sign.
        needs: signs of which one must be known, or it says nothing.
        ramps: what it looks at.
    """

    name: str
    base: float
    needs: tuple[str, ...]
    ramps: tuple[Ramp, ...]


DETECTORS = (
    Detector(
        "face", -3.0, ("no_picture", "no_banner"),
        (
            _yes("no_picture", 2.6), _yes("no_bio", 1.0), _yes("name_is_handle", 0.8),
            _yes("no_banner", 1.0), _yes("no_place", 0.3), _yes("no_link", 0.2),
            # For it: a closed account is somebody's own.
            Ramp("is_open", 1.0, 0.0, -0.5),
        ),
    ),
    Detector(
        "naming", -2.0, ("digits_in_handle",),
        (
            # A birth year is a third of a short handle; a serial number is most of it.
            Ramp("digits_in_handle", 0.35, 0.7, 1.6), Ramp("consonant_run", 4.0, 7.0, 1.5),
            _yes("name_is_handle", 1.2), _yes("one_word_name", 0.3),
        ),
    ),
    Detector(
        "ratio_and_age", -2.5, ("follows_over_followers",),
        (
            # From twice to fifty times as many followed as followers (Socialbakers' criteria).
            Ramp("follows_over_followers", float(np.log(2)), float(np.log(50)), 3.0),
            Ramp("follows_beyond_1000", 0.0, float(np.log(4)), 1.0),
            Ramp("few_followers", -float(np.log1p(50)), -float(np.log1p(5)), 0.8),
            Ramp("follows_a_day", -1.0, float(np.log(10)), 1.0),
            Ramp("young", -float(np.log(365)), -float(np.log(30)), 0.8),
            # For it: platforms close sold accounts within years.
            Ramp("young", -float(np.log(1095)), -float(np.log(2920)), -1.0),
        ),
    ),
    Detector(
        "activity", -2.5, ("few_posts",),
        (
            # Readers exist: having posted nothing is a sign only beside many follows.
            _yes("no_posts", 0.5), Ramp("few_posts", -float(np.log1p(20)), 0.0, 0.7),
            Ramp("follows_over_posts", 4.0, 8.0, 1.5), Ramp("silent_days", 180.0, 730.0, 0.8),
            Ramp("posts_over_likes_given", 4.0, 8.0, 1.5),
            Ramp("few_likes_given", -float(np.log1p(10)), 0.0, 1.0),
        ),
    ),
)  # fmt: skip
"""Detectors that look at one face at a time; neighbours and the user's model come besides."""

NEIGHBOURS = Detector(
    "neighbours", -2.0, ("company_share", "burst_times"),
    (
        # Suspects among those who follow the same accounts, above what is usual.
        Ramp("company_share", 0.05, 0.3, 2.0),
        # A giveaway or a mention by a star brings people in a day too.
        Ramp("burst_times", 4.0, 12.0, 1.0),
    ),
)  # fmt: skip
EVERYBODY = (*(one.name for one in DETECTORS), "model", NEIGHBOURS.name)
"""All members of the panel; `model` is the user's, where one was fitted."""

PANEL_BASE = -4.5
"""Log-odds of the panel before any point; our judgement: no one detector reaches 0 alone."""
MOST_POINTS = 3.6
"""Points that one detector brings into the panel at most; our judgement."""


def rule_words(faces: Faces) -> dict[str, Floats]:
    """What each detector of one face says, as log-odds; NaN where it says nothing."""
    signs = signs_of(faces)
    unknown = np.full(len(signs["few_posts"]), np.nan)
    signs["consonant_run"] = faces.get("handle_consonant_run", unknown)
    signs["silent_days"] = faces.get("silent_days", unknown)
    return {one.name: _word(one, signs) for one in DETECTORS}


def neighbour_word(company: Faces) -> Floats:
    """What company and time of arrival say, as log-odds; NaN where neither is known."""
    return _word(NEIGHBOURS, company)


def together(words: Mapping[str, Floats]) -> Floats:
    """The panel's log-odds: its base and the points of every detector that spoke.

    NaN where fewer than two of them spoke: one side of a face is no ground for a label.
    """
    base = {one.name: one.base for one in (*DETECTORS, NEIGHBOURS)}
    total = np.full(len(next(iter(words.values()))), PANEL_BASE)
    n_spoke = np.zeros(len(total))
    for name, word in words.items():
        points = word - base.get(name, 0.0)
        total = total + np.nan_to_num(np.clip(points, -MOST_POINTS, MOST_POINTS), nan=0.0)
        n_spoke += np.isfinite(word)
    return np.where(n_spoke >= 2, total, np.nan)


def disagreement(words: Mapping[str, Floats]) -> Floats:
    """1 where those that spoke are on both sides of even odds; NaN for fewer than two."""
    said = np.column_stack(list(words.values()))
    n_spoke = np.isfinite(said).sum(axis=1)
    n_fake = (probability(np.nan_to_num(said, nan=-30.0)) >= 0.5).sum(axis=1)
    split = (n_fake > 0) & (n_fake < n_spoke)
    return np.where(n_spoke >= 2, split.astype(np.float64), np.nan)


def _word(one: Detector, signs: Mapping[str, Floats]) -> Floats:
    total = np.full(len(signs[one.needs[0]]), one.base)
    for ramp in one.ramps:
        part = (signs[ramp.sign] - ramp.start) / (ramp.full - ramp.start)
        total = total + ramp.points * np.nan_to_num(np.clip(part, 0.0, 1.0), nan=0.0)
    known = np.any([np.isfinite(signs[name]) for name in one.needs], axis=0)
    return np.where(known, total, np.nan)
