"""Posts that call for a draw or giveaway, by their words in Arabic, Persian and English."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mawj.text.matching import Matcher, Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

CALLS: dict[str, tuple[str, ...]] = {
    "en": (
        "giveaway", "give away", "giveaways", "sweepstakes", "raffle", "prize draw",
        "lucky draw", "enter to win", "chance to win", "win a free", "lucky winner",
        "lucky winners",
        "winner will be announced", "winners will be announced", "contest alert",
    ),
    "ar": (
        "جيف اواي", "قيف اواي", "مسابقة السحب", "سحب على", "السحب على", "سحب عشوائي",
        "السحب العشوائي", "ادخل السحب", "تدخل السحب", "شارك في السحب", "دخول السحب",
        "ربح جائزة", "فرصة للفوز", "فرصة الفوز", "اربح معنا", "اعلان الفائز", "اعلان الفائزين",
        "الفائز بالجائزة", "شروط المسابقة", "شروط السحب", "جوائز قيمة", "قرعة",
    ),
    "fa": (
        "گیووی", "گیو اوی", "گیواوی", "قرعه کشی", "قرعه‌کشی", "جایزه ببر", "جایزه ببرید",
        "برنده شوید", "برنده شو", "شانس برنده شدن", "شرایط مسابقه", "شرایط شرکت در مسابقه",
        "شرکت در قرعه", "اعلام برنده", "اعلام برندگان", "برنده خوش شانس",
    ),
}  # fmt: skip
"""Phrases that speak of a draw or of winning by taking part; written by us."""


@cache
def _matcher() -> Matcher:
    phrases = [Phrase(text, language=code) for code, texts in CALLS.items() for text in texts]
    return Matcher({"giveaway": phrases})


def are_giveaways(texts: Sequence[str | None]) -> list[bool]:
    """Whether each text calls for a draw or giveaway; unknown texts do not."""
    return [bool(hits) for hits in _matcher().hits_of([text or "" for text in texts])]
