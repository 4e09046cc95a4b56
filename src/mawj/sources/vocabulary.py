"""Words of closed sets as files write them: countries, languages, yes and no, platforms."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from babel import Locale, UnknownLocaleError

from mawj.sources.names import platform_of_url
from mawj.tables.observed import PLATFORMS
from mawj.text.normalise import search_form

LOCALES = ("en", "ar", "fa", "fr", "es", "de", "tr", "pt", "it")
"""Languages whose names of countries and languages are read (Unicode CLDR, through Babel)."""

_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB"})


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    text = resources.files("mawj.sources").joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _closed(name: str) -> dict[str, str]:
    """Every written form of one closed set, folded, with what it stands for."""
    return {
        _plain(form): meaning
        for meaning, forms in _words()[name].items()
        for form in (meaning, *forms)
    }


def _plain(text: str) -> str:
    return " ".join(search_form(text).replace("_", " ").replace("-", " ").split())


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for locale in LOCALES:
        for code, name in Locale(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY:
                found.setdefault(_plain(name), code)
    for code in set(found.values()):
        found.setdefault(code.lower(), code)
    return found | {form: code.upper() for form, code in _closed("countries").items()}


def country_of(text: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country's name in nine languages, its code, or its flag."""
    if len(text) == 2 and all("\U0001f1e6" <= sign <= "\U0001f1ff" for sign in text):
        text = "".join(chr(ord(sign) - 0x1F1E6 + ord("A")) for sign in text)
    plain = _plain(text)
    return _countries().get(plain) or _countries().get(plain.removeprefix("the "))


@cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for locale in LOCALES:
        for code, name in Locale(locale).languages.items():
            if code.isalpha():
                found.setdefault(_plain(name), code)
    return found | _closed("languages")


@cache
def language_of(text: str) -> str | None:
    """BCP-47 code of a language's code or name; None where it is not known.

    Old codes are brought up to date (`iw`, `in`), and a platform's "no words" (`zxx`, `und`,
    `qme`…) is not known.
    """
    plain = text.strip().replace("_", "-")
    if plain.lower() in {"und", "zxx", "mul", "mis", "art"} or plain.lower()[:1] == "q":
        return None
    named = _languages().get(_plain(text))
    if named:
        return named
    try:
        return str(Locale.parse(plain, sep="-")).replace("_", "-")
    except (ValueError, UnknownLocaleError, TypeError):
        return None


def flag_of(text: str) -> bool | None:
    """True or False from yes and no in three languages, or 1 and 0; None where neither."""
    word = _closed("flags").get(_plain(text.strip().removesuffix(".0")))
    return None if word is None else word == "yes"


def platform_of(text: str) -> str | None:
    """A platform's name here, from its name in three languages or an address of its site."""
    plain = _plain(text)
    return (
        plain
        if plain in PLATFORMS
        else _closed("platforms").get(plain) or platform_of_url(text)
    )


def form_of(text: str) -> str | None:
    """The form of a post (photo, video…) from what platforms call it."""
    return _closed("forms").get(_plain(text))


def act_of(text: str) -> str | None:
    """What was done (mention, reply, repost…) from what platforms call it."""
    return _closed("acts").get(_plain(text))
