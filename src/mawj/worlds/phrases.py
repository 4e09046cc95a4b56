"""Texts filled from templates, with the slips of spelling that people make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mawj.worlds.lexicon import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"(?:^|(?<=[.!?] ))[a-z]")
_DIGITS = {
    "ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
}
OWN_DIGITS_SHARE = {"ar": 0.55, "fa": 0.75, "en": 0.0}
"""Share of numbers written in the language's own digits; our judgement."""

SLIP_SHARE = 0.16
"""Share of Arabic and Persian texts with a spelling that is not the book's; our judgement."""

ZWNJ = "\u200c"
_HABITS = {
    "ar": (
        lambda text: text.replace("ة ", "ه "),
        lambda text: text.replace("أ", "ا").replace("إ", "ا").replace("آ", "ا"),
        lambda text: text.replace("ي ", "ى "),
        lambda text: re.sub(r"([بتسمن])(ا)", r"\1ــ\2", text, count=1),
        lambda text: text.replace("ك", "ک").replace("ي", "ی"),
        lambda text: (
            text.replace("جدا", "جدااا").replace("كثير", "كثييير").replace("جميل", "جمييل")
        ),
    ),
    "fa": (
        lambda text: text.replace(ZWNJ, ""),
        lambda text: text.replace(ZWNJ, " "),
        lambda text: text.replace("ی", "ي").replace("ک", "ك"),
        lambda text: text.replace("ه‌ی ", "ه "),
        lambda text: text.replace("خیلی", "خیییلی").replace("عالی", "عالییی"),
    ),
}


def number(stream: np.random.Generator, language: str, most: int = 10) -> str:
    """A number from 2 to `most` in one of the scripts that the language is written with."""
    written = str(int(stream.integers(2, most + 1)))
    own = stream.random() < OWN_DIGITS_SHARE[language]
    return written.translate(_DIGITS[language]) if own else written


def contracted(text: str) -> str:
    """Arabic prepositions joined to the article, as they are written: بال, لل."""
    return text.replace("بـال", "بال").replace("لـال", "لل")


def with_habit(text: str, language: str, draw: float) -> str:
    """`text` with the spelling habit that `draw` (0..1) falls on, or as it is."""
    habits = _HABITS.get(language, ())
    if not habits or draw >= SLIP_SHARE:
        return text
    return habits[int(draw / SLIP_SHARE * len(habits))](text)


def _filled(
    stream: np.random.Generator,
    template: str,
    slots: Mapping[str, Sequence[str]],
    language: str,
    draws: NDArray[np.float64],
) -> str:
    chosen = {
        name: values[int(draw * len(values))]
        for draw, (name, values) in zip(draws, slots.items(), strict=False)
    }
    if "{n}" in template:
        chosen["n"] = number(stream, language)
    text = contracted(_SLOT.sub(lambda found: chosen[found[1]], template))
    # A slot that opens a sentence is written large; what readers dash off is not.
    is_tidy = template[0] == "{" or template[0].isupper()
    return _SENTENCE.sub(lambda found: found[0].upper(), text) if is_tidy else text


def fill(
    stream: np.random.Generator,
    templates: Sequence[str],
    slots: Mapping[str, Sequence[str]],
    flavour: int,
    n: int,
) -> list[str]:
    """Up to `n` distinct texts of `flavour`: templates in turn, each slot by chance.

    Each slot stands for one value of `slots`; `{n}` for a number.
    """
    language = SCRIPTS[flavour]
    draws = stream.random((n, 4))
    texts = [
        _filled(stream, templates[row % len(templates)], slots, language, draw)
        for row, draw in enumerate(draws)
    ]
    habits = stream.random(n)
    return list(
        dict.fromkeys(
            with_habit(text, language, float(draw))
            for text, draw in zip(texts, habits, strict=True)
        )
    )
