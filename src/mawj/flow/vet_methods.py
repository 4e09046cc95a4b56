"""How each check works and how often it errs, in the words that people read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from mawj.flow.sentences import number, percent, say
from mawj.flow.vet_steps import part_of
from mawj.vet.checks import CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_SECTION = re.compile(r"^\s*(?:Args|Reads|Returns|Nulls|Raises|Sources?):\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Method:
    """One check as a reader meets it.

    Attributes:
        finding: its name in the tables.
        score: the score that it moves.
        weight: the most points that it moves.
        rule: its rule version.
        about: what it looks at and how far that can be trusted.
        errors: how often it erred where the truth is known, in words; empty where not measured.
    """

    finding: str
    score: str
    weight: float
    rule: str
    about: str
    errors: tuple[str, ...]


def methods(language: str = "en") -> tuple[Method, ...]:
    """Every check in force, in order of display, in one language."""
    return tuple(_method(check, language) for check in CHECKS)


def about_check(check: Callable[..., Any], language: str = "en") -> str:
    """What a check does, for a reader: its ABOUT, in English its docstring's first part."""
    told = (part_of(check, "ABOUT") or {}).get(language)
    return str(told) if told else " ".join(_SECTION.split(check.__doc__ or "")[0].split())


@cache
def error_rates() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Measured error rates by check: the rows of `vet/error_rates.toml`."""
    file = resources.files("mawj.vet") / "error_rates.toml"
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in tomllib.loads(file.read_text(encoding="utf-8")).get("rate", []):
        found.setdefault(row["finding"], []).append(row)
    return found


def error_text(row: Mapping[str, Any], language: str = "en") -> str:
    """One measured rate as a sentence, with its interval, source and date."""
    low, high = (percent(row[end], language, 1) for end in ("low", "high"))
    return say(
        language, "vet", f"rate_{row['what']}",
        n=number(row["n"], language, 0), of=number(row["of"], language, 0),
        low=low, high=high, where=say(language, "vet", row["where"]), date=row["date"],
    )  # fmt: skip


def _method(check: Callable[..., Any], language: str) -> Method:
    fixed = part_of(check, "CHECK")
    errors = tuple(error_text(row, language) for row in error_rates().get(fixed.finding, ()))
    return Method(
        fixed.finding, fixed.score, fixed.weight, fixed.rule, about_check(check, language),
        errors,
    )  # fmt: skip
