"""What a plan says in words: money, days in three calendars, reasons of fit, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from mawj.flow.sentences import LOCALES, in_digits, isolated, number, percent, say
from mawj.plan.asking.deliverables import deliverables
from mawj.plan.asking.fit import fit_sentences
from mawj.plan.asking.occasions import occasions, three_dates
from mawj.plan.asking.sectors import sectors
from mawj.plan.pricing.money import digits_of, major_of
from mawj.text.calendars import in_calendar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mawj.plan.asking.fit_evidence import FitFinding
    from mawj.text.calendars import Day
    from mawj.text.months import Calendar

_EXACT_BELOW = 100
"""Amounts from here on are told without parts of a unit; ours."""


def money(amount_minor: float | None, currency: str, language: str = "en") -> str:
    """An amount as people write it, with the currency; an en dash for not known."""
    if amount_minor is None:
        return "–"
    amount = major_of(amount_minor, currency)
    digits = digits_of(currency) if 0 < abs(amount) < _EXACT_BELOW else 0
    figures, name = _fixed(amount, digits, language), say(language, "currencies", currency)
    return isolated(f"{name} {figures}" if language == "en" else f"{figures} {name}")


def _fixed(value: float, places: int, language: str) -> str:
    """A number with all its places, as money is written."""
    pattern = "#,##0" + ("." + "0" * places if places else "")
    said = format_decimal(
        value, format=pattern, locale=LOCALES[language], numbering_system="default"
    )
    return in_digits(said, language)


def times(value: float | None, language: str = "en") -> str:
    """How many times as much; an en dash for not known."""
    if value is None:
        return "–"
    return isolated(f"{number(value, language, 1 if value < 10 else 0)}×")


def span(low: float | None, high: float | None, language: str = "en") -> str:
    """An interval of counts; empty where it is not known."""
    if low is None or high is None:
        return ""
    return isolated(f"{rounded(low, language)} – {rounded(high, language)}")


def rounded(value: float | None, language: str = "en") -> str:
    """A count with no more figures than it deserves: three."""
    if value is None or value == 0:
        return number(value, language, 0)
    whole = float(f"{value:.3g}")
    return number(whole, language, 0 if abs(whole) >= 10 else 1)


def day(on: date, language: str = "en") -> str:
    """A Gregorian day in words."""
    said = format_date(on, "d MMMM yyyy", locale=LOCALES[language])
    return in_digits(said, language)


def day_in(on: date, calendar: Calendar, language: str = "en") -> str:
    """A day in one calendar; the Gregorian one where that calendar's tables do not reach it."""
    try:
        counted = in_calendar(calendar, on)
    except ValueError:
        return day(on, language)
    return (
        day(on, language) if calendar == "gregorian" else _in_words(counted, calendar, language)
    )


def day_in_three(on: date, language: str = "en") -> str:
    """A day in the Gregorian, Hijri and Jalali calendars."""
    found = three_dates(on)
    told = [day(on, language)]
    for calendar, counted in (("hijri", found.hijri), ("jalali", found.jalali)):
        if counted is not None:
            told.append(_in_words(counted, calendar, language))
    return " · ".join(isolated(one) for one in told)


def deliverable_name(key: str, language: str = "en") -> str:
    """A deliverable's name; its key where it is not listed."""
    known = deliverables()
    return known[key].names[language] if key in known else key


def sector_name(key: str, language: str = "en") -> str:
    """A trade's name."""
    return sectors()[key].names[language] if key in sectors() else key


def fit_name(finding: FitFinding, language: str = "en") -> str:
    """What a finding of fit is called."""
    return fit_sentences()[finding.finding]["name"][language]


def fit_said(finding: FitFinding, currency: str, language: str = "en") -> str:
    """A finding of fit in words, with its numbers."""
    if finding.status == "not_assessed":
        return say(language, "plan", "fit_not_assessed", missing=_lacks(finding, language))
    told = fit_sentences()[finding.finding]
    case = finding.advice if finding.advice in told else finding.status
    text = told[case][language].format(
        observed=_amount(finding.observed, finding.unit, currency, language),
        expected=_amount(finding.expected, finding.unit, currency, language),
        about=about(finding, language),
        countries=countries(finding.countries, language),
        text=finding.texts.get(language, ""),
    )
    if finding.finding == "whom" and finding.about in told:
        ratio = times(finding.observed, language)
        text += " " + told[finding.about][language].format(observed=ratio)
    return text


def _lacks(finding: FitFinding, language: str) -> str:
    """What a finding lacks, in words, each with the name that the brief has for it."""
    comma = ", " if language == "en" else "، "
    return comma.join(
        f"{say(language, 'plan_lacks', key.replace('.', '_'))} ({isolated(key)})"
        for key in finding.missing.split(", ")
    )


def about(finding: FitFinding, language: str) -> str:
    """What a finding is of, by its name in one language."""
    if finding.about in sectors():
        return sector_name(finding.about, language)
    if finding.about in occasions():
        return occasions()[finding.about].names[language]
    return finding.about


def countries(codes: Sequence[str], language: str) -> str:
    """Countries by name; everywhere for none."""
    if not codes:
        return say(language, "plan", "everywhere")
    names = Locale.parse(LOCALES[language]).territories
    comma = ", " if language == "en" else "، "
    return comma.join(str(names.get(code, code)) for code in codes)


def _amount(value: float | None, unit: str, currency: str, language: str) -> str:
    if unit == "money":
        return money(value, currency, language)
    if unit == "share":
        return isolated(percent(value, language, 0))
    if unit == "times":
        return times(value, language)
    return isolated(number(value, language, 0))


def _in_words(counted: Day, calendar: str, language: str) -> str:
    month = say(language, f"months_{calendar}", str(counted.month))
    said = f"{counted.day} {month} {counted.year}"
    return in_digits(said, language)


def cost(amount: float | None, currency: str, language: str = "en") -> str:
    """An amount in whole units, such as what a click costs."""
    if amount is None:
        return "–"
    places = 0 if abs(amount) >= 100 else 2 if abs(amount) >= 1 else 3
    figures, name = _fixed(amount, places, language), say(language, "currencies", currency)
    return isolated(f"{name} {figures}" if language == "en" else f"{figures} {name}")


def languages(codes: Sequence[str], language: str) -> str:
    """Languages by name."""
    names = Locale.parse(LOCALES[language]).languages
    comma = ", " if language == "en" else "، "
    return comma.join(str(names.get(code.partition("-")[0], code)) for code in codes)


def platform_name(key: str, language: str = "en") -> str:
    """A platform's name."""
    return say(language, "platforms", key)
