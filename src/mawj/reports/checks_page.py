"""docs/checks.md: every check with what it reads, how much it weighs and what it says."""

from __future__ import annotations

import dataclasses
import inspect
from typing import TYPE_CHECKING, Any

from mawj.flow.runner import reads, settings_read
from mawj.flow.sentences import LANGUAGES, words
from mawj.flow.settings import section_of, settings_in_force
from mawj.flow.vet_methods import error_rates, error_text
from mawj.flow.vet_steps import part_of
from mawj.tables.derived_vetting import VET_SCORES_KNOWN
from mawj.vet.checks import CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def checks_text() -> str:
    """The page's text after its first heading."""
    parts = [
        "Each check moves one score by at most its weight; a score is where it starts plus the "
        "points of its checks. Why so: [decision 0006](decisions/0006-vetting-scores.md). "
        "What each setting means: [settings.md](settings.md).\n"
    ]
    for score in VET_SCORES_KNOWN:
        mine = [check for check in CHECKS if part_of(check, "CHECK").score == score]
        if mine:
            parts.append(f"\n## {score}\n\n{words('en')['vet'][f'means_{score}']}\n")
            parts.append(_overview(mine))
            parts += ["\n".join(_check(check)) for check in mine]
    return "\n".join(parts) + "\n"


def _overview(checks: list[Callable[..., Any]]) -> str:
    lines = ["| check | weight | where it cannot be made, load |", "|---|---|---|"]
    for check in checks:
        fixed = part_of(check, "CHECK")
        lines.append(f"| `{fixed.finding}` | {fixed.weight:g} | {fixed.missing} |")
    return "\n".join(lines) + "\n"


def _check(check: Callable[..., Any]) -> Iterator[str]:
    fixed = part_of(check, "CHECK")
    names, texts = part_of(check, "NAME"), part_of(check, "TEXT")
    about = {"en": inspect.cleandoc(check.__doc__ or ""), **(part_of(check, "ABOUT") or {})}
    yield f"\n### {fixed.finding}\n"
    yield f"At most {fixed.weight:g} points; in {fixed.unit}; rule `{fixed.rule}`. "
    yield f"Reads {', '.join(f'`{name}`' for name in reads(check))}.\n"
    yield f"{about['en']}\n"
    for language in LANGUAGES:
        yield f"- {language}: **{names[language]}**. {texts[language]}"
        if language != "en":
            yield f"  {about[language]}"
    yield from _settings(check)
    for row in error_rates().get(fixed.finding, ()):
        yield f"\nMeasured: {error_text(row)}"


def _settings(check: Callable[..., Any]) -> Iterator[str]:
    in_force = settings_in_force()
    for class_name in settings_read(check).values():
        settings: Any = in_force[class_name]
        told = ", ".join(
            f"`{field.name}` {getattr(settings, field.name)}"
            for field in dataclasses.fields(settings)
        )
        yield f"\nSettings `[{section_of(type(settings))}]`: {told}."
