"""What the name of a file gives away: the platform and the time it speaks of."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mawj.sources.vocabulary import platform_of
from mawj.text.dates import moment_of

if TYPE_CHECKING:
    from datetime import datetime

_DATE = re.compile(
    r"(?<!\d)(1[34]\d\d|20\d\d)[-_.]?(0[1-9]|1[0-2])(?:[-_.]?(0[1-9]|[12]\d|3[01]))?(?!\d)"
)
_EARLY = re.compile(r"early[ _-]?(20\d\d)", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")


def platform_in_name(name: str) -> str | None:
    """The one platform a file name mentions, in any of the three languages."""
    words = _WORDS.findall(name.split(".", maxsplit=1)[0])
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    named = {
        p
        for word in (*words, *pairs)
        if (len(word) > 1 or word in "xX") and (p := platform_of(word))
    }
    named -= {"other", "blog", "podcast", "threads"}
    return named.pop() if len(named) == 1 else None


def moment_in_name(name: str) -> datetime | None:
    """The day a file name mentions (`2024-05-31`, `1403-02`): the first where it gives a month.

    "early 2022" is taken for the first of February: our judgement.
    """
    if early := _EARLY.search(name):
        return moment_of(f"{early[1]}-02-01")
    match = _DATE.search(name)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        return moment_of(f"{year}-{month}-{day or '01'}")
    except ValueError:
        return None
