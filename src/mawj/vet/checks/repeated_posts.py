"""The account publishes the same again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mawj.vet.check_rows import Check
from mawj.vet.copies import letters_of, same_groups
from mawj.vet.own_texts import own_texts
from mawj.vet.shares import wilson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.vet.own_texts import OwnTexts

NAME = {"en": "own posts repeated", "ar": "منشورات معادة", "fa": "پست‌های تکراری خود حساب"}
TEXT = {
    "en": "{observed} of the longer posts say nearly the same as an earlier one of the account; up to {expected} nothing is said.",
    "ar": "{observed} من المنشورات الطويلة تكاد تطابق منشورًا سابقًا للحساب نفسه؛ ولا يُقال شيء حتى {expected}.",
    "fa": "{observed} از پست‌های بلندتر تقریبا همان پستِ پیشین خود حساب‌اند؛ تا {expected} چیزی گفته نمی‌شود.",
}
ABOUT = {
    "ar": "يبحث في منشورات الحساب الأخيرة عن منشورات طويلة تكاد تطابق ما سبقها. إعادة النشر الآلية تملأ الصفحة وتُتعب المتابعين؛ لكن الأخبار اليومية والأذكار والعروض تتكرر بطبيعتها، ولذلك فالنقاط قليلة.",
    "fa": "در پست‌های تازهٔ حساب دنبال پست‌های بلندی می‌گردد که تقریبا همان پست پیشین‌اند. بازنشر خودکار صفحه را پر و دنبال‌کننده را خسته می‌کند؛ ولی خبر روزانه، ذکر و آگهی ذاتا تکرار می‌شود، پس امتیاز کمی کم می‌شود.",
}
CHECK = Check(
    "credibility", "repeated_posts", "share of posts", "posts", "repeated-posts-1", 6.0
)


@dataclass(frozen=True)
class RepeatedPosts:
    """When an account is said to repeat itself.

    Attributes:
        most_posts: latest posts compared with one another; our judgement.
        least_letters: letters of a post that is compared: shorter ones are alike by nature;
            our judgement.
        least_posts: such posts that the check needs; our judgement.
        floor: share of repeating posts up to which nothing is said; our judgement.
        full: share above the floor at which all points are taken; our judgement.
        points: most points taken; our judgement.
    """

    most_posts: int = 300
    least_letters: int = 60
    least_posts: int = 20
    floor: float = 0.25
    full: float = 0.5
    points: float = 6.0


def repeated_posts(vet_posts: pa.Table, *, own_repeats: RepeatedPosts) -> pa.Table:
    """Longer posts that say nearly what an earlier post of the account says.

    Automatic reposting fills a feed and tires its readers. Daily news, prayers and offers
    repeat by their nature, so the points are few. The latest posts are compared.
    """
    limits = own_repeats
    rows = []
    for own, n_long, groups in _repeats(vet_posts, limits):
        if n_long >= limits.least_posts:
            n_again = sum(len(group) - 1 for group in groups)
            low, high = wilson([n_again], [n_long])
            severity = min(max((n_again / n_long - limits.floor) / limits.full, 0.0), 1.0)
            rows.append(
                {
                    "account_id": own.account_id, "observed": n_again / n_long,
                    "expected": limits.floor,
                    "observed_low": min(float(low[0]), n_again / n_long),
                    "observed_high": max(float(high[0]), n_again / n_long),
                    "sample_size": n_long, "from_date": own.moments[0].date(),
                    "to_date": own.moments[-1].date(),
                    "contribution": -limits.points * severity,
                }
            )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=pa.schema(_COLUMNS))


_NUMBERS = ("observed", "expected", "observed_low", "observed_high", "contribution")
_COLUMNS: dict[str, Any] = {
    "account_id": pa.string(),
    **dict.fromkeys(_NUMBERS, pa.float64()),
    "sample_size": pa.int64(),
    "from_date": pa.date32(),
    "to_date": pa.date32(),
}


def _repeats(
    vet_posts: pa.Table, limits: RepeatedPosts
) -> Iterator[tuple[OwnTexts, int, list[list[int]]]]:
    """Each account's latest texts, how many are long, and which of them are alike."""
    for own in own_texts(vet_posts, limits.most_posts):
        texts = [text[:2_000] for text in own.texts]
        n_long = sum(len(key) >= limits.least_letters for key in letters_of(texts))
        yield own, n_long, same_groups(texts, limits.least_letters)


def evidence(vet_posts: pa.Table, *, own_repeats: RepeatedPosts) -> pa.Table:
    """The latest of each group of like posts, with how many there are."""
    rows = [
        {
            "account_id": own.account_id, "kind": "post", "evidence_id": own.post_ids[group[-1]],
            "amount": float(len(group)), "at": own.moments[group[-1]],
            "quote": own.texts[group[-1]][:400],
        }
        for own, _, groups in _repeats(vet_posts, own_repeats)
        for group in groups
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=pa.schema(_SHOWN))


_SHOWN: dict[str, Any] = {
    **dict.fromkeys(("account_id", "kind", "evidence_id", "quote"), pa.string()),
    "amount": pa.float64(),
    "at": pa.timestamp("us", "UTC"),
}
