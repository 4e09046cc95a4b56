"""What files of fees say: headings, amounts with their currency, and what is published."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from babel.numbers import get_currency_precision

from mawj.sources.vocabulary import flag_of, platform_of
from mawj.text.normalise import search_form
from mawj.text.numbers import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_KEY = re.compile(r"[a-z]+:[a-z_]+")
_FIGURES = re.compile(r"[\d٠-٩۰-۹]")
_RIYALS = frozenset({"ريال", "ریال", "rial", "riyal", "﷼"})


@cache
def _file() -> Mapping[str, Any]:
    text = (resources.files("mawj.sources") / "quotes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _by_form(section: str) -> Mapping[str, str]:
    return {_folded(word): name for name, words in _file()[section].items() for word in words}


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[_\-()]+", " ", search_form(text)).split())


def meaning_of(heading: str) -> str | None:
    """What a heading of a file of fees says; None where it says nothing known."""
    return _by_form("headings").get(_folded(heading))


def meanings_of(headings: Iterable[str]) -> dict[str, str]:
    """The first heading of each meaning."""
    found: dict[str, str] = {}
    for heading in headings:
        meaning = meaning_of(heading)
        if meaning:
            found.setdefault(meaning, heading)
    return found


def deliverable_key(said: str, platform: str | None) -> str:
    """The key of what is published: "reel" on Instagram is instagram:reel.

    Raises:
        ValueError: where it is not known, with what would be right.
    """
    text = said.strip().lower()
    if _KEY.fullmatch(text):
        platform, _, text = text.partition(":")
        told = set(_file()["platforms"].get(platform, {}).values())
        if text in told:
            return f"{platform}:{text}"
        raise ValueError(f"{said!r} is no deliverable; on {platform} there are {sorted(told)}")
    named, text = platform_within(said)
    platform = named or platform
    what = _by_form("what").get(_folded(text))
    known = _file()["platforms"].get(platform or "", {})
    if what is None or what not in known:
        raise ValueError(
            f"{said!r} is no deliverable of {platform or 'an unknown platform'}; write for "
            "example instagram:reel, or a platform and reel, story, post or video"
        )
    return f"{platform}:{known[what]}"


def platform_within(said: str) -> tuple[str | None, str]:
    """The platform that "Instagram reel" names, and what is left: "reel"."""
    words = said.split()
    for many in (2, 1):
        for first, rest in ((words[:many], words[many:]), (words[-many:], words[:-many])):
            platform = platform_of(" ".join(first)) if rest else None
            if platform:
                return platform, " ".join(rest)
    return None, said


def currency_of(said: str) -> tuple[str, float]:
    """The ISO code that a currency's name stands for, and its units: a toman is ten rials.

    Raises:
        ValueError: for an unknown name, or riyals that do not say of which country.
    """
    text = said.strip()
    folded = _folded(text)
    if folded in {_folded(word) for word in _file()["tomans"]["words"]}:
        return "IRR", 10.0
    code = _by_form("currencies").get(folded)
    # Folding makes the Arabic and the Persian word one; the letter tells them apart.
    if text == "ریال":
        return "IRR", 1.0
    if code is None and (text in _RIYALS or folded in {_folded(word) for word in _RIYALS}):
        raise ValueError(f"{said!r} may be of several countries; write SAR, QAR, OMR or IRR")
    if code is None:
        raise ValueError(f"{said!r} is no currency known here; write its code, such as SAR")
    return code, 1.0


def money_of(said: str, currency: str | None) -> tuple[int, str]:
    """An amount in smallest units and its currency, from "1,500 SAR" or "۲۰ میلیون تومان".

    Raises:
        ValueError: where the amount or its currency cannot be told, or the two contradict.
    """
    figures, word = _parted(said)
    named = currency_of(word) if word else None
    told = currency_of(currency) if currency and currency.strip() else None
    if named and told and named[0] != told[0]:
        raise ValueError(f"the amount says {named[0]} and the currency {told[0]}")
    code, units = named or told or (None, 1.0)
    if code is None:
        raise ValueError("the currency is not said; write 1500 SAR, or a column of currencies")
    amount = count_of(figures) * units
    return round(amount * 10.0 ** get_currency_precision(code)), code


def is_paid(said: str | None) -> bool | None:
    """Whether a fee was paid, from a word or yes and no; None where nothing is said.

    Raises:
        ValueError: for a word that says neither.
    """
    if said is None or not said.strip():
        return None
    word = _by_form("paid").get(_folded(said))
    found = flag_of(said) if word is None else word == "yes"
    if found is None:
        raise ValueError(f"{said!r} says neither paid nor quoted")
    return found


def _parted(said: str) -> tuple[str, str]:
    """The number with its "million", and the word of its currency on either side."""
    text = " ".join(said.split())
    words = [w for w in re.findall(r"[^\d٠-٩۰-۹\s,،٬٫.'+~-][^\d٠-٩۰-۹]*", text) if w.strip()]
    for word in sorted((w.strip() for w in words), key=len, reverse=True):
        for part in _endings(word):
            if _is_currency(part):
                figures = text.replace(part, " ", 1).strip()
                if _FIGURES.search(figures):
                    return figures, part
    return text, ""


def _endings(word: str) -> list[str]:
    """The word, then without its first parts, then without its last ones."""
    parts = word.split()
    ends = [" ".join(parts[at:]) for at in range(len(parts))]
    return [*ends, *(" ".join(parts[:at]) for at in range(len(parts) - 1, 0, -1))]


def _is_currency(text: str) -> bool:
    try:
        currency_of(text)
    except ValueError as error:
        return "several countries" in str(error)
    return True
