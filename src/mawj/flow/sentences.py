"""Words for people: headings, sentences and numbers in English, Arabic and Persian.

Headings and messages stand in `words/<language>.toml`; the sentence of a contribution stands in
the contribution's own file and is only filled in here.
"""

from __future__ import annotations

import re
import sys
import tomllib
from functools import cache, lru_cache, partial
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from babel.dates import format_datetime
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from mawj.flow.compared import Voice, compared
from mawj.identify import contributions
from mawj.identify.kinds import GOAL_TEXTS
from mawj.tables.errors import NotFound
from mawj.vet.checks import CHECKS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mawj.flow.vet_report import VetReason
    from mawj.flow.why import Reason

LANGUAGES = ("en", "ar", "fa")
RIGHT_TO_LEFT = frozenset({"ar", "fa"})
# Western digits in Arabic, as dashboards in the Gulf show them; Persian ones in Persian.
LOCALES = {"en": "en", "ar": "ar_AE", "fa": "fa"}
# Babel's formats choose the separators of a numbering system but leave the digits Western.
_DIGITS = {"fa": str.maketrans("0123456789%", "۰۱۲۳۴۵۶۷۸۹٪")}
_SHARES = ("share", "probability")
# A comma within brackets belongs to one thing: "posts (text, is_labelled_ad), comments".
_COMMA = re.compile(r",(?![^(]*\))")
FIRST_STRONG, POP = "\u2068", "\u2069"
# Embeddings and overrides turn round what follows them.
_TURNS = dict.fromkeys(range(0x202A, 0x202F))


@cache
def words(language: str) -> Mapping[str, Mapping[str, str]]:
    """Every heading and message of one language, by section.

    Raises:
        NotFound: for a language that Mawj does not speak.
    """
    if language not in LANGUAGES:
        raise NotFound(f"Mawj speaks {', '.join(LANGUAGES)}, not {language!r}")
    file = resources.files("mawj.flow") / "words" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def say(language: str, section: str, key: str, /, **values: Any) -> str:
    """One heading or message, filled in; a key that is not listed stands for itself."""
    text = words(language)[section].get(key, key)
    return filled(text, values)


def filled(text: str, values: Mapping[str, Any]) -> str:
    """A sentence with its values in it; a name that others wrote turns none of the rest."""
    held = {k: v.translate(_TURNS) if isinstance(v, str) else v for k, v in values.items()}
    return text.format(**held) if held else text


def isolated(text: object) -> str:
    """`text` in Unicode isolates, so that a handle does not turn the Arabic round it."""
    return f"{FIRST_STRONG}{str(text).translate(_TURNS)}{POP}"


def direction_of(text: str) -> str:
    """The way a text reads, rtl or ltr: that of its first letter, as `dir="auto"` has it."""
    strong = (bidirectional(letter) for letter in text)
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def number(
    value: float | None, language: str = "en", places: int = 1, *, is_fixed: bool = False
) -> str:
    """A number as people write it; an en dash for not known.

    Args:
        value: the number.
        language: whose digits and separators.
        places: digits after the point, at most.
        is_fixed: just so many digits, zeros too, as sums of money are told.
    """
    if value is None:
        return "–"
    pattern = "#,##0." + ("0" if is_fixed else "#") * places if places else "#,##0"
    return in_digits(_decimal(value, pattern, language), language)


@lru_cache(maxsize=32_768)
def _decimal(value: float, pattern: str, language: str) -> str:
    # A page shows two hundred numbers, many of them again and again.
    return format_decimal(
        value, format=pattern, locale=LOCALES[language], numbering_system="default"
    )


def signed(value: float | None, language: str = "en", places: int = 1) -> str:
    """Points won or lost, with their sign."""
    text = number(value, language, places)
    return f"+{text}" if value is not None and value > 0 else text


def compact(value: float | None, language: str = "en", places: int = 1) -> str:
    """A large count in short form, 12.3K; an en dash for not known."""
    if value is None:
        return "–"
    if abs(value) < 999.5:
        # Babel leaves a value that it does not shorten with all its decimals.
        return number(value, language, 0 if abs(value) >= 10 else 1)
    text = format_compact_decimal(
        value, fraction_digits=places, locale=LOCALES[language], numbering_system="default"
    )
    return in_digits(text, language)


def percent(value: float | None, language: str = "en", places: int = 1) -> str:
    """A share as per cent; an en dash for not known."""
    if value is None:
        return "–"
    pattern = "#,##0." + "#" * places + "%" if places else "#,##0%"
    text = format_percent(
        value, format=pattern, locale=LOCALES[language], numbering_system="default"
    )
    return in_digits(text, language)


def in_digits(text: object, language: str) -> str:
    """`text` with its figures as the language writes them."""
    return str(text).translate(_DIGITS.get(language, {}))


def moment(value: datetime | None, language: str = "en") -> str:
    """A moment in UTC; an en dash for not known."""
    if value is None:
        return "–"
    return str(format_datetime(value, "yyyy-MM-dd HH:mm", locale=LOCALES[language]))


def amount(value: float | None, unit: str, language: str = "en") -> str:
    """A finding's observed or expected value in its unit."""
    if value is None:
        return "–"
    if unit.startswith(_SHARES):
        return percent(value, language, 2)
    if abs(value) >= 1000:
        return compact(value, language)
    return number(value, language, 0 if abs(value) >= 100 else 2)


def sentence(reason: Reason | VetReason, language: str = "en") -> str:
    """The reason in words, with its numbers: its own file's text, filled in.

    A check's text may also hold `{about}`, `{observed_low}` and `{observed_high}`.
    """
    if reason.status == "not_assessed":
        return say(language, "why", "not_assessed", missing=to_load(reason.missing, language))
    texts = _said("TEXT").get(reason.finding)
    if texts is None:
        is_vet_base = reason.finding == "base" and hasattr(reason, "about")
        key = "vet_base" if is_vet_base else reason.finding
        return say(language, "findings", f"{key}_sentence")
    low, high = (getattr(reason, f"observed_{end}", None) for end in ("low", "high"))
    text: str = texts[language]
    return text.format(
        observed=isolated(amount(reason.observed, reason.unit, language)),
        observed_low=isolated(amount(low, reason.unit, language)),
        observed_high=isolated(amount(high, reason.unit, language)),
        expected=isolated(amount(reason.expected, reason.unit, language)),
        compared_with=isolated(compared_words(reason.compared_with, language)),
        sample_size=isolated(number(reason.sample_size, language, 0)),
        points=isolated(number(reason.contribution, language)),
        about=isolated(about_name(reason.finding, getattr(reason, "about", ""), language)),
    )


def compared_words(text: str, language: str = "en") -> str:
    """With what a finding compares, in words: what its check wrote down, in one language."""
    voice = Voice(
        LOCALES[language],
        partial(say, language, "compared"),
        words(language)["platforms"],
        partial(compact, language=language),
        partial(number, language=language, places=2),
        partial(percent, language=language),
    )
    return compared(text, voice)


def to_load(missing: str, language: str = "en") -> str:
    """What would have to be loaded, each thing in words and as it is called."""
    comma = ", " if language == "en" else "، "
    names = [name.strip() for name in _COMMA.split(missing) if name.strip()]
    known = words(language)["loads"]
    told = ((known.get(name.partition(" (")[0]), name) for name in names)
    return comma.join(
        f"{word} ({isolated(name)})" if word else isolated(compared_words(name, language))
        for word, name in told
    )


def goal_warning(warning: str, language: str = "en") -> str:
    """Why a kind of account and a campaign's goal do not fit, in words."""
    return GOAL_TEXTS[warning][language]


def name_of(finding: str, language: str = "en", about: str = "") -> str:
    """The short name of a contribution or check, as a bar's label, with what it is about."""
    names = _said("NAME").get(finding)
    name = names[language] if names else say(language, "findings", finding)
    return f"{name}: {isolated(about_name(finding, about, language))}" if about else name


def holds(finding: str, hole: str) -> bool:
    """Whether a finding's own sentence already tells a value, such as `compared_with`."""
    return f"{{{hole}}}" in _said("TEXT").get(finding, {}).get("en", "")


def about_name(finding: str, about: str, language: str = "en") -> str:
    """What a finding is about in words: the check's own ABOUT_NAMES, else as it stands."""
    named = _said("ABOUT_NAMES").get(finding, {}).get(about)
    return str(named[language]) if named else about


@cache
def _said(kind: str) -> dict[str, Any]:
    """A text of every contribution and check, by its name, from its own file."""
    made = chain(contributions.CONTRIBUTIONS, CHECKS)
    files = {one.__name__: vars(sys.modules[one.__module__]) for one in made}
    return {name: file[kind] for name, file in files.items() if kind in file}
