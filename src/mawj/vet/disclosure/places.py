"""Where a disclosure stands: whether a reader meets it before opening the post."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mawj.vet.disclosure.signs import Sign

PLACES = ("start", "before_fold", "after_fold", "among_hashtags")
"""From the best place to the worst; `start`: in the first line, before anything is sold."""

_START = 40
"""Characters that count as the beginning; a handle and a greeting may precede; ours."""
_TAGS_IN_A_ROW = re.compile(r"(?:[#＃][^\s#＃]+[\s,،]*){5,}")
_LINES_SHOWN = 3


@dataclass(frozen=True)
class Platform:
    """What a platform shows of a text, and its own label.

    Attributes:
        fold: characters shown before the reader has to open the text.
        has_label: a creator can switch a paid-partnership label on; label: its words.
    """

    fold: int
    has_label: bool
    label: str


@cache
def platforms() -> Mapping[str, Platform]:
    """What is known of each platform; `other` for those that are not."""
    file = resources.files("mawj.vet.disclosure") / "rules" / "platforms.toml"
    told = tomllib.loads(file.read_text("utf-8"))["platform"]
    return {name: Platform(**entry) for name, entry in told.items()}


def platform_of(name: str | None) -> Platform:
    """The platform called `name`, or what holds for any other."""
    return platforms().get(name or "other", platforms()["other"])


def place_of(text: str, sign: Sign, platform: str | None) -> str:
    """Where `sign` stands in `text`: one of `PLACES`.

    A hashtag among five or more is `among_hashtags` unless it is the first of them (the FTC's
    Disclosures 101: do not mix it into a group of hashtags or links; the number is ours).
    """
    for run in _TAGS_IN_A_ROW.finditer(text):
        if run.start() < sign.first < run.end():
            return "among_hashtags"
    lines = text.count("\n", 0, sign.first)
    if sign.first >= platform_of(platform).fold or lines >= _LINES_SHOWN:
        return "after_fold"
    return "start" if sign.first <= _START and lines == 0 else "before_fold"


def best_place(text: str, signs: Iterable[Sign], platform: str | None) -> str | None:
    """The best place of several signs; None where there are none."""
    return min((place_of(text, s, platform) for s in signs), key=PLACES.index, default=None)
