"""Words, numbers, days and money in the reader's language, digits and calendar."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mawj.flow import plan_words, sentences
from mawj.flow.price_words import day_text
from mawj.tables.errors import NotFound
from mawj.web import days
from mawj.web.digits import in_readers_digits
from mawj.web.reader import reader
from mawj.web.wording import said, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from mawj.crm.jobs.models import Job

register = template.Library()


def known(value: Any) -> Any:
    """A value, or None for what a template does not find, which it hands on as empty text."""
    return None if value == "" else value


@register.simple_tag
def say(word: str, **values: Any) -> str:
    """`{% say "find.title" n=3 %}`: a word of the pages, filled in."""
    return in_readers_digits(said(word, **values))


@register.filter
def named(key: str | None, subject: str) -> str:
    """`{{ tier|named:"keys" }}`: what a key of the data is called; else the key itself."""
    if key is None:
        return "–"
    try:
        found = words_of(subject)
    except NotFound:
        return key
    return found[key][reader().language] if key in found else key


@register.filter
def listed(names: Iterable[object]) -> str:
    """`{{ names|listed }}`: names with the comma of the reader's language between them."""
    comma = sentences.say(reader().language, "compared", "between")
    return comma.join(sentences.isolated(str(name)) for name in names)


@register.filter
def in_words(error: str) -> str:
    """An error that was stored as `Name: what it said`, in plain words."""
    found, name = words_of("sources"), f"error_{error.partition(':')[0]}"
    return found[name if name in found else "error_other"][reader().language]


@register.filter
def number(value: float | None, places: int = 0) -> str:
    """A number with grouped thousands; an en dash where it is not known."""
    return in_readers_digits(sentences.number(known(value), reader().language, places))


@register.filter
def compact(value: float | None, places: int = 1) -> str:
    """A number said shortly: 6.2M."""
    return in_readers_digits(sentences.compact(known(value), reader().language, places))


@register.filter
def percent(value: float | None, places: int = 0) -> str:
    """A share as per cent."""
    return in_readers_digits(sentences.percent(known(value), reader().language, places))


@register.filter
def signed(value: float | None, places: int = 1) -> str:
    """A number with its sign."""
    return in_readers_digits(sentences.signed(known(value), reader().language, places))


@register.filter
def money(amount_minor: float | None, currency: str) -> str:
    """An amount in minor units, in its currency."""
    return in_readers_digits(plan_words.money(known(amount_minor), currency, reader().language))


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in the reader's calendar."""
    return days.day(known(value))


@register.filter
def dated(on: date | str | None, basis: str | None) -> str:
    """Of when a published figure is, no more exact than its source says."""
    return in_readers_digits(day_text(on, basis, reader().language))


@register.filter
def moment(value: datetime | None) -> str:
    """A day and the hour, UTC, in the reader's calendar."""
    return days.moment(known(value))


@register.filter
def called(job: Job) -> str:
    """`{{ job|called }}`: what a job is about in the reader's language; after its kind.

    Only names are stored. Of several accounts it is said how many, of a source what it is
    called; to compute, or to open the made-up world, is about nothing but itself.
    """
    if job.kind in ("run", "world"):
        return ""
    if job.kind in ("sync", "first_hour"):
        return named(job.title, "keys")
    accounts = job.asked.get("accounts", [])
    return say("vet.n_accounts", n=len(accounts)) if len(accounts) > 1 else job.title


@register.filter
def told(text: str | None) -> str:
    """A sentence of the flow in the reader's digits."""
    return in_readers_digits(text or "")


@register.filter
def direction(text: str | None) -> str:
    """Which way a text reads."""
    return sentences.direction_of(text or "")


@register.filter
def plain(value: float | None) -> str:
    """A number as programs read it: for the attributes of drawings."""
    return "" if known(value) is None else f"{value:.2f}"


@register.filter
def minus(value: float, other: float) -> str:
    """A difference as programs read it: the width of a span."""
    return f"{value - other:.2f}"


@register.filter
def add_to(value: float, other: float) -> str:
    """A sum as programs read it: a place beside another."""
    return f"{float(value) + float(other):.2f}"


@register.simple_tag(takes_context=True)
def here_with(context: dict[str, Any], **changed: Any) -> str:
    """The query of this address with some of it changed; of `query` where a part is kept."""
    query = (context["query"] if "query" in context else context["request"].GET).copy()
    for name, value in changed.items():
        query[name] = str(value)
    return str(query.urlencode())


@register.simple_tag
def as_json(name: str, value: Any) -> SafeString:
    """A value for a script of the page, as JSON that can close no tag."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return format_html(
        '<script type="application/json" id="{}">{}</script>', name, SafeString(safe)
    )
