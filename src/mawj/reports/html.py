"""The HTML report: one file that works offline, on a phone, and from right to left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mawj.flow import sentences
from mawj.flow.tiers_answer import group_name
from mawj.reports.charts import influence_by_size
from mawj.reports.pages import filled, page_file

if TYPE_CHECKING:
    from mawj.flow.why import Why
    from mawj.reports.contents import Contents


def html_report(found: Contents, language: str = "en") -> str:
    """The report in one language as a whole HTML page.

    Raises:
        NotFound: for a language that Mawj does not speak.
    """
    sentences.words(language)
    chosen = [one.account_id for one in found.shortlist.found]
    return filled(
        "report.html.j2",
        found=found,
        language=language,
        direction="rtl" if language in sentences.RIGHT_TO_LEFT else "ltr",
        style=page_file("report.css"),
        chart=influence_by_size(found.dots, chosen, language),
        bars=bars,
        isolated=sentences.isolated,
        topic_names=[
            found.shortlist.name_of(topic, language) for topic in found.shortlist.topic_ids
        ],
        **_words(language),
    )


def bars(why: Why) -> list[dict[str, float]]:
    """Where each bar of the waterfall starts and how long it is, in per cent of 0 to 100."""
    reached = 0.0
    drawn = []
    for reason in why.reasons:
        start, reached = reached, reached + reason.contribution
        low, high = sorted((min(max(start, 0.0), 100.0), min(max(reached, 0.0), 100.0)))
        drawn.append({"start": low, "length": high - low})
    return drawn


def _words(language: str) -> dict[str, Any]:
    names = ("say", "number", "compact", "percent", "amount", "sentence", "name_of", "moment",
             "goal_warning")  # fmt: skip
    told = {name: getattr(sentences, name) for name in names} | {"group_name": group_name}
    filled = {
        name: partial(_in_language, function, language)
        for name, function in told.items()
        if name != "say"
    }
    return {**filled, "say": partial(sentences.say, language)}


def _in_language(function: Any, language: str, *values: Any) -> str:
    places = {"amount": 2}.get(function.__name__, 1)
    given, rest = values[:places], values[places:]
    return str(function(*given, language, *rest))
