"""Posts come at the moments of a machine."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from mawj.vet.check_rows import Check
from mawj.vet.shares import wilson

if TYPE_CHECKING:
    from datetime import datetime

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

NAME = {"en": "rhythm of a machine", "ar": "إيقاع آلي", "fa": "ضرباهنگ ماشینی"}
TEXT = {
    "en": "The moments of posting look set by a machine: {observed} of the posts show the strongest of three signs (the same minute of the hour, the same gap to the post before, hours in which people sleep); up to {expected} nothing is said.",
    "ar": "تبدو أوقات النشر مضبوطة آليًا: {observed} من المنشورات تُظهر أقوى علامات ثلاث (الدقيقة نفسها من الساعة، الفاصل نفسه عن سابقه، ساعات ينام فيها الناس)؛ ولا يُقال شيء حتى {expected}.",
    "fa": "زمان پست‌ها به تنظیم ماشین می‌ماند: {observed} از پست‌ها قوی‌ترینِ سه نشانه را دارند (همان دقیقهٔ ساعت، همان فاصله تا پست پیش، ساعت‌هایی که مردم خواب‌اند)؛ تا {expected} چیزی گفته نمی‌شود.",
}
ABOUT = {
    "ar": "ينظر في دقيقة النشر من الساعة وفي الفواصل بين المنشورات وفي ساعات اليوم. الناس ينشرون في أي دقيقة وينامون بضع ساعات، والآلة لا تفعل. جدولة المنشورات بأداة أمر مألوف ومشروع، "
    "وكذلك فرق التحرير التي تتناوب ليلًا ونهارًا؛ لذلك فالنقاط قليلة.",
    "fa": "به دقیقهٔ انتشار، فاصلهٔ پست‌ها و ساعت‌های روز نگاه می‌کند. آدم‌ها در هر دقیقه‌ای پست می‌گذارند و چند ساعت می‌خوابند، ماشین نه. زمان‌بندی با ابزار رایج و مجاز است و "
    "تیم‌های شبانه‌روزی هم همین شکل را دارند؛ پس امتیاز کمی کم می‌شود.",
}
CHECK = Check(
    "credibility", "machine_rhythm", "share of posts", "posts", "machine-rhythm-2", 5.0
)


@dataclass(frozen=True)
class MachineRhythm:
    """When moments of posting are said to be those of a machine.

    Attributes:
        most_posts: latest posts looked at; our judgement.
        least_posts: dated posts that the check needs; the lower end of the interval guards
            against chance. Our judgement.
        least_for_sleep: posts that are needed to say that nobody sleeps; our judgement.
        minute_floor: share of posts at the most used minute of the hour up to which nothing
            is said: one in sixty by chance, more for who keeps hours. That automatic posting
            shows in the minutes: Zhang and Paxson 2011 (PAM); the line is our judgement.
        gap_floor: share of posts that follow the one before at the most used gap, to the
            minute, up to which nothing is said; our judgement.
        sleep_floor: share of posts in the quietest six hours of the day up to which nothing is
            said: a quarter where nobody sleeps; our judgement.
        full: share above the line at which all points are taken, for minutes and gaps; our
            judgement.
        points: most points taken; our judgement.
    """

    most_posts: int = 1_000
    least_posts: int = 30
    least_for_sleep: int = 200
    minute_floor: float = 0.3
    gap_floor: float = 0.25
    sleep_floor: float = 0.13
    full: float = 0.5
    points: float = 5.0


def machine_rhythm(vet_posts: pa.Table, *, rhythm: MachineRhythm) -> pa.Table:
    """Posts at one minute of the hour, at one gap from the last, or in hours of sleep.

    People post at any minute and sleep some hours; machines need not. Planning posts with a
    tool is fair and usual, and so are editors who take turns day and night: the points are
    few. Told by the strongest of the three signs, by the lower end of its interval. Posts
    that are dated to the day only are left out.
    """
    rows = [
        _row(account, moments, rhythm)
        for account, moments in _moments(vet_posts, rhythm.most_posts).items()
        if len(moments) >= rhythm.least_posts
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema(_COLUMNS))


_NUMBERS = ("observed", "expected", "observed_low", "observed_high", "contribution")
_COLUMNS: dict[str, Any] = {
    "account_id": pa.string(),
    **dict.fromkeys(_NUMBERS, pa.float64()),
    "sample_size": pa.int64(),
    "from_date": pa.date32(),
    "to_date": pa.date32(),
}


def _moments(vet_posts: pa.Table, most: int) -> dict[str, list[datetime]]:
    """The latest moments of posting of each account, without those that are midnights."""
    dated = vet_posts.filter(pc.is_valid(vet_posts["published_at"]))
    found: dict[str, list[datetime]] = defaultdict(list)
    ids: list[Any] = dated["account_id"].to_pylist()
    moments: list[Any] = dated["published_at"].to_pylist()
    for account, at in zip(ids, moments, strict=True):
        if at.hour or at.minute or at.second:
            found[account].append(at)
    return {account: sorted(moments)[-most:] for account, moments in found.items()}


def _row(account: str, moments: list[datetime], limits: MachineRhythm) -> dict[str, Any]:
    signs = [
        (*_sign(same_minute(moments), len(moments)), limits.minute_floor, limits.full),
        (*_sign(same_gap(moments), len(moments) - 1), limits.gap_floor, limits.full),
    ]
    if len(moments) >= limits.least_for_sleep:
        full = 0.25 - limits.sleep_floor
        signs.append((*_sign(sleepless(moments), len(moments)), limits.sleep_floor, full))
    severities = [min(max((low - floor) / full, 0.0), 1.0) for _, low, _, floor, full in signs]
    strongest = int(np.argmax([low / floor for _, low, _, floor, _ in signs]))
    if max(severities) > 0:
        strongest = int(np.argmax(severities))
    share, low, high, floor, _ = signs[strongest]
    return {
        "account_id": account, "observed": share, "observed_low": low, "observed_high": high,
        "expected": floor, "sample_size": len(moments), "from_date": moments[0].date(),
        "to_date": moments[-1].date(), "contribution": -limits.points * max(severities),
    }  # fmt: skip


def _sign(part: int, whole: int) -> tuple[float, float, float]:
    """A share with its interval."""
    low, high = wilson([part], [whole])
    share = part / whole
    return share, min(float(low[0]), share), max(float(high[0]), share)


def same_minute(moments: list[datetime]) -> int:
    """Posts at the most used minute of the hour."""
    return max(Counter(at.minute for at in moments).values())


def same_gap(moments: list[datetime]) -> int:
    """Posts that follow the one before at the most used gap; gaps below five minutes left out.

    Who posts a row of pictures posts them at once: that is no machine.
    """
    gaps = np.diff(np.array([at.timestamp() for at in moments]))
    minutes = np.round(gaps[gaps >= 300.0] / 60.0).astype(np.int64)
    return max(Counter(minutes.tolist()).values(), default=0)


def sleepless(moments: list[datetime]) -> int:
    """Posts in the quietest six hours in a row, on whatever clock."""
    hours = np.bincount([at.hour for at in moments], minlength=24)
    return int(min(np.roll(hours, -first)[:6].sum() for first in range(24)))


def evidence(vet_posts: pa.Table, *, rhythm: MachineRhythm) -> pa.Table:
    """Days with posts at the most used minute of the hour, with how many."""
    rows = []
    for account, moments in _moments(vet_posts, rhythm.most_posts).items():
        if len(moments) >= rhythm.least_posts:
            minute = Counter(at.minute for at in moments).most_common(1)[0][0]
            days = Counter(at.date() for at in moments if at.minute == minute)
            rows += [
                {
                    "account_id": account, "kind": "day", "evidence_id": day.isoformat(),
                    "amount": float(n), "quote": f":{minute:02d} × {n}",
                }
                for day, n in days.most_common(10)
            ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=pa.schema(_SHOWN))


_SHOWN: dict[str, Any] = {
    **dict.fromkeys(("account_id", "kind", "evidence_id", "quote"), pa.string()),
    "amount": pa.float64(),
}
