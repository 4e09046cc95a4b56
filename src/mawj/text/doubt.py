"""The last word where letters and word lists leave doubt: n-gram models of the lingua library.

Lingua is asked among few languages of one script only: with all its languages it is hundreds of
times slower and no better on short posts. Priors and length are our judgement.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

# Urdu is told by its letters, which no sentence of it lacks; asked here, it would be guessed
# for single Arabic words.
_ARABIC_SCRIPT = ("ARABIC", "PERSIAN")
_LATIN = (
    "ENGLISH", "FRENCH", "SPANISH", "GERMAN", "INDONESIAN", "TURKISH", "PORTUGUESE", "ITALIAN",
    "DUTCH", "TAGALOG",
)  # fmt: skip
# Of two words that both models like, the rarer language of posts is the less likely one.
_PRIORS = {"nl": 0.5, "tl": 0.5, "it": 0.7, "de": 0.7, "pt": 0.7}
LONGEST = 300


@cache
def _detector(script: str) -> "LanguageDetector":
    # Imported late: the models take a second to load and clear posts never need them.
    from lingua import Language, LanguageDetectorBuilder  # noqa: PLC0415

    names = _ARABIC_SCRIPT if script == "arabic" else _LATIN
    languages = [getattr(Language, name) for name in names]
    return LanguageDetectorBuilder.from_languages(*languages).build()


def guesses(text: str, script: str) -> list[tuple[str, float]]:
    """Codes with their certainty, best first, among the languages of a script.

    Args:
        text: letters without links, mentions and hashtags.
        script: ``arabic`` or ``latin``.
    """
    values = _detector(script).compute_language_confidence_values(text[:LONGEST])
    found = [(v.language.iso_code_639_1.name.lower(), v.value) for v in values]
    return [(code, value * _PRIORS.get(code, 1.0)) for code, value in found if value > 0]
