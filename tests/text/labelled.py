"""Made-up labelled texts: a few words that mean yes among words that mean nothing."""

from __future__ import annotations

import random

import numpy as np

from mawj.text.fitting import LabelledTexts

YES = ("مقرف", "زبالة", "trash", "loser", "آشغال")
PLAIN = (
    "صباح", "الخير", "اليوم", "كتاب", "قهوة", "morning", "coffee", "book", "river", "window",
    "سلام", "کتاب", "باران", "دوست", "شهر", "garden", "music", "سفر", "طريق", "بيت",
)  # fmt: skip


def labelled(n: int, *, seed: int = 1) -> LabelledTexts:
    """`n` texts, half of which hold one of the words that mean yes."""
    random_ = random.Random(seed)
    texts, answers = [], []
    for place in range(n):
        words = random_.choices(PLAIN, k=6)
        if place % 2:
            words[random_.randrange(6)] = random_.choice(YES)
        texts.append(" ".join(words))
        answers.append(bool(place % 2))
    return LabelledTexts(texts, ["ar", "en"] * (n // 2), np.array(answers))
