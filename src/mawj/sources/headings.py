"""What headings say, in English, Arabic and Persian, by the words in `headings.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from typing import Any

from mawj.text.normalise import search_form

LONGEST_PHRASE = 4
MOST_READINGS = 32

EXACT, FAINT, MAYBE = 1.0, 0.97, 0.75
"""How sure a reading is: every idea is meant; some add nothing; a second-best meaning. A
heading with an idea left over that should mean something is not read so. Our judgement."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS = re.compile(r"[^\w%#]+|_")


@dataclass(frozen=True)
class Words:
    """The file `headings.toml`, folded: phrases with their atoms, meanings with their rules."""

    atoms: dict[str, tuple[str, ...]]
    faint: frozenset[str]
    meanings: tuple[tuple[str, frozenset[str], float], ...]


@cache
def words() -> Words:
    """The heading words, read once."""
    content = tomllib.loads(
        resources.files("mawj.sources").joinpath("headings.toml").read_text("utf-8")
    )
    found: dict[str, list[str]] = {}
    for atom, phrases in content["atoms"].items():
        for phrase in phrases:
            folded = _folded(phrase)
            # Persian compounds are written apart, with a ZWNJ, or as one: دنبال‌کننده.
            for form in {folded, folded.replace(" ", "")}:
                found.setdefault(form, []).append(atom)
    rules = [
        (meaning, frozenset(rule.split()), weight)
        for part, weight in (("meanings", EXACT), ("maybe", MAYBE))
        for meaning, listed in content[part].items()
        for rule in listed
    ]
    atoms = {phrase: tuple(dict.fromkeys(listed)) for phrase, listed in found.items()}
    return Words(atoms, frozenset(content["faint"]), tuple(rules))


def _folded(text: str) -> str:
    # Folded before signs are cut, since a vowel mark inside a word is no gap between words.
    return " ".join(_SIGNS.sub(" ", search_form(_CAMEL.sub(" ", text))).split())


@cache
def ideas_of(heading: str) -> tuple[frozenset[frozenset[str]], float]:
    """The sets of ideas a heading may hold, and the share of its words that were understood.

    A dotted path of JSON is read by its last step, helped by the step before.
    """
    parts = _folded(_telling_part(heading)).split()
    slots: list[tuple[str, ...]] = []
    understood = at = 0
    while at < len(parts):
        length, atoms = _longest(parts, at)
        if atoms:
            slots.append(atoms)
            understood += length
        elif parts[at].isdecimal():
            understood += 1
        at += max(1, length)
    readings = [
        frozenset(one) for one, _ in zip(product(*slots), range(MOST_READINGS), strict=False)
    ]
    return frozenset(readings), understood / len(parts) if parts else 0.0


def _telling_part(heading: str) -> str:
    """The last step of a JSON path, with the step before it where that names an idea."""
    steps = heading.split(".")
    if len(steps) < 2 or " " in heading or not all(steps):
        return heading
    before = _folded(steps[-2]).split()
    is_known = any(_longest(before, at)[1] for at in range(len(before)))
    return f"{steps[-2]} {steps[-1]}" if is_known else steps[-1]


def _longest(parts: list[str], at: int) -> tuple[int, tuple[str, ...]]:
    atoms = words().atoms
    for length in range(min(LONGEST_PHRASE, len(parts) - at), 0, -1):
        phrase = " ".join(parts[at : at + length])
        if phrase in atoms:
            return length, atoms[phrase]
        # The Arabic article may stand before a word that the list has without it.
        bare = phrase.removeprefix("ال")
        if bare != phrase and bare in atoms:
            return length, atoms[bare]
    return 0, ()


@cache
def meanings_of(heading: str) -> dict[str, float]:
    """What a heading may mean, with how sure each reading is, 0 to 1."""
    readings, understood = ideas_of(heading)
    found: dict[str, float] = {}
    for ideas in readings:
        for meaning, rule, weight in words().meanings:
            sure = weight * _fit(rule, ideas) * understood
            if sure > found.get(meaning, 0.2):
                found[meaning] = sure
    return found


def _fit(rule: frozenset[str], ideas: frozenset[str]) -> float:
    ideas = frozenset(idea for idea in ideas if not idea.startswith("on_")) or ideas
    ideas = ideas - {"millions", "thousands"}
    if not rule <= ideas:
        return 0.0
    extra = ideas - rule
    if not extra:
        return EXACT
    # "author id" is no id of a post, though elsewhere "author" adds nothing.
    faint = words().faint - ({"account", "post"} if rule <= {"id", "url"} else set())
    return FAINT - 0.01 * len(extra) if extra <= faint else 0.0


def times_of(heading: str) -> float:
    """What the figures under a heading are multiplied with: "followers (millions)"."""
    readings, _ = ideas_of(heading)
    ideas = frozenset[str]().union(*readings)
    return 1e6 if "millions" in ideas else 1e3 if "thousands" in ideas else 1.0


def platform_in(text: str) -> str | None:
    """The platform that a heading or file name names, if it names exactly one."""
    readings, _ = ideas_of(text)
    ideas: Any = frozenset[str]().union(*readings)
    named = {idea.removeprefix("on_") for idea in ideas if idea.startswith("on_")}
    return named.pop() if len(named) == 1 else None
