"""Where the characters of a search form stand in the text, quickly for nearly all texts."""

from __future__ import annotations

import re
from functools import cache

from mawj.text.folding import FOLDS
from mawj.text.normalise import Folded, folded

_PLAIN_RANGES = (
    (0x00, 0x17F), (0x600, 0x6FF), (0x2000, 0x206F), (0x2600, 0x27BF), (0xFE0F, 0xFE0F),
    (0x1F300, 0x1FAFF),
)  # fmt: skip


@cache
def _never_longer() -> re.Pattern[str]:
    """Texts of characters that fold to one character or to none."""
    plain = "".join(
        re.escape(chr(code))
        for first, last in _PLAIN_RANGES
        for code in range(first, last + 1)
        if len(FOLDS[code]) <= 1
    )
    return re.compile(f"[{plain}]*")


def placed(text: str, form: str) -> Folded:
    """``folded(text)``, whose search form is known already.

    Where no character folds to several and the form is as long as the text, nothing was cut
    and each character stands where it stood.
    """
    if len(form) == len(text) and _never_longer().fullmatch(text):
        return Folded(form, tuple(range(len(text))), len(text))
    return folded(text)
