"""The last word where letters and word lists leave doubt: n-gram models of the lingua library.

Lingua is asked among few languages of one script only: with all its languages it is hundreds of
times slower and no better on short posts.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

_ARABIC_SCRIPT = ("ARABIC", "PERSIAN", "URDU")
_LATIN = (
    "ENGLISH", "FRENCH", "SPANISH", "GERMAN", "INDONESIAN", "TURKISH", "PORTUGUESE", "ITALIAN",
    "DUTCH", "TAGALOG",
)  # fmt: skip


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
    values = _detector(script).compute_language_confidence_values(text)
    return [(v.language.iso_code_639_1.name.lower(), v.value) for v in values if v.value > 0]
