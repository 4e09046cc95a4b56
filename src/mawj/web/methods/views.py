"""Every formula, weight, benchmark figure and error rate, and how forecasts turned out."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from django.shortcuts import render

from mawj.flow.forecast_book import kept_books
from mawj.flow.methods import forecasts_kept, reason_methods
from mawj.flow.sentences import name_of, say
from mawj.flow.settings import settings_in_force, settings_rows
from mawj.flow.vet_methods import methods as vet_methods
from mawj.web.reader import reader
from mawj.web.wording import said

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.crm.members.here import Here


def methods(request: HttpRequest, here: Here) -> HttpResponse:
    """All of it on one page that can be searched, printed and sent."""
    language = reader().language
    settings = groupby(settings_rows(settings_in_force()), lambda row: row.section)
    checks = [
        (one, name_of(one.finding, language), say(language, "vet", one.score))
        for one in vet_methods(language)
    ]
    told = {
        "reasons": [(one, _in_words(one.text)) for one in reason_methods(language)],
        "checks": checks,
        "settings": [(name, list(rows)) for name, rows in settings],
        "kept": forecasts_kept(here.lake),
        "books": kept_books(here.lake)[:20],
    }
    return render(request, "methods/methods.html", told)


def _in_words(sentence: str) -> str:
    """A reason's sentence with words where an account's own numbers will stand."""
    told = sentence.replace("{compared_with}", said("methods.peers"))
    return re.sub(r"\{\w+\}", said("methods.a_number"), told)
