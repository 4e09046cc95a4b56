"""The page of a creator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from mawj.flow.comparing import measures_of
from mawj.flow.sentences import name_of, sentence
from mawj.flow.why import why
from mawj.web.reader import reader

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mawj.web.pages import Here


def creator(request: HttpRequest, here: Here, account: str) -> HttpResponse:
    """The score with its waterfall and the posts behind each bar."""
    found = why(here.lake, account, request.GET.get("topic", ""))
    language = reader().language
    told = {
        "why": found,
        "measures": measures_of(here.lake, found.account_id),
        "reasons": [
            (one, name_of(one.finding, language), sentence(one, language))
            for one in found.reasons
        ],
    }
    return render(request, "creator/creator.html", told)
