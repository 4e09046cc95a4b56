"""docs/disclosure.md: the disclosure rules, platforms and affiliate programmes as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.vet.disclosure.places import platforms
from mawj.vet.disclosure.rules import Permit, Rule, rules
from mawj.vet.disclosure.wordings import LANGUAGES, told, wordings

if TYPE_CHECKING:
    from collections.abc import Iterable

_MADE = "<!-- Made by `make docs` from the code; edit the code. -->\n"
_HEAD = """# Disclosure rules

What each country asks of a post that is paid for, as we understood the public texts named; no
legal advice. `mawj disclosure check --country SA FILE` holds a draft against them, and vetting
holds an account's posts against those of its country. The words are matched in any spelling.
"""
_PLACES = {"start": "at the beginning", "before_fold": "before the reader opens the post"}
_LABELS = {
    "sufficient": "is enough",
    "helps": "counts, the words are better",
    "not_enough": "is not enough without the words",
}


def disclosure_page() -> str:
    """The page: one section a country, then platforms, programmes and word lists."""
    parts = [_MADE, _HEAD, *(_country(rule) for rule in rules().values())]
    return "\n".join([*parts, _platforms(), _programmes(), _lists()])


def _country(rule: Rule) -> str:
    lines = [f"\n## {rule.name['en']} ({rule.country})\n"]
    lines += [f"- {language}: {rule.duty[language]}" for language in ("en", "ar", "fa")]
    lines.append(f"- known: {rule.known}; checked on {rule.checked_on}; version {rule.version}")
    lines.append(f"- place: {_PLACES[rule.place]}; the platform's label {_LABELS[rule.label]}")
    if rule.members:
        lines.append(f"- holds for: {', '.join(rule.members)}")
    lines.append("\n| language | accepted | not enough | text to add |\n|---|---|---|---|")
    lines += [
        _row(language, _listed(w.accepted), _listed(w.insufficient), w.add)
        for language, w in rule.wording.items()
    ]
    if rule.accepts_equivalents:
        lines.append("\nOther clear words are accepted too.")
    lines += [_permit(permit) for permit in rule.permits]
    lines.append("\nSources:\n")
    lines += [
        f"- {source.title}. {source.publisher}{', ' if source.when else ''}{source.when}."
        for source in rule.sources
    ]
    return "\n".join(lines) + "\n"


def _permit(permit: Permit) -> str:
    kept = (
        "its number stands on the account"
        if permit.shown == "account"
        else "kept in a register"
    )
    names = ", ".join(permit.name[language] for language in ("en", "ar", "fa"))
    return (
        f"\nPermit `{permit.id}`: {names}; since {permit.since}; {kept}. {permit.exempt['en']}"
    )


def _platforms() -> str:
    lines = [
        "\n## Platforms\n",
        "Characters shown before a text has to be opened, and the platform's own label.\n",
        "| platform | characters | label |\n|---|---|---|",
    ]
    lines += [
        _row(name, f"{platform.fold:,}", platform.label or "–")
        for name, platform in platforms().items()
    ]
    return "\n".join(lines) + "\n"


def _programmes() -> str:
    file = told("affiliate_links")
    lines = [
        "\n## Affiliate links\n",
        f"Version {file['version']}, checked on {file['checked_on']}.\n",
        "| programme | hosts and parameters | sign |\n|---|---|---|",
    ]
    for programme in file["programme"]:
        rules_said = [
            rule["host"]
            + ("?" + rule["parameter"] if "parameter" in rule else rule.get("path", ""))
            for rule in programme["rules"]
        ]
        sign = "may be one" if programme.get("is_weak") else "is one"
        lines.append(_row(programme["name"], _listed(rules_said), sign))
    return "\n".join(lines) + "\n"


def _lists() -> str:
    lines = ["\n## Word lists\n", "| language | version |\n|---|---|"]
    lines += [_row(language, wordings(language).version) for language in LANGUAGES]
    return "\n".join(lines) + "\n"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
