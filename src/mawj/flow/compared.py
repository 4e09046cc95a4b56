"""With what a finding compares, in the reader's words: what a check wrote down, read again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale

from mawj.vet.disclosure.rules import rules
from mawj.vet.disclosure.values import values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PEERS = re.compile(r"(\w+) ([\d.]+[kMB]?)-([\d.]+[kMB]?) \((\d+)\)")
"""Accounts of one platform and size, such as `instagram 10k-32k (45)`."""
SPEAKERS = re.compile(r"([a-z]{2,3}) \((\d+)\)")
"""Accounts of one language, such as `fa (23)`."""
AUDIENCE = re.compile(r"(commenters|followers), ([a-z]{2,3})")
OWN_POSTS = re.compile(r"(\w+), (\d+) own posts")
DETECTOR = re.compile(r"([a-z ]+) (\d+)%")
FIGURE = re.compile(r"(\d+(?:\.\d+)?)(%?)")
FIGURES = re.compile(r"[\d.,%→×– ]+")
_THOUSANDS = {"k": 1e3, "M": 1e6, "B": 1e9}


@dataclass(frozen=True)
class Voice:
    """How one language says words, platforms, figures and names.

    Attributes:
        locale: of names of countries and languages.
        say: the word of a key of the section `compared`, with its values.
        platforms: names by key.
        compact: a large count in short form.
        number, percent: a number, a share.
    """

    locale: str
    say: Callable[..., str]
    platforms: Mapping[str, str]
    compact: Callable[[float], str]
    number: Callable[[float], str]
    percent: Callable[[float], str]


def compared(text: str, voice: Voice) -> str:
    """What a finding compares with, in words; names that others gave stay as they are.

    Checks write it in English or in codes: `instagram 10k-32k (45)`, `fa (23)`, `Iran`.
    """
    for pattern, told in _FORMS:
        if found := pattern.fullmatch(text):
            return told(found.groups(), voice)
    parts = [DETECTOR.fullmatch(part) for part in text.split(", ")]
    if all(parts):
        return voice.say("between").join(_detector(part, voice) for part in parts if part)
    return _named(text, voice)


def _detector(part: re.Match[str], voice: Voice) -> str:
    name = voice.say("detector_" + part[1].replace(" ", "_"))
    return f"{name} {voice.percent(int(part[2]) / 100)}"


def _peers(told: tuple[str, ...], voice: Voice) -> str:
    low, high = (voice.compact(_count(end)) for end in told[1:3])
    name = voice.platforms.get(told[0], told[0])
    return voice.say("peers", platform=name, low=low, high=high, n=voice.number(int(told[3])))


def _speakers(told: tuple[str, ...], voice: Voice) -> str:
    return voice.say(
        "speakers", language=_language(told[0], voice), n=voice.number(int(told[1]))
    )


def _audience(told: tuple[str, ...], voice: Voice) -> str:
    return voice.say(told[0], language=_language(told[1], voice))


def _own_posts(told: tuple[str, ...], voice: Voice) -> str:
    return voice.say("own_posts", metric=voice.say(told[0]), n=voice.number(int(told[1])))


def _figures(told: tuple[str, ...], voice: Voice) -> str:
    def figure(found: re.Match[str]) -> str:
        value = float(found[1])
        return voice.percent(value / 100) if found[2] else voice.number(value)

    return FIGURE.sub(figure, told[0])


def _named(text: str, voice: Voice) -> str:
    """A country, a rule's country, a value or a platform by name; else as it stands."""
    if text in _names():
        return _names()[text][voice.locale.partition("_")[0]]
    territories = Locale.parse(voice.locale).territories
    return voice.platforms.get(text) or str(territories.get(text, text))


def _language(code: str, voice: Voice) -> str:
    return str(Locale.parse(voice.locale).languages.get(code, code))


def _count(end: str) -> float:
    return float(end.rstrip("kMB")) * _THOUSANDS.get(end[-1], 1.0)


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    """Names by the English one: of the countries of rules, of their permits and of values."""
    permits = [permit for rule in rules().values() for permit in rule.permits]
    named = [rule.name for rule in rules().values()]
    named += [permit.name for permit in permits] + [value.name for value in values().values()]
    return {names["en"]: names for names in named}


_FORMS: tuple[tuple[re.Pattern[str], Callable[[tuple[str, ...], Voice], str]], ...] = (
    (PEERS, _peers),
    (SPEAKERS, _speakers),
    (AUDIENCE, _audience),
    (OWN_POSTS, _own_posts),
    (re.compile(f"({FIGURES.pattern})"), _figures),
)
