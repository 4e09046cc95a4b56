"""What a reviewer's rating comes down to: false, mixed, true, or not to be told."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from mawj.text.forms import TERMS
from mawj.text.normalise import search_form

FALSE_UP_TO, TRUE_FROM = 0.3, 0.8
"""Places on the scale from worst (0) to best (1). On the five steps of schema.org's own scale 1
and 2 are false, 3 and 4 mixed, 5 true: our judgement."""

DEFAULT_ENDS = (1.0, 5.0)


def verdict_of(
    words: str | None, value: float | None, ends: tuple[float | None, float | None]
) -> str:
    """The verdict of a rating: by its words where one is known, else by its number.

    Args:
        words: the rating as published ("Mostly false", «شائعة»).
        value: the rating as a number.
        ends: the worst and the best number; 1 and 5 where they are not given.
    """
    told = _of_words(words) if words else None
    return told or _of_number(value, ends)


def _of_number(value: float | None, ends: tuple[float | None, float | None]) -> str:
    worst, best = (
        default if end is None else end for end, default in zip(ends, DEFAULT_ENDS, strict=True)
    )
    # Publishers write -1 or 0 outside of the scale for "cannot be rated".
    if value is None or worst == best or not min(worst, best) <= value <= max(worst, best):
        return "unknown"
    place = (value - worst) / (best - worst)
    if place <= FALSE_UP_TO:
        return "false"
    return "true" if place >= TRUE_FROM else "mixed"


def _of_words(words: str) -> str | None:
    """The verdict whose longest phrase stands in the words; the first of them where equal."""
    said = f" {_plain(words)} "
    found = [(len(p), -said.index(f" {p} "), v) for p, v in _phrases() if f" {p} " in said]
    return max(found)[2] if found else None


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    text = resources.files("mawj.sources").joinpath("ratings.toml").read_text("utf-8")
    told = tomllib.loads(text)
    return tuple(
        (_plain(phrase), verdict)
        for verdict in ("false", "mixed", "true", "unknown")
        for phrase in told[verdict]
    )


def _plain(text: str) -> str:
    return " ".join(search_form(text).translate(TERMS).split())
