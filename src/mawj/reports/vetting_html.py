"""The report of a vetting as one HTML file: offline, on a phone, on paper, right to left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError

from mawj.flow import sentences
from mawj.flow.brand_check import claim_lines
from mawj.flow.vet_beside import brand_cells, trait_name, trait_value
from mawj.flow.vet_methods import methods
from mawj.flow.vet_words import quoted, shows, sure_lines, told
from mawj.reports.pages import filled, page_file

if TYPE_CHECKING:
    from mawj.flow.vet_report import VetReport, VetScore

MOST_SHOWN = 4
"""Rows of evidence that stand open under a finding; the rest is folded. Our judgement."""


def vetting_html(found: VetReport, language: str = "en") -> str:
    """The report in one language as a whole HTML page.

    Raises:
        NotFound: for a language that Mawj does not speak.
    """
    sentences.words(language)
    return filled(
        "vetting.html.j2",
        found=found,
        language=language,
        direction="rtl" if language in sentences.RIGHT_TO_LEFT else "ltr",
        title=title_of(found, language),
        style=page_file("report.css"),
        page_style=page_file("vetting.css") + _page_numbers(language),
        rules=sorted({s.rule_version for line in found.lines for s in line.scores}),
        methods=methods(language),
        most_shown=MOST_SHOWN,
        bars=bars,
        safe_url=safe_url,
        language_name=partial(_name, "languages", language),
        country_name=partial(_name, "territories", language),
        isolated=sentences.isolated,
        contradictions=list(claim_lines(found.contradictions, language)),
        direction_of=sentences.direction_of,
        **_words(language),
    )


def title_of(found: VetReport, language: str) -> str:
    """What stands above the report."""
    if len(found.lines) == 1:
        line = found.lines[0]
        name = sentences.isolated(line.name or line.account_id)
        return sentences.say(language, "vet", "title", name=name)
    n = sentences.number(len(found.lines), language, 0)
    return sentences.say(language, "vet", "list_title", n=n)


def bars(score: VetScore) -> list[dict[str, Any]]:
    """Where each bar of the waterfall starts and how long it is, in per cent of 0 to 100.

    A bar is worse when it takes from a score that starts full, or adds to risk.
    """
    reached = 0.0
    drawn = []
    for reason in score.added:
        start, reached = reached, reached + reason.contribution
        low, high = sorted((min(max(start, 0.0), 100.0), min(max(reached, 0.0), 100.0)))
        is_worse = reason.status == "raised" and (
            reason.contribution > 0 if score.score == "risk" else reason.contribution < 0
        )
        drawn.append({"start": low, "length": high - low, "is_worse": is_worse})
    return drawn


def safe_url(url: str | None) -> bool:
    """Whether an address that somebody loaded may become a link."""
    return url is not None and url.startswith(("https://", "http://"))


def _name(kind: str, language: str, code: str) -> str:
    """A language or country by name; the code where nobody named it."""
    names = getattr(Locale.parse(language), kind)
    try:
        found = Locale.parse(code, sep="-").language if kind == "languages" else code.upper()
    except (ValueError, UnknownLocaleError):
        return code
    return str(names.get(found, code))


def _words(language: str) -> dict[str, Any]:
    """The functions that a template calls without saying the language each time."""
    said = sentences
    return {
        "say": partial(said.say, language),
        "sentence": lambda reason: said.sentence(reason, language),
        "name_of": lambda finding, about="": said.name_of(finding, language, about),
        "number": lambda value, places=1: said.number(value, language, places),
        "signed": lambda value, places=1: said.signed(value, language, places),
        "percent": lambda value, places=1: said.percent(value, language, places),
        "compact": lambda value: said.compact(value, language),
        "amount": lambda value, unit: said.amount(value, unit, language),
        "moment": lambda value: said.moment(value, language),
        "shows": lambda one, finding: shows(one, finding, language),
        "quoted": lambda one, finding: quoted(one, finding, language),
        "told": lambda reason: told(reason, language),
        "brand_cells": lambda one: brand_cells(one, language),
        "trait_name": lambda one: trait_name(one, language),
        "trait_value": lambda one: trait_value(one, language),
        "sure": lambda score: " ".join(sure_lines(score, language)),
    }


def _page_numbers(language: str) -> str:
    digits = ", persian" if language == "fa" else ""
    count = f"counter(page{digits}) ' / ' counter(pages{digits})"
    return f"@page{{@bottom-center{{content:{count};font-size:8pt;color:#616e7c}}}}"
