"""Whether a passage repeats a claim, denies it, or asks whether it is so."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from mawj.text.matching import Matcher

WAYS = ("repeats", "denies", "asks")
LISTS = ("deny", "uphold", "ask", "negation")


@cache
def _words() -> Matcher:
    text = resources.files("mawj.vet.claims").joinpath("ways.toml").read_text("utf-8")
    told = tomllib.loads(text)
    return Matcher({name: told[name] for name in LISTS})


def way_of(claim: str, passage: str, around: str) -> str:
    """`repeats`, `denies` or `asks`; where it is not sure, not `repeats`.

    Args:
        claim: the claim as checked, which may hold a negation of its own.
        passage: the words that say the claim.
        around: those words with the sentence before and after: «it is a myth that …».
    """
    found, beside = _counts(passage), _counts(around)
    if beside["deny"] > _counts(claim)["deny"]:
        return "denies"
    if found["ask"] or _is_question(passage, found):
        return "asks"
    differs = bool(found["negation"]) != bool(_counts(claim)["negation"])
    return "denies" if differs else "repeats"


def _is_question(passage: str, found: dict[str, int]) -> bool:
    return passage.rstrip(" \"'»”)").endswith(("?", "؟")) and not found["uphold"]


def _counts(text: str) -> dict[str, int]:
    """How often each list is met, but for what stands inside a phrase that upholds."""
    hits = _words().hits(text)
    upheld = [hit for hit in hits if hit.list == "uphold"]
    counts = dict.fromkeys(LISTS, 0)
    for hit in hits:
        is_inside = any(hit.first < u.last and hit.last > u.first for u in upheld)
        counts[hit.list] += hit.list == "uphold" or not is_inside
    return counts
