from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import ibis
import pytest

from mawj.vet.audience_ties import PoliticalSplit
from mawj.vet.checks.promoted_image import PromotedImage, evidence, promoted_image
from mawj.vet.politics.tones import tones
from mawj.vet.promoted_comments import promoted_comments
from tests.vet.politics_world import AS_OF, Vetted, plain, posts_of, rows, told

LIMITS = PromotedImage()
SPLIT = PoliticalSplit()
PRAISE = ("Well said, an honest man", "والنعم فيه، الله يوفقه", "درود بر شما، شایسته است")
DOUBT = (
    "Another liar, how much did they pay you?",
    "كذاب، كم دفعوا لك",
    "دروغه، چقدر پول گرفتی",
)


def comments(texts: list[str], post: str = "x:1/0") -> list[dict[str, Any]]:
    """Comments, one an hour."""
    return [
        {"comment_id": f"c{i}", "post_id": post, "account_id": "x:1", "text": text,
         "published_at": AS_OF + timedelta(hours=i)}
        for i, text in enumerate(texts)
    ]  # fmt: skip


def read(made: list[dict[str, Any]], post: str = "I support this government") -> Any:
    signs = Vetted(posts_of("x:1", [post, *plain(3)])).political_signs
    under = ibis.memtable(rows("vet_comments", made))
    return promoted_comments(under, signs).to_pyarrow()


def found(
    texts: list[str], limits: PromotedImage = LIMITS, split: PoliticalSplit = SPLIT
) -> Any:
    made = read(comments(texts))
    return told(promoted_image(made, promoted_limits=limits, political_split=split))


def mix(n_praise: int, n_doubt: int) -> list[str]:
    return [PRAISE[i % 3] for i in range(n_praise)] + [DOUBT[i % 3] for i in range(n_doubt)]


@pytest.mark.parametrize(
    ("text", "tone"),
    [*[(one, "praise") for one in PRAISE], *[(one, "doubt") for one in DOUBT],
     ("Where is this?", None), ("He is not honest", "doubt"), ("Great, another liar", None)],
)  # fmt: skip
def test_praise_and_doubt_are_told_apart(text: str, tone: str | None) -> None:
    assert tones([text]) == [tone]


def test_doubt_that_has_grown_is_raised() -> None:
    row = found(mix(40, 40))["x:1"]
    assert (row["compared_with"], row["observed"]) == ("0.0% → 100.0%", 1.0)
    assert row["contribution"] > LIMITS.rise_points


def test_praise_is_clear() -> None:
    assert found(mix(60, 3))["x:1"]["contribution"] == 0.0


def test_comments_without_a_tone_are_not_counted() -> None:
    assert found([*mix(19, 0), *["Where is this?"] * 90]) == {}


def test_comments_under_other_posts_are_not_read() -> None:
    assert read(comments(mix(9, 9)), "Parliament meets on Monday").num_rows == 0
    assert read(comments(mix(9, 9), "x:1/1")).num_rows == 0


def test_more_doubt_never_lowers_the_risk() -> None:
    points = []
    for n in (0, 20, 40, 60):
        half = mix(60 - n, n)
        points.append(found(half + half)["x:1"]["contribution"])
    assert points == sorted(points)
    assert points[-1] > 0.0


def test_every_setting_changes_something() -> None:
    texts = mix(50, 45)
    usual = found(texts)
    for field, value in {
        "from_share": 0.9, "level_points": 1.0, "rise_points": 1.0, "least_comments": 999,
    }.items():  # fmt: skip
        assert found(texts, replace(LIMITS, **{field: value})) != usual, field
    on = (AS_OF + timedelta(days=1)).date().isoformat()
    assert found(texts, split=PoliticalSplit(split_on=on)) != usual


def test_doubting_comments_are_shown() -> None:
    shown = evidence(read(comments(mix(2, 2)))).to_pylist()
    assert sorted(row["evidence_id"] for row in shown) == ["c2", "c3"]
