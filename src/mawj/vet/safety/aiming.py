"""Whether words are said to or of somebody: you idiot, يا حمار, خیلی خری."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mawj.text.matching import Hit

_WINDOW = 28
"""Characters looked at before and behind the words; our judgement."""

_TO_SOMEBODY = {
    "ar": re.compile(
        r"(?:^|[\s,،:؛.!؟@])(?:و|ف)?(?:يا+|[اأإ]نتِ?[يمو]?[اهة]?|[اأإ]نتوا?|نتا|نتي|نتوما"
        r"|[اإأ]نك[مي]?|لا?نك|[اأ]يها|واحد[ةه]?|مثلك|زيك|متلك|هالـ?|وانت[يمو]?|يال)"
        r"\s+(?:\S+\s+){0,1}$"
    ),
    "fa": re.compile(
        r"(?:^|[\s,،:؛.!؟@])(?:تو|شما|شماها|ای|این|چقدر|چقد|چه|خیلی|مثل|عین|مرتیکه|مردیکه"
        r"|زنیکه|مردک|اون|یه مشت|یک مشت|دختره|پسره|همتون|همشون|برو|خودت|یه|بابا|ببین|اخه|آخه"
        r"|آدم|انسان|واقعا)[\s\u200c]+(?:\S+\s+){0,1}$"
    ),
    "en": re.compile(
        r"\b(?:you|u|ur|your|youre|you['’]re|yall|y'all|ya"
        r"|(?:he|she|they|it|who)(?:['’]?s| is|['’]?re| are)"
        r"|such an?|what an?|these|those|bunch of|fucking|fuckin|stupid|dumb|little|fat|ugly"
        r"|absolute|total|complete|some|all|like an?|is an?|are|ass)\W+(?:\w+\W+){0,2}$",
        re.IGNORECASE,
    ),
}
_OF_SOMEBODY = {
    "ar": re.compile(r"^\s+(?:و?[اأإ]نت|يا\s|مثلك|زيك|متلك|كبير|ابن|بن\s|صغير[ةه]?\s*$)"),
    "fa": re.compile(
        r"^[\s\u200c]*(?:هستی|هستید|هستین|ای\b|بودی|تو\b|خودتی|عوضی|بی[\s\u200c]|کثیف|بدبخت)"
    ),
    "en": re.compile(r"^\W+(?:like you|like u|like him|like her|bitch|ass\b)", re.IGNORECASE),
}
_GLUED = re.compile(r"^(?:و?يا|هال|يال)")


def is_aimed(text: str, hit: Hit, language: str) -> bool:
    """Whether the words of `hit` are said to or of somebody; False where no rule is known."""
    if language not in _TO_SOMEBODY:
        return False
    said = text[hit.first : hit.last]
    return bool(
        (language == "ar" and _GLUED.match(said))
        or _TO_SOMEBODY[language].search(text[max(0, hit.first - _WINDOW) : hit.first])
        or _OF_SOMEBODY[language].match(text[hit.last : hit.last + _WINDOW])
    )
